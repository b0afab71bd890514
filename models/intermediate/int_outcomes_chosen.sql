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

-- The latest print of each year wins. A council has no figure for a year it did not live to
-- see the end of: what it prints for its predecessors stays an observation as printed.
latest as (
    select
        editions.* exclude (edition),
        count(*) over (
            partition by editions.reporter_id, editions.indicator_id, editions.year
        ) as editions
    from editions
    inner join stadsdelar
        on
            editions.stadsdel_id = stadsdelar.stadsdel_id
            and make_date(editions.year, 12, 31)
            between stadsdelar.valid_from and coalesce(stadsdelar.valid_to, '9999-12-31')
    where
        editions.value is not null
        and not editions.is_unit_conflict
    qualify
        row_number() over (
            partition by editions.reporter_id, editions.indicator_id, editions.year
            order by editions.edition desc
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

final as (
    select
        latest.*,
        segmented.segment,
        results.indicator_name,
        results.unit_of_measure,
        results.scale,
        results.polarity
    from latest
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
