with

activities as (
    select * from {{ ref('int_activities_placed') }}
),

money_cells as (
    select * from {{ ref('int_economy_summed') }}
),

goals as (
    select * from {{ ref('int_goals_identified') }}
),

reports as (
    select * from {{ ref('int_reports_editioned') }}
    where is_latest
),

unaccounted_lines as (
    select * from {{ ref('stg_reports__unaccounted_lines') }}
),

files_set_aside as (
    select * from {{ ref('stg_reports__files_set_aside') }}
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
    from money_cells
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

ambiguous_money as (
    select
        report_id,
        cast(null as varchar) as indicator_id,
        line,
        page,
        'ambiguous_row' as check_name,
        any_value(alternatives) as detail
    from money_cells
    where alternatives is not null
    group by report_id, row_number, line, page
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

final as (
    select * from odd_dates
    union all
    select * from odd_sums
    union all
    select * from unread_money
    union all
    select * from ambiguous_money
    union all
    select * from unknown_assessments
    union all
    select * from lines_left_over
    union all
    select * from files_refused
)

select * from final
