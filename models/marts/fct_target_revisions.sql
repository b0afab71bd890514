with

targets as (
    select * from {{ ref('int_targets_judged') }}
),

results as (
    select * from {{ ref('int_results_paired') }}
),

reports as (
    select * from {{ ref('int_reports_editioned') }}
    where is_latest
),

outcomes as (
    select * from {{ ref('int_outcomes_chosen') }}
),

printed as (
    select
        targets.measure,
        targets.reporter_id,
        targets.indicator_id,
        targets.report_id,
        targets.target_printed,
        targets.target_type,
        targets.target,
        results.stadsdel_id,
        results.reporting_unit,
        results.indicator_name,
        results.unit_of_measure,
        results.report_year,
        results.report_type,
        results.polarity,
        results.line,
        results.page,
        reports.as_of,
        targets.measure = 'kf_target'
        and results.kf_scope = 'city_total' as is_city_wide,
        -- What a target without a number asks: bounds and directions may be printed in
        -- several ways, and one left to the council asks nothing.
        case
            when targets.target_type = 'delegated' then ''
            when targets.target_type in ('range', 'tolerance', 'direction')
                then
                    concat_ws(
                        ' ',
                        targets.target_low,
                        targets.target_high,
                        targets.target_direction
                    )
            else {{ name_key('targets.target_printed') }}
        end as target_terms
    from targets
    inner join results
        on
            targets.report_id = results.report_id
            and targets.indicator_id = results.indicator_id
    inner join reports
        on targets.report_id = reports.report_id
),

-- Of each year the latest report's target, beside the plan's.
latest as (
    select
        *,
        count(*) over targets_of_year as reports_printed
    from printed
    window
        targets_of_year as (
            partition by measure, reporter_id, indicator_id, report_year
        )
    qualify row_number() over (targets_of_year order by as_of desc) = 1
),

compared as (
    select
        latest.*,
        plan.report_id as plan_report_id,
        plan.target_printed as plan_target_printed,
        plan.target_type as plan_target_type,
        plan.target as plan_target,
        plan.target_terms as plan_target_terms,
        previous.value as previous_outcome,
        latest.target - plan.target as drift,
        {{ polarity_sign('latest.polarity') }} as better
    from latest
    left join printed as plan
        on
            latest.measure = plan.measure
            and latest.reporter_id = plan.reporter_id
            and latest.indicator_id = plan.indicator_id
            and latest.report_year = plan.report_year
            and plan.report_type = 'vp'
    left join outcomes as previous
        on
            latest.reporter_id = previous.reporter_id
            and latest.indicator_id = previous.indicator_id
            and latest.report_year - 1 = previous.year
),

final as (
    select
        stadsdel_id,
        reporting_unit,
        indicator_id,
        indicator_name,
        unit_of_measure,
        report_year as year,
        measure,
        plan_report_id,
        plan_target_printed,
        plan_target_type,
        cast(plan_target as double) as plan_target,
        report_id,
        report_type,
        target_printed,
        target_type,
        cast(target as double) as target,
        cast(reports_printed as integer) as reports_printed,
        cast(drift as double) as drift,
        cast(previous_outcome as double) as previous_outcome,
        line,
        page,
        concat_ws('-', report_id, indicator_id, measure) as target_revision_id,
        case
            when plan_report_id is null then 'no_plan'
            when report_id = plan_report_id then 'plan_only'
            when plan_target_type = 'none' and target_type = 'none' then 'none'
            when plan_target_type = 'none' then 'set'
            when target_type = 'none' then 'withdrawn'
            when plan_target_type != target_type then 'type_changed'
            when drift = 0 then 'none'
            when drift * better > 0 then 'tightened'
            when drift * better < 0 then 'eased'
            when drift is not null then 'changed'
            when plan_target_terms = target_terms then 'none'
            else 'changed'
        end as revision,
        case
            when not coalesce(is_city_wide, true)
                then cast(better * (target - previous_outcome) as double)
        end as ambition,
        '{{ var("target_method_version") }}' as method_version
    from compared
)

select * from final
