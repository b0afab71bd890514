with

indicator_issues as (
    select * from {{ ref('int_indicator_issues_found') }}
),

report_issues as (
    select * from {{ ref('int_report_issues_found') }}
),

reports as (
    select * from {{ ref('dim_report') }}
),

issues as (
    select * from indicator_issues
    union all
    select * from report_issues
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
