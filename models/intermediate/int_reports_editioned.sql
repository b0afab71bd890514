with

reports as (
    select * from {{ ref('stg_reports__reports') }}
),

landings as (
    select * from {{ ref('stg_reports__landings') }}
),

mandate_periods as (
    select * from {{ ref('mandate_periods') }}
),

-- A file may hold several units' reports; what no unit claims is the council's own.
units_printed as (
    select sha256, unnest(reporting_units) as reporting_unit from reports
    union
    select sha256, reporting_unit from {{ ref('stg_reports__indicator_cells') }}
    union
    select sha256, reporting_unit from {{ ref('stg_reports__goals') }}
    union
    select sha256, reporting_unit from {{ ref('stg_reports__activities') }}
    union
    select sha256, reporting_unit from {{ ref('stg_reports__economy_cells') }}
    union
    select sha256, null as reporting_unit
    from reports
    where len(coalesce(reporting_units, [])) = 0
),

named as (
    select
        reports.* exclude (reporting_units),
        units_printed.reporting_unit,
        landings.file_name,
        landings.landed_at,
        coalesce(landings.landing_number, 0) as landing_number,
        concat_ws(
            '-', reports.stadsdel_id, {{ slug('units_printed.reporting_unit') }}
        ) as reporter_id,
        concat_ws(
            '-',
            reports.stadsdel_id,
            reports.year,
            reports.report_type,
            {{ slug('units_printed.reporting_unit') }}
        ) as report_id
    from reports
    inner join units_printed
        on reports.sha256 = units_printed.sha256
    left join landings
        on reports.sha256 = landings.sha256
),

final as (
    select
        named.*,
        mandate_periods.mandate_period,
        {{ report_as_of('named.year', 'named.report_type') }} as as_of,
        row_number() over editions_of_report as edition,
        count(*) over (partition by named.report_id) as editions,
        row_number() over editions_of_report
        = count(*) over (partition by named.report_id) as is_latest
    from named
    left join mandate_periods
        on named.year between mandate_periods.first_year and mandate_periods.last_year
    window
        editions_of_report as (
            partition by named.report_id
            order by named.landing_number asc, named.sha256 asc
        )
)

select * from final
