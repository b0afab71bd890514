"""A small city whose truth is known: councils, years and reports, and what the marts must say.

Belongs here: the world itself (`city`), how it is printed (`paper`), what people have curated
(`curated`), what follows by the definitions, worked out the plain way (`truth`), and the rows of
each mart (`marts`). Does not belong here: anything of `stadsdel` or dbt's models; the expectation
must not share their ideas.
"""

SEED = 7
