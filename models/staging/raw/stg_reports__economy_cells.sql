with

source as (
    select * from {{ source('raw', 'economy') }}
),

cleaned as (
    select
        *,
        {{ clean_cell('value') }} as cell
    from source
),

read as (
    select
        *,
        {{ cell_form('cell') }} as form
    from cleaned
),

parted as (
    select
        *,
        {{ number_parts("case when form = 'number' then cell end") }} as parts
    from read
),

final as (
    select
        sha256,
        cast(table_number as integer) as table_number,
        cast(row_number as integer) as row_number,
        cast(line as integer) as line,
        cast(page as integer) as page,
        table_title,
        heading,
        label_column,
        money_unit,
        unit as reporting_unit,
        label,
        cast(column_number as integer) as column_number,
        column_name,
        value as value_printed,
        form,
        {{ number_value('parts') }} as value,
        case when form = 'number' then length(parts['fraction']) end as decimals,
        nullif(parts['unit'], '') as unit_printed,
        printed,
        alternatives
    from parted
)

select * from final
