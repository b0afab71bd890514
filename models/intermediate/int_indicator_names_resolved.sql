with

cells as (
    select * from {{ ref('stg_reports__indicator_cells') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

indicator_aliases as (
    select * from {{ ref('indicator_aliases') }}
),

printed as (
    select distinct indicator_name_printed
    from cells
),

known as (
    select {{ name_key('name') }} as name_key, indicator_id, 'name' as matched_by
    from indicators
    union all
    select {{ name_key('alias') }} as name_key, indicator_id, 'alias' as matched_by
    from indicator_aliases
),

keyed as (
    select
        indicator_name_printed,
        {{ name_key('indicator_name_printed') }} as name_key
    from printed
),

-- A name that nobody has curated is an indicator of its own, known by its key alone.
final as (
    select
        keyed.indicator_name_printed,
        keyed.name_key,
        coalesce(
            known.indicator_id, 'unmapped-' || left(md5(keyed.name_key), 12)
        ) as indicator_id,
        coalesce(known.matched_by, 'none') as matched_by
    from keyed
    left join known
        on keyed.name_key = known.name_key
)

select * from final
