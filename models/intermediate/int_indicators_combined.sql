with

names as (
    select * from {{ ref('int_indicator_names_resolved') }}
),

cells as (
    select * from {{ ref('stg_reports__indicator_cells') }}
),

indicators as (
    select * from {{ ref('indicators') }}
),

units as (
    select * from {{ ref('units') }}
),

curated as (
    select
        indicator_id,
        name,
        unit_of_measure,
        polarity,
        gender_kind,
        kf_scope,
        theme,
        is_kf,
        true as is_curated
    from indicators
),

-- Nobody has read what it measures: only its name and its one printed unit are known.
uncurated as (
    select
        names.indicator_id,
        rtrim(min(names.indicator_name_printed), ' .') as name,
        case
            when count(distinct cells.unit_printed) = 1 then min(cells.unit_printed)
        end as unit_of_measure,
        cast(null as varchar) as polarity,
        cast(null as varchar) as gender_kind,
        cast(null as varchar) as kf_scope,
        cast(null as varchar) as theme,
        cast(null as boolean) as is_kf,
        false as is_curated
    from names
    inner join cells
        on names.indicator_name_printed = cells.indicator_name_printed
    where names.matched_by = 'none'
    group by names.indicator_id
),

combined as (
    select * from curated
    union all
    select * from uncurated
),

final as (
    select
        combined.*,
        units.scale
    from combined
    left join units
        on combined.unit_of_measure = units.unit_of_measure
)

select * from final
