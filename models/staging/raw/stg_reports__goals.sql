with

source as (
    select * from {{ source('raw', 'goals') }}
),

final as (
    select
        sha256,
        cast(row_number as integer) as row_number,
        cast(line as integer) as line,
        cast(page as integer) as page,
        level as goal_level,
        title,
        status as assessment_printed,
        unit as reporting_unit,
        printed,
        rtrim(code, '.') as code
    from source
)

select * from final
