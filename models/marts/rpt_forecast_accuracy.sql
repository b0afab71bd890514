with

errors as (
    select * from {{ ref('fct_forecast_errors') }}
),

stadsdelar as (
    select * from {{ ref('dim_stadsdel') }}
),

measured as (
    select
        stadsdel_id,
        report_type,
        unit_of_measure,
        cast(count(*) as integer) as forecasts,
        cast(count(is_verdict_right) as integer) as verdicts,
        avg(error) as bias,
        avg(absolute_error) as mean_absolute_error,
        avg(absolute_error) filter (naive_forecast is not null) as error_beside_naive,
        avg(naive_absolute_error) as naive_mean_absolute_error,
        avg(cast(is_verdict_right as integer)) as share_verdicts_right
    from errors
    where
        reporting_unit is null
        and unit_of_measure is not null
    group by stadsdel_id, report_type, unit_of_measure
),

final as (
    select
        measured.stadsdel_id,
        stadsdelar.name as stadsdel,
        measured.report_type,
        measured.unit_of_measure,
        measured.forecasts,
        measured.bias,
        measured.mean_absolute_error,
        measured.naive_mean_absolute_error,
        measured.verdicts,
        measured.share_verdicts_right,
        concat_ws(
            '-', measured.stadsdel_id, measured.report_type, measured.unit_of_measure
        ) as row_id,
        case
            when measured.naive_mean_absolute_error > 0
                then
                    1 - measured.error_beside_naive / measured.naive_mean_absolute_error
        end as skill
    from measured
    inner join stadsdelar
        on measured.stadsdel_id = stadsdelar.stadsdel_id
)

select * from final
