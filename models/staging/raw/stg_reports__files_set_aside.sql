with

source as (
    select * from {{ source('raw', 'set_aside') }}
),

final as (
    select
        path as file_path,
        file_name,
        sha256,
        code as error_code,
        reason,
        advice
    from source
)

select * from final
