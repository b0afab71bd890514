"""Damaged reports: what a bad conversion, a cut download or a hostile hand might leave.

Belongs here: damaging text. Does not belong here: what a parser should make of it, which is only
that it ends in time and either returns or refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

# Signs that have a meaning in some layout, or none anywhere.
_SIGNS = (
    " ",
    "\t",
    "\n",
    "|",
    "#",
    "*",
    "<b>",
    "</p>",
    "\u00a0",
    "\ufeff",
    "\x0c",
    "å",
    "\uff10",
    "🟡",
)


def damaged(text: str, random: Random, count: int = 3) -> str:
    """Apply `count` random damages to a report's text."""
    for _ in range(count):
        text = random.choice(_DAMAGES)(text, random)
    return text


def _by_lines(change: Callable[[list[str], Random], None]) -> Callable[[str, Random], str]:
    def damage(text: str, random: Random) -> str:
        lines = text.split("\n")
        change(lines, random)
        return "\n".join(lines)

    return damage


def _drop(lines: list[str], random: Random) -> None:
    for _ in range(random.randint(1, 10)):
        if lines:
            del lines[random.randrange(len(lines))]


def _repeat(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at:at] = lines[at : at + random.randint(1, 40)]


def _shuffle(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    part = lines[at : at + 30]
    random.shuffle(part)
    lines[at : at + 30] = part


def _strip(lines: list[str], random: Random) -> None:
    """Lose the spaces that end lines, as an editor does on saving."""
    start = random.randrange(len(lines))
    lines[start:] = [line.rstrip() for line in lines[start:]]


def _join(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at : at + 20] = ["".join(lines[at : at + 20])]


def _unblank(lines: list[str], random: Random) -> None:
    at = random.randrange(len(lines))
    lines[at : at + 60] = [line for line in lines[at : at + 60] if line.strip()]


def _cut(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _sprinkle(text: str, random: Random) -> str:
    for _ in range(random.randint(1, 30)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + random.choice(_SIGNS) + text[at:]
    return text


def _erase(text: str, random: Random) -> str:
    for _ in range(random.randint(1, 30)):
        at = random.randrange(len(text) + 1)
        text = text[:at] + text[at + random.randint(1, 4) :]
    return text


_DAMAGES: tuple[Callable[[str, Random], str], ...] = (
    *map(_by_lines, (_drop, _repeat, _shuffle, _strip, _join, _unblank)),
    _cut,
    _sprinkle,
    _erase,
)
