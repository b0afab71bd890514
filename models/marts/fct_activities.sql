with

activities as (
    select * from {{ ref('int_activities_placed') }}
),

final as (
    select
        report_id,
        stadsdel_id,
        reporting_unit,
        year,
        report_type,
        goal_id,
        goal,
        goal_level,
        activity,
        start_date,
        end_date,
        start_printed,
        end_printed,
        deviation,
        analysis,
        line,
        page,
        concat_ws('-', report_id, 'a' || row_number) as activity_id
    from activities
)

select * from final
