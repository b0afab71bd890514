with

observations as (
    select * from {{ ref('int_observations_typed') }}
),

results as (
    select * from {{ ref('int_results_paired') }}
),

reports as (
    select * from {{ ref('int_reports_editioned') }}
),

-- What is printed of a whole year: its own VB, then "last year" in every later report.
-- A tertial's outcome is no edition of the year.
printed as (
    select
        observations.reporter_id,
        observations.stadsdel_id,
        observations.reporting_unit,
        observations.indicator_id,
        observations.indicator_name,
        observations.unit_of_measure,
        observations.year,
        observations.report_id,
        observations.report_year,
        observations.report_type,
        observations.value,
        observations.decimals,
        observations.value_printed,
        observations.unit_printed,
        observations.is_unit_conflict,
        observations.line,
        observations.page,
        reports.as_of,
        observations.measure = 'outcome' as is_first_hand
    from observations
    inner join results
        on
            observations.report_id = results.report_id
            and observations.row_number = results.row_number
    inner join reports
        on
            observations.report_id = reports.report_id
            and reports.is_latest
    where
        (
            observations.measure = 'outcome'
            and observations.sex = 'total'
            and observations.report_type = 'vb'
        )
        or observations.measure = 'outcome_previous'
),

final as (
    select
        *,
        row_number() over editions_of_figure as edition,
        count(*) over (partition by reporter_id, indicator_id, year) as editions,
        lead(as_of) over editions_of_figure as superseded_on
    from printed
    window
        editions_of_figure as (
            partition by reporter_id, indicator_id, year
            order by as_of asc, report_id asc
        )
)

select * from final
