"""Rows of a table of people by what they say: the status of the rows below, the rest of the name above, a function."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.extract.who.announcing import announced_status
from ingest.extract.who.descriptions import is_function
from ingest.extract.who.name_words import is_first_name
from ingest.extract.who.words import words_of

_NAMES = ("name", "last", "first")
_LONGEST_REST = 3  # words of a surname on the line below


def status_alone(texts: Mapping[str, str], language: str) -> str:
    """« Excusés » in a row with nothing else: the status of the rows below; empty where a row says more or other.

    >>> status_alone({"name": "Excusés"}, "fr"), status_alone({"name": "Paul Durand"}, "fr")
    ('excused', '')
    """
    alone = len(texts) == 1 and next((texts[role] for role in _NAMES if role in texts), "")
    return announced_status(alone, language) if alone else ""


def goes_on(texts: Mapping[str, str], above: Mapping[str, str]) -> bool:
    """Whether the name of a row is the rest of the name above, which has none but first names.

    >>> goes_on({"name": "Sorbier"}, {"name": "Anne-Marie"}), goes_on({"name": "Sorbier"}, {"name": "Anne Petit"})
    (True, False)
    """
    rest, begun = words_of(texts.get("name", "")), words_of(above.get("name", ""))
    return (
        0 < len(rest) <= _LONGEST_REST
        and len(begun) > 0
        and all(is_first_name(w.text) for w in begun)
        and not any(is_first_name(w.text) for w in rest)
    )


def function_told(texts: dict[str, str], cells: dict[str, tuple[int, int]], language: str) -> None:
    """A column of bodies may hold functions, where those of the town hall have no other: moved to where they belong."""
    body = texts.get("organisation", "")
    if "function" not in texts and is_function(body, language) and not names_many(body):
        texts["function"], cells["function"] = texts.pop("organisation"), cells.pop("organisation")


def names_many(text: str) -> bool:
    """« Artisans du Monde », « Amis de la Vallée »: many with a name are a body, where one person is told of.

    >>> names_many("Artisans du Monde"), names_many("Artisan"), names_many("Habitants")
    (True, False, False)
    """
    words = words_of(text)
    return len(words) > 1 and words[0].folded.endswith("s") and words[-1].capital and not words[-1].upper
