with

observations as (
    select * from {{ ref('fct_observations') }}
),

years as (
    select
        min(year) as first_year,
        max(year) as last_year
    from observations
),

days as (
    select
        cast(unnest(range(
            make_date(first_year, 1, 1),
            make_date(last_year + 1, 1, 1),
            interval 1 day
        )) as date) as date_day
    from years
),

final as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year
    from days
)

select * from final
