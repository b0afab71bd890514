-- A correction that no printed cell answers to is stale: the source was mended, or is
-- read differently now.
select
    corrections.stadsdel_id,
    corrections.year,
    corrections.report_type,
    corrections.indicator,
    corrections.measure,
    corrections.sex,
    corrections.expected_printed
from {{ ref('corrections') }} as corrections
left join {{ ref('fct_observations') }} as observations
    on
        corrections.stadsdel_id = observations.stadsdel_id
        and corrections.year = observations.report_year
        and corrections.report_type = observations.report_type
        and corrections.reporting_unit is not distinct from observations.reporting_unit
        and corrections.measure = observations.measure
        and corrections.sex = observations.sex
        and corrections.expected_printed = observations.value_printed
        and corrections.corrected_printed = observations.value_corrected
where observations.observation_id is null
