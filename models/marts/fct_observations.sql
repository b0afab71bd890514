with

observations as (
    select * from {{ ref('int_observations_typed') }}
),

final as (
    select
        observation_id,
        report_id,
        stadsdel_id,
        reporting_unit,
        indicator_id,
        indicator_name,
        indicator_name_printed,
        year,
        report_year,
        report_type,
        sex,
        measure,
        cast(value as double) as value,
        value_printed,
        value_corrected,
        unit_of_measure,
        unit_printed,
        cast(decimals as integer) as decimals,
        target_type,
        cast(target_low as double) as target_low,
        cast(target_high as double) as target_high,
        target_direction,
        obs_status,
        obs_status_all,
        period,
        goal,
        line,
        page
    from observations
)

select * from final
