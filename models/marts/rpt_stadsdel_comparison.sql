with

outcomes as (
    select * from {{ ref('int_outcomes_chosen') }}
    where reporting_unit is null
),

indicators as (
    select * from {{ ref('dim_indicator') }}
    where is_curated
),

stadsdelar as (
    select * from {{ ref('dim_stadsdel') }}
),

-- Districts that print the same figure at the coarsest precision of the year are tied.
rounded as (
    select
        outcomes.stadsdel_id,
        outcomes.indicator_id,
        outcomes.year,
        outcomes.value,
        outcomes.report_id,
        indicators.name as indicator_name,
        indicators.unit_of_measure,
        indicators.polarity,
        indicators.theme,
        indicators.kf_scope,
        {{ polarity_sign('indicators.polarity') }} as better,
        min(outcomes.decimals) over (
            partition by outcomes.indicator_id, outcomes.year
        ) as decimals
    from outcomes
    inner join indicators
        on outcomes.indicator_id = indicators.indicator_id
),

compared as (
    select
        *,
        count(*) over districts as n_stadsdelar,
        median(value) over districts as median_value,
        rank() over (
            districts
            order by better * round(value * pow(10, decimals)) desc
        ) as place
    from rounded
    window districts as (partition by indicator_id, year)
),

final as (
    select
        compared.stadsdel_id,
        stadsdelar.name as stadsdel,
        compared.indicator_id,
        compared.indicator_name,
        compared.theme,
        compared.unit_of_measure,
        compared.polarity,
        compared.year,
        cast(compared.value as double) as value,
        cast(compared.median_value as double) as median_value,
        cast(compared.value - compared.median_value as double) as difference_to_median,
        cast(compared.n_stadsdelar as integer) as n_stadsdelar,
        compared.report_id as source_report_id,
        concat_ws('-', compared.stadsdel_id, compared.indicator_id, compared.year)
            as row_id,
        case
            when compared.better is not null and compared.kf_scope = 'comparable'
                then cast(compared.place as integer)
        end as place,
        case
            when compared.kf_scope != 'comparable' then 'depends_on_size'
            when compared.better is null then 'no_polarity'
        end as reason
    from compared
    inner join stadsdelar
        on compared.stadsdel_id = stadsdelar.stadsdel_id
)

select * from final
