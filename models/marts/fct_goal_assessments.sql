with

goals as (
    select * from {{ ref('int_goals_identified') }}
),

results as (
    select * from {{ ref('int_results_paired') }}
),

judged as (
    select * from {{ ref('int_targets_judged') }}
),

indicators_of_goals as (
    select
        results.report_id,
        {{ name_key('results.goal') }} as goal_key,
        count(*) filter (judged.status = 'met') as indicators_met,
        count(*) filter (judged.status = 'near') as indicators_near,
        count(*) filter (judged.status = 'missed') as indicators_missed,
        count(*) filter (judged.status = 'not_evaluable') as indicators_not_evaluable
    from results
    inner join judged
        on
            results.report_id = judged.report_id
            and results.indicator_id = judged.indicator_id
            and judged.measure = 'target'
    group by results.report_id, goal_key
),

final as (
    select
        goals.report_id,
        goals.stadsdel_id,
        goals.reporting_unit,
        goals.year,
        goals.report_type,
        goals.mandate_period,
        goals.goal_id,
        goals.goal_level,
        goals.code,
        goals.title,
        goals.assessment,
        goals.assessment_printed,
        cast(coalesce(indicators_of_goals.indicators_met, 0) as integer)
            as indicators_met,
        cast(coalesce(indicators_of_goals.indicators_near, 0) as integer)
            as indicators_near,
        cast(coalesce(indicators_of_goals.indicators_missed, 0) as integer)
            as indicators_missed,
        cast(coalesce(indicators_of_goals.indicators_not_evaluable, 0) as integer)
            as indicators_not_evaluable,
        goals.line,
        goals.page,
        concat_ws('-', goals.report_id, 'g' || goals.row_number) as goal_assessment_id
    from goals
    left join indicators_of_goals
        on
            goals.report_id = indicators_of_goals.report_id
            and goals.goal_key = indicators_of_goals.goal_key
)

select * from final
