with

results as (
    select * from {{ ref('int_results_paired') }}
),

observations as (
    select * from {{ ref('int_observations_typed') }}
),

restatements as (
    select * from {{ ref('fct_restatements') }}
),

-- Rounding keeps order: at one precision a total printed outside the sexes' rates
-- cannot come of rounding; at different precisions it may, by half of each last digit.
sexes as (
    select
        *,
        outcome_men + outcome_women as sum_of_sexes,
        least(outcome_men, outcome_women) as lower_rate,
        greatest(outcome_men, outcome_women) as higher_rate,
        case
            when
                outcome_decimals = outcome_men_decimals
                and outcome_decimals = outcome_women_decimals
                then 0
            else
                {{ rounding_slack(
                    'outcome_decimals',
                    'least(outcome_men_decimals, outcome_women_decimals)',
                ) }}
        end as rate_slack,
        case
            when gender_kind = 'composition'
                then
                    {{ rounding_slack('outcome_decimals', 'outcome_men_decimals') }}
                    + {{ last_digit('outcome_women_decimals') }} / 2
            else 0
        end as sum_slack
    from results
    where
        outcome is not null
        and outcome_men is not null
        and outcome_women is not null
),

suspicious_sexes as (
    select
        report_id,
        indicator_id,
        line,
        page,
        case gender_kind
            when 'rate' then 'total_outside_sexes'
            else 'sexes_do_not_add_up'
        end as check_name,
        concat(
            'total ', cast(outcome as double),
            ', men ', cast(outcome_men as double),
            ', women ', cast(outcome_women as double)
        ) as detail
    from sexes
    where
        (gender_kind = 'rate' and outcome < lower_rate - rate_slack)
        or (gender_kind = 'rate' and outcome > higher_rate + rate_slack)
        or (
            gender_kind in ('count', 'composition')
            and abs(outcome - sum_of_sexes) > sum_slack
        )
),

suspicious_cells as (
    select
        report_id,
        indicator_id,
        line,
        page,
        case
            when is_unit_conflict then 'foreign_unit'
            when obs_status = 'V' then 'unread_cell'
            when is_corrected then 'corrected_cell'
            when scale = 'share' then 'share_out_of_range'
            else 'negative_count'
        end as check_name,
        concat_ws(' ', measure, sex, value_printed, '->' || value_corrected) as detail
    from observations
    where
        is_unit_conflict
        or is_corrected
        or obs_status = 'V'
        or (scale = 'share' and polarity != 'range' and value > 100)
        or (scale in ('share', 'count') and polarity != 'range' and value < 0)
),

repeated_indicators as (
    select
        report_id,
        indicator_id,
        line,
        page,
        'indicator_printed_twice' as check_name,
        times_printed || ' rows, the fullest counts' as detail
    from results
    where times_printed > 1
),

ambiguous_rows as (
    select
        report_id,
        indicator_id,
        line,
        page,
        'ambiguous_row' as check_name,
        any_value(alternatives) as detail
    from observations
    where alternatives is not null
    group by report_id, indicator_id, row_number, line, page
),

revised_outcomes as (
    select
        report_id,
        indicator_id,
        line,
        page,
        'outcome_restated' as check_name,
        concat(year, ': first ', first_value, ', now ', value) as detail
    from restatements
    where kind in ('revised', 'unit_change', 'vanished')
),

final as (
    select * from suspicious_sexes
    union all
    select * from suspicious_cells
    union all
    select * from repeated_indicators
    union all
    select * from ambiguous_rows
    union all
    select * from revised_outcomes
)

select * from final
