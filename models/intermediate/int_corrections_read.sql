with

corrections as (
    select * from {{ ref('corrections') }}
),

cleaned as (
    select
        *,
        {{ clean_cell('corrected_printed') }} as cell_text
    from corrections
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
        * exclude (first, second),
        {{ name_key('indicator') }} as name_key,
        {{ number_value('first') }} as first_value,
        {{ number_value('second') }} as second_value,
        greatest(length(first.fraction), length(second.fraction)) as decimals,
        coalesce(nullif(first.unit, ''), nullif(second.unit, '')) as unit_printed,
        coalesce(first.approximate, '') != '' as is_approximate
    from parted
)

select * from final
