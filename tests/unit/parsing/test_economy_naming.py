"""What the columns of money tables are called (layout A)."""

from __future__ import annotations

import pytest

from stadsdel.parsing.money.naming import HeaderLines


@pytest.mark.parametrize(
    "columns",
    [
        ("Nettobudget 2023", "Nettokostnad 2023", "Differens"),
        ("Totalbudget", "Utfall t.o.m. 2021", "Utfall 2022", "Återstår"),
        ("Ram 2021", "Förbrukat", "Kvar", "Förbrukat %"),
        ("Kvartal 1", "Kvartal 2", "Kvartal 3", "Kvartal 4", "Totalt"),
        ("Intäkter budget", "Intäkter utfall", "Kostnader budget", "Kostnader utfall", "Resultat"),
        ("Budget 2023 tkr", "Prognos tkr", "Avvikelse i procent"),
        ("Utfall 2022", "Budget 2023", "Prognos 2023", "Avvikelse budget/prognos"),
        ("Periodbudget", "Periodutfall", "Periodavvikelse", "Årsbudget", "Årsprognos"),
        ("KF-budget", "Omfördelningar", "Justerad budget", "Utfall", "Avvikelse"),
        ("Sökt belopp", "Beviljat belopp"),
        ("Antal 2022", "Antal 2023"),
        ("Budget", "Utfall jan-aug", "Utfall jan-aug föregående år", "Prognos helår"),
    ],
)
def test_columns_are_told_apart(columns: tuple[str, ...]) -> None:
    header = HeaderLines(8)
    header.add(f"Enhet {' '.join(columns)} ")
    found = header.columns(len(columns))
    assert found is not None
    assert found[1:] == ("Enhet", columns)


def test_a_label_column_does_not_end_in_a_known_column() -> None:
    header = HeaderLines(4)
    header.add("Mnkr Ram 2024 Förbrukat Kvar Förbrukat % ")
    three, four = header.columns(3), header.columns(4)
    assert three is not None
    assert four is not None
    assert four[0] / 5 > three[0] / 4 + 0.5  # on average over all columns
