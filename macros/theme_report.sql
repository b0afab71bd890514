{#
    One theme's indicators, one row per district, reporting unit, indicator and year: the yearly
    outcome with its change and trend, and the targets as the year's latest report has them.
-#}
{% macro theme_report(theme) -%}
with

indicators as (
    select * from {{ ref('dim_indicator') }}
    where theme = '{{ theme }}'
),

stadsdelar as (
    select * from {{ ref('dim_stadsdel') }}
),

reports as (
    select * from {{ ref('dim_report') }}
),

trends as (
    select * from {{ ref('fct_indicator_trends') }}
),

observations as (
    select * from {{ ref('fct_observations') }}
),

latest_gaps as (
    select
        gaps.*,
        reports.as_of
    from {{ ref('fct_target_gaps') }} as gaps
    inner join reports
        on gaps.report_id = reports.report_id
    qualify
        row_number() over (
            partition by
                gaps.stadsdel_id, gaps.reporting_unit, gaps.indicator_id, gaps.year
            order by reports.as_of desc
        ) = 1
),

sexes as (
    select
        report_id,
        indicator_id,
        any_value(value) filter (sex = 'men') as outcome_men,
        any_value(value) filter (sex = 'women') as outcome_women
    from observations
    where measure = 'outcome'
    group by report_id, indicator_id
),

years as (
    select stadsdel_id, reporting_unit, indicator_id, year from trends
    union
    select stadsdel_id, reporting_unit, indicator_id, year from latest_gaps
),

final as (
    select
        concat_ws(
            '-',
            years.stadsdel_id,
            {{ slug('years.reporting_unit') }},
            years.indicator_id,
            years.year
        ) as row_id,
        years.stadsdel_id,
        stadsdelar.name as stadsdel,
        years.reporting_unit,
        years.indicator_id,
        indicators.name as indicator_name,
        indicators.unit_of_measure,
        indicators.polarity,
        years.year,
        trends.value as outcome,
        case when latest_gaps.report_type = 'vb' then sexes.outcome_men end as outcome_men,
        case when latest_gaps.report_type = 'vb' then sexes.outcome_women end
            as outcome_women,
        trends.value_source as outcome_source,
        trends.previous_value as previous_outcome,
        trends.change,
        trends.verdict,
        trends.n_years,
        trends.trend,
        trends.slope_per_year,
        latest_gaps.report_type as latest_report_type,
        case when latest_gaps.is_provisional then latest_gaps.outcome end
            as provisional_outcome,
        latest_gaps.forecast,
        latest_gaps.target_printed,
        latest_gaps.target,
        latest_gaps.gap,
        coalesce(latest_gaps.status, 'not_evaluable') as status,
        case when latest_gaps.status is null then 'no_target' else latest_gaps.reason end
            as reason,
        latest_gaps.kf_target_printed,
        latest_gaps.kf_target,
        latest_gaps.kf_gap,
        coalesce(latest_gaps.kf_status, 'not_evaluable') as kf_status,
        case when latest_gaps.kf_status is null then 'no_target' else latest_gaps.kf_reason end
            as kf_reason
    from years
    inner join indicators
        on years.indicator_id = indicators.indicator_id
    inner join stadsdelar
        on years.stadsdel_id = stadsdelar.stadsdel_id
    left join trends
        on
            years.stadsdel_id = trends.stadsdel_id
            and years.reporting_unit is not distinct from trends.reporting_unit
            and years.indicator_id = trends.indicator_id
            and years.year = trends.year
    left join latest_gaps
        on
            years.stadsdel_id = latest_gaps.stadsdel_id
            and years.reporting_unit is not distinct from latest_gaps.reporting_unit
            and years.indicator_id = latest_gaps.indicator_id
            and years.year = latest_gaps.year
    left join sexes
        on
            latest_gaps.report_id = sexes.report_id
            and latest_gaps.indicator_id = sexes.indicator_id
)

select * from final
{%- endmacro %}
