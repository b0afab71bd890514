with

stadsdelar as (
    select * from {{ ref('stadsdelar') }}
),

final as (
    select
        stadsdel_id,
        name,
        valid_from,
        valid_to,
        successor_id
    from stadsdelar
)

select * from final
