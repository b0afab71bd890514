with

indicators as (
    select * from {{ ref('int_indicators_combined') }}
),

final as (
    select
        indicator_id,
        name,
        unit_of_measure,
        scale,
        polarity,
        gender_kind,
        kf_scope,
        theme,
        is_kf,
        is_curated
    from indicators
)

select * from final
