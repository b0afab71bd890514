with

reports as (
    select * from {{ ref('int_reports_editioned') }}
),

rows_read as (
    select
        sha256,
        reporting_unit,
        'indicator' as kind,
        row_number
    from {{ ref('stg_reports__indicator_cells') }}
    union
    select
        sha256,
        reporting_unit,
        'goal' as kind,
        row_number
    from {{ ref('stg_reports__goals') }}
    union
    select
        sha256,
        reporting_unit,
        'activity' as kind,
        row_number
    from {{ ref('stg_reports__activities') }}
    union
    select
        sha256,
        reporting_unit,
        'economy' as kind,
        row_number
    from {{ ref('stg_reports__economy_cells') }}
),

counted as (
    select
        sha256,
        reporting_unit,
        count(*) filter (kind = 'indicator') as indicator_rows,
        count(*) filter (kind = 'goal') as goal_rows,
        count(*) filter (kind = 'activity') as activity_rows,
        count(*) filter (kind = 'economy') as economy_rows
    from rows_read
    group by sha256, reporting_unit
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
        cast(coalesce(counted.indicator_rows, 0) as integer) as indicator_rows,
        cast(coalesce(counted.goal_rows, 0) as integer) as goal_rows,
        cast(coalesce(counted.activity_rows, 0) as integer) as activity_rows,
        cast(coalesce(counted.economy_rows, 0) as integer) as economy_rows,
        reports.unaccounted,
        reports.ambiguous,
        cast(reports.editions as integer) as editions,
        earlier.earlier_files,
        reports.landed_at,
        reports.parser_version
    from reports
    left join counted
        on
            reports.sha256 = counted.sha256
            and reports.reporting_unit is not distinct from counted.reporting_unit
    left join earlier
        on reports.report_id = earlier.report_id
    where reports.is_latest
)

select * from final
