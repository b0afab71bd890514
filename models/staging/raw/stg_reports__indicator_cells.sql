with

source as (
    select * from {{ source('raw', 'indicators') }}
),

cells as (
    select
        source.*,
        unnest(
            [
                {
                    'measure': 'outcome',
                    'sex': 'total',
                    'value_printed': source.outcome
                },
                {
                    'measure': 'outcome',
                    'sex': 'men',
                    'value_printed': source.outcome_men
                },
                {
                    'measure': 'outcome',
                    'sex': 'women',
                    'value_printed': source.outcome_women
                },
                {
                    'measure': 'outcome_previous',
                    'sex': 'total',
                    'value_printed': source.outcome_prev
                },
                {
                    'measure': 'forecast',
                    'sex': 'total',
                    'value_printed': source.forecast
                },
                { 'measure': 'target', 'sex': 'total', 'value_printed': source.target },
                {
                    'measure': 'kf_target',
                    'sex': 'total',
                    'value_printed': source.kf_target
                }
            ]
        ) as cell
    from source
),

cleaned as (
    select
        *,
        {{ clean_cell("cell['value_printed']") }} as cell_text
    from cells
),

read as (
    select
        *,
        {{ cell_form('cell_text') }} as form
    from cleaned
),

parted as (
    select
        *,
        {{ number_parts(first_number('cell_text', 'form')) }} as first_parts,
        {{ number_parts(second_number('cell_text', 'form')) }} as second_parts
    from read
),

final as (
    select
        sha256,
        cast(row_number as integer) as row_number,
        cast(line as integer) as line,
        cast(page as integer) as page,
        goal,
        goal_level,
        unit as reporting_unit,
        indicator as indicator_name_printed,
        period,
        analysis,
        alternatives,
        cell_text,
        form,
        try_cast(regexp_extract(prev_label, '\d{4}') as integer) as previous_year,
        cell['measure'] as measure,
        cell['sex'] as sex,
        cell['value_printed'] as value_printed,
        {{ number_value('first_parts') }} as first_value,
        {{ number_value('second_parts') }} as second_value,
        greatest(length(first_parts['fraction']), length(second_parts['fraction']))
            as decimals,
        coalesce(nullif(first_parts['unit'], ''), nullif(second_parts['unit'], ''))
            as unit_printed,
        coalesce(first_parts['approximate'], '') != '' as is_approximate
    from parted
)

select * from final
