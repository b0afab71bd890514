"""PDF files made of tables with known cells, as different producers print them.

Belongs here: random tables and how reportlab prints them. Does not belong here: whole reports
(`generators`), or tests.
"""
