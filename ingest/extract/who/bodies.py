"""Organisations in plain prose: head nouns with what names them, known acronyms, definitions « Nom long (ABC) »."""

from __future__ import annotations

import re

from graph.text import FUNCTION_WORDS, fold
from ingest.extract.facts.dates import MONTH_NUMBER
from ingest.extract.said.wording import is_infinitive
from ingest.extract.who import territories
from ingest.extract.who.bodies_en import english_at
from ingest.extract.who.body_words import (
    Body,
    adjectives,
    heads,
    institution_end,
    is_acronym,
    is_shouting,
    made,
    opening_words,
)
from ingest.extract.who.groupings import grouping_end
from ingest.extract.who.name_words import is_first_name
from ingest.extract.who.named import calendar
from ingest.extract.who.own_names import closed_end, own_name_end
from ingest.extract.who.wordlists import phrases
from ingest.extract.who.words import Word, joined, words_of

MAX_BODY_WORDS = 14
_QUOTE_AFTER = re.compile(r"\s*(?:«\s?[^»]{2,60}?\s?»|“[^”]{2,60}”|\"[^\"]{2,60}\")")
_DEFINED = re.compile(r"\s*\(\s*([A-ZÀ-Ý][\w&'’.-]{1,11}(?: \d{2})?)\s*[,)]")
# After « le réseau des lieux », « le club des assistantes »: an adjective that goes with the plural before it.
_PLURAL_ADJECTIVE = re.compile(
    r"(?:ques|aires|elles|ales|aux|ives|ifs|ides|aises|iens|iennes|euses|antes|ibles|ables)$"
)
_OF = {"de", "du", "des", "d"}
_INTO = {"a", "au", "aux", "pour", "en", "sur", "sans", "chez", "contre"}
_ARTICLES = {"la", "le", "les", "l"}
# « La Fabrique des transitions »: with a capital inside a sentence and a complement, these name one body.
_DISTINCTIVE = frozenset(
    "fabrique labo fondation ligue institut maison collectif cooperative alliance confederation mouvement federation "
    "union association comite regie agence office syndicat observatoire conservatoire reseau chambre caisse amicale "
    "banque groupement".split()
)
# Bodies that bear the name of their topic: « commission Démocratie locale », « commission Vie du lieu ».
_OF_TOPICS = frozenset({"commission", "sous-commission"})
_CIRCLES = frozenset("collectif comite amicale syndicat club federation confrerie association".split())


def bodies_in(label: str, language: str) -> list[Body]:
    """The organisations of a label, in order, none overlapping."""
    words, found, index = words_of(label), [], 0
    shouting = is_shouting(label)
    find = _french_at if language != "en" else english_at
    openings = opening_words("fr") if language != "en" else frozenset()
    while index < len(words):
        if not (words[index].capital or words[index].folded in openings):
            index += 1
            continue
        body, after = find(label, words, index, shouting)
        if body:
            found.append(_with_acronym(label, body))
        index = max(after, index + 1)
    return found


def _with_acronym(label: str, body: Body) -> Body:
    defined = _DEFINED.match(label, body.last)
    if not defined or not _could_abbreviate(defined.group(1), body.name):
        return body
    return Body(body.name, body.first, body.last, defined.group(1), body.named, body.head)


def _could_abbreviate(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym come in order in the name, the first at its beginning."""
    letters = [c for c in fold(acronym) if c.isalpha()]
    capitals = sum(c.isupper() for c in acronym)
    words = [w.folded for w in words_of(name) if w.folded not in FUNCTION_WORDS]
    if not words or not letters or capitals < 2 or letters[0] not in {w[0] for w in words[:2]}:
        return False
    rest = iter("".join(words))
    return all(c in rest for c in letters)


def _before_day(words: tuple[Word, ...], base: int, end: int) -> int:
    """« conseil d'administration du lundi 3 mai » ends before its day; « Club du lundi » has it in its name."""
    if end >= len(words) or not words[end].text[0].isdigit() or words[end - 1].folded not in calendar("fr"):
        return end
    end -= 1
    while end > base and words[end - 1].folded in _OF | _ARTICLES:
        end -= 1
    return max(end, base)


def _french_at(label: str, words: tuple[Word, ...], at: int, shouting: bool) -> tuple[Body | None, int]:
    word = words[at]
    own = max(own_name_end(label, words, at), at if shouting else closed_end(label, words, at))
    own = max(own, grouping_end(label, words, at))
    if own > at:
        return made(label, words, at, own, named=True), own
    if is_acronym(word, "fr", shouting):
        end = _extended(label, words, at, at + 1)[0]
        return made(label, words, at, end, named=True), end
    base = institution_end(label, words, at, "fr")
    known = base > at and _determined(label, words, at, base)
    base = base if known else at
    if (
        not known
        and not _charged_with(words, at)
        and word.folded in heads("fr")
        and not (word.upper and (shouting or at + 1 >= len(words) or not words[at + 1].text[0].isdigit()))
    ):
        base = at + 1
    if base == at or shouting:
        return (made(label, words, at, base, named=False), base) if known else (None, at + 1)
    end, named = _extended(label, words, at, base)
    end = _before_day(words, base, end)
    if not named and not known:
        defined = _DEFINED.match(label, words[end - 1].end)
        body = made(label, words, at, end, named=False)
        lone = (
            word.capital
            and at > 0
            and end > base
            and words[at - 1].folded in {"la", "le", "l", "the", "du", "au"}
            and word.folded in _DISTINCTIVE
        )
        return (
            (body, end)
            if lone or _circle(label, words, at, end) or (defined and _could_abbreviate(defined.group(1), body.name))
            else (None, at + 1)
        )
    if not known and not _worth(words, at, end):
        return None, at + 1
    return made(label, words, at, end, named=named), end


def _circle(label: str, words: tuple[Word, ...], at: int, end: int) -> bool:
    """« le collectif des jardiniers », « du comité de jumelage »: a circle of people by its complement."""
    definite = (
        at > 0
        and words[at - 1].folded in {"le", "la", "l", "du", "au", "notre"}
        and words[at - 1].end <= words[at].start
    )
    return (
        definite
        and words[at].folded in _CIRCLES
        and end - at > 2
        and words[at + 1].folded == "des"
        and joined(label, words[at - 1], words[at])
    )


def _charged_with(words: tuple[Word, ...], at: int) -> bool:
    """« chargée de mission à … »: a function, no body."""
    return at > 1 and words[at - 1].folded in {"de", "d"} and words[at - 2].folded.startswith("charge")


def _determined(label: str, words: tuple[Word, ...], at: int, end: int) -> bool:
    """« la mairie », « Mission locale »: an institution in general (« une mairie », « relais mairie ») is no actor."""
    before = words[at - 1].folded if at and joined(label, words[at - 1], words[at]) else ""
    if end - at > 1 and before not in {"un", "une", "des", "les", "chaque", "aucun", "aucune"}:
        return True
    if words[at].folded == "services" and before in {"les", "aux"}:
        return end - at > 1
    if words[at].capital and before not in {"un", "une", "des"}:
        return True
    followed = (
        end < len(words) and words[end].folded in {"de", "du", "des", "d"} and joined(label, words[end - 1], words[end])
    )
    return followed or before in {"la", "le", "l", "du", "au", "a", "the"}


def _extended(label: str, words: tuple[Word, ...], at: int, base: int) -> tuple[int, bool]:
    """How far a name goes on from its head, and whether anything proper names it."""
    end, named, common = base, False, 0
    while end < len(words) and end - at < MAX_BODY_WORDS:
        quoted = _QUOTE_AFTER.match(label, words[end - 1].end)
        if quoted and not named:
            while end < len(words) and words[end].start < quoted.end():
                end += 1
            common_head = not words[at].capital and words[at].folded in phrases("fr", "bodies", "common_heads")
            return end, not common_head or any(map(str.isupper, quoted.group()))  # « un fonds « petits projets » »
        word = words[end]
        if not joined(label, words[end - 1], word) and not (named and _linked_by_sign(label, words, end)):
            break
        if (named or words[end - 1].text.isdigit()) and _person_begins(words, end):
            break
        if _proper(word) or (word.text in {"La", "Le", "Les"} and end + 1 < len(words) and _proper(words[end + 1])):
            end, named = end + 1, True
        elif named and end == base + 1 and _goes_on_with_and(label, words, at, end):
            end += 2
        elif (
            (word.folded in adjectives("fr") and word.text != "est" and (not named or words[at].folded in _OF_TOPICS))
            or (common and not named and _PLURAL_ADJECTIVE.search(word.folded))
            or (word.text.isdigit() and len(word.text) == 2 and end == base)
        ):
            end += 1
        else:
            step, proper = _complement(label, words, at, end, named, common)
            if step == end:
                break
            common += not proper
            end, named = step, named or proper
    return end, named


def _linked_by_sign(label: str, words: tuple[Word, ...], at: int) -> bool:
    """« Fil & Co », « Charpennes/Tonkin »: capitals on both sides of a sign are one name."""
    between = label[words[at - 1].end : words[at].start]
    names = words[at].capital and words[at - 1].capital and not words[at].upper
    return names and (between.strip() == "&" or between == "/")


def _goes_on_with_and(label: str, words: tuple[Word, ...], at: int, end: int) -> bool:
    """« association Eau et Prairies », « commission Culture et Sport »: the second no body, person or place."""
    if words[at].folded not in _CIRCLES | _OF_TOPICS or words[end].folded != "et" or end + 1 >= len(words):
        return False
    second = words[end + 1]
    if not _proper(second) or second.upper or second.folded in opening_words("fr") or is_acronym(second, "fr", False):
        return False
    lone = joined(label, words[end], second)
    return lone and not (is_first_name(second.text) or territories.is_commune(second.text))


def _person_begins(words: tuple[Word, ...], at: int) -> bool:
    """« DDT de la Côte-d’Or Florence LAUBIER »: a first name before capitals is no part of a body."""
    following = words[at + 1] if at + 1 < len(words) else None
    return following is not None and following.upper and len(following.text) > 2 and is_first_name(words[at].text)


def _proper(word: Word) -> bool:
    return (
        word.capital
        and not word.initials
        and word.folded not in {"le", "la", "les", "l", "il", "elle", "on", "d", "mme", "m", "dr"}
    )


def _complement(label: str, words: tuple[Word, ...], at: int, end: int, named: bool, common: int) -> tuple[int, bool]:
    """« de la Drôme », « d’agriculture », « pour la Jeunesse »: where a complement ends, whether it is proper."""
    index, link = end, words[end].folded if words[end].text.lower() != "dès" else ""
    if link == "et" and end + 1 < len(words) and words[end + 1].folded in _OF:
        index, link = end + 1, words[end + 1].folded
        if not words[at].capital or _opens_another(label, words, index + 1):
            return end, False
    elif (
        link == "et" and named and words[at].folded == "communaute" and end + 1 < len(words) and _proper(words[end + 1])
    ):
        return end + 2, True
    if link not in _OF | _INTO | _ARTICLES:
        return end, False
    index += 1
    while index < len(words) and words[index].folded in _ARTICLES and joined(label, words[index - 1], words[index]):
        index += 1
    if index >= len(words) or not joined(label, words[index - 1], words[index]):
        return end, False
    word = words[index]
    if _proper(word):
        allowed = link in _OF or (
            words[at].capital and ((link in {"pour", "a", "aux"} and index > end + 1) or link in _ARTICLES)
        )
        place = territories.longest_place(label, words, index, "fr")  # « d’Eure et Loir »
        return (max(index + 1, place), True) if allowed else (end, False)
    topic = words[at].folded in _OF_TOPICS
    lower = link in _OF and (topic or not named) and common < 2 and word.text.isalpha() and len(word.text) > 2
    lower = lower and not (index == end + 1 and is_infinitive(word.folded))  # « demande au CCAS de saisir … »
    lower = lower and word.folded not in MONTH_NUMBER  # « le conseil communautaire de septembre »
    return (index + 1, False) if lower else (end, False)


def _opens_another(label: str, words: tuple[Word, ...], at: int) -> bool:
    """« la Région X et du Syndicat … »: the complement that follows is a body of its own."""
    while at < len(words) and words[at].folded in _ARTICLES:
        at += 1
    return at < len(words) and words[at].capital and words[at].folded in heads("fr")


def _worth(words: tuple[Word, ...], at: int, end: int) -> bool:
    """A common head in lower case needs a name that is no place and no person (« centre de Guéret » is no body)."""
    head = words[at]
    if (
        head.folded in {"commune", "village", "pays", "ville", "region", "departement", "metropole"}
        and not head.capital
    ):
        return False
    if head.capital or head.folded not in phrases("fr", "bodies", "common_heads"):
        return True
    proper = [w for w in words[at + 1 : end] if w.capital]
    name = " ".join(w.text for w in proper)
    return not (
        territories.is_commune(name) or territories.is_area(name) or is_first_name(proper[0].text if proper else "x")
    )
