"""Printed text without its dress: tags, emphasis marks, status symbols, surplus white space.

Belongs here: what is done to every cell, name and title before it is handed on. Does not belong
here: any reading of what the text says.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,80}>")
_BREAKING_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr)\b[^<>]{0,80}>", re.IGNORECASE)
_STRONG = re.compile(r"(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1")
_HEADING_MARK = re.compile(r"^\s{0,3}#{1,6}\s+|\s+#+\s*$")
_SYMBOL_CATEGORIES = frozenset({"So", "Sk", "Sm", "Co", "Cn", "Cf", "Cs", "Mn", "Me"})
# "!" marks an activity that deviates, a bullet a list; neither begins a name.
_SYMBOL_CHARACTERS = frozenset("!•·▪‣∙*")
_SIGNS_OF_FIGURES = frozenset("+-−±<>=")  # part of a value, never a status symbol


def fold(text: str) -> str:
    """Return `text` with white space folded to single spaces and soft hyphens removed."""
    if "\u00ad" in text:
        text = text.replace("\u00ad", "")
    return " ".join(text.split())


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Return `text` without HTML tags and Markdown emphasis, folded."""
    if "<" in text:
        text = _TAG.sub("", _BREAKING_TAG.sub(" ", text))
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if "*" in text or "__" in text:
        previous = None
        while previous != text:
            previous, text = text, _STRONG.sub(r"\2", text)
        if text.strip("* ") == "":
            return ""
        text = text.replace("**", "")
    return fold(text)


def heading_text(text: str) -> str:
    """Return a line's text without Markdown heading marks and emphasis."""
    if "#" in text:
        text = _HEADING_MARK.sub("", text)
    return plain(text)


def without_symbols(text: str) -> str:
    """Return `text` without the status symbols and bullets printed before it."""
    if text[:1].isalnum():
        return text
    for position, character in enumerate(text):
        if character.isalnum() or character in _SIGNS_OF_FIGURES:
            return text[position:]
        if not (
            character.isspace()
            or character in _SYMBOL_CHARACTERS
            or unicodedata.category(character) in _SYMBOL_CATEGORIES
        ):
            return text[position:]
    return ""


def is_symbol(text: str) -> bool:
    """Whether a cell holds nothing but status symbols (or nothing at all)."""
    return not without_symbols(text)


def squash(text: str) -> str:
    """Return `text` in the form headers are compared in: case folded, no white space."""
    return "".join(text.split()).casefold()
