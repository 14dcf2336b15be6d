"""The translation catalogue: `t("page.key", name=value)`, numbers and dates in the language in force.

One pair of files per page, ``locale/<page>.fr.toml`` and ``locale/<page>.en.toml``; the key is ``<page>.<name>``. An
entry is a text, or a table ``{one = "…", other = "…"}`` chosen by the value `n`. Writers type ordinary spaces and
straight apostrophes: French typography is set when the file is read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

LANGUAGES = {"fr": "Français", "en": "English"}
DEFAULT = "fr"
LOCALE = Path(__file__).parent / "locale"

NBSP, NARROW = "\u00a0", "\u202f"
_MONTHS = {
    "fr": "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}
_BEFORE_HIGH = re.compile(r" ([?!;%])")

Entry = str | Mapping[str, str]


def typeset(text: str) -> str:
    """French typography: narrow spaces before ? ! ; %, no-break before the colon and inside « », curly apostrophe.

    >>> typeset("C'est « oui » : 52 % ?").replace(NBSP, "_").replace(NARROW, "-")
    'C’est «_oui_»_: 52-%-?'
    """
    text = _BEFORE_HIGH.sub(NARROW + r"\1", text.replace("'", "’"))
    return text.replace(" :", NBSP + ":").replace("« ", "«" + NBSP).replace(" »", NBSP + "»")


@cache
def catalogue(language: str) -> Mapping[str, Entry]:
    """Every text of a language, by full key."""
    texts: dict[str, Entry] = {}
    for file in sorted(LOCALE.glob(f"*.{language}.toml")):
        page = file.name.split(".")[0]
        for name, entry in tomllib.loads(file.read_text("utf-8")).items():
            texts[f"{page}.{name}"] = _prepared(entry, language)
    return texts


def _prepared(entry: Entry, language: str) -> Entry:
    if language != "fr":
        return entry
    return typeset(entry) if isinstance(entry, str) else {k: typeset(v) for k, v in entry.items()}


def language() -> str:
    """The language of the session."""
    chosen = str(st.session_state.get("lang", DEFAULT))
    return chosen if chosen in LANGUAGES else DEFAULT


def t(key: str, /, **values: object) -> str:
    """The text of a key, with whole numbers written as the language does. Values are inserted as they are: escape them.

    Raises KeyError for an unknown key (a test proves that every key used exists).
    """
    spoken = language()
    entry = catalogue(spoken)[key]
    if not isinstance(entry, str):
        entry = entry["one" if _singular(values["n"], spoken) else "other"]
    written = {k: number(v) if isinstance(v, int) and not isinstance(v, bool) else v for k, v in values.items()}
    return entry.format(**written)


def _singular(n: object, spoken: str) -> bool:
    return isinstance(n, int | float) and (abs(n) < 2 if spoken == "fr" else abs(n) == 1)


def number(value: float, digits: int = 0) -> str:
    """8 412 or 0,91 in French, 8,412 or 0.91 in English."""
    text = f"{value:,.{digits}f}"
    return text if language() == "en" else text.replace(",", NARROW).replace(".", ",")


def percent(share: float) -> str:
    """A share between 0 and 1 as a whole percentage."""
    return f"{round(share * 100)}%" if language() == "en" else f"{round(share * 100)}{NARROW}%"


def day(iso: str, *, year: bool = True) -> str:
    """« 18 mars 2026 » for "2026-03-18", « mars 2026 » for "2026-03"; anything else is given back as it is."""
    whole = len(iso) != len("2026-03")
    try:
        moment = date.fromisoformat(iso[:10] if whole else f"{iso}-01")
    except ValueError:
        return iso
    spoken = language()
    first = f"1{'er' if spoken == 'fr' else ''}" if moment.day == 1 else str(moment.day)
    month = _MONTHS[spoken].split(",")[moment.month - 1]
    text = f"{first} {month}" if whole else month
    return f"{text} {moment.year}" if year else text


def named(name: str, said: str, *, spoken: str = "") -> str:
    """« Habitat : 3 phrases », with the colon of the language. Both are inserted as they are: escape them."""
    return str(catalogue(spoken or language())["common.named"]).format(name=name, said=said)


def clock(iso: str) -> str:
    """« 18 mars 2026, 18 h 10 » for an ISO moment."""
    hours, _, minutes = iso[11:16].partition(":")
    if not minutes:
        return day(iso)
    hour = f"{int(hours)}{NBSP}h{NBSP}{minutes}" if language() == "fr" else f"{hours}:{minutes}"
    return f"{day(iso)}, {hour}"


def quoted(text: str) -> str:
    """A text between the language's quotation marks."""
    return f"“{text}”" if language() == "en" else f"«{NBSP}{text}{NBSP}»"
