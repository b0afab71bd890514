"""From lines to tables as printed: goals, indicators, activities, money tables.

Belongs here: layout and structure. Does not belong here: what a cell means (dbt decides that), or
how a file becomes lines (`stadsdel.reading`).
"""

from stadsdel.parsing.parse import parse

__all__ = ["PARSER_VERSION", "parse"]

# Raised whenever the same file may come out differently: it keys the lake.
PARSER_VERSION = 9
