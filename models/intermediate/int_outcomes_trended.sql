with recursive

outcomes as (
    select * from {{ ref('int_outcomes_chosen') }}
),

series as (
    select
        reporter_id,
        indicator_id,
        segment,
        count(*) as n_years,
        min(year) as first_year,
        max(year) as last_year,
        arg_min(value, year) as first_value,
        arg_max(value, year) as last_value,
        any_value(polarity) as polarity
    from outcomes
    group by reporter_id, indicator_id, segment
),

pairs as (
    select
        earlier.reporter_id,
        earlier.indicator_id,
        earlier.segment,
        sum(sign(later.value - earlier.value)) as s,
        median(
            cast(later.value - earlier.value as double) / (later.year - earlier.year)
        ) as theil_sen_slope
    from outcomes as earlier
    inner join outcomes as later
        on
            earlier.reporter_id = later.reporter_id
            and earlier.indicator_id = later.indicator_id
            and earlier.segment = later.segment
            and earlier.year < later.year
    group by earlier.reporter_id, earlier.indicator_id, earlier.segment
),

-- The exact distribution of S depends on nothing but how many values are tied with each
-- other: the pattern of a series, such as [2, 1, 1, 1].
ties as (
    select
        reporter_id,
        indicator_id,
        segment,
        value,
        count(*) as tied
    from outcomes
    group by reporter_id, indicator_id, segment, value
),

patterns_of_series as (
    select
        reporter_id,
        indicator_id,
        segment,
        list(tied order by tied desc) as pattern
    from ties
    group by reporter_id, indicator_id, segment
    having sum(tied) >= {{ var('trend_years') }}
),

patterns as (
    select distinct pattern
    from patterns_of_series
),

groups_of_ties as (
    select
        pattern,
        unnest(pattern) as tied,
        generate_subscripts(pattern, 1) as tie
    from patterns
),

-- The values in rising order, each with how many are strictly smaller.
elements as (
    select
        pattern,
        tie,
        unnest(range(1, tied + 1)) as place,
        sum(tied) over (partition by pattern order by tie asc) - tied as smaller
    from groups_of_ties
),

ordered_elements as (
    select
        pattern,
        place,
        smaller,
        row_number() over (partition by pattern order by tie asc, place asc) as element
    from elements
),

-- Every order of the values, built by adding them one at a time from the smallest. A
-- value goes before 0 to all of the smaller ones, and each such pair is an inversion;
-- equal values are interchangeable, so within a tie that number may not fall. `ways`
-- counts the orders.
arrangements as (
    select
        pattern,
        cast(0 as bigint) as element,
        cast(0 as bigint) as passed,
        cast(0 as bigint) as inversions,
        cast(1 as hugeint) as ways
    from patterns
    union all
    select
        arrangements.pattern,
        ordered_elements.element,
        passes.passed,
        arrangements.inversions + passes.passed as inversions,
        cast(sum(arrangements.ways) as hugeint) as ways
    from arrangements
    inner join ordered_elements
        on
            arrangements.pattern = ordered_elements.pattern
            and arrangements.element + 1 = ordered_elements.element
    inner join range({{ var('trend_years_at_most') }}) as passes (passed)
        on
            ordered_elements.smaller >= passes.passed
            and (
                ordered_elements.place = 1
                or arrangements.passed <= passes.passed
            )
    group by
        arrangements.pattern,
        ordered_elements.element,
        passes.passed,
        arrangements.inversions + passes.passed
),

-- S is the untied pairs less two for each inversion.
null_distribution as (
    select
        pattern,
        abs(max(inversions) over (partition by pattern) - 2 * inversions) as size_of_s,
        sum(ways) as ways
    from arrangements
    where element = list_sum(pattern)
    group by pattern, inversions
),

-- The test is two-sided: the share of the orders with an S at least as far from zero.
p_values as (
    select
        pattern,
        size_of_s,
        sum(sum(ways)) over (partition by pattern order by size_of_s desc)
        / sum(sum(ways)) over (partition by pattern) as p_value
    from null_distribution
    group by pattern, size_of_s
),

tested as (
    select
        patterns_of_series.reporter_id,
        patterns_of_series.indicator_id,
        patterns_of_series.segment,
        p_values.p_value
    from patterns_of_series
    inner join pairs
        on
            patterns_of_series.reporter_id = pairs.reporter_id
            and patterns_of_series.indicator_id = pairs.indicator_id
            and patterns_of_series.segment = pairs.segment
    inner join p_values
        on
            patterns_of_series.pattern = p_values.pattern
            and abs(pairs.s) = p_values.size_of_s
),

trends as (
    select
        series.reporter_id,
        series.indicator_id,
        series.segment,
        series.n_years,
        pairs.s,
        tested.p_value,
        case
            when series.n_years < {{ var('trend_years_indicative') }} then null
            when series.n_years < {{ var('trend_years') }}
                then
                    cast(series.last_value - series.first_value as double)
                    / (series.last_year - series.first_year)
            else pairs.theil_sen_slope
        end as slope_per_year,
        case
            when series.n_years < {{ var('trend_years_indicative') }}
                then 'insufficient'
            when series.n_years < {{ var('trend_years') }} then 'indicative'
            when tested.p_value > {{ var('trend_p_value') }} then 'no_clear_trend'
            when pairs.s * {{ polarity_sign('series.polarity') }} > 0 then 'improving'
            when pairs.s * {{ polarity_sign('series.polarity') }} < 0 then 'worsening'
        end as trend
    from series
    left join pairs
        on
            series.reporter_id = pairs.reporter_id
            and series.indicator_id = pairs.indicator_id
            and series.segment = pairs.segment
    left join tested
        on
            series.reporter_id = tested.reporter_id
            and series.indicator_id = tested.indicator_id
            and series.segment = tested.segment
),

final as (
    select
        outcomes.reporter_id,
        outcomes.stadsdel_id,
        outcomes.reporting_unit,
        outcomes.indicator_id,
        outcomes.indicator_name,
        outcomes.unit_of_measure,
        outcomes.scale,
        outcomes.polarity,
        outcomes.year,
        outcomes.segment,
        outcomes.value,
        outcomes.decimals,
        outcomes.editions,
        outcomes.is_first_hand,
        outcomes.report_id,
        outcomes.value_printed,
        outcomes.line,
        outcomes.page,
        trends.n_years,
        trends.s,
        trends.p_value,
        trends.slope_per_year,
        trends.trend
    from outcomes
    inner join trends
        on
            outcomes.reporter_id = trends.reporter_id
            and outcomes.indicator_id = trends.indicator_id
            and outcomes.segment = trends.segment
)

select * from final
