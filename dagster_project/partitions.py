"""How the raw tables are divided: by stadsdel and by the year the report is about."""

from __future__ import annotations

from datetime import datetime

import dagster as dg

from stadsdel import districts

_DISTRICTS = districts.load()

stadsdelar = dg.StaticPartitionsDefinition(list(_DISTRICTS))

# Plans are printed before their year begins: the year that runs and the next are partitions too.
years = dg.TimeWindowPartitionsDefinition(
    start=datetime(min(district.valid_from.year for district in _DISTRICTS.values()), 1, 1),
    cron_schedule="0 0 1 1 *",
    fmt="%Y",
    end_offset=2,
    timezone="Europe/Stockholm",
)

stadsdel_by_year = dg.MultiPartitionsDefinition({"stadsdel": stadsdelar, "year": years})


def key(stadsdel_id: str, year: int) -> dg.MultiPartitionKey:
    """Return the key of a report's partition."""
    return dg.MultiPartitionKey({"stadsdel": stadsdel_id, "year": str(year)})


def parts(key: str) -> tuple[str, int]:
    """Return the stadsdel and the year of a partition's key."""
    dimensions = stadsdel_by_year.get_partition_key_from_str(key).keys_by_dimension
    return dimensions["stadsdel"], int(dimensions["year"])
