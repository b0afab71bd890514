with recursive

outcomes as (
    select * from {{ ref('int_outcomes_chosen') }}
    where reporting_unit is null
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where is_curated
),

stadsdelar as (
    select * from {{ ref('dim_stadsdel') }}
),

-- Every council, old and new, with the council of today that covers its area.
lineage as (
    select
        stadsdel_id,
        valid_from,
        valid_to,
        stadsdel_id as today_id,
        successor_id
    from stadsdelar
    union all
    select
        lineage.stadsdel_id,
        lineage.valid_from,
        lineage.valid_to,
        stadsdelar.stadsdel_id as today_id,
        stadsdelar.successor_id
    from lineage
    inner join stadsdelar
        on lineage.successor_id = stadsdelar.stadsdel_id
),

areas as (
    select
        stadsdel_id,
        valid_from,
        today_id,
        coalesce(valid_to, '9999-12-31') as valid_to
    from lineage
    where successor_id is null
),

years_of_outcomes as (
    select distinct
        indicator_id,
        year,
        make_date(year, 12, 31) as as_of
    from outcomes
),

-- The councils that should have a figure: those that saw the end of the year.
expected as (
    select
        areas.today_id,
        areas.stadsdel_id,
        years_of_outcomes.indicator_id,
        years_of_outcomes.year
    from years_of_outcomes
    inner join areas
        on
            years_of_outcomes.as_of >= areas.valid_from
            and years_of_outcomes.as_of <= areas.valid_to
),

collected as (
    select
        expected.today_id,
        expected.indicator_id,
        expected.year,
        count(*) as councils,
        count(outcomes.value) as councils_reporting,
        sum(outcomes.value) as total,
        string_agg(expected.stadsdel_id, ', ' order by expected.stadsdel_id) as parts
    from expected
    left join outcomes
        on
            expected.stadsdel_id = outcomes.stadsdel_id
            and expected.indicator_id = outcomes.indicator_id
            and expected.year = outcomes.year
    group by expected.today_id, expected.indicator_id, expected.year
    having count(outcomes.value) > 0
),

final as (
    select
        collected.today_id as stadsdel_id,
        today.name as stadsdel,
        collected.indicator_id,
        indicators.name as indicator_name,
        indicators.unit_of_measure,
        collected.year,
        collected.parts,
        cast(collected.councils as integer) as councils,
        cast(collected.councils_reporting as integer) as councils_reporting,
        concat_ws('-', collected.today_id, collected.indicator_id, collected.year)
            as row_id,
        case
            when collected.councils = 1 then 'as_reported'
            when
                indicators.scale not in ('count', 'amount', 'money')
                then 'not_computed'
            when collected.councils_reporting < collected.councils then 'not_computed'
            else 'added'
        end as derivation,
        case
            when collected.councils = 1 then null
            when indicators.scale not in ('count', 'amount', 'money')
                then 'no_denominator'
            when collected.councils_reporting < collected.councils
                then 'missing_council'
        end as reason,
        case
            when
                collected.councils = 1
                or (
                    indicators.scale in ('count', 'amount', 'money')
                    and collected.councils_reporting = collected.councils
                )
                then cast(collected.total as double)
        end as value
    from collected
    inner join indicators
        on collected.indicator_id = indicators.indicator_id
    inner join stadsdelar as today
        on collected.today_id = today.stadsdel_id
)

select * from final
