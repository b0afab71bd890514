"""How far a refresh has come, for whoever wants to show it."""

from __future__ import annotations

from typing import Literal, Protocol

Step = Literal["reports", "tables", "audit", "publish"]


class Progress(Protocol):
    """Is told after each piece of work of a step: `done` of `total` pieces, None if unknown."""

    def __call__(self, step: Step, done: int, total: int | None) -> None:
        """Take note."""


def silent(step: Step, done: int, total: int | None) -> None:
    """Show nothing."""
