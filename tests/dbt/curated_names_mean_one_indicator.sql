-- A name's key stands for one indicator only; an alias is not also a canonical name.
with

names as (
    select {{ name_key('name') }} as name_key, indicator_id
    from {{ ref('indicators') }}
    union all
    select {{ name_key('alias') }} as name_key, indicator_id
    from {{ ref('indicator_aliases') }}
)

select
    name_key,
    list(indicator_id) as indicator_ids
from names
group by name_key
having count(*) > 1
