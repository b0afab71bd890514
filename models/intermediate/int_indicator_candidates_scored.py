"""The curated names nearest to each name that nobody has curated, with a score.

A score never merges anything: it orders what a person looks at on the review queue.
"""

import pyarrow as pa

from stadsdel import similarity

SCHEMA = pa.schema(
    [
        ("indicator_id", pa.string()),
        ("candidate_rank", pa.int32()),
        ("candidate_indicator_id", pa.string()),
        ("candidate_name", pa.string()),
        ("score", pa.float64()),
    ]
)


def model(dbt, session):  # noqa: ARG001 - dbt's signature
    """Return one row per uncurated indicator and candidate; score 0-100, 100 the same words."""
    dbt.config(materialized="table")
    uncurated = dbt.ref("int_indicators_combined").filter("not is_curated")
    names = uncurated.project("indicator_id, name").fetchall()
    known = [
        *dbt.ref("indicators").project("indicator_id, name").fetchall(),
        *dbt.ref("indicator_aliases").project("indicator_id, alias").fetchall(),
    ]
    rows = [
        (indicator_id, rank, candidate.indicator_id, candidate.name, candidate.score)
        for indicator_id, name in sorted(names)
        for rank, candidate in enumerate(similarity.nearest(name, known), start=1)
    ]
    return pa.Table.from_pylist(
        [dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA
    )
