with

-- A file may hold several units' reports, each a report of its own.
reports as (
    select * from {{ ref('int_reports_counted') }}
),

landings as (
    select * from {{ ref('stg_reports__landings') }}
),

mandate_periods as (
    select * from {{ ref('mandate_periods') }}
),

named as (
    select
        reports.sha256,
        reports.stadsdel_id,
        reports.year,
        reports.report_type,
        reports.reporting_unit,
        reports.layout,
        reports.lines,
        reports.pages,
        reports.indicator_rows,
        reports.goal_rows,
        reports.activity_rows,
        reports.economy_rows,
        reports.unaccounted,
        reports.ambiguous,
        reports.parser_version,
        landings.file_name,
        landings.landed_at,
        coalesce(landings.landing_number, 0) as landing_number,
        concat_ws(
            '-', reports.stadsdel_id, {{ slug('reports.reporting_unit') }}
        ) as reporter_id,
        concat_ws(
            '-',
            reports.stadsdel_id,
            reports.year,
            reports.report_type,
            {{ slug('reports.reporting_unit') }}
        ) as report_id
    from reports
    left join landings
        on reports.sha256 = landings.sha256
),

numbered as (
    select
        *,
        row_number() over (
            partition by report_id
            order by landing_number asc, sha256 asc
        ) as edition,
        count(*) over (partition by report_id) as editions
    from named
),

final as (
    select
        numbered.report_id,
        numbered.reporter_id,
        numbered.sha256,
        numbered.stadsdel_id,
        numbered.year,
        numbered.report_type,
        numbered.reporting_unit,
        numbered.indicator_rows,
        numbered.goal_rows,
        numbered.activity_rows,
        numbered.economy_rows,
        numbered.file_name,
        numbered.layout,
        numbered.lines,
        numbered.pages,
        numbered.unaccounted,
        numbered.ambiguous,
        numbered.parser_version,
        numbered.landed_at,
        numbered.edition,
        numbered.editions,
        mandate_periods.mandate_period,
        numbered.edition = numbered.editions as is_latest,
        {{ report_as_of('numbered.year', 'numbered.report_type') }} as as_of
    from numbered
    left join mandate_periods
        on
            numbered.year
            between mandate_periods.first_year and mandate_periods.last_year
)

select * from final
