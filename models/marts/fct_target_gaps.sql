with

results as (
    select * from {{ ref('int_results_paired') }}
),

judged as (
    select * from {{ ref('int_targets_judged') }}
),

final as (
    select
        results.report_id,
        results.stadsdel_id,
        results.reporting_unit,
        results.indicator_id,
        results.indicator_name,
        results.unit_of_measure,
        results.report_year as year,
        results.report_type,
        cast(results.outcome as double) as outcome,
        cast(results.outcome_previous as double) as outcome_previous,
        cast(results.forecast as double) as forecast,
        own.target_printed,
        cast(own.target as double) as target,
        cast(own.target_low as double) as target_low,
        cast(own.target_high as double) as target_high,
        own.target_type,
        cast(own.gap as double) as gap,
        own.status,
        own.reason,
        kf.target_printed as kf_target_printed,
        cast(kf.target as double) as kf_target,
        cast(kf.target_low as double) as kf_target_low,
        cast(kf.target_high as double) as kf_target_high,
        kf.target_type as kf_target_type,
        cast(kf.gap as double) as kf_gap,
        kf.status as kf_status,
        kf.reason as kf_reason,
        own.method_version,
        results.line,
        results.page,
        concat_ws('-', results.report_id, results.indicator_id) as target_gap_id,
        results.report_type in ('t1', 't2') as is_provisional
    from results
    inner join judged as own
        on
            results.report_id = own.report_id
            and results.indicator_id = own.indicator_id
            and own.measure = 'target'
    inner join judged as kf
        on
            results.report_id = kf.report_id
            and results.indicator_id = kf.indicator_id
            and kf.measure = 'kf_target'
)

select * from final
