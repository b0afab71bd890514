with

source as (
    select * from {{ source('raw', 'ledger') }}
),

final as (
    select
        sha256,
        file_name,
        cast(landing_number as integer) as landing_number,
        cast(size_bytes as bigint) as size_bytes,
        landed_at
    from source
)

select * from final
