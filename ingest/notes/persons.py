"""Whether a short line names somebody, what somebody does, or a body: such lines look like titles and are none."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.extract.who.listed_names import body_heads
from ingest.extract.who.name_words import function_words, is_first_name

_TITLED = re.compile(r"(?:MM?|Mmes?|Mlle|Dr|Mr|Mrs|Ms)\b\.?\s")
# « Mr Tim Lund (Village representative) », « Mme Claire Dupont, adjointe »: nobody but one person on the line.
_ADDRESSED = re.compile(
    r"(?:M\.|Mmes?|Mlle|Dr|Mrs?|Ms|Miss|Cllr)\b\.?(?:\s[A-ZÀ-Ý][\w’'.-]*){1,4}\s*(?:\([^()]{2,80}\)|[,–-]\s?[^.;:]{2,80})?"
)
# « Claire DUPONT - adjointe », « DUPONT Claire, maire »: somebody where one of the two is a first name.
_WITH_CAPITALS = re.compile(
    r"(?P<first>[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý]?[a-zà-ÿ]+)?)\s[A-ZÀ-Ý'’-]{3,}\b"
    r"|[A-ZÀ-Ý'’-]{3,}\s(?P<after>[A-ZÀ-Ý][a-zà-ÿ-]+)(?:\s[–(-]|,|$)"
)
# « Claire Dupont », « Claire Le Bihan, maire »
_TWO_WORDS = re.compile(r"(?P<first>[A-ZÀ-Ý][\w’'-]+)(?:\s[A-ZÀ-Ý][\w’'-]*){1,3}(?:\s[–(-]|\s?[,:]|$)")
_TWO_CAPITALS = re.compile(
    r"(?!(?:L[ea]s?|Une?|D[eu]s?|À|Aux?|En|Et|Pour|On|Il|The|An?)\s)[A-ZÀ-Ý][\w’'-]*[\s,]+[A-ZÀ-Ý]"
)


def addresses_one(text: str) -> bool:
    """Whether a whole line is a form of address, a name, and what that person is."""
    return _ADDRESSED.fullmatch(text) is not None


def is_person(text: str) -> bool:
    """Whether a line opens with a title or with a whole name of which the first name is known.

    >>> [is_person(t) for t in ("Mme Dupont", "DUPONT Claire, maire", "Claire Dupont", "Projet PLUI", "Les vélos")]
    [True, True, True, False, False]
    """
    if _TITLED.match(text):
        return True
    if (found := _WITH_CAPITALS.match(text)) and is_first_name(found["first"] or found["after"]):
        return True
    found = _TWO_WORDS.match(text)
    if found is None or " ".join(fold(text).split()[:2]) in body_heads("fr"):
        return False  # « France Services »
    return is_first_name(found["first"])


def names_two_words(text: str) -> bool:
    """Whether a line opens with two words with a capital, neither of them an article."""
    return _TWO_CAPITALS.match(text) is not None


def is_attendee(text: str) -> bool:
    """Whether a line of a list of people may be one of them: a person, two names, an office or a body.

    >>> [is_attendee(t) for t in ("Wissem Dor", "Maire de Morsan", "Association du Lavoir", "Ouvrir une ligne")]
    [True, True, True, False]
    """
    if is_person(text) or names_two_words(text):
        return True
    first = fold(text).replace("'", " ").split(" ", 1)[0].strip(",.:;()")
    named = {first, first.removesuffix("s")}
    return bool(named & function_words("fr") or named & body_heads("fr")) or is_first_name(text.split(" ", 1)[0])
