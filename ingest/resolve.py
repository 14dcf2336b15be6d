"""Which names are proper enough to be the same thing in several documents.

« La mairie », « le CCAS », a bare first name, « Collège Jean-Moulin », a commune with namesakes are different bodies in
different documents: they get no merge key, and are suggested to a person. A full name, « Mairie de Valbrune » do; the
store merges equal keys without rival (decided.identity). What this is worth is measured: tests/quality/identity.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from graph.gazetteer import named
from graph.text import FUNCTION_WORDS, singular, words
from ontology import lexicon

# An apostrophe separates: « l’Ambresle » holds a proper name behind its article.
_TOKEN = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
_ARTICLES = frozenset({"l", "la", "le", "les"})
# What a place follows: « de Valbrune », « à Montaubray ».
_BEFORE_PLACES = frozenset({"de", "du", "des", "d", "a", "au", "aux", "en", "sur", "sous", "of", "in", "at"})
_DETERMINERS = frozenset({*_ARTICLES, "un", "une", "des", "du", "mon", "ma", "the", "an"})
_TITLES = frozenset(
    {
        "m",
        "mr",
        "mme",
        "mlle",
        "mmes",
        "monsieur",
        "madame",
        "mademoiselle",
        "dr",
        "docteur",
        "me",
        "maitre",
        "mrs",
        "ms",
    }
)
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_TELLING = frozenset({"sous", "sur", "sans", "entre", "vers"})  # « sous-préfecture », « Vivre sans voiture »
_OF_COMMUNE = re.compile(r"^(?:commune|ville|village) (?:de |d )(?:la |le |les |l )?")


def merge_key(kind: str, name: str, language: str = "fr") -> str:
    """The key under which a name is one thing across documents, or "" where it may not be merged by itself.

    >>> merge_key("organisation", "la mairie"), merge_key("organisation", "Mairie de Valbrune")
    ('', 'mairie valbrune')
    >>> merge_key("organisation", "Mission locale de l’Ambresle"), merge_key("organisation", "Agence de l’eau")
    ('mission locale ambresle', '')
    >>> merge_key("person", "Camille"), merge_key("person", "ESTÈVE Camille"), merge_key("person", "Jean Martin")
    ('', 'camille esteve', '')
    >>> merge_key("territory", "Villeneuve"), merge_key("territory", "Le Mans")
    ('', 'mans')
    """
    make = {"person": _person, "organisation": _organisation, "territory": _territory}.get(kind)
    return make(name, language) if make else ""


def _person(name: str, _: str) -> str:
    """First names, then the surname, where both are there and not borne by thousands."""
    tokens = _TOKEN.findall(name)
    while tokens and "".join(words(tokens[0])) in _TITLES:
        tokens = tokens[1:]
    if not tokens or words(tokens[0])[:1] in ([w] for w in _DETERMINERS):
        return ""
    if sum(token[:1].isupper() for token in tokens) < 2:
        return ""
    found = [word for token in _given_first(tokens, ", " in name) for word in words(token)]
    first, last = _common()
    if len(found) < 2 or (found[0] in first and found[-1] in last) or (found[-1] in first and found[0] in last):
        return ""
    return " ".join(found)  # every word counts: « Lucas » is not « Luca », « Du Bois » not « Bois »


def _given_first(tokens: Sequence[str], comma: bool) -> list[str]:
    """« NOM Prénom » and « Nom, Prénom » as « Prénom Nom »; what does not say which is which stays as it is."""
    if comma and len(tokens) == 2:
        return [tokens[1], tokens[0]]
    capitals = [len(token) > 1 and token.isupper() for token in tokens]
    surname = next((n for n, is_capital in enumerate(capitals) if not is_capital), len(tokens))
    return [*tokens[surname:], *tokens[:surname]] if 0 < surname < len(tokens) else list(tokens)


def _territory(name: str, language: str) -> str:
    tokens = _TOKEN.findall(name)
    if not _proper(tokens, language):
        return ""
    text = _OF_COMMUNE.sub("", _shortened(_spelled(name), language))
    parts = text.split()
    while len(parts) > 1 and parts[0] in _ARTICLES:
        parts = parts[1:]
    return "" if _has_namesakes(" ".join(parts)) else " ".join(parts)


def _organisation(name: str, language: str) -> str:
    """A name that says where, or one of several words that are nobody else's."""
    tokens = _TOKEN.findall(name)
    proper = _proper(tokens, language)
    if not proper:
        return ""
    where = _place_at(tokens, proper)
    if where:
        place = " ".join(words(" ".join(tokens[where:])))
        if _has_namesakes(place):
            return ""
    elif len([w for n in proper for w in words(tokens[n])]) < 2 or any(
        word in _generic(language) for token in tokens for word in words(token)
    ):
        return ""  # « Collège Jean-Moulin », « Association Le Tremplin »: there is one in every town
    generic = _generic(language)
    kept = [w for w in _shortened(_spelled(name), language).split() if w not in FUNCTION_WORDS - _TELLING]
    # A proper word keeps its plural: « Tours » is not « La Tour ».
    return " ".join(singular(w) if w in generic else w for w in kept)


def _proper(tokens: Sequence[str], language: str) -> list[int]:
    """The places of the tokens that are proper names: a capital, and no word that names a sort of thing.

    Alone, an acronym of a few letters may be anybody's.
    """
    generic = _generic(language)
    found = []
    for n, token in enumerate(tokens):
        parts = [w for w in words(token) if w not in FUNCTION_WORDS]
        if token[:1].isupper() and parts and not all(w in generic for w in parts):
            found.append(n)
    bare = len(tokens) == 1 and len(tokens[0]) <= 6 and tokens[0].isupper()
    return [] if bare else found


def _place_at(tokens: Sequence[str], proper: Sequence[int]) -> int:
    """Where the proper name begins that says where a body is, or 0."""
    for n in proper:
        before = n - 1
        while before > 0 and tokens[before].lower() in _ARTICLES:
            before -= 1
        if before > 0 and words(tokens[before])[:1] and words(tokens[before])[0] in _BEFORE_PLACES:
            return n
    return 0


def _has_namesakes(place: str) -> bool:
    return len(named(place, "commune")) > 1


def _spelled(name: str) -> str:
    return " ".join(_SAINTS.get(w, w) for w in words(name))


def _shortened(text: str, language: str) -> str:
    """A spelled name with the body called in short: « centre communal d action sociale » is « ccas »."""
    for long, short in _short(language).items():
        if text == long or text.startswith(long + " "):
            return short + text[len(long) :]
    return text


@cache
def _generic(language: str) -> frozenset[str]:
    """Folded words that name a sort of body or place, or that many bear, never one of them."""
    listed = lexicon(language, "generic_names")
    entries = (*listed.get("words", ()), *listed.get("common", ()))
    return frozenset(w for entry in entries for w in words(entry))


@cache
def _short(language: str) -> Mapping[str, str]:
    return dict(lexicon(language, "generic_names").get("short", {}))


@cache
def _common() -> tuple[frozenset[str], frozenset[str]]:
    """First names and surnames that so many people bear that both together are nobody's."""
    listed = lexicon("fr", "common_names")
    return frozenset(listed["first"].split()), frozenset(listed["last"].split())
