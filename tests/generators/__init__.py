"""Reports with known truth: random content, rendered as the real reports are.

Belongs here: a model of a report, random content for it, the renderers (text out of a PDF, text
with tabs, PDF) and the truth they print, and a scorer for comparing what a reader found.
Does not belong here: anything of `stadsdel` (the generator must not share the parser's ideas), or
tests.
"""
