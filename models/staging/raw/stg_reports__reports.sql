with

source as (
    select * from {{ source('raw', 'reports') }}
),

final as (
    select
        sha256,
        stadsdel_id,
        cast(year as integer) as year,
        report_type,
        layout,
        units as reporting_units,
        cast(lines as integer) as lines,
        cast(pages as integer) as pages,
        cast(n_unaccounted as integer) as unaccounted,
        cast(n_ambiguous as integer) as ambiguous,
        cast(parser_version as integer) as parser_version
    from source
)

select * from final
