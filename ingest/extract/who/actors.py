"""Persons and territories named in plain prose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.text import fold
from ingest.extract.who import territories
from ingest.extract.who.body_words import acronyms, adjectives, heads, is_shouting
from ingest.extract.who.entries import is_function
from ingest.extract.who.names import PersonName, function_words, is_first_name, is_title, person_at
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, joined, words_of

_PLACE_LINKS = {
    "fr": frozenset("a de d du des sur vers en entre depuis dans pour pres et ou au aux".split()),
    "en": frozenset("in at from near to of across around for and or between outside towards".split()),
}
_UNKNOWN_LINKS = {"fr": {"a"}, "en": {"in", "at", "near", "from"}}
_ARTICLES = frozenset({"le", "la", "l", "les", "the"})
_STREETS = frozenset(
    "rd road street st lane close avenue ave drive way crescent grove terrace gardens court hill green".split()
)
_OF = frozenset({"de", "du", "des", "d"})
# « école primaire Jules X », « salle polyvalente Jean Y »: what may stand between the kind of place and its name.
_OF_SCHOOLS = frozenset(
    "primaire elementaire maternelle polyvalente polyvalent municipale municipal des fetes omnisports".split()
)
_BARE_HEADS = frozenset({"commune", "village", "ville", "bourg", "hameau", "departement", "region"})
_BARE_BEFORE_PLACES = frozenset({"territoire", "metropole", "agglomeration", "bassin", "cite", "ile"})
_ONLY_BEFORE_PLACES = frozenset(
    {
        "territoire",
        "metropole",
        "agglomeration",
        "cite",
        "plateau",
        "littoral",
        "terroir",
        "intercommunalite",
        "lotissement",
    }
)
# « les élus de X », « le maire de X »: what belongs to a place.
_PLACE_OWNERS = frozenset(
    "maire maires elus habitants habitantes bourg centre-bourg village jeunes gare marche ecoles "
    "residents people villagers village town hamlet parish".split()
)
# Countries and the like are the background of every text, not actors of one.
_BACKGROUND = frozenset({"france", "europe", "union europeenne"})


@dataclass(frozen=True, slots=True)
class Named:
    """A person or territory at label[first:last]."""

    name: str
    first: int
    last: int
    confidence: float


@cache
def _calendar(language: str) -> frozenset[str]:
    return single_words(language, "people", "calendar")


def persons_in(
    label: str, language: str, taken: list[tuple[int, int]], parse: Any = None
) -> list[tuple[Named, PersonName]]:
    """Names proven by a title, a first name or an initial, outside the spans already taken."""
    words, found, index = words_of(label), [], 0
    shouting = is_shouting(label)
    while index < len(words):
        word = words[index]
        if shouting or not word.capital or _inside(word.start, taken) or _after_landmark(words, index, language):
            index += 1
            continue
        name = person_at(label, words, index, language) or _acting(label, words, index, language)
        if name is None or not _holds(label, words, name, language):
            index += 1
            continue
        last = words[name.end - 1].end
        found.append(
            (
                Named(
                    name.display,
                    words[name.begin].start,
                    last,
                    0.9 if name.title or is_first_name(name.first) else 0.75,
                ),
                name,
            )
        )
        index = name.end
    return found + _parsed_persons(label, parse, taken + [(n.first, n.last) for n, _ in found], language)


def _acting(label: str, words: tuple[Word, ...], at: int, language: str) -> PersonName | None:
    """« Margery Holt (Friends of …) offered »: two unknown capitalised words that speak or stand before a bracket."""
    name = person_at(label, words, at, language, listed=True)
    if name is None or not name.last or name.end - name.begin != 2 or any(w.upper for w in words[at : name.end]):
        return None
    places = {w.folded for w in words[at : name.end]} & (heads(language) | acronyms(language))
    if places or territories.longest_place(label, words, at, language) > at:
        return None
    verb = (
        words[name.end].folded if name.end < len(words) and joined(label, words[name.end - 1], words[name.end]) else ""
    )
    speaks = verb in single_words(language, "people", "reporting", "verbs")
    return name if speaks or _bracket_of_person(label, words[name.end - 1].end, language) else None


def _bracket_of_person(label: str, at: int, language: str) -> bool:
    """« Margery Holt (treasurer) », « … (Friends of X) »: a bracket that says what somebody does, or is of.

    In French two capitalised words before a bracket are as often a place or a venture: only a function proves a person.
    """
    bracket = re.match(r"\s?\(([^()]{2,120})\)", label[at : at + 130])
    return bracket is not None and (language == "en" or is_function(bracket.group(1), language))


def _holds(label: str, words: tuple[Word, ...], name: PersonName, language: str) -> bool:
    """No name where a place or body is spelled: « Claire-Fontaine », « Martin Luther King » after « rue »."""
    own = [w for w in words[name.begin : name.end] if not is_title(w, language)]
    if not own or (not name.last and not name.title):
        return False
    if not name.first and all(w.folded in function_words(language) | _ARTICLES for w in own):
        return False  # « Monsieur le Maire »: a function, whose holder is not named
    if language == "en" and own[-1].folded in _STREETS and len(own) > 1:
        return False
    text = label[own[0].start : own[-1].end]
    if (
        territories.is_area(text, language)
        or territories.looks_like_place(text)
        or (territories.is_commune(text) and not name.title)
    ):
        return False
    if any(w.folded in heads(language) for w in own[1:]) or (own[-1].folded in acronyms(language) and own[-1].upper):
        return False
    return not (own[0].initials and len(own) > 1 and own[1].folded in _calendar(language))


def _after_landmark(words: tuple[Word, ...], index: int, language: str) -> bool:
    """« rue Jean Macé », « salle des fêtes Paul Bert », « collège Marie Curie »"""
    for back in (1, 2, 3):
        if index >= back:
            before = words[index - back]
            between = words[index - back + 1 : index]
            if before.folded in territories.heads(language, "landmark") and (
                back == 1 or all(w.folded in _OF | _ARTICLES | adjectives("fr") | _OF_SCHOOLS for w in between)
            ):
                return True
            if all(w.folded in adjectives("fr") | _OF_SCHOOLS for w in between) and before.folded in {
                "college",
                "lycee",
                "ecole",
                "fondation",
                "hopital",
                "clinique",
                "universite",
                "theatre",
                "institut",
                "mediatheque",
                "maison",
                "centre",
                "foyer",
                "groupe",
            }:
                return True
    return False


def _parsed_persons(
    label: str, parse: Any, taken: list[tuple[int, int]], language: str
) -> list[tuple[Named, PersonName]]:
    """spaCy's persons of two capitalised words and more, one signal among others: none that a body explains."""
    out = []
    for ent in getattr(parse, "ents", ()):
        if ent.label_ != "PER" or _inside(ent.start_char, taken):
            continue
        own = words_of(ent.text)
        if not 2 <= len(own) <= 3 or not all(
            w.capital and not w.upper and len(w.text) > 2 and w.text.isalpha() for w in own
        ):
            continue
        plain = {w.folded for w in own}
        if plain & (
            heads(language) | acronyms(language) | single_words(language, "people", "functions", "heads")
        ) or territories.is_commune(ent.text):
            continue
        name = PersonName(0, len(own), own[0].text, " ".join(w.text for w in own[1:]), "", sure=False)
        before = words_of(label[max(0, ent.start_char - 40) : ent.start_char])
        if is_first_name(own[0].text) and not _after_landmark((*before, own[0]), len(before), language):
            out.append((Named(ent.text, ent.start_char, ent.end_char, 0.6), name))
    return out


def territories_in(label: str, language: str, taken: list[tuple[int, int]], parse: Any = None) -> list[Named]:
    """Places by the lists, by shape, by the words before them, outside the spans already taken."""
    words, index = words_of(label), 0
    found: list[Named] = []
    shouting = is_shouting(label)
    places = {e.start_char for e in getattr(parse, "ents", ()) if e.label_ == "LOC"}
    while index < len(words):
        word = words[index]
        if _inside(word.start, taken):
            index += 1
            continue
        named, end = _headed(label, words, index, language, taken)
        if named is None and word.capital:
            named, end = _place_at(label, words, index, language, shouting, word.start in places, found)
        if named:
            found.append(named)
        index = max(end, index + 1)
    return found


def _headed(
    label: str, words: tuple[Word, ...], at: int, language: str, taken: list[tuple[int, int]]
) -> tuple[Named | None, int]:
    """« quartier des Tilleuls », « pays de Redon », « commune de X » (which is X)"""
    if language == "en" or words[at].folded not in territories.heads(language, "territory") or words[at].upper:
        return None, at
    end = at + 1
    while (
        end < len(words)
        and words[end].folded in {"de", "du", "des", "d", "la", "le", "l", "les"}
        and joined(label, words[end - 1], words[end])
    ):
        end += 1
    start = end
    while end < len(words) and words[end].capital and joined(label, words[end - 1], words[end]) and end - start < 5:
        end += 1
        if (
            end + 1 < len(words)
            and words[end].folded in {"de", "du", "des", "d", "la", "et"}
            and words[end + 1].capital
            and words[end].folded != "et"
        ):
            end += 1
    if end == start or (words[start].upper and len(words[start].text) < 6) or _inside(words[start].start, taken):
        return None, at
    place = territories.longest_place(label, words, start, language)
    kind = words[at].folded.rstrip("s")
    bare = kind in _BARE_HEADS or (kind in _BARE_BEFORE_PLACES and place > start)
    if kind in _ONLY_BEFORE_PLACES and place == start:
        return None, at
    if bare and place > start:
        end = place
    first = words[start].start if bare else words[at].start
    return Named(" ".join(label[first : words[end - 1].end].split()), first, words[end - 1].end, 0.8), end


def _place_at(
    label: str, words: tuple[Word, ...], at: int, language: str, shouting: bool, located: bool, found: list[Named]
) -> tuple[Named | None, int]:
    word = words[at]
    before = words[at - 1] if at else None
    link = before.folded if before and joined(label, before, word) else ""
    if _after_landmark(words, at, language) or is_title(word, language) or word.folded in _calendar(language):
        return None, at + 1
    end = territories.longest_place(label, words, at, language)
    if end > at:
        text = label[word.start : words[end - 1].end]
        if _known_holds(label, words, at, end, link, language, shouting, located, found):
            return Named(" ".join(text.split()), word.start, words[end - 1].end, 0.85), end
        return None, end
    if territories.looks_like_place(word.text) and (link in _PLACE_LINKS.get(language, frozenset()) or located):
        return Named(word.text, word.start, word.end, 0.75), at + 1
    if (not link and _in_enumeration(label, words, at, at + 1, found)) or _after_place(label, words, at, link, found):
        link = next(iter(_UNKNOWN_LINKS.get(language, {"a"})))
    return _unknown_place(label, words, at, link, language, shouting)


def _after_place(label: str, words: tuple[Word, ...], at: int, link: str, found: list[Named]) -> bool:
    """« à X et Y », « of X and Y », « entre X et Y »: the second of two, the first being a place."""
    if link in {"et", "and", "ou", "or"}:
        return bool(found) and found[-1].last == words[at - 2].end if at > 1 else False
    return link == "entre" and any(w.folded == "et" for w in words[at : at + 4])


def _known_holds(
    label: str,
    words: tuple[Word, ...],
    at: int,
    end: int,
    link: str,
    language: str,
    shouting: bool,
    located: bool,
    found: list[Named],
) -> bool:
    """Whether a name of the lists is meant as a place here."""
    text = label[words[at].start : words[end - 1].end]
    linked = link in _PLACE_LINKS.get(language, frozenset())
    longer = end < len(words) and joined(label, words[end - 1], words[end]) and words[end].capital and not shouting
    area = territories.is_area(text, language)
    if fold(text) in _BACKGROUND or (longer and not area):
        return False
    if territories.is_ambiguous(text, language):
        after_place = link == "et" and bool(found) and found[-1].last >= words[at - 1].start - 2
        return after_place or _led(words, at, link, area=area, shouting=shouting)
    if area or territories.is_large(text):
        return not shouting or linked or len(text) > 5
    if shouting:
        return linked and ("-" in text or link == "a")
    hyphened = "-" in text and len(text) > 8
    return hyphened or linked or located or _in_enumeration(label, words, at, end, found)


def _led(words: tuple[Word, ...], at: int, link: str, *, area: bool, shouting: bool) -> bool:
    """« en X », « à X », and for areas « dans le X »: what makes a place of a name that is also a common word."""
    dans_le = at >= 2 and words[at - 1].folded in {"le", "la", "l"} and words[at - 2].folded in {"dans", "de", "sur"}
    return (link in {"en", "a", "in", "at"} and not (shouting and link == "a")) or (dans_le and area)


def _in_enumeration(label: str, words: tuple[Word, ...], at: int, end: int, found: list[Named]) -> bool:
    """« Guéret, Aubusson et Felletin »; « (Aubusson) »"""
    before = label[: words[at].start].rstrip()
    after = label[words[end - 1].end :].lstrip()
    return bool(found and found[-1].last >= len(before) - 2 and before[-1:] in ",/;") or (
        before[-1:] == "(" and after[:1] == ")"
    )


def _unknown_place(
    label: str, words: tuple[Word, ...], at: int, link: str, language: str, shouting: bool
) -> tuple[Named | None, int]:
    """« à Mérignac-le-Vieux »: a capitalised word that no list knows, right after a word that leads to places."""
    word = words[at]
    if link in {"de", "d", "of"} and at > 1 and words[at - 2].folded in _PLACE_OWNERS and not is_first_name(word.text):
        link = "in" if language == "en" else "a"
    if (
        shouting
        or link not in _UNKNOWN_LINKS.get(language, set()) | ({"en"} if language == "fr" else set())
        or word.upper
        or len(word.text) < 4
    ):
        return None, at + 1
    if (is_first_name(word.text) and "-" not in word.text) or word.folded in heads(language) | acronyms(
        language
    ) | territories.heads(language, "landmark"):
        return None, at + 1
    if link == "en" and ("-" not in word.text or language != "fr"):
        return None, at + 1
    end = at + 1
    while end < len(words) and words[end].capital and joined(label, words[end - 1], words[end]) and end - at < 3:
        end += 1
    if any(w.folded in heads(language) | territories.heads(language, "landmark") or w.upper for w in words[at:end]):
        return None, end
    return Named(label[word.start : words[end - 1].end], word.start, words[end - 1].end, 0.6), end


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)


def generic_heads(language: str) -> frozenset[str]:
    """Bodies that go by their article alone (« la préfecture »)."""
    return frozenset(fold(g) for g in phrases(language, "bodies", "generic"))
