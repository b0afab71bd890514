-- Every row that could be divided into cells in more than one way, an indicator's or
-- one of money, is listed among the suspicious things, report by report.
with

unsure as (
    select distinct
        sha256,
        reporting_unit,
        row_number,
        'indicator' as kind
    from {{ ref('stg_reports__indicator_cells') }}
    where alternatives is not null
    union all
    select distinct
        sha256,
        reporting_unit,
        row_number,
        'money' as kind
    from {{ ref('stg_reports__economy_cells') }}
    where alternatives is not null
),

counted as (
    select
        reports.report_id,
        count(*) as unsure_rows
    from unsure
    inner join {{ ref('dim_report') }} as reports
        on
            unsure.sha256 = reports.sha256
            and unsure.reporting_unit is not distinct from reports.reporting_unit
    group by reports.report_id
),

listed as (
    select
        report_id,
        count(*) as unsure_rows
    from {{ ref('rpt_data_quality') }}
    where check_name = 'ambiguous_row'
    group by report_id
)

select
    counted.unsure_rows as rows_counted,
    listed.unsure_rows as rows_listed,
    coalesce(counted.report_id, listed.report_id) as report_id
from counted
full outer join listed
    on counted.report_id = listed.report_id
where counted.unsure_rows is distinct from listed.unsure_rows
