with

source as (
    select * from {{ source('raw', 'unaccounted') }}
),

final as (
    select
        sha256,
        cast(row_number as integer) as row_number,
        cast(line as integer) as line,
        cast(page as integer) as page,
        text as printed,
        reason
    from source
)

select * from final
