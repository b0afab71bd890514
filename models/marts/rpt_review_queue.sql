with

indicators as (
    select * from {{ ref('dim_indicator') }}
),

observations as (
    select * from {{ ref('fct_observations') }}
),

rows_read as (
    select * from {{ ref('int_observations_typed') }}
),

candidates as (
    select * from {{ ref('int_indicator_candidates_scored') }}
),

uncurated as (
    select
        'uncurated_indicator' as kind,
        observations.indicator_id,
        min(observations.indicator_name_printed) as printed,
        min(observations.report_id) as report_id,
        count(distinct observations.report_id) as reports,
        first(
            observations.line order by observations.report_id asc, observations.line asc
        ) as line,
        first(
            observations.page order by observations.report_id asc, observations.page asc
        ) as page
    from observations
    inner join indicators
        on observations.indicator_id = indicators.indicator_id
    where not indicators.is_curated
    group by observations.indicator_id
),

-- Words where a number was expected, and units that are not the indicator's: each
-- different print is one question.
unread as (
    select
        case when unit_printed is null then 'unread_cell' else 'foreign_unit' end
            as kind,
        indicator_id,
        value_printed as printed,
        min(report_id) as report_id,
        count(distinct report_id) as reports,
        first(line order by report_id asc, line asc) as line,
        first(page order by report_id asc, page asc) as page
    from observations
    where obs_status = 'V'
    group by kind, indicator_id, value_printed
),

ambiguous as (
    select
        'ambiguous_row' as kind,
        indicator_id,
        alternatives as printed,
        min(report_id) as report_id,
        count(distinct report_id) as reports,
        first(line order by report_id asc, line asc) as line,
        first(page order by report_id asc, page asc) as page
    from rows_read
    where alternatives is not null
    group by indicator_id, alternatives
),

questions as (
    select * from uncurated
    union all
    select * from unread
    union all
    select * from ambiguous
),

final as (
    select
        questions.kind,
        questions.indicator_id,
        indicators.name as indicator_name,
        questions.printed,
        questions.report_id,
        cast(questions.reports as integer) as reports,
        candidates.candidate_rank,
        candidates.candidate_indicator_id,
        candidates.candidate_name,
        candidates.score,
        questions.line,
        questions.page,
        left(
            md5(
                concat_ws(
                    '|', questions.kind, questions.indicator_id, questions.printed
                )
            ),
            12
        ) as item_id
    from questions
    inner join indicators
        on questions.indicator_id = indicators.indicator_id
    left join candidates
        on
            questions.kind = 'uncurated_indicator'
            and questions.indicator_id = candidates.indicator_id
)

select * from final
