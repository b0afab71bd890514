with

cells as (
    select * from {{ ref('stg_reports__indicator_cells') }}
),

reports as (
    select * from {{ ref('int_reports_editioned') }}
    where is_latest
),

names as (
    select * from {{ ref('int_indicator_names_resolved') }}
),

corrections as (
    select * from {{ ref('int_corrections_read') }}
),

-- A blank cell says something only where the report has the column at all.
columns_of_reports as (
    select distinct
        sha256,
        reporting_unit,
        measure,
        sex
    from cells
    where value_printed is not null
),

final as (
    select
        cells.row_number,
        cells.line,
        cells.page,
        cells.goal,
        cells.goal_level,
        cells.indicator_name_printed,
        cells.period,
        cells.alternatives,
        cells.measure,
        cells.sex,
        cells.value_printed,
        reports.report_id,
        reports.reporter_id,
        reports.stadsdel_id,
        reports.reporting_unit,
        reports.report_type,
        reports.year as report_year,
        names.indicator_id,
        corrections.corrected_printed as value_corrected,
        corrections.corrected_printed is not null as is_corrected,
        case
            when cells.measure = 'outcome_previous'
                then coalesce(cells.previous_year, reports.year - 1)
            else reports.year
        end as year,
        {%- for column in [
            'cell_text',
            'form',
            'first_value',
            'second_value',
            'decimals',
            'unit_printed',
            'is_approximate',
        ] %}
            case
                when corrections.corrected_printed is null then cells.{{ column }}
                else corrections.{{ column }}
            end as {{ column }},
        {%- endfor %}
        names.name_key
    from cells
    inner join reports
        on
            cells.sha256 = reports.sha256
            and cells.reporting_unit is not distinct from reports.reporting_unit
    inner join columns_of_reports
        on
            cells.sha256 = columns_of_reports.sha256
            and cells.reporting_unit
            is not distinct from columns_of_reports.reporting_unit
            and cells.measure = columns_of_reports.measure
            and cells.sex = columns_of_reports.sex
    inner join names
        on cells.indicator_name_printed = names.indicator_name_printed
    left join corrections
        on
            reports.stadsdel_id = corrections.stadsdel_id
            and reports.year = corrections.year
            and reports.report_type = corrections.report_type
            and reports.reporting_unit is not distinct from corrections.reporting_unit
            and names.name_key = corrections.name_key
            and cells.measure = corrections.measure
            and cells.sex = corrections.sex
            and cells.value_printed = corrections.expected_printed
)

select * from final
