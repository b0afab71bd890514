"""The words of the report form: what columns are called and what their cells look like.

Belongs here: the closed vocabulary of the city's planning system (ILS) that report-layouts.md and
domain.md describe, as patterns. Does not belong here: how patterns are combined into rows
(`cells`), or anything about one report.

Patterns of cells are matched against text whose white space is a single ordinary space, except
where a document prints a no-break space inside a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stadsdel.parsing.model import GoalLevel

# --- cells -------------------------------------------------------------------------------------

_GROUP = r"[ \u00a0\u202f]"
_SIGN = r"(?:\+ ?/ ?[-–−] ?|[±<>≤≥] ?|[-–−+])"
# Digits side by side are of one number: without `++` a pattern that fails tries fewer of them. And
# they are [0-9]: \d is those of every script, and takes a call for each character.
PLAIN_NUMBER = rf"[0-9]{{1,3}}+(?:{_GROUP}[0-9]{{3}})+(?:[.,][0-9]++)?|[0-9]++(?:[.,][0-9]++)?"
NUMBER = rf"{_SIGN}?(?:{PLAIN_NUMBER})"
# What patterns of many words begin with is asked for first: most texts begin otherwise.
UNIT = (
    r"(?=[%‰a-zåäGM])"
    r"(?:(?:barn|personer|elever|platser|[GMk]Wh|kg|st|t?kr|timmar|tim) ?/ ?[a-zåäö]+[2²]?\.?"
    r"|%|‰|procentenheter|procent|p\.e\.|st\b\.?|stycken|kr\b|kronor|tkr\b|mnkr\b|mkr\b"
    r"|[GMk]Wh\b|kg ?CO2e?(?: per (?:kg livsmedel|portion|måltid|kvm|m2))?|kg\b|gram\b|ton\b"
    r"|km\b|m2\b|kvm\b|liter\b"
    r"|barn\b|personer|person\b|elever|platser|timmar|tim\b|dagar|dygn\b|månader|mån\b|år\b"
    r"|minuter|min\b|veckor|poäng|index\b|enheter|gånger|besök\b|ärenden)"
)
# A lone unit is never a cell, so a double space may stand before it (report-layouts.md A2).
AMOUNT = rf"{NUMBER}(?: {{0,2}}{UNIT}(?![a-zåäö]))?"
# "68 % - 49 %" are three cells, the second of them for no figure.
RANGE = (
    r"(?=[0-9][0-9 ,.%\u00a0\u202f]{0,30}+[-–−])"
    rf"(?:(?:{PLAIN_NUMBER})(?: ?%)?[-–−]|(?:{PLAIN_NUMBER}) [-–−] )"
    rf"(?:{PLAIN_NUMBER})(?: ?{UNIT})?"
)
BOUND_WORD = (
    r"(?=[MmHhLlÖöUuCc])"
    r"(?:[Mm]ax(?:imalt)?|[Mm]in(?:st)?|[Hh]ögst|[Mm]inst|[Ll]ägst|[Öö]ver|[Uu]nder"
    r"|[Cc]irka|[Cc]a\.?)"
)
BOUND = rf"{BOUND_WORD} {AMOUNT}"
# Words for "no figure" (their meanings: seeds/cell_words.csv).
NO_FIGURE = (
    r"(?=[-–−.IiUuSsRrMmEe])"
    r"(?:[-–−]{1,2}|\.\.|[Ii]\.u\.|[Uu]ppgift saknas|[Ss]aknas|[Ss]ekretess|[Ii]ngen mätning"
    r"|[Rr]edovisas (?:ej|inte|senare|i VB)|[Mm]äts (?:ej|inte)"
    r"|(?:[Ee]j|[Ii]nte) (?:aktuellt|relevant|tillämpligt|mätt|genomförd|bedömt?))(?=$|[ \n])"
)
VALUE = rf"(?:{BOUND}|{RANGE}|{AMOUNT}|{NO_FIGURE})"
DELEGATED = r"[Tt]as fram av (?:nämnden|nämnd)(?: ?/ ?(?:bolags)?styrelsen?)?"
TO_BE_DECIDED = r"[Ff]astställs (?:(?:under )?(?:år )?\d{4}|senare|under året)"
DIRECTION = (
    r"(?:[Öö]kning|[Öö]kar|[Öö]kande|[Öö]ka|[Mm]inskning|[Mm]inskar|[Mm]inska"
    r"|[Oo]förändrad|[Oo]förändrat|[Bb]ibehållen|[Bb]ibehålla)"
)
TARGET = rf"(?:(?=[TtFfÖöMmOoBb])(?:{DELEGATED}|{TO_BE_DECIDED}|{DIRECTION})|{VALUE})"
PERIOD = (
    r"(?:Tertial [123] [0-9]{4}|Tertial|T[123] [0-9]{4}|V[BP] [0-9]{4}|[0-9]{4}"
    r"|[Hh]elår|År(?:svis|ligen)?|[Hh]alvår(?:svis)?|[Kk]vartal(?: [1234])?(?: [0-9]{4})?"
    r"|[Mm]ånad(?:svis)?|[Vv]artannat år|[Vv]art tredje år)"
)
# What a period or a date may end in: dearer questions are then asked of few texts.
PERIOD_ENDS = frozenset("0123456789lrsnd")
DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# What a line of cells begins with; a name begins with a capital and any other word. "Öka" and "Max"
# alone begin a cell, "Öka andelen" and "Max antal" a name; so do "iStöd" and "e-tjänster".
CELL_START = re.compile(
    r"\s*(?:\+ ?/ ?[-–−] ?\d|[-+±–−<>≤≥]? ?\d|%|(?![a-zåäö]+(?:[A-ZÅÄÖ](?!h\b)|-))[a-zåäö]"
    r"|[-–−]{1,2}(?:\s|$)|Tas\b|Fasts(?:t|\s|$)|Tertial\b|T[123]\b|V[BP]\b|År\b|Hel(?:år|\s*$)"
    r"|Halvår|Kvartal\b|Månad(?:svis)?\b|Vart|Avvikelse\b|Ja\b|Nej\b"
    r"|(?:Uppgift|Ej|Inte|Redovisas|Ingen|Mäts)\s*$|(?:Ök|Minsk|Oförändr|Bibeh)[a-zåäö]*\b"
    rf"(?! (?!{DIRECTION}\b|{NO_FIGURE})[a-zåäö])|{BOUND_WORD}(?: \d|\s*$)|{NO_FIGURE})"
)
_MONEY_UNIT = rf"{_GROUP}?(?:%|(?:mn|m|t)?kr\b)"
# What one money cell may hold: an amount, a share, a date, or a word for "nothing".
MONEY = rf"(?:(?:{_SIGN}\u00a0?)?(?:{PLAIN_NUMBER})(?:{_MONEY_UNIT})?|[-–−]|Ja|Nej|JA|NEJ)"

# A value that needs its unit: alone it is never a cell (report-layouts.md A2).
LONE_UNIT = re.compile(rf"{UNIT}\.?", re.IGNORECASE)
# A unit that is no ordinary word.
UNIT_SIGN = re.compile(r"(?:%|‰|st\.?|kr|tkr|mnkr|mkr|[GMk]Wh|kg|CO2e?|barn/avd\.?)")
# Two number groups side by side: one number with a thousands separator, or two cells?
# A pattern that begins with a space is found fast; so what stands before it is asked for after it.
THOUSANDS = re.compile(
    r" (?=[0-9]{3}(?![0-9]))(?:(?<=[0-9] )(?<![0-9.,][0-9] )"
    r"|(?<=[0-9]{2} )(?<![0-9.,][0-9]{2} )|(?<=[0-9]{3} )(?<![0-9.,][0-9]{3} ))"
)

# What a column of comments is called, and how its label may end on the header's last line.
COMMENT_COLUMN = re.compile(
    r"(?:Kommentar(?:er)?|Anmärkning(?:ar)?|Förklaring(?:ar)?|Motivering|Orsak(?:er)?)"
    r"(?: till (?:budget)?avvikelse[nr]?)?"
)
COMMENT_ENDS = (
    *("Kommentar", "Kommentarer", "Anmärkning", "Anmärkningar", "Förklaring", "Förklaringar"),
    *("Motivering", "till avvikelse", "till avvikelsen", "till budgetavvikelse"),
    *("Förklaring till", "Orsak till", "Kommentar till"),
)

# --- labels ------------------------------------------------------------------------------------

ANALYSIS_LABEL = re.compile(r"(?:Analys|Kommentar(?:er)?)\s*:?", re.IGNORECASE)
STATUS = re.compile(
    r"(?:Uppfylls?|Uppfyllt|Uppfyllda)(?: [a-zåäö]+){1,3}|Ingen(?: bedömning)?|(?:Ej|Inte) bedömt?"
    r"|Kan (?:ej|inte) bedömas|Bedöms (?:ej|inte)|Avvaktas?",
)
# What a goal's label says, squashed and without its colon.
GOAL_LABELS: dict[str, GoalLevel] = {
    "kf:sinriktningsmål": "inriktningsmål",
    "kfsinriktningsmål": "inriktningsmål",
    "inriktningsmål": "inriktningsmål",
    "kf:smålförverksamhetsområdet": "verksamhetsområdesmål",
    "kf:smålförverksamhetsområde": "verksamhetsområdesmål",
    "kfsmålförverksamhetsområdet": "verksamhetsområdesmål",
    "kfsmålförverksamhetsområde": "verksamhetsområdesmål",
    "målförverksamhetsområdet": "verksamhetsområdesmål",
    "målförverksamhetsområde": "verksamhetsområdesmål",
    "verksamhetsområdesmål": "verksamhetsområdesmål",
    "nämndmål": "nämndmål",
    "nämndensmål": "nämndmål",
    "enhetsmål": "enhetsmål",
    "enhetmål": "enhetsmål",
    "enhetensmål": "enhetsmål",
}
