with

results as (
    select * from {{ ref('int_results_paired') }}
    where
        outcome_men is not null
        and outcome_women is not null
        and not outcome_men_is_unit_conflict
        and not outcome_women_is_unit_conflict
        -- parts of a share are no rates: a composition has no gap
        and gender_kind in ('rate', 'count')
),

measured as (
    select
        *,
        outcome_women - outcome_men as gap,
        {{ rounding_slack('outcome_men_decimals', 'outcome_women_decimals') }} as slack,
        {{ polarity_sign('polarity') }} as better
    from results
),

final as (
    select
        report_id,
        stadsdel_id,
        reporting_unit,
        indicator_id,
        indicator_name,
        unit_of_measure,
        gender_kind,
        report_year as year,
        report_type,
        cast(outcome as double) as outcome,
        cast(outcome_men as double) as outcome_men,
        cast(outcome_women as double) as outcome_women,
        cast(gap as double) as gap,
        line,
        page,
        concat_ws('-', report_id, indicator_id) as gender_gap_id,
        report_type in ('t1', 't2') as is_provisional,
        case
            when gender_kind = 'count' and outcome_men > 0
                then cast(outcome_women as double) / cast(outcome_men as double)
        end as ratio,
        case
            when gender_kind = 'count' and outcome_men + outcome_women > 0
                then
                    cast(outcome_women as double)
                    / cast(outcome_men + outcome_women as double)
        end as women_share,
        case
            when gender_kind = 'count' or better is null then null
            when abs(gap) <= slack then 'equal'
            when gap * better > 0 then 'women'
            else 'men'
        end as better_for
    from measured
)

select * from final
