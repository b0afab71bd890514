with

editions as (
    select * from {{ ref('int_outcome_editions_ordered') }}
),

final as (
    select
        stadsdel_id,
        reporting_unit,
        indicator_id,
        indicator_name,
        unit_of_measure,
        year,
        report_id,
        cast(value as double) as value,
        value_printed,
        cast(edition as integer) as edition,
        cast(editions as integer) as editions,
        as_of,
        superseded_on,
        line,
        page,
        concat_ws('-', report_id, indicator_id, year) as outcome_edition_id,
        case when is_first_hand then 'vb' else 'previous_year_column' end
            as value_source,
        edition = editions as is_latest
    from editions
)

select * from final
