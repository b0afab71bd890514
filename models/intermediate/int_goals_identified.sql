with

goals as (
    select * from {{ ref('stg_reports__goals') }}
),

reports as (
    select * from {{ ref('int_reports_editioned') }}
),

placed as (
    select
        reports.report_id,
        reports.reporter_id,
        reports.stadsdel_id,
        reports.reporting_unit,
        reports.year,
        reports.report_type,
        reports.mandate_period,
        goals.row_number,
        goals.line,
        goals.page,
        goals.goal_level,
        goals.code,
        goals.title,
        goals.assessment_printed,
        lower(goals.assessment_printed) as assessment_words,
        {{ name_key('goals.title') }} as title_key,
        {{ name_key("concat_ws(' ', goals.code, goals.title)") }} as goal_key
    from goals
    inner join reports
        on
            goals.sha256 = reports.sha256
            and goals.reporting_unit is not distinct from reports.reporting_unit
            and reports.is_latest
),

-- KF numbers its goals once per mandate period. A council numbers and rewords its own
-- from year to year: theirs are known by their words.
final as (
    select
        report_id,
        reporter_id,
        stadsdel_id,
        reporting_unit,
        year,
        report_type,
        mandate_period,
        row_number,
        line,
        page,
        goal_level,
        code,
        title,
        assessment_printed,
        goal_key,
        concat_ws(
            '-',
            mandate_period,
            case
                when goal_level in ('inriktningsmål', 'verksamhetsområdesmål') then 'kf'
                else reporter_id
            end,
            case
                when goal_level in ('inriktningsmål', 'verksamhetsområdesmål') then code
            end,
            case
                when code is null or goal_level in ('nämndmål', 'enhetsmål')
                    then left(md5(title_key), 8)
            end
        ) as goal_id,
        case
            when regexp_matches(assessment_words, '\bhelt\b') then 'uppfylls_helt'
            when regexp_matches(assessment_words, '\bdelvis\b') then 'uppfylls_delvis'
            when regexp_matches(assessment_words, '\b(inte|ej)\b') then 'uppfylls_inte'
            when regexp_matches(assessment_words, '^ingen') then 'ingen'
        end as assessment
    from placed
)

select * from final
