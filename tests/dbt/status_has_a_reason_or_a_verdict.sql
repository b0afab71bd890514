-- not_evaluable stands with a reason, and only with a reason.
select
    target_gap_id,
    status,
    reason,
    kf_status,
    kf_reason
from {{ ref('fct_target_gaps') }}
where
    (status = 'not_evaluable') != (reason is not null)
    or (kf_status = 'not_evaluable') != (kf_reason is not null)
