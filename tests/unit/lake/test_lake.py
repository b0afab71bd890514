from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest

from stadsdel import lake
from stadsdel.parsing.model import (
    ActivityRow,
    EconomyRow,
    EconomyTable,
    GoalRow,
    Identity,
    IndicatorRow,
    ParsedReport,
    Reading,
    Unaccounted,
)
from stadsdel.reading.model import Place

if TYPE_CHECKING:
    from pathlib import Path

SHA256 = "a" * 64
READING = Reading((("outcome", "3,3 %"), ("target", None)))
REPORT = ParsedReport(
    identity=Identity("bromma", 2022, "vb", units=("Bromma förskolor",)),
    sha256=SHA256,
    layout="pdf",
    lines=None,
    pages=96,
    indicators=(
        IndicatorRow(
            place=Place(page=3, bbox=(1.0, 2.0, 3.0, 4.5)),
            table=2,
            goal="1.1 Mål",
            goal_level="nämndmål",
            unit=None,
            indicator="Andel",
            outcome="3,3 %",
            kf_target="öka",
            printed="Andel\n3,3 %",
            ambiguous=(READING,),
        ),
        IndicatorRow(Place(line=7), 2, None, None, None, "Antal"),
    ),
    goals=(GoalRow(Place(line=4), "nämndmål", "1.1", "Mål", "Uppfylls helt", None),),
    activities=(ActivityRow(Place(line=5), 1, None, None, None, "Göra", "2022-01-01", None),),
    economy=(
        EconomyTable(
            place=Place(line=9),
            table=1,
            title="Budget",
            heading=None,
            label_column="mnkr",
            money_unit="mnkr",
            unit=None,
            columns=("Budget", "Utfall"),
            rows=(
                EconomyRow(Place(line=10), "Intäkter", ("1,0", None)),
                EconomyRow(Place(line=11), "Kostnader", (None, "2,0"), ambiguous=(READING,)),
            ),
        ),
    ),
    unaccounted=(Unaccounted(Place(line=12), "rest", "no row"),),
)


@pytest.fixture
def landed(tmp_path: Path) -> lake.Landed:
    return lake.land(tmp_path / "lake", tmp_path / "scratch", REPORT, 4)


def test_every_kind_has_exactly_the_columns_of_the_contract() -> None:
    for kind, rows in lake.rows(REPORT, 4).items():
        assert rows, kind
        for row in rows:
            assert set(lake.COLUMNS[kind]) <= set(row), kind
            assert not {name for name, value in row.items() if value} - set(lake.COLUMNS[kind])


def test_a_report_lies_by_version_district_year_and_content(
    tmp_path: Path, landed: lake.Landed
) -> None:
    assert landed.folder == tmp_path / "lake" / "4" / "bromma" / "2022" / SHA256
    assert lake.landed(tmp_path / "lake", 4) == {SHA256: landed}
    assert lake.landed(tmp_path / "lake", 5) == {}
    assert list((tmp_path / "scratch").iterdir()) == []


def test_indicators_come_back_as_printed(landed: lake.Landed) -> None:
    first, second = lake.read([landed], "indicators").to_dicts()
    assert first["indicator"] == "Andel"
    assert first["outcome"] == "3,3 %"
    assert first["outcome_men"] is None
    assert first["kf_target"] == "öka"
    assert first["table_number"] == 2
    assert (first["line"], first["page"], first["bbox"]) == (None, 3, [1.0, 2.0, 3.0, 4.5])
    assert json.loads(first["alternatives"]) == [{"outcome": "3,3 %", "target": None}]
    assert (second["row_number"], second["line"], second["alternatives"]) == (2, 7, None)


def test_economy_has_a_row_for_every_cell_blank_or_not(landed: lake.Landed) -> None:
    rows = lake.read([landed], "economy")
    key = ["row_number", "column_number", "label", "column_name", "value"]
    assert rows.select(key).rows() == [
        (1, 1, "Intäkter", "Budget", "1,0"),
        (1, 2, "Intäkter", "Utfall", None),
        (2, 1, "Kostnader", "Budget", None),
        (2, 2, "Kostnader", "Utfall", "2,0"),
    ]


def test_the_report_row_counts_what_the_other_tables_hold(landed: lake.Landed) -> None:
    (row,) = lake.read([landed], "reports").to_dicts()
    assert row["units"] == ["Bromma förskolor"]
    assert row["n_indicators"] == lake.read([landed], "indicators").height
    assert row["n_goals"] == lake.read([landed], "goals").height
    assert row["n_activities"] == lake.read([landed], "activities").height
    assert row["n_unaccounted"] == lake.read([landed], "unaccounted").height
    assert (row["n_economy_tables"], row["n_economy_rows"], row["n_ambiguous"]) == (1, 2, 2)
    assert row["parser_version"] == 4


def test_a_report_without_rows_still_has_every_file(tmp_path: Path) -> None:
    empty = ParsedReport(Identity("bromma", 2022, "vp"), SHA256, "text-tabs", 1, None)
    landed = lake.land(tmp_path / "lake", tmp_path / "scratch", empty, 4)
    for kind in lake.KINDS:
        frame = pl.read_parquet(landed.folder / f"{kind}.parquet")
        assert frame.schema == lake.schema(kind)
        assert frame.height == (1 if kind == "reports" else 0)


def test_the_same_report_gives_the_same_bytes(tmp_path: Path, landed: lake.Landed) -> None:
    again = lake.land(tmp_path / "elsewhere", tmp_path / "scratch", REPORT, 4)
    names = sorted(file.name for file in landed.folder.iterdir())
    assert names == sorted([lake.CHECKSUMS, *(f"{kind}.parquet" for kind in lake.KINDS)])
    for name in names:
        assert (again.folder / name).read_bytes() == (landed.folder / name).read_bytes()


@pytest.mark.parametrize("name", [*(f"{kind}.parquet" for kind in lake.KINDS), lake.CHECKSUMS])
def test_damage_is_seen(landed: lake.Landed, name: str) -> None:
    assert lake.is_whole(landed)
    file = landed.folder / name
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))
    assert not lake.is_whole(landed)
    file.unlink()
    assert not lake.is_whole(landed)


def test_landing_again_mends_a_damaged_folder(tmp_path: Path, landed: lake.Landed) -> None:
    (landed.folder / "goals.parquet").write_bytes(b"")
    assert lake.is_whole(lake.land(tmp_path / "lake", tmp_path / "scratch", REPORT, 4))


def test_a_failure_while_writing_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full_disk)
    with pytest.raises(OSError, match="No space"):
        lake.land(tmp_path / "lake", tmp_path / "scratch", REPORT, 4)
    assert lake.landed(tmp_path / "lake", 4) == {}
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_money_table_has_a_cell_for_every_row_and_column(landed: lake.Landed) -> None:
    assert lake.is_rectangular(landed)
    file = landed.folder / "economy.parquet"
    cells = pl.read_parquet(file)
    for broken in (cells.head(-1), pl.concat([cells.head(-1), cells.head(1)])):
        broken.write_parquet(file)
        assert not lake.is_rectangular(landed)


def test_a_report_without_money_tables_has_no_cell_too_few(landed: lake.Landed) -> None:
    file = landed.folder / "economy.parquet"
    pl.read_parquet(file).clear().write_parquet(file)
    assert lake.is_rectangular(landed)
