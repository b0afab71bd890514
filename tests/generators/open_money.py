"""Money tables of any columns: what other districts and units may print.

Belongs here: columns in any number and order, cells that are dashes, shares, sections, labels that
end in numbers. Does not belong here: the form's own tables (`content`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators import words
from generators.model import EconomyColumn, EconomyRow, EconomyTable

if TYPE_CHECKING:
    from random import Random

_COLUMNS = (
    "Budget {year}", "Justerad budget {year}", "Årsbudget", "Begärda budgetjusteringar",
    "Utfall {year}", "Ack. utfall", "Bokslut {before}", "Prognos {year}", "Prognos helår",
    "Prognos T2", "Avvikelse", "Avvikelse mot budget", "Differens", "Kostnader", "Intäkter",
    "Omslutningsförändring", "Verksamhetsår {year}", "År {before}", "Personalkostnader", "Hyra",
)  # fmt: skip
_SHARES = ("Avvikelse i %", "Förändring i %", "Andel %", "Förbrukat %")
_STUBS = ("Mnkr", "Verksamhet, tkr", "Enhet", "Barn, kultur och fritid", "Kostnadsslag")
_LABELS = (
    *words.ECONOMY_LABELS, *words.ECONOMY_UNITS, "Resultatöverföring från 2021", "Öppna hus*",
    "Sjuklön dag 1-14", "varav handläggning", "Konsulter/inhyrd personal", "Hemtjänst (egen regi)",
)  # fmt: skip
_MOST_COLUMNS = 8


def table(random: Random, year: int, heading: str) -> EconomyTable:
    """Draw a money table whose columns follow no form."""
    titles = random.sample(_COLUMNS, random.randint(2, _MOST_COLUMNS))
    if random.random() < 0.3:
        titles[random.randrange(len(titles))] = random.choice(_SHARES)
    columns = tuple(EconomyColumn(t.format(year=year, before=year - 1)) for t in titles)
    decimals = random.choice((1, 1, 1, 2))
    minus = random.choice("--–−")
    blank, empty = random.choice(((0.0, None), (0.2, None), (0.2, "-")))
    sizes = [random.uniform(0.8, 1.2) for _ in columns]

    def row(label: str, scale: float) -> EconomyRow:
        cells: list[str | None] = []
        for column, size in zip(columns, sizes, strict=True):
            amount = f"{scale * size:,.{decimals}f}".replace(",", " ").replace(".", ",")
            if random.random() < blank:
                cells.append(empty)
            elif "%" in column.name:
                cells.append(f"{random.randint(1, 99)},{random.randint(0, 9)} %")
            else:
                cells.append((minus if random.random() < 0.1 else "") + amount)
        return EconomyRow(label, tuple(cells))

    rows = [
        row(label, 10 ** random.uniform(0, 3.5))
        for label in random.sample(_LABELS, random.randint(3, 8))
    ]
    if random.random() < 0.3:
        section = EconomyRow("Driftverksamhet", (None,) * len(columns))
        rows.insert(random.choice((0, len(rows) - 1)), section)
    stub = random.choice(_STUBS)
    money_unit = {"Mnkr": "mnkr", "Verksamhet, tkr": "tkr"}.get(stub)
    padded = random.random() < 0.3
    return EconomyTable(heading, stub, money_unit, columns, tuple(rows), padded=padded)
