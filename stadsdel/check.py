"""`stadsdel check`: everything that is read in a report, and what about it needs a look.

Belongs here: bringing together a report, its oracles and last year's report. Does not belong here:
the oracles' rules (`stadsdel.oracles`), how it is shown (`stadsdel.check_view`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stadsdel import apart, lake, oracles
from stadsdel.errors import ReportError
from stadsdel.parsing import PARSER_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from stadsdel.oracles import Answer
    from stadsdel.parsing.model import ParsedReport

# Which council's verksamhetsberättelse, of which year.
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Checked:
    """A report and what its oracles say.

    `last_year_known` is False where no verksamhetsberättelse of the year before was at hand, so
    that the oracle of that name could judge nothing.
    """

    path: Path
    report: ParsedReport
    answers: tuple[Answer, ...]
    last_year_known: bool

    @property
    def n_ambiguous(self) -> int:
        """Return how many rows fit more than one reading."""
        money = (bool(row.ambiguous) for table in self.report.economy for row in table.rows)
        return sum(bool(row.ambiguous) for row in self.report.indicators) + sum(money)

    @property
    def problems(self) -> int:
        """Return how many lines, rows and figures need a look."""
        doubts = sum(len(answer.doubts) for answer in self.answers)
        return len(self.report.unaccounted) + self.n_ambiguous + doubts


def check(
    paths: Sequence[Path], lake_folder: Path, in_process: bool = False
) -> list[Checked | ReportError]:
    """Read reports and ask their oracles; a file that is no report gives its error instead.

    Args:
        paths: the reports, each judged beside the others given: one may be another's last year.
        lake_folder: where last year's reports are looked up that are not among `paths`; it need
            not exist.
        in_process: read in a process of its own, within the limits of `stadsdel.apart`.
    """
    read_reports = list(apart.reports(paths, in_process))
    given: dict[_Key, list[tuple[str, str | None]]] = {}
    for _, report in read_reports:
        if not isinstance(report, ReportError) and report.identity.report_type == "vb":
            key = (report.identity.stadsdel_id, report.identity.year)
            rows = ((row.indicator, row.outcome) for row in report.indicators)
            given.setdefault(key, []).extend(rows)
    return [
        report if isinstance(report, ReportError) else _judge(path, report, given, lake_folder)
        for path, report in read_reports
    ]


def _judge(
    path: Path,
    report: ParsedReport,
    given: Mapping[_Key, Sequence[tuple[str, str | None]]],
    lake_folder: Path,
) -> Checked:
    before = (report.identity.stadsdel_id, report.identity.year - 1)
    outcomes = oracles.by_name(given.get(before) or _landed(lake_folder, before))
    answers = (
        oracles.sexes(report),
        oracles.sums(report),
        oracles.last_year(report, outcomes),
    )
    return Checked(path, report, answers, last_year_known=bool(outcomes))


def _landed(lake_folder: Path, key: _Key) -> list[tuple[str, str | None]]:
    """Return name and outcome of the indicator rows of the lake's verksamhetsberättelse."""
    of_year = [
        report
        for report in lake.landed(lake_folder, PARSER_VERSION).values()
        if (report.stadsdel_id, report.year) == key and lake.is_whole(report)
    ]
    of_type = [
        report for report in of_year if lake.read([report], "reports")["report_type"][0] == "vb"
    ]
    return lake.read(of_type, "indicators").select("indicator", "outcome").rows()
