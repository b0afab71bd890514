with

source as (
    select * from {{ source('raw', 'indicators') }}
),

cells as (
    select
        source.*,
        unnest(
            [
                {'measure': 'outcome', 'sex': 'total', 'value_printed': outcome},
                {'measure': 'outcome', 'sex': 'men', 'value_printed': outcome_men},
                {'measure': 'outcome', 'sex': 'women', 'value_printed': outcome_women},
                {
                    'measure': 'outcome_previous',
                    'sex': 'total',
                    'value_printed': outcome_prev
                },
                {'measure': 'forecast', 'sex': 'total', 'value_printed': forecast},
                {'measure': 'target', 'sex': 'total', 'value_printed': target},
                {'measure': 'kf_target', 'sex': 'total', 'value_printed': kf_target}
            ]
        ) as cell
    from source
),

cleaned as (
    select
        *,
        {{ clean_cell('cell.value_printed') }} as cell_text
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
        {{ number_parts(first_number('cell_text', 'form')) }} as first,
        {{ number_parts(second_number('cell_text', 'form')) }} as second
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
        try_cast(regexp_extract(prev_label, '\d{4}') as integer) as previous_year,
        analysis,
        alternatives,
        cell.measure as measure,
        cell.sex as sex,
        cell.value_printed as value_printed,
        cell_text,
        form,
        {{ number_value('first') }} as first_value,
        {{ number_value('second') }} as second_value,
        greatest(length(first.fraction), length(second.fraction)) as decimals,
        coalesce(nullif(first.unit, ''), nullif(second.unit, '')) as unit_printed,
        coalesce(first.approximate, '') != '' as is_approximate
    from parted
)

select * from final
