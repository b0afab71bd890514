-- Every printed cell of every report that counts becomes one observation: per report
-- and measure, the printed cells of staging equal the printed observations.
with

printed as (
    select
        reports.report_id,
        cells.measure,
        count(*) as cells
    from {{ ref('stg_reports__indicator_cells') }} as cells
    inner join {{ ref('dim_report') }} as reports
        on
            cells.sha256 = reports.sha256
            and cells.reporting_unit is not distinct from reports.reporting_unit
    where cells.value_printed is not null
    group by reports.report_id, cells.measure
),

observed as (
    select
        report_id,
        measure,
        count(*) as cells
    from {{ ref('fct_observations') }}
    where value_printed is not null
    group by report_id, measure
)

select
    printed.cells as cells_printed,
    observed.cells as cells_observed,
    coalesce(printed.report_id, observed.report_id) as report_id,
    coalesce(printed.measure, observed.measure) as measure
from printed
full outer join observed
    on
        printed.report_id = observed.report_id
        and printed.measure = observed.measure
where printed.cells is distinct from observed.cells
