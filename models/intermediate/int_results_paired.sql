with

observations as (
    select * from {{ ref('int_observations_typed') }}
),

rows_paired as (
    select
        report_id,
        reporter_id,
        stadsdel_id,
        reporting_unit,
        report_year,
        report_type,
        indicator_id,
        indicator_name,
        row_number,
        min(line) as line,
        min(page) as page,
        any_value(goal) as goal,
        any_value(goal_level) as goal_level,
        any_value(unit_of_measure) as unit_of_measure,
        any_value(scale) as scale,
        any_value(polarity) as polarity,
        any_value(gender_kind) as gender_kind,
        any_value(kf_scope) as kf_scope,
        count(value_printed) as cells_printed,
        {%- for name, measure, sex in [
            ('outcome', 'outcome', 'total'),
            ('outcome_men', 'outcome', 'men'),
            ('outcome_women', 'outcome', 'women'),
            ('outcome_previous', 'outcome_previous', 'total'),
            ('forecast', 'forecast', 'total'),
        ] %}
            {%- set cell = "measure = '" ~ measure ~ "' and sex = '" ~ sex ~ "'" %}
            max(value) filter ({{ cell }}) as {{ name }},
            max(decimals) filter ({{ cell }}) as {{ name }}_decimals,
            coalesce(bool_or(is_unit_conflict) filter ({{ cell }}), false)
                as {{ name }}_is_unit_conflict,
        {%- endfor %}
        coalesce(bool_or(is_break) filter (measure = 'outcome'), false) as is_break
    from observations
    group by
        report_id,
        reporter_id,
        stadsdel_id,
        reporting_unit,
        report_year,
        report_type,
        indicator_id,
        indicator_name,
        row_number
),

-- Where a report prints an indicator more than once, the fullest row stands for it.
final as (
    select
        *,
        count(*) over (partition by report_id, indicator_id) as times_printed
    from rows_paired
    qualify
        row_number() over (
            partition by report_id, indicator_id
            order by cells_printed desc, row_number asc
        ) = 1
)

select * from final
