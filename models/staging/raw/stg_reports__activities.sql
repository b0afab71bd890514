with

source as (
    select * from {{ source('raw', 'activities') }}
),

final as (
    select
        sha256,
        cast(row_number as integer) as row_number,
        cast(line as integer) as line,
        cast(page as integer) as page,
        goal,
        goal_level,
        unit as reporting_unit,
        activity,
        start_date as start_printed,
        end_date as end_printed,
        deviation,
        analysis,
        printed,
        try_cast(start_date as date) as start_date,
        try_cast(end_date as date) as end_date
    from source
)

select * from final
