with

results as (
    select * from {{ ref('int_results_paired') }}
),

observations as (
    select * from {{ ref('int_observations_typed') }}
),

targets as (
    select
        results.*,
        target_measures.measure,
        observations.value_printed as target_printed,
        observations.value as target,
        observations.target_low,
        observations.target_high,
        observations.target_direction,
        observations.decimals as target_decimals,
        coalesce(observations.target_type, 'none') as target_type,
        coalesce(observations.is_unit_conflict, false) as target_is_unit_conflict
    from results
    cross join (values ('target'), ('kf_target')) as target_measures (measure)
    left join observations
        on
            results.report_id = observations.report_id
            and results.row_number = observations.row_number
            and target_measures.measure = observations.measure
),

-- What makes the target itself unusable is named before what the outcome lacks.
reasoned as (
    select
        *,
        {{ polarity_sign('polarity') }} as better,
        case
            when target_type = 'none' then 'no_target'
            when target_type in ('delegated', 'to_be_decided') then target_type
            when target_type = 'text' then 'text_target'
            when
                measure = 'kf_target' and kf_scope = 'city_total'
                then 'city_wide_target'
            when outcome is null then 'no_outcome'
            when
                target_type = 'direction' and outcome_previous is null
                then 'no_outcome'
            when
                outcome_is_unit_conflict or target_is_unit_conflict
                then 'unit_conflict'
            when target_type = 'direction' and outcome_previous_is_unit_conflict
                then 'unit_conflict'
            when polarity is null then 'no_polarity'
            when target_type = 'value' and polarity not in ('higher', 'lower')
                then 'no_polarity'
            when target_type = 'direction' and is_break then 'break'
        end as reason
    from targets
),

measured as (
    select
        *,
        case
            when target_type in ('value', 'min', 'max') then outcome - target
            when target_type not in ('range', 'tolerance') then null
            when outcome > target_high then outcome - target_high
            when outcome < target_low then outcome - target_low
            when outcome is not null then 0
        end as distance,
        case
            when outcome > target_high then target_high
            when outcome < target_low then target_low
        end as bound,
        outcome - outcome_previous as change,
        {{ meets_target(
            'outcome', 'target_type', 'target', 'target_low', 'target_high', 'better'
        ) }} as is_met
    from reasoned
),

judged as (
    select
        *,
        case
            when reason is null or (reason = 'no_polarity' and polarity is not null)
                then distance
        end as gap,
        case
            when reason is not null then 'not_evaluable'
            when target_type = 'direction'
                then
                    case
                        when
                            change * target_direction
                            > {{ rounding_slack(
                                'outcome_decimals', 'outcome_previous_decimals'
                            ) }}
                            then 'met'
                        else 'missed'
                    end
            when is_met then 'met'
            when
                abs(distance) <= {{ near_band(
                    'coalesce(target, bound)',
                    'least(outcome_decimals, target_decimals)',
                    'scale',
                ) }}
                then 'near'
            else 'missed'
        end as status
    from measured
),

final as (
    select
        report_id,
        reporter_id,
        indicator_id,
        measure,
        target_printed,
        target_type,
        target,
        target_low,
        target_high,
        target_direction,
        target_decimals,
        gap,
        status,
        reason,
        '{{ var("target_method_version") }}' as method_version
    from judged
)

select * from final
