with

activities as (
    select * from {{ ref('stg_reports__activities') }}
),

reports as (
    select * from {{ ref('int_reports_editioned') }}
    where is_latest
),

goals as (
    select * from {{ ref('int_goals_identified') }}
),

goals_of_reports as (
    select
        report_id,
        goal_key,
        min(goal_id) as goal_id
    from goals
    group by report_id, goal_key
),

final as (
    select
        reports.report_id,
        reports.stadsdel_id,
        reports.reporting_unit,
        reports.year,
        reports.report_type,
        goals_of_reports.goal_id,
        activities.row_number,
        activities.goal,
        activities.goal_level,
        activities.activity,
        activities.start_date,
        activities.end_date,
        activities.start_printed,
        activities.end_printed,
        activities.deviation,
        activities.analysis,
        activities.line,
        activities.page
    from activities
    inner join reports
        on
            activities.sha256 = reports.sha256
            and activities.reporting_unit is not distinct from reports.reporting_unit
    left join goals_of_reports
        on
            reports.report_id = goals_of_reports.report_id
            and {{ name_key('activities.goal') }} = goals_of_reports.goal_key
)

select * from final
