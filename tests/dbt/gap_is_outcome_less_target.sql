-- gap = outcome - target wherever both are numbers that compare, for either target.
select
    target_gap_id,
    outcome,
    target,
    gap,
    kf_target,
    kf_gap
from {{ ref('fct_target_gaps') }}
where
    abs(gap - (outcome - target)) > 1e-9
    or abs(kf_gap - (outcome - kf_target)) > 1e-9
    or (gap is null and outcome is not null and target is not null and reason is null)
