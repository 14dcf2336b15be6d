"""The title in an item of a bibliography: « Cnaf, Guide des services, 2021 », "Lund, A., Rural lives, 2020"."""

from __future__ import annotations

import re

from ingest.extract.facts.flat import flat
from ingest.extract.facts.numerals import alternatives
from ingest.extract.facts.titles import clean_title
from ontology.lexicon import lexicon

_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"\n]{4,200}?)\s*[»”\"]")
_PARTS = re.compile(r",\s+|\s[–—-]\s|(?<=[a-zà-ÿ)»])\.\s+(?=[A-ZÀ-Ý])")
_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?[.;]?")
_INITIALS = re.compile(r"(?:[A-ZÀ-Ý]\.?[\s-]?){1,3}")
_NAMES = re.compile(
    r"[A-ZÀ-Ý][\w’'-]+(?:\s[A-ZÀ-Ý][\w’'.-]*){0,3}(?:\s(?:et|and|&)\s[A-ZÀ-Ý][\w’'.-]+(?:\s[A-ZÀ-Ý][\w’'-]+)?)?"
)
_WITH_INITIAL = re.compile(r"[A-ZÀ-Ý][\w’'-]+\s(?:[A-ZÀ-Ý]\.[\s-]?){1,3}$")
MAX_AUTHOR_WORDS = 4
MIN_TITLE_WORDS = 3


def cited_title(item: str, language: str) -> str:
    """The title of a work from the item that cites it, without who wrote, published and when.

    >>> cited_title("Cf. Les familles à la campagne, Dossier d'étude n° 218, Cnaf, 2020", "fr")
    'Les familles à la campagne'
    >>> cited_title("Lund, A., Rural lives: a study, Moor Press, 2020", "en")
    'Rural lives: a study'
    """
    body = _without_lead(clean_title(item), language)
    if quoted := _QUOTED.search(body):
        return clean_title(quoted[1])
    parts = [p.strip() for p in _PARTS.split(body) if p.strip()]
    at = 0
    while at < len(parts) - 1 and (_YEAR.fullmatch(parts[at]) or _is_author(parts, at)):
        at += 1
    return clean_title(parts[at]) if parts else clean_title(item)


def _without_lead(text: str, language: str) -> str:
    """Without « Cf. », « Voir aussi », « Film : »."""
    table = lexicon(language, "resources")
    pointer = re.match(rf"\W*(?:{alternatives(table.get('pointers', []))})\.?\s*:?\s+", flat(text))
    text = text[pointer.end() :] if pointer else text
    kind = re.match(rf"(?:le |la |l'|les |the )?(?:{alternatives(table.get('works', []))})s?\s?:\s+", flat(text))
    return text[kind.end() :] if kind else text


def _is_author(parts: list[str], at: int) -> bool:
    """Whether a part before others is somebody, or the body that publishes: capitals, initials, one or two names."""
    part, following = parts[at], parts[at + 1]
    if _INITIALS.fullmatch(part) or _WITH_INITIAL.fullmatch(part) or (part.isupper() and len(part) <= 12):
        return True
    words = part.split()
    if len(words) > MAX_AUTHOR_WORDS or not _NAMES.fullmatch(part):
        return False
    if _INITIALS.fullmatch(following) or (_YEAR.fullmatch(following) and at + 2 < len(parts)):
        return True
    return len(words) == 1 and len(following.split()) >= MIN_TITLE_WORDS
