with

reports as (
    select * from {{ ref('int_reports_editioned') }}
),

earlier as (
    select
        report_id,
        string_agg(file_name, ', ' order by edition) as earlier_files
    from reports
    where not is_latest
    group by report_id
),

final as (
    select
        reports.report_id,
        reports.stadsdel_id,
        reports.year,
        reports.report_type,
        reports.reporting_unit,
        reports.mandate_period,
        reports.as_of,
        reports.file_name,
        reports.sha256,
        reports.layout,
        reports.lines,
        reports.pages,
        cast(reports.indicator_rows as integer) as indicator_rows,
        cast(reports.goal_rows as integer) as goal_rows,
        cast(reports.activity_rows as integer) as activity_rows,
        cast(reports.economy_rows as integer) as economy_rows,
        reports.unaccounted,
        reports.ambiguous,
        cast(reports.editions as integer) as editions,
        earlier.earlier_files,
        reports.landed_at,
        reports.parser_version
    from reports
    left join earlier
        on reports.report_id = earlier.report_id
    where reports.is_latest
)

select * from final
