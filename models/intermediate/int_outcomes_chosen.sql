with

editions as (
    select * from {{ ref('int_outcome_editions_ordered') }}
),

results as (
    select * from {{ ref('int_results_paired') }}
),

stadsdelar as (
    select * from {{ ref('stadsdelar') }}
),

indicator_breaks as (
    select * from {{ ref('indicator_breaks') }}
),

-- The latest figure printed for each year wins.
latest as (
    select
        *,
        make_date(year, 12, 31) as as_of_year,
        count(*) over (partition by reporter_id, indicator_id, year) as valued
    from editions
    where
        value is not null
        and not is_unit_conflict
    qualify
        row_number() over (
            partition by reporter_id, indicator_id, year
            order by edition desc
        ) = 1
),

-- Years on both sides of a break in definition form series of their own.
segmented as (
    select
        latest.reporter_id,
        latest.indicator_id,
        latest.year,
        count(indicator_breaks.first_year) as segment
    from latest
    left join indicator_breaks
        on
            latest.indicator_id = indicator_breaks.indicator_id
            and latest.year >= indicator_breaks.first_year
    group by latest.reporter_id, latest.indicator_id, latest.year
),

-- A council has no figure for a year whose end it did not live to see: what it prints
-- for its predecessors stays an observation as printed.
final as (
    select
        latest.reporter_id,
        latest.stadsdel_id,
        latest.reporting_unit,
        latest.indicator_id,
        latest.year,
        latest.report_id,
        latest.is_first_hand,
        latest.value,
        latest.decimals,
        latest.value_printed,
        latest.line,
        latest.page,
        latest.valued as editions,
        segmented.segment,
        results.indicator_name,
        results.unit_of_measure,
        results.scale,
        results.polarity
    from latest
    inner join stadsdelar
        on
            latest.stadsdel_id = stadsdelar.stadsdel_id
            and latest.as_of_year >= stadsdelar.valid_from
            and latest.as_of_year <= coalesce(stadsdelar.valid_to, latest.as_of_year)
    inner join segmented
        on
            latest.reporter_id = segmented.reporter_id
            and latest.indicator_id = segmented.indicator_id
            and latest.year = segmented.year
    inner join results
        on
            latest.report_id = results.report_id
            and latest.indicator_id = results.indicator_id
)

select * from final
