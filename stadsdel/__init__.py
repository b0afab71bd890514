"""Stadsdelslagret: what Stockholm's city districts promised and achieved, as a warehouse.

The library behind the `stadsdel` command. Reading (`stadsdel.reading`) turns a file into numbered
lines, parsing (`stadsdel.parsing`) turns lines into tables as printed, the lake (`stadsdel.lake`)
lands them as Parquet. What a figure *means* is decided in dbt, never here.
"""

__version__ = "0.1.0"
