with

results as (
    select * from {{ ref('int_results_paired') }}
),

observations as (
    select * from {{ ref('int_observations_typed') }}
),

activities as (
    select * from {{ ref('fct_activities') }}
),

economy as (
    select * from {{ ref('fct_economy') }}
),

money_cells as (
    select * from {{ ref('int_economy_summed') }}
),

goals as (
    select * from {{ ref('fct_goal_assessments') }}
),

restatements as (
    select * from {{ ref('fct_restatements') }}
),

reports as (
    select * from {{ ref('dim_report') }}
),

unaccounted_lines as (
    select * from {{ ref('stg_reports__unaccounted_lines') }}
),

files_set_aside as (
    select * from {{ ref('stg_reports__files_set_aside') }}
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

odd_dates as (
    select
        report_id,
        cast(null as varchar) as indicator_id,
        line,
        page,
        'odd_activity_date' as check_name,
        concat_ws(' - ', start_printed, end_printed) as detail
    from activities
    where
        end_date < start_date
        or (start_printed is not null and start_date is null)
        or (end_printed is not null and end_date is null)
),

odd_sums as (
    select
        report_id,
        cast(null as varchar) as indicator_id,
        line,
        page,
        'sum_differs_from_rows' as check_name,
        concat_ws(' / ', table_title, label, column_name, value_printed) as detail
    from economy
    where sum_check = 'differs'
),

unread_money as (
    select
        report_id,
        cast(null as varchar) as indicator_id,
        line,
        page,
        'unread_money_cell' as check_name,
        concat_ws(' / ', table_title, label, column_name, value_printed) as detail
    from money_cells
    where
        value is null
        and is_number_column
        and form not in ('blank', 'number')
        and value_printed not in ('-', '–')
),

unknown_assessments as (
    select
        report_id,
        cast(null as varchar) as indicator_id,
        line,
        page,
        'unknown_assessment' as check_name,
        assessment_printed as detail
    from goals
    where
        assessment_printed is not null
        and assessment is null
),

lines_left_over as (
    select
        reports.report_id,
        cast(null as varchar) as indicator_id,
        unaccounted_lines.line,
        unaccounted_lines.page,
        'unaccounted_line' as check_name,
        unaccounted_lines.reason as detail
    from unaccounted_lines
    inner join reports
        on unaccounted_lines.sha256 = reports.sha256
),

files_refused as (
    select
        cast(null as varchar) as report_id,
        cast(null as varchar) as indicator_id,
        cast(null as integer) as line,
        cast(null as integer) as page,
        'file_set_aside' as check_name,
        concat_ws(': ', file_name, reason) as detail
    from files_set_aside
),

issues as (
    select * from suspicious_sexes
    union all
    select * from suspicious_cells
    union all
    select * from repeated_indicators
    union all
    select * from ambiguous_rows
    union all
    select * from revised_outcomes
    union all
    select * from odd_dates
    union all
    select * from odd_sums
    union all
    select * from unread_money
    union all
    select * from unknown_assessments
    union all
    select * from lines_left_over
    union all
    select * from files_refused
),

final as (
    select
        issues.check_name,
        issues.report_id,
        reports.stadsdel_id,
        reports.reporting_unit,
        reports.year,
        reports.report_type,
        issues.indicator_id,
        issues.detail,
        issues.line,
        issues.page,
        concat_ws(
            '-',
            issues.check_name,
            row_number() over (
                partition by issues.check_name
                order by
                    issues.report_id asc,
                    issues.line asc,
                    issues.page asc,
                    issues.indicator_id asc,
                    issues.detail asc
            )
        ) as issue_id
    from issues
    left join reports
        on issues.report_id = reports.report_id
)

select * from final
