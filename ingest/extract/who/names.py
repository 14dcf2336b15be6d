"""Names of persons: where one begins in a run of words, how far it goes, and how it is displayed (« Prénom Nom »)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from graph.text import fold
from ingest.extract.who.noun_forms import noun_forms
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, gap, joined, words_of

MAX_SURNAME_WORDS = 3
_TITLE_AS_WRITTEN = {
    "m": {"M", "M."},
    "me": {"Me"},
    "pr": {"Pr"},
    "mr": {"Mr", "MR"},
    "dr": {"Dr", "DR"},
    "fr": {"Fr"},
    "sir": {"Sir"},
}
_OPENING_PARTICLE = re.compile(r"^(?:De La |De |Du |Des |D['’])(?=\S)")
_OF_A_BODY = frozenset({"des", "du", "aux"})  # « Foncière des Possibles »: no name that is not known has one
_CASE_PARTS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PersonName:
    """`words` from `begin` to `end` (exclusive); `sure` where a title, a known first name or an initial says so."""

    begin: int
    end: int
    first: str
    last: str
    title: str
    sure: bool

    @property
    def display(self) -> str:
        return " ".join(x for x in (self.first, self.last) if x)


@cache
def first_names() -> frozenset[str]:
    return single_words("fr", "first_names", "names") | single_words("en", "first_names", "names")


@cache
def _titles(language: str) -> frozenset[str]:
    return single_words(language, "people", "titles")


@cache
def _particles(language: str) -> frozenset[str]:
    return frozenset(p.rstrip("'") for p in single_words(language, "people", "particles"))


@cache
def _not_a_surname(language: str) -> frozenset[str]:
    """Capitalised words that end a name: heads of bodies, titles, function words."""
    heads = phrases(language, "bodies", "heads") | phrases(language, "places", "heads", "territory")
    small = set("le la les un une et ou the and of pour dans avec sur en a q r".split())
    return frozenset(h for h in heads if " " not in h) | _titles(language) | small


def is_first_name(text: str) -> bool:
    """Whether every part of a word is a known first name (« Jean-Pacôme » may have one unknown part).

    >>> is_first_name("Marie-Claire"), is_first_name("Mairie")
    (True, False)
    """
    parts = fold(text).split("-")
    known = [p in first_names() for p in parts]
    return all(known) or (len(parts) == 2 and known[0] and len(parts[1]) > 2)


def proper_case(text: str) -> str:
    """Capitals brought to a name's usual case; mixed case is left as written.

    >>> proper_case("DUPONT-MAÎTRE"), proper_case("d'ORNANO"), proper_case("Le Goff")
    ('Dupont-Maître', "d'Ornano", 'Le Goff')
    """
    cased = _CASE_PARTS.sub(
        lambda m: m.group().capitalize() if m.group().isupper() and len(m.group()) > 1 else m.group(), text
    )
    return _OPENING_PARTICLE.sub(lambda m: m.group().lower(), cased) if text.isupper() else cased


def untitled(text: str, language: str) -> str:
    """A name as written, without the titles before it: « Mme DUPONT Claire » is « DUPONT Claire »."""
    words = words_of(text)
    bare = next((w for w in words if not is_title(w, language)), None)
    return text[bare.start :] if bare else text


def is_title(word: Word, language: str) -> bool:
    key = word.folded.rstrip(".")
    if key not in _titles(language):
        return False
    as_written = _TITLE_AS_WRITTEN.get(key)
    return word.text in as_written if as_written else word.text[:1].isupper() or len(key) > 3


def person_at(
    label: str, words: tuple[Word, ...], at: int, language: str, *, listed: bool = False
) -> PersonName | None:
    """The name that begins at word `at`, or None. `listed`: names are expected here, so that less proof is asked."""
    begin, title, index = at, "", at
    while index < len(words) and is_title(words[index], language) and index - at < 3:
        title = title or words[index].text.rstrip(".")
        index += 1
        if index < len(words) and not _close(label, words[index - 1], words[index], dot=True):
            return None
    if index >= len(words):
        return None
    return (
        _surname_then_initials(label, words, begin, index, title, language)
        or _surname_first(label, words, begin, index, title, listed)
        or _first_then_surname(label, words, begin, index, title, language, listed)
        or _titled(label, words, begin, index, title, language)
        or (_unknown(label, words, begin, index, language) if listed else None)
    )


def _close(label: str, left: Word, right: Word, *, dot: bool = False) -> bool:
    between = gap(label, left, right).strip()
    return not between or (dot and between == ".")


def _surname_first(
    label: str, words: tuple[Word, ...], begin: int, at: int, title: str, listed: bool
) -> PersonName | None:
    """« DUPONT Claire », « LE GALL Anne-Marie »: capitals, then a first name that is not all capitals."""
    end = at
    while end < len(words) and end - at < MAX_SURNAME_WORDS and _capitals(words[end]):
        end += 1
        if end < len(words) and not joined(label, words[end - 1], words[end]):
            return None
    if end == at or end >= len(words):
        return None
    first = words[end]
    alone = end + 1 == len(words) or not joined(label, first, words[end + 1])
    known = (
        first.capital
        and not first.upper
        and (is_first_name(first.text) or (listed and alone and not _acronym(words[at])))
    )
    if not known or sum(len(w.text) for w in words[at:end]) < 3:
        return None
    return PersonName(begin, end + 1, first.text, _surname(label, words, at, end), title, sure=True)


def _surname_then_initials(
    label: str, words: tuple[Word, ...], begin: int, at: int, title: str, language: str
) -> PersonName | None:
    """« DUPONT C. », « LE GALL J.P. », « ROUX-DURAND M.-C. »: capitals, then initials with their dot."""
    last = _surname_end(label, words, at, language) if words[at].upper else at
    end = last
    while end < len(words) and _is_initial(words[end]) and _after_initial(label, words, end):
        end += 1
    dotted = words[end - 1].initials or "." in (label + " ")[words[last - 1].end : words[end - 1].end + 1]
    if last in (at, end) or not dotted or _acronym(words[at]):
        return None
    first = "".join(f"{w.text.rstrip('.')}." for w in words[last:end])
    return PersonName(begin, end, first, _surname(label, words, at, last), title, sure=True)


def _is_initial(word: Word) -> bool:
    return word.initials or (len(word.text) == 1 and word.capital)


def _after_initial(label: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a lone letter stands right after a surname or another initial."""
    return gap(label, words[at - 1], words[at]).strip() in {"", ".", ".-", "-"}


def _first_then_surname(
    label: str, words: tuple[Word, ...], begin: int, at: int, title: str, language: str, listed: bool
) -> PersonName | None:
    """« Claire Dupont », « C. DUPONT », « Jean Paul Le Goff »; in a list a first name may stand alone."""
    end = at
    while end < len(words) and end - at < 3 and _opens(words[end], end > at):
        end += 1
        if end < len(words) and not joined(label, words[end - 1], words[end]):
            break
    if end == at:
        return None
    close = end < len(words) and joined(label, words[end - 1], words[end])
    last = _surname_end(label, words, end, language) if close else end
    if last == end and end - at > 1 and not words[end - 1].initials:  # « Claire Martin »: both are first names
        end, last = end - 1, end
    if last == end:
        alone = listed and not words[at].initials and end - at == 1 and len(words[at].text) > 1
        return PersonName(begin, end, proper_case(words[at].text), "", title, sure=True) if alone else None
    first = proper_case(label[words[at].start : words[end - 1].end])
    return PersonName(begin, last, first, _surname(label, words, end, last), title, sure=True)


def _titled(label: str, words: tuple[Word, ...], begin: int, at: int, title: str, language: str) -> PersonName | None:
    """« Mme Courtaud », « M. DE LA TOUR », « Dr Priya Nandakumar » where the first name is not known."""
    if not title:
        return None
    end = _surname_end(label, words, at, language, most=MAX_SURNAME_WORDS + 1)
    if end == at or all(w.folded in _functions(language) | _particles(language) for w in words[at:end]):
        return None  # « M. le Maire »
    return PersonName(begin, end, "", _surname(label, words, at, end), title, sure=True)


def surname_at(label: str, words: tuple[Word, ...], at: int, language: str) -> PersonName | None:
    """The surname in capitals that begins at word `at`, where the words before say that it is one."""
    elided = words[at].folded in _particles(language) and at + 1 < len(words) and words[at + 1].upper  # « N’DIAYE »
    end = _surname_end(label, words, at, language, most=MAX_SURNAME_WORDS) if words[at].upper or elided else at
    return PersonName(at, end, "", _surname(label, words, at, end), "", sure=True) if end > at else None


def _unknown(label: str, words: tuple[Word, ...], begin: int, at: int, language: str) -> PersonName | None:
    """In a list only: two to four capitalised words, none of which is of a body or place."""
    word = words[at]
    if (
        not word.capital
        or word.upper
        or len(word.text) < 3
        or word.folded in _not_a_surname(language) | _functions(language)
    ):
        return None
    if at + 1 >= len(words) or not joined(label, words[at], words[at + 1]):
        return None
    end = _surname_end(label, words, at + 1, language)
    if end == at + 1 or words[at + 1].text in _OF_A_BODY:
        return None
    return PersonName(begin, end, words[at].text, _surname(label, words, at + 1, end), "", sure=False)


def _opens(word: Word, follows: bool) -> bool:
    if word.initials:
        return True
    if word.upper and follows:
        return False  # « Claire DUPONT »: capitals after a first name are the surname
    return word.capital and is_first_name(word.text)


def _capitals(word: Word) -> bool:
    return (
        word.upper and any(c.isalpha() for c in word.text) and not any(c.isdigit() for c in word.text)
    ) or word.text in {"Le", "La", "De"}


def _surname_end(label: str, words: tuple[Word, ...], at: int, language: str, most: int = MAX_SURNAME_WORDS) -> int:
    """The end of the surname that begins at `at`; `at` itself where none does."""
    end, count, index = at, 0, at
    while index < len(words) and count < most:
        word = words[index]
        if index > at and not joined(label, words[index - 1], word):
            break
        if word.folded in _particles(language) and index + 1 < len(words) and words[index + 1].text[:1].isupper():
            index += 1
            continue
        if not _surname_word(word, language) or (count and words[end - 1].upper != word.upper):
            break
        if count and word.folded in _functions(language):
            break
        index += 1
        end, count = index, count + 1
    return end


def _surname_word(word: Word, language: str) -> bool:
    if not word.capital or word.initials or any(c.isdigit() for c in word.text) or word.inclusive:
        return False
    return len(word.text) > 1 and (word.upper or word.folded not in _not_a_surname(language))


def _surname(label: str, words: tuple[Word, ...], begin: int, end: int) -> str:
    return proper_case(" ".join(label[words[begin].start : words[end - 1].end].split()))


@cache
def _functions(language: str) -> frozenset[str]:
    return function_words(language)


def _acronym(word: Word) -> bool:
    return word.folded in single_words("fr", "bodies", "acronyms") | single_words("en", "bodies", "acronyms")


@cache
def function_words(language: str) -> frozenset[str]:
    """First words of functions, with feminine and plural forms."""
    heads = single_words(language, "people", "functions", "heads")
    return frozenset(form for head in heads for form in (noun_forms(head) if language == "fr" else {head, head + "s"}))
