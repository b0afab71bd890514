with

outcomes as (
    select * from {{ ref('int_outcomes_trended') }}
),

changed as (
    select
        outcomes.*,
        previous.year as previous_year,
        previous.value as previous_value,
        outcomes.segment != previous.segment as is_break,
        case
            when
                outcomes.segment = previous.segment
                then outcomes.value - previous.value
        end as change,
        {{ polarity_sign('outcomes.polarity') }} as better,
        {{ rounding_slack('outcomes.decimals', 'previous.decimals') }} as slack
    from outcomes
    left join outcomes as previous
        on
            outcomes.reporter_id = previous.reporter_id
            and outcomes.indicator_id = previous.indicator_id
            and outcomes.year - 1 = previous.year
),

final as (
    select
        concat_ws('-', changed.reporter_id, changed.indicator_id, changed.year)
            as trend_id,
        changed.stadsdel_id,
        changed.reporting_unit,
        changed.indicator_id,
        changed.indicator_name,
        changed.unit_of_measure,
        changed.year,
        cast(changed.value as double) as value,
        changed.previous_year,
        cast(changed.previous_value as double) as previous_value,
        cast(changed.change as double) as change,
        case
            when changed.scale in ('count', 'money') and changed.previous_value > 0
                then
                    cast(changed.change as double)
                    / cast(changed.previous_value as double)
        end as relative_change,
        case
            when changed.change is null or changed.better is null then 'not_evaluable'
            when abs(changed.change) <= changed.slack then 'unchanged'
            when changed.change * changed.better > 0 then 'improved'
            else 'worsened'
        end as verdict,
        case
            when changed.previous_year is null then 'no_outcome'
            when changed.is_break then 'break'
            when changed.better is null then 'no_polarity'
        end as reason,
        cast(changed.n_years as integer) as n_years,
        changed.trend,
        changed.slope_per_year,
        changed.p_value,
        cast(changed.editions as integer) as editions,
        case when changed.is_first_hand then 'vb' else 'previous_year_column' end
            as value_source,
        changed.report_id as source_report_id,
        changed.value_printed,
        changed.line,
        changed.page,
        '{{ var("trend_method_version") }}' as method_version
    from changed
)

select * from final
