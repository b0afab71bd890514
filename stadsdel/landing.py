"""From the reports folders to the lake: parse what is new, keep the ledger, set the rest aside.

A content counts as long as a file in the reports folders has it, and for good once a publication
held it: a file that was never published is withdrawn by removing it, while an earlier edition
that was overwritten stays. The same content in two files counts once.

Belongs here: which contents count and in which order they arrived. Does not belong here: how they
are parsed or stored (`stadsdel.reading`, `stadsdel.parsing`, `stadsdel.lake`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stadsdel import (
    apart,
    building,
    builds,
    districts,
    files,
    fingerprint,
    journal,
    lake,
    ledger,
    parsing,
    reading,
)
from stadsdel.errors import ReportError, StadsdelError
from stadsdel.intake import Candidate
from stadsdel.ledger import Entry, SetAside
from stadsdel.progress import silent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from stadsdel.intake import Survey
    from stadsdel.lake import Landed
    from stadsdel.progress import Progress
    from stadsdel.workspace import Workspace

# A second process is worth its start when it has as much as this to read.
_BYTES_PER_PROCESS = 4 * 2**20


@dataclass(frozen=True, slots=True)
class Landing:
    """What one landing found and did.

    `reports` are all contents that count, in order of landing. `parsed` are those of them that
    were read this time: new ones, damaged ones, those an older parser had read. `withdrawn` are the
    contents that no longer count. `duplicates` pairs a file with the file whose content it repeats.
    """

    reports: tuple[Landed, ...]
    parsed: tuple[Landed, ...]
    withdrawn: tuple[Landed, ...]
    duplicates: tuple[tuple[Path, Path], ...]
    set_aside: tuple[SetAside, ...]

    @property
    def rows_read(self) -> int:
        """Return the number of rows that were read this time."""
        counts = lake.read(self.parsed, "reports")
        kinds = ("n_indicators", "n_goals", "n_activities", "n_economy_rows", "n_unaccounted")
        return sum(int(counts[kind].sum()) for kind in kinds)


def land(
    workspace: Workspace,
    survey: Survey,
    published: Collection[str],
    tell: Progress = silent,
    in_processes: bool = False,
) -> Landing:
    """Bring the lake, the ledger and the list of files set aside up to date with `survey`.

    Ends by recording what the next build will be made from. The caller holds the workspace's lock.

    Args:
        workspace: where the lake and the lists lie.
        survey: the files found in the reports folders.
        published: sha256 of the contents that the last publication held.
        tell: told after each file.
        in_processes: read files in processes of their own, so that none can harm the others.

    Raises:
        StadsdelError: no report is left that counts; the lake and the ledger are as they were.
    """
    found = fingerprint.of_refresh(survey)
    journal.begin(workspace, builds.coming(workspace, found))
    with journal.step(workspace, "landing") as step:
        landing = _land(workspace, survey, published, tell, in_processes)
        inputs = building.Inputs(
            fingerprint=found,
            reports=tuple(report.sha256 for report in landing.reports),
            set_aside=tuple(map(str, landing.set_aside)),
        )
        building.save_inputs(workspace, inputs)
        step.rows = landing.rows_read
    return landing


def _land(
    workspace: Workspace,
    survey: Survey,
    published: Collection[str],
    tell: Progress,
    in_processes: bool,
) -> Landing:
    """Take in what is new; the same as `land` but for its records."""
    files.clear(workspace.scratch)
    files.clear_replacements(workspace.state)
    known = ledger.read(workspace.ledger)
    in_lake = lake.landed(workspace.lake, parsing.PARSER_VERSION)
    whole = {sha256: report for sha256, report in in_lake.items() if lake.is_whole(report)}
    candidates = sorted(survey.candidates, key=lambda candidate: _arrival(candidate, known))
    first = {candidate.sha256: candidate for candidate in reversed(candidates)}
    duplicates = [
        (candidate.path, first[candidate.sha256].path)
        for candidate in candidates
        if candidate is not first[candidate.sha256]
    ]
    set_aside = [SetAside.because(error, None) for error in survey.refused]
    unread = [candidate for candidate in first.values() if candidate.sha256 not in whole]
    done = len(candidates) - len(unread)
    tell("reports", done, len(candidates))
    read: dict[str, Landed] = {}
    for candidate, outcome in _read(workspace, unread, in_processes):
        if isinstance(outcome, ReportError):
            set_aside.append(SetAside.because(outcome, candidate.sha256))
        else:
            read[candidate.sha256] = outcome
        done += 1
        tell("reports", done, len(candidates))
    whole |= read
    counting = {
        candidate.sha256: _entry(candidate, known)
        for candidate in candidates
        if candidate is first[candidate.sha256] and candidate.sha256 in whole
    }

    for sha256 in published:
        if sha256 in known and sha256 not in counting:
            if sha256 in whole:
                counting[sha256] = known[sha256]
            else:
                set_aside.append(_gone(known[sha256]))
    withdrawn = [report for sha256, report in in_lake.items() if sha256 not in counting]
    entries = _numbered(counting.values(), known)
    ledger.write_set_aside(workspace.set_aside, set_aside)
    for file in set_aside:
        about = {"file": file.path, "code": file.code, "message": str(file)}
        journal.tell(workspace, "file_set_aside", "WARNING", **about)
    if not entries:
        listed = "\n".join(f"- {file}" for file in set_aside)
        raise StadsdelError(f"None of the files could be taken in as a report.\n{listed}")
    ledger.write(workspace.ledger, entries)
    for report in withdrawn:
        lake.remove(report)
    return Landing(
        reports=tuple(whole[entry.sha256] for entry in entries),
        parsed=tuple(read[entry.sha256] for entry in entries if entry.sha256 in read),
        withdrawn=tuple(withdrawn),
        duplicates=tuple(duplicates),
        set_aside=tuple(set_aside),
    )


def mend(
    workspace: Workspace, partitions: Collection[tuple[str, int]], in_processes: bool = False
) -> list[Landed]:
    """Read again the reports of these partitions whose folders are damaged or missing.

    Args:
        workspace: where the lake and the ledger lie.
        partitions: stadsdel and year; a report whose folder is missing is read whichever it is.
        in_processes: read files in processes of their own, so that none can harm this one.

    Returns:
        The reports that were read again.

    Raises:
        ReportError: a file cannot be read as the report that it was; those before it are mended.
    """
    in_lake = lake.landed(workspace.lake, parsing.PARSER_VERSION)
    damaged = []
    for entry in ledger.read(workspace.ledger).values():
        report = in_lake.get(entry.sha256)
        elsewhere = report and (report.stadsdel_id, report.year) not in partitions
        if not elsewhere and not (report and lake.is_whole(report)):
            damaged.append(Candidate(Path(entry.path), entry.sha256, entry.size_bytes, 0))
    mended = []
    for _, outcome in _read(workspace, damaged, in_processes):
        if isinstance(outcome, ReportError):
            raise outcome
        mended.append(outcome)
    return mended


def _arrival(candidate: Candidate, known: dict[str, Entry]) -> tuple[float, int, str]:
    """Return the key that sorts known contents first, then by file time, then by name."""
    entry = known.get(candidate.sha256)
    number = float("inf") if entry is None else entry.landing_number
    return number, candidate.modified_ns, str(candidate.path)


def _read(
    workspace: Workspace, candidates: Sequence[Candidate], in_processes: bool
) -> Iterator[tuple[Candidate, Landed | ReportError]]:
    """Take in each candidate, here or in processes, and yield what came of it."""
    size = sum(candidate.size_bytes for candidate in candidates)
    workers = min(os.cpu_count() or 1, 1 + size // _BYTES_PER_PROCESS) if in_processes else 0
    return apart.each(
        partial(_take_in, workspace), candidates, lambda candidate: candidate.path, workers
    )


def _take_in(workspace: Workspace, candidate: Candidate) -> Landed:
    """Read, parse and store one file.

    Raises:
        ReportError: it is no report, or not one that can be true; nothing is stored.
        OSError: the lake cannot be written, which is no fault of the file.
    """
    path = candidate.path
    report = parsing.parse(reading.read(path), path)
    if report.sha256 != candidate.sha256:
        raise ReportError(
            path,
            "changing",
            "the file changed while it was read",
            "Refresh again when it is completely copied.",
        )
    identity = report.identity
    district = districts.load()[identity.stadsdel_id]
    if not district.existed_in(identity.year):
        raise ReportError(
            path,
            "district_did_not_exist",
            f"it is a report of {identity.year}, and {district.name} existed from "
            f"{district.valid_from} to {district.valid_to or 'now'}",
            "Check the report's year and district; the districts' years stand in "
            "seeds/stadsdelar.csv.",
        )
    try:
        return lake.land(workspace.lake, workspace.scratch, report, parsing.PARSER_VERSION)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # polars has errors of its own for a full disk
        raise OSError(f"{workspace.lake}: cannot be written ({error})") from error


def _entry(candidate: Candidate, known: dict[str, Entry]) -> Entry:
    entry = known.get(candidate.sha256)
    if entry is not None:
        return replace(entry, path=str(candidate.path))
    return Entry(
        sha256=candidate.sha256,
        file_name=candidate.path.name,
        landing_number=0,
        size_bytes=candidate.size_bytes,
        landed_at=datetime.now(UTC),
        path=str(candidate.path),
    )


def _numbered(counting: Iterable[Entry], known: dict[str, Entry]) -> list[Entry]:
    """Return the entries in order of landing, with the next free numbers for the new ones."""
    last = max((entry.landing_number for entry in known.values()), default=0)
    new = [entry for entry in counting if not entry.landing_number]
    old = [entry for entry in counting if entry.landing_number]
    numbered = [
        replace(entry, landing_number=number) for number, entry in enumerate(new, start=last + 1)
    ]
    return sorted([*old, *numbered], key=lambda entry: entry.landing_number)


def _gone(entry: Entry) -> SetAside:
    return SetAside(
        path=entry.path,
        file_name=entry.file_name,
        sha256=entry.sha256,
        code="source_gone",
        reason="it was published before, must be read again, and its file is gone",
        advice="Put the file back into a reports folder.",
    )
