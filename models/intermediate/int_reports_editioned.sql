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
    select
        sha256,
        unnest(reporting_units) as reporting_unit
    from reports
    union
    select
        sha256,
        cast(null as varchar) as reporting_unit
    from reports
    where len(coalesce(reporting_units, [])) = 0
    {%- for rows_read in [
        'stg_reports__indicator_cells',
        'stg_reports__goals',
        'stg_reports__activities',
        'stg_reports__economy_cells',
    ] %}
        union
        select
            sha256,
            reporting_unit
        from {{ ref(rows_read) }}
    {%- endfor %}
),

named as (
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
