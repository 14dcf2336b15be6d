"""Territories named in plain prose."""

from __future__ import annotations

import re

from graph.text import fold
from ingest.extract.who import territories
from ingest.extract.who.body_words import acronyms, heads, is_shouting
from ingest.extract.who.name_words import function_words, is_first_name, is_title
from ingest.extract.who.named import Named, after_landmark, calendar, inside
from ingest.extract.who.words import Word, joined, words_of
from ingest.parse import Parse

_PLACE_LINKS = {
    "fr": frozenset("a de d du des sur vers en entre depuis dans pour pres et ou au aux".split()),
    "en": frozenset("in at from near to of across around for and or between outside towards".split()),
}
_BETWEEN_COMMAS = re.compile(r"[,;(–]\s?(?P<place>[A-ZÀ-Ý][\w’'-]{3,}(?: [\w’'-]+){0,3})(?=\s*(?:[,;).]|$))")
_UNKNOWN_LINKS = {"fr": {"a"}, "en": {"in", "at", "near", "from"}}
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


def territories_in(label: str, language: str, taken: list[tuple[int, int]], parse: Parse | None = None) -> list[Named]:
    """Places by the lists, by shape, by the words before them, outside the spans already taken."""
    words, index = words_of(label), 0
    found: list[Named] = []
    shouting = is_shouting(label)
    kinds = territories.heads(language, "territory")
    while index < len(words):
        word = words[index]
        if not (word.capital or word.folded in kinds) or inside(word.start, taken):
            index += 1
            continue
        named, end = _headed(label, words, index, language, taken)
        if named is None and word.capital:
            named, end = _place_at(label, words, index, language, shouting, parse, found)
        if named:
            found.append(named)
        index = max(end, index + 1)
    return found


def lone_places(label: str, taken: list[tuple[int, int]]) -> list[Named]:
    """Communes that stand by themselves between the commas of a list: « Anaïs, arboricultrice, Corseul »."""
    alone = ((m["place"], m.start("place"), m.end("place")) for m in _BETWEEN_COMMAS.finditer(label))
    return [
        Named(text, first, last, 0.75)
        for text, first, last in alone
        if territories.is_commune(text)
        and not territories.is_ambiguous(text)
        and not is_first_name(text)
        and not any(a < last and first < b for a, b in taken)
    ]


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
    if end == start or (words[start].upper and len(words[start].text) < 6) or inside(words[start].start, taken):
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
    label: str,
    words: tuple[Word, ...],
    at: int,
    language: str,
    shouting: bool,
    parse: Parse | None,
    found: list[Named],
) -> tuple[Named | None, int]:
    word = words[at]
    before = words[at - 1] if at else None
    link = before.folded if before and joined(label, before, word) else ""
    if after_landmark(words, at, language) or is_title(word, language) or word.folded in calendar(language):
        return None, at + 1
    end = territories.longest_place(label, words, at, language)
    if end > at:
        text = label[word.start : words[end - 1].end]
        if _known_holds(label, words, at, end, link, language, shouting, parse, found):
            return Named(" ".join(text.split()), word.start, words[end - 1].end, 0.85), end
        return None, end
    if territories.looks_like_place(word.text) and (
        link in _PLACE_LINKS.get(language, frozenset()) or _is_seen(parse, word)
    ):
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
    parse: Parse | None,
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
    return hyphened or linked or _in_enumeration(label, words, at, end, found) or _is_seen(parse, words[at])


def _is_seen(parse: Parse | None, word: Word) -> bool:
    """Whether the recogniser sees a place that begins with a word; asked last, since it costs the most."""
    return parse is not None and parse.is_place(word.start)


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
    if (is_first_name(word.text) and "-" not in word.text) or _is_common(word, language):
        return None, at + 1
    if link == "en" and ("-" not in word.text or language != "fr"):
        return None, at + 1
    end = at + 1
    while end < len(words) and words[end].capital and joined(label, words[end - 1], words[end]) and end - at < 3:
        end += 1
    if any(w.upper or _is_kind(w, language) for w in words[at:end]):
        return None, end
    return Named(label[word.start : words[end - 1].end], word.start, words[end - 1].end, 0.6), end


def _is_common(word: Word, language: str) -> bool:
    """No place: an acronym, a kind of body, what somebody is (« (Chair), »)."""
    return word.folded in acronyms(language) | function_words(language) or _is_kind(word, language)


def _is_kind(word: Word, language: str) -> bool:
    """Whether a word says of what kind a body, street or building is."""
    return word.folded in heads(language) or word.folded in territories.heads(language, "landmark")
