"""Money tables: budgets, results, investments, balance sheets, of any columns.

Belongs here: everything from lines or cells to a money table's rows. Does not belong here:
indicators and activities, whose columns are known (`stadsdel.parsing.line_rows`,
`stadsdel.parsing.cell_rows`); dividing a row's text (`stadsdel.parsing.cells`).

`lines` reads a table in running text: its `blocks`, its `header`, the `shape` in which header and
rows agree, its `rows`. `cells` reads one that keeps its cells apart. `naming` knows column names.
"""

from stadsdel.parsing.money.blocks import amount_below, may_be_row_at
from stadsdel.parsing.money.cells import read_table as read_cells
from stadsdel.parsing.money.lines import read_commented
from stadsdel.parsing.money.lines import read_table as read_lines
from stadsdel.parsing.money.naming import is_of_something_else, money_unit

__all__ = [
    "amount_below",
    "is_of_something_else",
    "may_be_row_at",
    "money_unit",
    "read_cells",
    "read_commented",
    "read_lines",
]
