"""A page's answers are what its queries return, and nothing else of the page changes."""

from __future__ import annotations

import pytest

from stadsdel.pages import answers

PAGE = """# Title

```sql
select 1 as one
```

<!-- answer -->
stale
<!-- end of answer -->

Prose, and a query that is only shown:

```sql
select 2
```

```sql
select 3 as three
```
<!-- answer -->
<!-- end of answer -->
"""


def test_each_marked_query_gets_its_own_answer_and_the_rest_stays() -> None:
    filled = answers.fill(PAGE, lambda sql: ([sql.split()[-1]], [(int(sql.split()[1]),)]))
    assert answers.queries(PAGE) == ["select 1 as one", "select 3 as three"]
    assert "| one |\n| ---: |\n| 1 |" in filled
    assert "| three |\n| ---: |\n| 3 |" in filled
    assert "stale" not in filled
    assert filled.count("select 2") == 1
    assert answers.fill(filled, lambda sql: ([sql.split()[-1]], [(int(sql.split()[1]),)])) == filled


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), ("a|b", "a\\|b"), (-0.1, "-0.1"), (True, "True"), (3, "3")]
)
def test_null_is_blank_and_a_bar_is_no_column(value: object, cell: str) -> None:
    assert answers.markdown(["x"], [(value,)]).splitlines()[-1] == f"| {cell} |"
