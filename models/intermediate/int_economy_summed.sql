with

cells as (
    select * from {{ ref('stg_reports__economy_cells') }}
),

reports as (
    select * from {{ ref('int_reports_editioned') }}
    where is_latest
),

placed as (
    select
        reports.report_id,
        reports.stadsdel_id,
        reports.reporting_unit,
        reports.year,
        reports.report_type,
        cells.table_number,
        cells.table_title,
        cells.heading,
        cells.row_number,
        cells.label,
        cells.column_number,
        cells.column_name,
        cells.value,
        cells.value_printed,
        cells.decimals,
        cells.line,
        cells.page,
        cells.form,
        cells.alternatives,
        coalesce(cells.unit_printed, cells.money_unit) as unit_of_measure,
        case
            when cells.unit_printed = '%' then 'share'
            when regexp_matches(lower(cells.label), '^(varav|därav)\b') then 'sub_item'
            when regexp_matches(lower(cells.label), '\b(summa|total|totalt)\b')
                then 'total'
            else 'item'
        end as row_kind
    from cells
    inner join reports
        on
            cells.sha256 = reports.sha256
            and cells.reporting_unit is not distinct from reports.reporting_unit
),

-- Down each column: what the items add up to, and the totals passed on the way.
running as (
    select
        *,
        coalesce(sum(value) filter (row_kind = 'item') over above, 0) as items_above,
        count(value) filter (row_kind = 'item') over above as n_items_above,
        coalesce(sum(value) filter (row_kind = 'total') over above, 0) as totals_above,
        last_value(
            case when row_kind = 'total' then value end ignore nulls
        ) over above as total_before,
        last_value(
            case when row_kind = 'total' then row_number end ignore nulls
        ) over above as total_row_before
    from placed
    window
        above as (
            partition by report_id, table_number, column_number
            order by row_number asc
            rows between unbounded preceding and 1 preceding
        )
),

since as (
    select
        running.*,
        running.items_above - coalesce(totals.items_above, 0) as items_since_total,
        running.n_items_above - coalesce(totals.n_items_above, 0) as n_items_since_total
    from running
    left join running as totals
        on
            running.report_id = totals.report_id
            and running.table_number = totals.table_number
            and running.column_number = totals.column_number
            and running.total_row_before = totals.row_number
),

-- A total may stand for the items since the last total, for that total and what
-- follows it, for all items so far, or for all totals so far: the best fit counts.
explained as (
    select
        *,
        case
            when row_kind = 'total' and n_items_above > 0
                then
                    least(
                        case
                            when n_items_since_total > 0
                                then abs(value - items_since_total)
                        end,
                        abs(value - (total_before + items_since_total)),
                        abs(value - items_above),
                        abs(value - nullif(totals_above, 0))
                    )
        end as sum_difference
    from since
),

checked as (
    select
        *,
        -- each printed part, and the total, may be off by half its last digit
        (n_items_above + 1) * {{ last_digit('decimals') }} / 2 as sum_slack
    from explained
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
        value,
        value_printed,
        unit_of_measure,
        form,
        alternatives,
        line,
        page,
        sum_difference,
        count(value) over (
            partition by report_id, table_number, column_number
        ) > 0 as is_number_column,
        case
            when sum_difference = 0 then 'exact'
            when sum_difference <= sum_slack then 'rounding'
            when sum_difference is not null then 'differs'
        end as sum_check
    from checked
)

select * from final
