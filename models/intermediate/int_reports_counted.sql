with

reports as (
    select * from {{ ref('stg_reports__reports') }}
),

indicator_rows as (
    select distinct
        sha256,
        reporting_unit,
        row_number,
        'indicator' as kind
    from {{ ref('stg_reports__indicator_cells') }}
),

goal_rows as (
    select
        sha256,
        reporting_unit,
        row_number,
        'goal' as kind
    from {{ ref('stg_reports__goals') }}
),

activity_rows as (
    select
        sha256,
        reporting_unit,
        row_number,
        'activity' as kind
    from {{ ref('stg_reports__activities') }}
),

economy_rows as (
    select distinct
        sha256,
        reporting_unit,
        row_number,
        'economy' as kind
    from {{ ref('stg_reports__economy_cells') }}
),

-- A unit that a file names is there even if none of its rows are.
units_named as (
    select
        sha256,
        unnest(reporting_units) as reporting_unit,
        null as row_number,
        null as kind
    from reports
),

councils_alone as (
    select
        sha256,
        null as reporting_unit,
        null as row_number,
        null as kind
    from reports
    where len(coalesce(reporting_units, [])) = 0
),

rows_read as (
    select * from indicator_rows
    union all
    select * from goal_rows
    union all
    select * from activity_rows
    union all
    select * from economy_rows
    union all
    select * from units_named
    union all
    select * from councils_alone
),

-- What no unit claims is the council's own.
counted as (
    select
        sha256,
        reporting_unit,
        count(row_number) filter (kind = 'indicator') as indicator_rows,
        count(row_number) filter (kind = 'goal') as goal_rows,
        count(row_number) filter (kind = 'activity') as activity_rows,
        count(row_number) filter (kind = 'economy') as economy_rows
    from rows_read
    group by sha256, reporting_unit
),

final as (
    select
        reports.sha256,
        reports.stadsdel_id,
        reports.year,
        reports.report_type,
        reports.layout,
        reports.lines,
        reports.pages,
        reports.unaccounted,
        reports.ambiguous,
        reports.parser_version,
        counted.reporting_unit,
        counted.indicator_rows,
        counted.goal_rows,
        counted.activity_rows,
        counted.economy_rows
    from counted
    inner join reports
        on counted.sha256 = reports.sha256
)

select * from final
