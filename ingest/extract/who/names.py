"""Names of persons: where one begins in a run of words, how far it goes, and how it is displayed (« Prénom Nom »)."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.extract.who.name_words import (
    function_words,
    is_acronym_word,
    is_first_name,
    is_title,
    not_a_surname,
    particles,
    proper_case,
    titles,
)
from ingest.extract.who.surnames import MAX_SURNAME_WORDS, surname, surname_end
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import Word, gap, joined

_LETTERED = frozenset("axe lot phase table groupe atelier partie annexe article point niveau zone bloc volet".split())
_ARTICLES = frozenset({"le", "la", "l’", "l'"})
_OF_A_BODY = frozenset({"des", "du", "aux"})  # « Foncière des Possibles »: no name that is not known has one


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
        _surname_then_initials(label, words, begin, index, title, language, listed)
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
    if not alone and not title and _names_another(words, end):
        return None
    known = (
        first.capital
        and not first.upper
        and (is_first_name(first.text) or (listed and alone and not is_acronym_word(words[at])))
    )
    if not known or sum(len(w.text) for w in words[at:end]) < 3:
        return None
    return PersonName(begin, end + 1, first.text, surname(label, words, at, end), title, sure=True)


def _names_another(words: tuple[Word, ...], at: int) -> bool:
    """« DDT Claire DUPONT »: capitals before a first name that has its own surname behind it are no surname."""
    following = words[at + 1]
    own = following.upper and len(following.text) > 2 and not is_acronym_word(following)
    return own and is_first_name(words[at].text) and following.folded not in function_words("fr")


def _surname_then_initials(
    label: str, words: tuple[Word, ...], begin: int, at: int, title: str, language: str, listed: bool
) -> PersonName | None:
    """« DUPONT C. », « LE GALL J.P. », « ROUX-DURAND M.-C. »: capitals, then initials with their dot."""
    if words[at].folded in _LETTERED:
        return None  # « AXE B. »
    last = surname_end(label, words, at, language) if words[at].upper else at
    if listed and last - at > 1 and _glued_initials(label, words, last - 1) and not is_acronym_word(words[at]):
        return PersonName(begin, last, words[last - 1].text, surname(label, words, at, last - 1), title, sure=True)
    end = last
    while end < len(words) and _is_initial(words[end]) and _after_initial(label, words, end):
        end += 1
    ahead = label[words[end - 1].end : words[end - 1].end + 4].lstrip(". ")[:1]
    parted = end > last and ahead in {"", ",", ";", "–", "—", "-", ")", "("}
    dotted = words[end - 1].initials or "." in (label + " ")[words[last - 1].end : words[end - 1].end + 1]
    dotted = dotted or (listed and parted and len(words[at].text) > 3)
    if end < len(words) and words[end].text in _ARTICLES:
        return None  # « AUTORISE M. le Maire »: the letter is a title
    if last in (at, end) or not dotted or (is_acronym_word(words[at]) and not parted):
        return None
    first = "".join(f"{w.text.rstrip('.')}." for w in words[last:end])
    return PersonName(begin, end, first, surname(label, words, at, last), title, sure=True)


def _glued_initials(label: str, words: tuple[Word, ...], at: int) -> bool:
    """« PENAUD JP, », « LEROY MC. »: two capitals that end an entry are the initials of a double first name."""
    word, before = words[at], words[at - 1]
    ends = label[word.end : word.end + 2].strip()[:1] in {"", ".", ",", ";", ")", "("}
    return (
        len(word.text) == 2
        and word.upper
        and ends
        and len(before.text) > 2
        and before.folded not in not_a_surname("fr")
    )


def _is_initial(word: Word) -> bool:
    return word.initials or (len(word.text) == 1 and word.capital)


def _after_initial(label: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a lone letter stands right after a surname or another initial."""
    return gap(label, words[at - 1], words[at]).strip() in {"", ".", ".-", "-"}


def _first_then_surname(
    label: str, words: tuple[Word, ...], begin: int, at: int, title: str, language: str, listed: bool
) -> PersonName | None:
    """« Claire Dupont », « C. DUPONT », « Jean Paul Le Goff »; in a list a first name may stand alone."""
    end = _letters_end(label, words, at) if title else at
    while end < len(words) and end - at < 3 and _opens(words[end], end > at):
        end += 1
        if end < len(words) and not joined(label, words[end - 1], words[end]):
            break
    if end == at:
        return None
    close = end < len(words) and joined(label, words[end - 1], words[end])
    office = close and end - at > 1 and words[end].folded in function_words(language)  # « Janet Taylor Vice Chair »
    last = surname_end(label, words, end, language) if close and not office else end
    if last == end and close and _titled_surname(label, words, end, language):
        last = end + 1
    if last == end and end - at > 1 and not words[end - 1].initials:  # « Claire Martin »: both are first names
        end, last = end - 1, end
    if last == end:
        if (
            close
            and end - at == 1
            and not words[at].initials
            and _is_initial(words[end])
            and label[words[end].end :][:1] == "."
        ):
            return PersonName(begin, end + 1, proper_case(words[at].text), f"{words[end].text}.", title, sure=True)
        alone = listed and not words[at].initials and end - at == 1 and len(words[at].text) > 1
        return PersonName(begin, end, proper_case(words[at].text), "", title, sure=True) if alone else None
    first = proper_case(label[words[at].start : words[end - 1].end])
    return PersonName(begin, last, first, surname(label, words, end, last), title, sure=True)


def _letters_end(label: str, words: tuple[Word, ...], at: int) -> int:
    """« Cllr D Llewell », « Mr C T Sampson »: behind a title, single letters without a dot before a surname."""
    end = at
    while end < len(words) and end - at < 3 and len(words[end].text) == 1 and words[end].capital:
        if end + 1 == len(words) or not joined(label, words[end], words[end + 1]):
            return at
        end += 1
    return end


def _titled_surname(label: str, words: tuple[Word, ...], at: int, language: str) -> bool:
    """« Baptiste Frère, », « Luc MAITRE »: what is a title elsewhere, at the end of a name."""
    word = words[at]
    last = at + 1 == len(words) or not joined(label, word, words[at + 1])
    return word.folded in titles(language) and len(word.text) > 3 and word.capital and last


def _titled(label: str, words: tuple[Word, ...], begin: int, at: int, title: str, language: str) -> PersonName | None:
    """« Mme Courtaud », « M. DE LA TOUR », « Dr Priya Nandakumar » where the first name is not known."""
    if not title:
        return None
    first = words[at].text if _first_before_capitals(label, words, at) else ""  # « Mme Avril DURAND »
    at += bool(first)
    end = surname_end(label, words, at, language, most=MAX_SURNAME_WORDS + 1)
    if end == at or all(_is_small(w, language) for w in words[at:end]):
        return None  # « M. le Maire »
    return PersonName(begin, end, first, surname(label, words, at, end), title, sure=True)


def _first_before_capitals(label: str, words: tuple[Word, ...], at: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else None
    named = words[at].capital and not words[at].upper and len(words[at].text) > 2
    return named and following is not None and following.upper and joined(label, words[at], following)


def _is_small(word: Word, language: str) -> bool:
    return word.folded in function_words(language) or word.folded in particles(language)


def surname_at(
    label: str, words: tuple[Word, ...], at: int, language: str, *, capitals: bool = True
) -> PersonName | None:
    """The surname that begins at word `at`, where the words before say that it is one; `capitals`: they are in them."""
    elided = words[at].folded in particles(language) and at + 1 < len(words) and words[at + 1].upper  # « N’DIAYE »
    opens = (words[at].upper or elided) if capitals else words[at].capital and not words[at].upper
    if not opens or words[at].folded in function_words(language) or words[at].folded in titles(language):
        return None
    end = surname_end(label, words, at, language, most=MAX_SURNAME_WORDS)
    return PersonName(at, end, "", surname(label, words, at, end), "", sure=True) if end > at else None


def _unknown(label: str, words: tuple[Word, ...], begin: int, at: int, language: str) -> PersonName | None:
    """In a list only: two to four capitalised words, none of which is of a body or place."""
    word = words[at]
    if (
        not word.capital
        or word.upper
        or len(word.text) < 3
        or word.folded in not_a_surname(language)
        or word.folded in function_words(language)
        or word.folded in single_words(language, "people", "calendar")
    ):
        return None
    if at + 1 >= len(words) or not joined(label, words[at], words[at + 1]):
        return None
    end = surname_end(label, words, at + 1, language)
    if end == at + 1 or words[at + 1].text in _OF_A_BODY:
        return None
    if language == "en" and any(w.folded in function_words("en") for w in words[at + 1 : end]):
        return None  # « Highways Officer »
    return PersonName(begin, end, words[at].text, surname(label, words, at + 1, end), "", sure=False)


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
