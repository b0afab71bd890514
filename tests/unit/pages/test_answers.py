"""A page's answers are what its queries return, and nothing else of the page changes."""

from __future__ import annotations

import pytest

from stadsdel.pages import answers

PAGE = """# Title

```sql
select 1 as one
```

<!-- answer from sample -->
stale
<!-- end of answer -->

Prose, and a query that is only shown:

```sql
select 2
```

```sql
select 3 as three
```
<!-- answer from city -->
<!-- end of answer -->
"""


def said(sql: str, source: str) -> answers.Rows:
    _, number, _, name = sql.split()
    return [f"{name} of {source}"], [(int(number),)]


def test_each_marked_query_gets_its_own_answer_and_the_rest_stays() -> None:
    filled = answers.fill(PAGE, said)
    assert "| one of sample |\n| ---: |\n| 1 |\n<!-- end" in filled
    assert "| three of city |\n| ---: |\n| 3 |\n<!-- end" in filled
    assert "stale" not in filled
    assert filled.count("select 2") == 1
    assert filled.count("<!-- answer from") == PAGE.count("<!-- answer from")
    assert answers.fill(filled, said) == filled
    assert answers.sources(PAGE) == {"sample", "city"}


def test_no_rows_are_said_to_be_none() -> None:
    assert answers.markdown(["x"], []).splitlines()[-1] == "(no rows)"


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), ("a|b", "a\\|b"), (-0.1, "-0.1"), (True, "true"), (3, "3")]
)
def test_null_is_blank_and_a_bar_is_no_column(value: object, cell: str) -> None:
    assert answers.markdown(["x"], [(value,)]).splitlines()[-1] == f"| {cell} |"
