"""The curated names nearest to each name that nobody has curated, with a score.

A score never merges anything: it orders what a person looks at on the review queue.
"""

import pyarrow as pa
from rapidfuzz import fuzz, process, utils

CANDIDATES = 3  # as many as a person reads at a glance
SCHEMA = pa.schema(
    [
        ("indicator_id", pa.string()),
        ("candidate_rank", pa.int32()),
        ("candidate_indicator_id", pa.string()),
        ("score", pa.float64()),
    ]
)


def model(dbt, session):
    """Return one row per uncurated indicator and candidate; score 0-100, 100 the same words."""
    dbt.config(materialized="table")
    indicators = dbt.ref("int_indicators_combined").project("indicator_id, name, is_curated")
    curated = {key: name for key, name, is_curated in indicators.fetchall() if is_curated}
    rows = [
        (indicator_id, rank, candidate_id, round(score, 1))
        for indicator_id, name, is_curated in indicators.fetchall()
        if not is_curated
        for rank, (_, score, candidate_id) in enumerate(
            process.extract(
                name,
                curated,
                scorer=fuzz.token_sort_ratio,
                processor=utils.default_process,
                limit=CANDIDATES,
            ),
            start=1,
        )
    ]
    return pa.Table.from_pylist(
        [dict(zip(SCHEMA.names, row, strict=True)) for row in sorted(rows)], schema=SCHEMA
    )
