with

placed as (
    select * from {{ ref('int_cells_placed') }}
),

indicators as (
    select * from {{ ref('int_indicators_combined') }}
),

unit_spellings as (
    select * from {{ ref('unit_spellings') }}
),

cell_words as (
    select * from {{ ref('cell_words') }}
),

indicator_breaks as (
    select * from {{ ref('indicator_breaks') }}
),

known as (
    select
        placed.*,
        indicators.name as indicator_name,
        indicators.unit_of_measure,
        indicators.scale,
        indicators.polarity,
        indicators.gender_kind,
        indicators.kf_scope,
        indicators.is_kf,
        cell_words.obs_status as words_status,
        unit_spellings.unit_printed as unit_spelling,
        {{ unit_key('placed.unit_printed') }} as unit_printed_key,
        {{ unit_key('indicators.unit_of_measure') }} as unit_of_measure_key,
        placed.measure in ('target', 'kf_target') as is_target,
        indicator_breaks.indicator_id is not null as is_break
    from placed
    inner join indicators
        on placed.indicator_id = indicators.indicator_id
    left join unit_spellings
        on
            indicators.unit_of_measure = unit_spellings.unit_of_measure
            and {{ unit_key('placed.unit_printed') }}
            = {{ unit_key('unit_spellings.unit_printed') }}
    left join cell_words
        on lower(placed.cell_text) = cell_words.words
    left join indicator_breaks
        on
            placed.indicator_id = indicator_breaks.indicator_id
            and placed.year = indicator_breaks.first_year
),

valued as (
    select
        *,
        coalesce(unit_printed_key != coalesce(unit_of_measure_key, ''), false)
        and unit_spelling is null as is_unit_conflict,
        case
            when form = 'number' or (is_target and form in ('min', 'max'))
                then first_value
        end as value,
        case
            when not is_target then null
            when form in ('min', 'range') then first_value
            when form = 'tolerance' then -first_value
        end as target_low,
        case
            when not is_target then null
            when form in ('max', 'tolerance') then first_value
            when form = 'range' then second_value
        end as target_high,
        case
            when not is_target then null
            when form = 'increase' then 1
            when form = 'decrease' then -1
        end as target_direction,
        case
            when not is_target then null
            when form = 'number' then 'value'
            when form = 'blank' or words_status is not null then 'none'
            when form in ('increase', 'decrease') then 'direction'
            else form
        end as target_type
    from known
),

-- SDMX CL_OBS_STATUS; the first that applies wins, the others stay in the list.
judged as (
    select
        *,
        case
            when form = 'blank' and sex != 'total' and gender_kind = 'none' then 'M'
            when form = 'blank' and measure = 'kf_target' and not is_kf then 'M'
            when form = 'blank' then 'O'
            when words_status is not null then words_status
            when target_type = 'delegated' then 'M'
            when target_type = 'to_be_decided' then 'O'
            when target_type = 'text' then 'V'
            when coalesce(value, target_low, target_high, target_direction) is null
                then 'V'
            else
                concat_ws(
                    ',',
                    case when is_unit_conflict then 'V' end,
                    case when is_break and not is_target then 'B' end,
                    case when is_approximate then 'E' end,
                    case
                        when measure = 'forecast' then 'F'
                        when measure = 'outcome' and report_type != 'vb' then 'P'
                        else 'A'
                    end
                )
        end as obs_status_all
    from valued
),

final as (
    select
        report_id,
        reporter_id,
        stadsdel_id,
        reporting_unit,
        report_year,
        report_type,
        indicator_id,
        indicator_name,
        indicator_name_printed,
        row_number,
        line,
        page,
        goal,
        goal_level,
        period,
        alternatives,
        year,
        measure,
        sex,
        value,
        value_printed,
        value_corrected,
        is_corrected,
        decimals,
        unit_of_measure,
        unit_printed,
        is_unit_conflict,
        scale,
        polarity,
        gender_kind,
        kf_scope,
        target_type,
        target_low,
        target_high,
        target_direction,
        is_break,
        obs_status_all,
        concat_ws('-', report_id, 'r' || row_number, measure, sex) as observation_id,
        split_part(obs_status_all, ',', 1) as obs_status
    from judged
)

select * from final
