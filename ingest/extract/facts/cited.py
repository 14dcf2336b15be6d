"""The title in an item of a bibliography: « Cnaf, Guide des services, 2021 », "Lund, A., Rural lives, 2020"."""

from __future__ import annotations

import re

from ingest.extract.facts.flat import flat
from ingest.extract.facts.numerals import alternatives
from ingest.extract.facts.titles import clean_title
from ingest.extract.who.territories import is_commune
from ontology.lexicon import lexicon

_QUOTED = re.compile(r"[«“\"]\s*([^«»“”\"\n]{4,200}?)\s*[»”\"]")
_PARTS = re.compile(r",\s+|\s[–—-]\s|(?<=[a-zà-ÿ)»])\.\s+(?=[A-ZÀ-Ý])")
_GOES_ON = re.compile(r"\s*[a-zà-ÿ]")
_AND = re.compile(r"\s(?:et|ou|and|or|&)\s")
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
    if (quoted := _QUOTED.search(body)) and _stands_alone(body, *quoted.span(), language):
        return clean_title(quoted[1])
    places = _parts(body)
    parts = [body[first:last] for first, last in places]
    at = 0
    while at < len(parts) - 1 and (_YEAR.fullmatch(parts[at]) or _is_author(parts, at)):
        at += 1
    return clean_title(body[places[at][0] : places[_title_end(parts, at)][1]]) if parts else clean_title(item)


def _stands_alone(body: str, first: int, last: int, language: str) -> bool:
    """Whether a quotation fills its part of the item: not the « rebond » of « sur l'effet « rebond » en ville »."""
    works = alternatives(lexicon(language, "resources").get("works", []))
    before = re.sub(rf"(?:^|\W)(?:le |la |l'|les |the )?(?:{works})s?\s*$", "", flat(body[:first])).strip()
    return not before or not before[-1].isalnum() or not _GOES_ON.match(body, last)


def _parts(body: str) -> list[tuple[int, int]]:
    """The places of the parts that commas, dashes and points part."""
    ends = [*((m.start(), m.end()) for m in _PARTS.finditer(body)), (len(body), len(body))]
    starts = [0, *(end for _, end in ends)]
    return [(first, last) for first, (last, _) in zip(starts, ends, strict=False) if body[first:last].strip()]


def _title_end(parts: list[str], at: int) -> int:
    """The last part of a title that enumerates: « Haies, mares et bois », « Paris, Grenoble et Lyon face au vélo »."""
    for end in range(at + 1, len(parts)):
        if not (parts[end][:1].islower() or is_commune(parts[at])):
            break
        if _AND.search(parts[end]):
            return end
    return at


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
    heads = following[:1].isupper() and not is_commune(part)
    return heads and len(words) == 1 and len(following.split()) >= MIN_TITLE_WORDS
