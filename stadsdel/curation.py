"""Write what a person has decided about an indicator's name into the curated lists.

The lists are the seeds: CSV files in the checkout, reviewed and committed like code. The next
refresh reads them; the published warehouse is never touched.

Belongs here: what may be written into `indicator_aliases` and `indicators`, and writing it. Does
not belong here: which names wait for a decision (`stadsdel.review`), or what the lists mean (dbt).
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import asdict, astuple, dataclass
from typing import TYPE_CHECKING

from stadsdel import files, project
from stadsdel.errors import StadsdelError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

ALIASES = "indicator_aliases"
INDICATORS = "indicators"

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Alias:
    """A row of `indicator_aliases`: a printed name that means a curated indicator, and why."""

    alias: str
    indicator_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of `indicators`, as text. No field has a default: a person has decided each."""

    indicator_id: str
    name: str
    unit_of_measure: str
    polarity: str
    gender_kind: str
    kf_scope: str
    theme: str
    is_kf: str
    note: str


def known_names() -> list[tuple[str, str]]:
    """Return (indicator_id, name) of each curated name and alias."""
    return [
        *((row["indicator_id"], row["name"]) for row in _rows(INDICATORS)),
        *((row["indicator_id"], row["alias"]) for row in _rows(ALIASES)),
    ]


def curated_keys() -> dict[str, str]:
    """Return the indicator of each curated name and alias, by the name's key."""
    names = known_names()
    keys = name_keys([name for _, name in names])
    return {key: indicator_id for key, (indicator_id, _) in zip(keys, names, strict=True)}


def name_keys(names: Iterable[str]) -> list[str]:
    """Return each name reduced to what identifies it.

    The rule is the dbt macro `name_key`, by which the marts match names; it is run as it stands.
    """
    import duckdb

    with duckdb.connect() as database:
        rows = database.execute(
            f"select {_name_key_sql('name')} "
            "from unnest(?::varchar[]) with ordinality as names(name, place) order by place",
            [list(names)],
        ).fetchall()
    return [key for (key,) in rows]


def accept(printed: str, indicator_id: str, reason: str) -> Path:
    """Add the alias to its list and return the list's path.

    Args:
        printed: the name as a report prints it, on one line.
        indicator_id: the curated indicator that it means.
        reason: why the two names mean the same.

    Raises:
        StadsdelError: the indicator is unknown, the name is curated already, the reason is blank,
            or the list cannot be written; nothing is changed.
    """
    from stadsdel import similarity

    alias = Alias(_one_line(printed), indicator_id.strip(), _one_line(reason))
    if not alias.reason:
        raise StadsdelError("A reason is needed: why do the two names mean the same?")
    curated = [(row["indicator_id"], row["name"]) for row in _rows(INDICATORS)]
    if alias.indicator_id not in dict(curated):
        near = similarity.nearest(alias.alias, curated)
        hint = f" Nearest: {', '.join(found.indicator_id for found in near)}." if near else ""
        raise StadsdelError(f"{alias.indicator_id}: no curated indicator has this id.{hint}")
    _refuse_curated(alias.alias)
    return _insert(ALIASES, astuple(alias), sorted_by=("alias",))


def add(indicator: Indicator) -> Path:
    """Add a new indicator to its list and return the list's path.

    Raises:
        StadsdelError: a field is blank or has a value that the list does not allow, the id is
            taken, the name is curated already, or the list cannot be written; nothing is changed.
    """
    row = Indicator(**{field: _one_line(value) for field, value in asdict(indicator).items()})
    blank = [field for field, value in asdict(row).items() if not value]
    if blank:
        raise StadsdelError(f"Nothing has a default: {', '.join(blank)} must be decided.")
    for field, values in allowed_values().items():
        value = getattr(row, field)
        if value not in values:
            raise StadsdelError(f"{field}: {value!r} is none of {', '.join(values)}.")
    if not _SLUG.fullmatch(row.indicator_id):
        raise StadsdelError(
            f"{row.indicator_id}: an id is small letters a-z, digits and single hyphens between."
        )
    if row.indicator_id in {other["indicator_id"] for other in _rows(INDICATORS)}:
        raise StadsdelError(f"{row.indicator_id}: another indicator has this id.")
    _refuse_curated(row.name)
    return _insert(INDICATORS, astuple(row), sorted_by=("theme", "indicator_id"))


def allowed_values() -> dict[str, list[str]]:
    """Return the values that a field of `Indicator` may have, by field.

    They come from where dbt has them: the test of the list, the list of units, and the themes in
    use. A new theme is a decision about the whole list, taken in the list itself.
    """
    import yaml

    described = yaml.safe_load((project.root() / "seeds" / "_seeds.yml").read_text("utf-8"))
    (tests,) = (seed["data_tests"] for seed in described["seeds"] if seed["name"] == INDICATORS)
    (rules,) = (test["curated_list"] for test in tests if "curated_list" in test)
    codes: dict[str, list[str]] = rules["arguments"]["codes"]
    return {
        **codes,
        "unit_of_measure": [row["unit_of_measure"] for row in _rows("units")],
        "theme": sorted({row["theme"] for row in _rows(INDICATORS)}),
        "is_kf": ["true", "false"],
    }


def _refuse_curated(name: str) -> None:
    (key,) = name_keys([name])
    known = curated_keys().get(key)
    if known is not None:
        raise StadsdelError(f"“{name}” is curated already: it is {known}.")


def _insert(seed: str, row: tuple[str, ...], sorted_by: tuple[str, ...]) -> Path:
    """Write the list with one more row, in its order; the other rows stay as they are."""
    path = project.seed(seed)
    if project.is_installed():
        raise StadsdelError(
            f"{path}: this list belongs to an installed package, where a change would be lost with "
            "the next version. Do it in a checkout of the project, or propose this row:\n"
            f"{_csv_line(row)}"
        )
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    places = [header.index(column) for column in sorted_by]
    rows = sorted([*rows, list(row)], key=lambda values: [values[place] for place in places])
    text = "".join(_csv_line(values) for values in [header, *rows])
    try:
        files.replace(path, lambda new: new.write_text(text, "utf-8", newline=""))
    except OSError as error:
        raise StadsdelError(f"{path}: cannot be written ({error.strerror}).") from error
    return path


def _rows(seed: str) -> list[dict[str, str]]:
    with project.seed(seed).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _csv_line(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _name_key_sql(expression: str) -> str:
    import jinja2

    macros = (project.root() / "macros" / "printed_cells.sql").read_text("utf-8")
    return jinja2.Template(f"{macros}{{{{ name_key('{expression}') }}}}").render()
