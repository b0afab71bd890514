"""The generated parts of docs/: the data dictionary and the answers on the question pages.

Run `python -m stadsdel.pages` after a refresh on the sample reports. A test holds every page to
what this package makes of a fresh build.

Belongs here: turning dbt's manifest and query results into Markdown. Does not belong here: what the
pages say in their own words (docs/), or what the tables hold (dbt).
"""
