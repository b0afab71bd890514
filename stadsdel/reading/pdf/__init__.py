"""PDF to the same stream of lines and table rows that the text layouts give.

Belongs here: everything between a PDF's bytes and a `Document`. Does not belong here: what a line
means (`stadsdel.parsing`).

The modules in the order in which a file goes through them: `file`, `page` (`glyphs`, `strokes`),
`ruled` (`grid`), `flow`, `unruled` (`between`, `extent`, `continued`; `sheet`, `fit`), `text`,
`document`; `ink` and `text` hold the types, `bands` and `rows` tell columns and rows without rules.
"""

from stadsdel.reading.pdf.document import read_pdf

__all__ = ["read_pdf"]
