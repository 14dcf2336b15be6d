"""What the columns of a table of people hold, by their headings."""

from __future__ import annotations

from functools import cache

from graph.text import fold
from ingest.extract.who.wordlists import table
from ingest.extract.who.words import words_of


@cache
def _columns(language: str) -> dict[str, frozenset[str]]:
    return table(language, "people", "columns")


def column_role(name: str, language: str) -> str:
    """The role of a column by its heading; empty where it has none here.

    >>> column_role("NOM et Prénom", "fr"), column_role("Organisme représenté", "fr"), column_role("Échéance", "fr")
    ('name', 'organisation', 'other')
    >>> column_role("Nom d'usage", "fr"), column_role("Nom du lieu", "fr")
    ('last', 'other')
    """
    key = " ".join(
        w.folded for w in words_of(name.replace("/", " ").replace("-", " ")) if w.folded not in {"et", "l", "and"}
    )
    lists = _columns(language)
    for role in ("other", "last", "first", "name", "function", "organisation", "status"):
        if key in lists.get(role, frozenset()) or fold(name) in lists.get(role, frozenset()):
            return role
    opening = key.split(" ", maxsplit=1)[0]
    roles = ("first", "last", "function", "organisation")
    found = next((role for role in roles if opening in lists.get(role, frozenset())), "")
    return "other" if found == "last" and _of_a_place(name, language) else found


def _of_a_place(name: str, language: str) -> bool:
    """Whether a column holds the names of services or places: « Nom du lieu » begins as « Nom » does."""
    return fold(name) in table(language, "initiatives", "columns").get("name", frozenset())
