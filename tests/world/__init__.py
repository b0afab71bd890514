"""A small city whose truth is known: councils, years and reports, and what the marts must say.

Belongs here: the world itself (`city`), how it is printed (`paper`), and what follows from it by
the definitions, worked out the plain way (`truth`). Does not belong here: anything of `stadsdel` or
dbt; the expectation must not share their ideas.
"""

SEED = 7
