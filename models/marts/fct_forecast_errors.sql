with

results as (
    select * from {{ ref('int_results_paired') }}
    where
        report_type in ('t1', 't2')
        and forecast is not null
        and not forecast_is_unit_conflict
),

targets as (
    select * from {{ ref('int_targets_judged') }}
    where measure = 'target'
),

outcomes as (
    select * from {{ ref('int_outcomes_chosen') }}
),

compared as (
    select
        results.*,
        outcomes.value as outcome_of_year,
        outcomes.report_id as outcome_report_id,
        results.forecast - outcomes.value as error,
        -- "as last year": as printed beside the forecast, else as known
        coalesce(results.outcome_previous, previous.value) as naive_forecast,
        {{ meets_target(
            'results.forecast',
            'targets.target_type',
            'targets.target',
            'targets.target_low',
            'targets.target_high',
            polarity_sign('results.polarity'),
        ) }} as forecast_meets_target,
        {{ meets_target(
            'outcomes.value',
            'targets.target_type',
            'targets.target',
            'targets.target_low',
            'targets.target_high',
            polarity_sign('results.polarity'),
        ) }} as outcome_meets_target
    from results
    inner join outcomes
        on
            results.reporter_id = outcomes.reporter_id
            and results.indicator_id = outcomes.indicator_id
            and results.report_year = outcomes.year
    left join outcomes as previous
        on
            results.reporter_id = previous.reporter_id
            and results.indicator_id = previous.indicator_id
            and results.report_year - 1 = previous.year
    left join targets
        on
            results.report_id = targets.report_id
            and results.indicator_id = targets.indicator_id
),

final as (
    select
        report_id,
        stadsdel_id,
        reporting_unit,
        indicator_id,
        indicator_name,
        unit_of_measure,
        report_year as year,
        report_type,
        cast(forecast as double) as forecast,
        cast(outcome_of_year as double) as outcome,
        outcome_report_id,
        cast(error as double) as error,
        cast(naive_forecast as double) as naive_forecast,
        forecast_meets_target,
        outcome_meets_target,
        line,
        page,
        cast(abs(error) as double) as absolute_error,
        cast(abs(naive_forecast - outcome_of_year) as double) as naive_absolute_error,
        concat_ws('-', report_id, indicator_id) as forecast_error_id,
        forecast_meets_target = outcome_meets_target as is_verdict_right
    from compared
)

select * from final
