"""The sample reports: unchanged since their cards were written, and true to their originals."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from stadsdel import parsing, reading

if TYPE_CHECKING:
    from stadsdel.parsing.model import ParsedReport

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "reports"
FULL = Path(os.environ.get("STADSDEL_FULL_REPORTS", ROOT.parent / "shared" / "reports"))
CARDS: list[dict[str, str]] = yaml.safe_load((REPORTS / "sources.yml").read_text(encoding="utf-8"))
# Where a row stands differs between the editions, and the words of an analysis are our own.
NOT_CARRIED_OVER = {"place", "printed", "analysis"}


def read(path: Path) -> ParsedReport:
    return parsing.parse(reading.read(path), path)


def rows(items: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Each row as a dict, with the fact that it has an analysis in place of the analysis."""

    def strip(value: Any) -> Any:
        if hasattr(value, "_asdict"):
            told = value._asdict()
            kept = {k: strip(v) for k, v in told.items() if k not in NOT_CARRIED_OVER}
            if "analysis" in told:
                kept["has_analysis"] = told["analysis"] is not None
            return kept
        return [strip(v) for v in value] if isinstance(value, list | tuple) else value

    return [strip(item) for item in items]


def test_every_sample_has_a_card_with_its_checksum() -> None:
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in REPORTS.glob("*.txt")}
    assert found == {card["file"]: card["sha256"] for card in CARDS}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card["file"]))
def test_sample_holds_the_rows_of_its_original(card: dict[str, str]) -> None:
    original = FULL / card["original"]
    if not original.is_file():
        pytest.skip(f"no full reports at {FULL} (set STADSDEL_FULL_REPORTS)")
    sample, full = read(REPORTS / card["file"]), read(original)

    assert sample.identity.stadsdel_id == full.identity.stadsdel_id
    assert sample.identity.year == full.identity.year
    assert sample.identity.report_type == full.identity.report_type
    for kind in ("indicators", "goals", "activities", "economy"):
        expected = rows(getattr(full, kind))
        assert rows(getattr(sample, kind)) == expected
    assert sample.indicators
