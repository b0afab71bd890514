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
        first(polarity) as polarity
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

-- The exact distribution of S depends only on how many values are tied: its pattern.
tie_sizes as (
    select
        reporter_id,
        indicator_id,
        segment,
        value,
        count(*) as size
    from outcomes
    group by reporter_id, indicator_id, segment, value
),

patterns_of_series as (
    select
        reporter_id,
        indicator_id,
        segment,
        list(size order by size desc) as pattern
    from tie_sizes
    group by reporter_id, indicator_id, segment
    having sum(size) >= 5
),

-- Values in rising order, each with how many are strictly smaller than it.
elements as (
    select
        pattern,
        place,
        smaller,
        row_number() over (partition by pattern order by smaller asc, place asc) as element
    from (
        select
            pattern,
            unnest(range(1, size + 1)) as place,
            smaller
        from (
            select
                pattern,
                unnest(pattern) as size,
                unnest(
                    list_transform(
                        pattern, lambda size, i : coalesce(list_sum(pattern[1:i - 1]), 0)
                    )
                ) as smaller
            from (select distinct pattern from patterns_of_series)
        )
    )
),

-- Every order of the values, built by adding them one at a time from the smallest: a value
-- stands before 0 to all of the smaller ones, each such pair being an inversion. Equal values
-- are interchangeable, so within a tie that number may not fall. `ways` counts the orders.
arrangements as (
    select
        pattern,
        cast(0 as bigint) as element,
        cast(0 as hugeint) as last_shift,
        cast(0 as hugeint) as inversions,
        cast(1 as hugeint) as ways
    from (select distinct pattern from patterns_of_series)
    union all
    select
        arrangements.pattern,
        elements.element,
        shifts.shift as last_shift,
        arrangements.inversions + shifts.shift as inversions,
        cast(sum(arrangements.ways) as hugeint) as ways
    from arrangements
    inner join elements
        on
            arrangements.pattern = elements.pattern
            and arrangements.element + 1 = elements.element
    inner join (select unnest(range(0, 40)) as shift) as shifts
        on
            shifts.shift <= elements.smaller
            and (elements.place = 1 or shifts.shift >= arrangements.last_shift)
    group by
        arrangements.pattern,
        elements.element,
        shifts.shift,
        arrangements.inversions + shifts.shift
),

null_distribution as (
    select
        arrangements.pattern,
        arrangements.inversions,
        sum(arrangements.ways) as ways
    from arrangements
    where arrangements.element = list_sum(arrangements.pattern)
    group by arrangements.pattern, arrangements.inversions
),

-- S is the untied pairs less two for each inversion; the test is two-sided.
tested as (
    select
        patterns_of_series.reporter_id,
        patterns_of_series.indicator_id,
        patterns_of_series.segment,
        sum(null_distribution.ways) filter (
            abs(untied.pairs - 2 * null_distribution.inversions) >= abs(pairs.s)
        )
        / sum(null_distribution.ways) as p_value
    from patterns_of_series
    inner join pairs
        on
            patterns_of_series.reporter_id = pairs.reporter_id
            and patterns_of_series.indicator_id = pairs.indicator_id
            and patterns_of_series.segment = pairs.segment
    inner join null_distribution
        on patterns_of_series.pattern = null_distribution.pattern
    inner join (
        select
            pattern,
            max(inversions) as pairs
        from null_distribution
        group by pattern
    ) as untied
        on patterns_of_series.pattern = untied.pattern
    group by
        patterns_of_series.reporter_id,
        patterns_of_series.indicator_id,
        patterns_of_series.segment
),

final as (
    select
        series.reporter_id,
        series.indicator_id,
        series.segment,
        series.n_years,
        pairs.s,
        tested.p_value,
        case
            when series.n_years < 3 then null
            when series.n_years < 5
                then
                    cast(series.last_value - series.first_value as double)
                    / (series.last_year - series.first_year)
            else pairs.theil_sen_slope
        end as slope_per_year,
        case
            when series.n_years < 3 then 'insufficient'
            when series.n_years < 5 then 'indicative'
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
)

select * from final
