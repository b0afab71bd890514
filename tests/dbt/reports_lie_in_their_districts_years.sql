-- A council reports only while it exists. A report outside its years is another
-- council's, or its year was read wrong.
select
    reports.report_id,
    reports.as_of,
    reports.file_name,
    stadsdelar.valid_from,
    stadsdelar.valid_to
from {{ ref('dim_report') }} as reports
inner join {{ ref('dim_stadsdel') }} as stadsdelar
    on reports.stadsdel_id = stadsdelar.stadsdel_id
where
    reports.as_of < stadsdelar.valid_from
    or reports.as_of > stadsdelar.valid_to
