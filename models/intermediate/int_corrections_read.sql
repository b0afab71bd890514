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
        {{ number_parts(first_number('cell_text', 'form')) }} as first_parts,
        {{ number_parts(second_number('cell_text', 'form')) }} as second_parts
    from read
),

final as (
    select
        stadsdel_id,
        year,
        report_type,
        reporting_unit,
        measure,
        sex,
        expected_printed,
        corrected_printed,
        reason,
        source,
        cell_text,
        form,
        {{ name_key('indicator') }} as name_key,
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
