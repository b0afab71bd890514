with

cells as (
    select * from {{ ref('int_economy_summed') }}
    where value_printed is not null
),

final as (
    select
        report_id,
        stadsdel_id,
        reporting_unit,
        year,
        report_type,
        table_number,
        table_title,
        heading,
        row_number,
        label,
        row_kind,
        column_number,
        column_name,
        cast(value as double) as value,
        value_printed,
        unit_of_measure,
        sum_check,
        cast(sum_difference as double) as sum_difference,
        line,
        page,
        cast(
            value * case unit_of_measure
                when 'mnkr' then 1000000
                when 'tkr' then 1000
                when 'kr' then 1
            end as double
        ) as value_kr,
        concat_ws('-', report_id, 'e' || row_number, 'c' || column_number)
            as economy_id
    from cells
)

select * from final
