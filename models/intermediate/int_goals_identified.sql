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
        goals.* exclude (sha256, reporting_unit),
        {{ name_key("concat_ws(' ', goals.code, goals.title)") }} as goal_key
    from goals
    inner join reports
        on
            goals.sha256 = reports.sha256
            and goals.reporting_unit is not distinct from reports.reporting_unit
            and reports.is_latest
),

-- KF numbers its goals once per mandate period. A council numbers and rewords its own from
-- year to year: theirs are known by their words.
final as (
    select
        *,
        case
            when
                goal_level in ('inriktningsmål', 'verksamhetsområdesmål')
                and code is not null
                then concat_ws('-', mandate_period, 'kf', code)
            when goal_level in ('inriktningsmål', 'verksamhetsområdesmål')
                then concat_ws('-', mandate_period, 'kf', left(md5(goal_key), 8))
            else concat_ws('-', mandate_period, reporter_id, left(md5({{ name_key('title') }}), 8))
        end as goal_id,
        case
            when regexp_matches(lower(assessment_printed), '\bhelt\b') then 'uppfylls_helt'
            when regexp_matches(lower(assessment_printed), '\bdelvis\b') then 'uppfylls_delvis'
            when regexp_matches(lower(assessment_printed), '\b(inte|ej)\b') then 'uppfylls_inte'
            when regexp_matches(lower(assessment_printed), '^ingen') then 'ingen'
        end as assessment
    from placed
)

select * from final
