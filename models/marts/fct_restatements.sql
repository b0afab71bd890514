with

editions as (
    select * from {{ ref('int_outcome_editions_ordered') }}
),

first_hand as (
    select * from editions
    where is_first_hand
),

compared as (
    select
        later.*,
        first_hand.report_id as first_report_id,
        first_hand.value as first_value,
        later.value - first_hand.value as difference,
        first_hand.is_unit_conflict != later.is_unit_conflict as is_unit_change,
        {{ last_digit('least(first_hand.decimals, later.decimals)') }} as last_digit
    from first_hand
    inner join editions as later
        on
            first_hand.reporter_id = later.reporter_id
            and first_hand.indicator_id = later.indicator_id
            and first_hand.year = later.year
            and first_hand.edition < later.edition
),

final as (
    select
        stadsdel_id,
        reporting_unit,
        indicator_id,
        indicator_name,
        unit_of_measure,
        year,
        first_report_id,
        report_id,
        as_of,
        cast(first_value as double) as first_value,
        cast(value as double) as value,
        value_printed,
        cast(edition as integer) as edition,
        cast(editions as integer) as editions,
        line,
        page,
        concat_ws('-', report_id, indicator_id, year) as restatement_id,
        edition = editions as is_latest,
        case when not is_unit_change then cast(difference as double) end as difference,
        case
            when first_value is null and value is null then 'none'
            when first_value is null then 'appeared'
            when value is null then 'vanished'
            when is_unit_change then 'unit_change'
            when difference = 0 then 'none'
            when abs(difference) <= last_digit then 'rounding'
            else 'revised'
        end as kind,
        '{{ var("restatement_method_version") }}' as method_version
    from compared
)

select * from final
