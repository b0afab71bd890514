"""From the reports folders to the lake: parse what is new, keep the ledger, set the rest aside.

A content counts as long as a file in the reports folders has it, and for good once a publication
held it: a file that was never published is withdrawn by removing it, while an earlier edition
that was overwritten stays. The same content in two files counts once.

Belongs here: which contents count and in which order they arrived. Does not belong here: how they
are parsed or stored (`stadsdel.reading`, `stadsdel.parsing`, `stadsdel.lake`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from stadsdel import building, districts, files, fingerprint, lake, ledger, parsing, reading
from stadsdel.errors import ReportError, StadsdelError
from stadsdel.intake import Candidate
from stadsdel.ledger import Entry, SetAside
from stadsdel.progress import silent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from stadsdel.intake import Survey
    from stadsdel.lake import Landed
    from stadsdel.progress import Progress
    from stadsdel.workspace import Workspace


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


def land(
    workspace: Workspace,
    survey: Survey,
    published: Collection[str],
    tell: Progress = silent,
) -> Landing:
    """Bring the lake, the ledger and the list of files set aside up to date with `survey`.

    Ends by recording what the next build will be made from.

    Args:
        workspace: where the lake and the lists lie.
        survey: the files found in the reports folders.
        published: sha256 of the contents that the last publication held.
        tell: told after each file.

    Raises:
        StadsdelError: no report is left that counts; the lake and the ledger are as they were.
    """
    files.clear(workspace.scratch)
    known = ledger.read(workspace.ledger)
    in_lake = lake.landed(workspace.lake, parsing.PARSER_VERSION)
    whole = {sha256: report for sha256, report in in_lake.items() if lake.is_whole(report)}
    counting: dict[str, Entry] = {}
    parsed: list[Landed] = []
    duplicates: list[tuple[Path, Path]] = []
    set_aside = [SetAside.because(error, None) for error in survey.refused]

    candidates = sorted(survey.candidates, key=lambda candidate: _arrival(candidate, known))
    for done, candidate in enumerate(candidates):
        tell("reports", done, len(candidates))
        sha256 = candidate.sha256
        if sha256 in counting:
            duplicates.append((candidate.path, Path(counting[sha256].path)))
            continue
        if sha256 not in whole:
            try:
                whole[sha256] = _take_in(workspace, candidate)
            except ReportError as error:
                set_aside.append(SetAside.because(error, sha256))
                continue
            parsed.append(whole[sha256])
        counting[sha256] = _entry(candidate, known)
    tell("reports", len(candidates), len(candidates))

    for sha256 in published:
        if sha256 in known and sha256 not in counting:
            if sha256 in whole:
                counting[sha256] = known[sha256]
            else:
                set_aside.append(_gone(known[sha256]))
    withdrawn = [report for sha256, report in in_lake.items() if sha256 not in counting]
    entries = _numbered(counting.values(), known)
    ledger.write_set_aside(workspace.set_aside, set_aside)
    if not entries:
        listed = "\n".join(f"- {file}" for file in set_aside)
        raise StadsdelError(f"None of the files could be taken in as a report.\n{listed}")
    ledger.write(workspace.ledger, entries)
    for report in withdrawn:
        lake.remove(report)
    building.save_inputs(
        workspace,
        building.Inputs(
            fingerprint=fingerprint.of_refresh(survey),
            reports=tuple(entry.sha256 for entry in entries),
            set_aside=tuple(map(str, set_aside)),
        ),
    )
    return Landing(
        reports=tuple(whole[entry.sha256] for entry in entries),
        parsed=tuple(parsed),
        withdrawn=tuple(withdrawn),
        duplicates=tuple(duplicates),
        set_aside=tuple(set_aside),
    )


def mend(workspace: Workspace, partitions: Collection[tuple[str, int]]) -> list[Landed]:
    """Read again the reports of these partitions whose folders are damaged or missing.

    Args:
        workspace: where the lake and the ledger lie.
        partitions: stadsdel and year; a report whose folder is missing is read whichever it is.

    Returns:
        The reports that were read again.

    Raises:
        ReportError: a file cannot be read as the report that it was.
    """
    in_lake = lake.landed(workspace.lake, parsing.PARSER_VERSION)
    mended = []
    for entry in ledger.read(workspace.ledger).values():
        report = in_lake.get(entry.sha256)
        elsewhere = report and (report.stadsdel_id, report.year) not in partitions
        if elsewhere or (report and lake.is_whole(report)):
            continue
        path = Path(entry.path)
        mended.append(_take_in(workspace, Candidate(path, entry.sha256, entry.size_bytes, 0)))
    return mended


def _arrival(candidate: Candidate, known: dict[str, Entry]) -> tuple[float, int, str]:
    """Return the key that sorts known contents first, then by file time, then by name."""
    entry = known.get(candidate.sha256)
    number = float("inf") if entry is None else entry.landing_number
    return number, candidate.modified_ns, str(candidate.path)


def _take_in(workspace: Workspace, candidate: Candidate) -> Landed:
    """Read, parse and store one file.

    Raises:
        ReportError: it is no report, or not one that can be true; nothing is stored.
    """
    path = candidate.path
    try:
        report = parsing.parse(reading.read(path), path)
    except ReportError:
        raise
    except Exception as error:
        # One hostile file must not keep the other reports from going through; it is named, listed
        # and shows in the exit code.
        raise ReportError(
            path,
            "parser_failed",
            f"the parser gave up on it ({type(error).__name__}: {error})",
            "Please send in the file with this message.",
        ) from error
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
    return lake.land(workspace.lake, workspace.scratch, report, parsing.PARSER_VERSION)


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
