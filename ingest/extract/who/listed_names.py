"""The names of a list of people: where an entry may begin, and which words there are the name of a person."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from graph.text import fold
from ingest.extract.who import territories
from ingest.extract.who.name_words import function_words, is_first_name, is_title
from ingest.extract.who.names import PersonName, person_at, surname_at
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import Word, joined, left_of, right_of

_PLURAL_TITLES = frozenset("mm mrs mmes messieurs mesdames cllrs councillors messrs drs".split())
_ADDRESSES = frozenset("cllr mr mrs ms miss mme mlle madame".split())
MAX_LEAD = 4  # words of a function before the name
_TOKEN = re.compile(r"@?[^\W_][\w.-]*\w")
_PSEUDONYM = re.compile(r"@\w[\w.-]+|(?=\D*[a-zà-ÿ])(?=.*[\d_])[^\W\d][\w-]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SEPARATOR = re.compile(r"[,;:.]")
# « members of the Borough Council of Elmham and West Norfolk »: behind « and » more of the name, nobody.
_OF_A_CIRCLE = re.compile(
    r"\s*(?:(?:les|des|the|\d+) )?(?:members|representatives|residents|tenants|membres|représentante?s|habitante?s"
    r"|élus|élues) (?:of|from|de|du|des|d[’'])",
    re.IGNORECASE,
)
MIN_SHORT = 3  # entries of one word each
MIN_LONE = 2  # first names that stand alone in a list, before an unknown word alone is taken for one more


def listed_names(label: str, words: tuple[Word, ...], language: str) -> list[PersonName]:
    """The names that stand where an entry may begin: at the start, after a separator, after « et »."""
    found: list[PersonName] = []
    index, depth_end = 0, -1
    lone = _lone_first_names(label, words, language)
    among_first_names = lone >= MIN_LONE or (lone > 0 and _only_short(label))
    while index < len(words):
        word = words[index]
        if word.start < depth_end or not _may_begin(label, words, index, bool(found), language):
            index += 1
            continue
        name = person_at(label, words, index, language, listed=True)
        led = function_before(label, words, index, language)
        if name is not None and not name.sure and led < index:
            name = None  # « bailleur Orbe Habitat »
        if name is not None and found and _of_before(label, words, name, found[-1]):
            name = None
        if (name is None or not name.last) and found and fold(found[-1].title) in _PLURAL_TITLES:
            name = _one_more_surname(label, words, index, found[-1]) or name
        if name is None and among_first_names:
            name = _lone_name(label, words, index, language) or _pseudonym(label, words, index)
        if (
            name is None
            or not _ends_well(label, words, name, language)
            or _is_institution(label, words, name, language)
        ):
            index += 1
            continue
        found.append(name)
        index = name.end
        depth_end = _bracket_end(label, words[name.end - 1].end)
    return found


def _of_before(label: str, words: tuple[Word, ...], name: PersonName, before: PersonName) -> bool:
    """Whether what looks like a name belongs to the person before it.

    « Mme GUYON Michelle – Emeraude ID »: among titled names the next has a title; « directrice de BNP Immobilier ».
    """
    if name.title:
        return False
    gap = left_of(label, words[name.begin].start)
    if gap[-1:] in "–—-":
        last = words[name.end - 1]
        return bool(before.title) and not (words[name.begin].upper or (last.upper and len(last.text) > 3))
    if gap[-1:] in ",;.|)":
        return False
    linked = words[name.begin - 1].folded in {"de", "d", "of"}
    if linked and not name.last:
        return True  # « papa de Lou »
    return linked and not is_first_name(name.first.split(" ")[0])


def _one_more_surname(label: str, words: tuple[Word, ...], at: int, before: PersonName) -> PersonName | None:
    """« Mmes DURAND, PETIT et LE GOFF »: what follows a plural title is one surname more, until another title."""
    capitals = words[before.end - 1].upper
    name = surname_at(label, words, at, "fr", capitals=capitals)
    between = label[words[before.end - 1].end : words[at].start].strip()
    alone = is_title(words[before.begin], "fr") and between.endswith(" et")  # « MM. Petit, élu, et Roux »: two at least
    if name is None or not (alone or between in {",", "et", ", et"}):
        return None
    return replace(name, title=before.title)


def _only_short(label: str) -> bool:
    """« Zazou, Bibi (La Ruche), jeanmi »: a list of one word each, as people call themselves."""
    entries = [re.sub(r"\([^()]*\)", "", part).split() for part in re.split(r"[,;]|\set\s|\sand\s", label)]
    called = [e[0] for e in entries if len(e) == 1 and fold(e[0]) not in function_words("fr") | function_words("en")]
    return len(entries) >= MIN_SHORT and len(called) == len(entries)


def _pseudonym(label: str, words: tuple[Word, ...], at: int) -> PersonName | None:
    """« framboise42 », « @lou_m »: among first names, a word with a figure or sign inside, by itself."""
    word = words[at]
    token = _TOKEN.match(label, max(0, word.start - 1) if label[word.start - 1 : word.start] == "@" else word.start)
    if (
        token is None
        or not _PSEUDONYM.fullmatch(token.group())
        or not _between_signs(label, token.start(), token.end())
        or _is_a_thing(token.group())
    ):
        return None
    end = next(i for i in range(at, len(words) + 1) if i == len(words) or words[i].start >= token.end())
    return PersonName(at, end, token.group().lstrip("@"), "", "", sure=True)


def _is_a_thing(token: str) -> bool:
    """« mairie2 », « wifi-4G », « covid_19 »: a word of bodies or things, or an acronym, with a figure."""
    letters = _LETTERS.search(token)
    if letters is None or token.startswith("@"):
        return False
    word = letters.group()
    return (word.isupper() and len(word) > 1) or any(fold(word) in _things(language) for language in ("fr", "en"))


@cache
def _things(language: str) -> frozenset[str]:
    calendar = single_words(language, "people", "calendar")
    return body_heads(language) | single_words(language, "bodies", "not_bodies") | calendar


def _between_signs(label: str, first: int, last: int) -> bool:
    before, after = left_of(label, first), right_of(label, last)
    opened = not before or before[-1] in ",;:" or before.endswith((" et", " and"))
    return opened and (not after or after[0] in ",;.(" or after.startswith(("et ", "and ")))


def _lone_first_names(label: str, words: tuple[Word, ...], language: str) -> int:
    """How many known first names stand alone between separators."""
    alone = (_lone_name(label, words, at, language) for at in range(len(words)))
    return sum(n is not None and is_first_name(n.first) for n in alone)


def _lone_name(label: str, words: tuple[Word, ...], at: int, language: str) -> PersonName | None:
    """A capitalised word by itself between separators: among first names, it is one more."""
    word = words[at]
    before = left_of(label, word.start)
    after = right_of(label, word.end)
    bound = (not before or before[-1] in ",;·•|\n:/&+" or before.endswith((" et", " and"))) and (
        not after or after[0] in ",;.(|/!&+" or after.startswith(("et ", "and "))
    )
    plain = word.capital and not word.upper and not word.initials and len(word.text) > 2
    if not bound or not plain or word.folded in body_heads(language) or word.folded in function_words(language):
        return None
    if territories.is_area(word.text) and not is_first_name(word.text):
        return None
    return PersonName(at, at + 1, word.text, "", "", sure=is_first_name(word.text))


def _is_institution(label: str, words: tuple[Word, ...], name: PersonName, language: str) -> bool:
    """« France Travail » has the shape of a name and is none."""
    own = " ".join(w.folded for w in words[name.begin : name.end])
    return not name.title and own in phrases(language, "bodies", "institutions")


def _may_begin(label: str, words: tuple[Word, ...], index: int, later: bool, language: str) -> bool:
    before = left_of(label, words[index].start)
    if not before or before[-1] in ",;•·|\n:✓/":
        return True
    if before[-1] in "&+":  # « Léa & Tom »: two people, or a firm
        return later and is_first_name(words[index].text)
    if before[-1] in "-–—" and (len(before) == 1 or before[-2].isspace() or before[-2] in ".)"):
        return not later or _titled_or_new(label, words, index)
    if before[-1] in ").":
        return not is_title(words[index - 1], "fr") if index else True
    plural_title = words[index].folded in _PLURAL_TITLES and words[index].capital
    return plural_title or index == 0 or _addressed(words, index) or _led(label, words, index, language)


def _addressed(words: tuple[Word, ...], at: int) -> bool:
    """« Cllr Sue Lund Chair Cllr Tim Reed »: a form of address opens the next entry where commas are missing."""
    address = words[at].capital and words[at].folded in _ADDRESSES
    return address and not (is_title(words[at - 1], "en") or is_title(words[at - 1], "fr"))


def _led(label: str, words: tuple[Word, ...], at: int, language: str) -> bool:
    """Whether a name follows « et », « par » and the like, an article and title, or a function."""
    before = words[at - 1].folded
    if before in {"le", "la", "l"} and is_title(words[at], language):
        opening = left_of(label, words[at - 1].start)  # « Le père Vidal », « Claire, le père Vidal »
        return not opening or opening[-1] in ",;" or opening.endswith((" et", " que"))
    circle = _OF_A_CIRCLE.match(_SEPARATOR.split(label[: words[at].start])[-1])
    if before in {"et", "and"} and circle and not is_first_name(words[at].text):
        return False
    if function_before(label, words, at, language) < at:
        return True  # « la capitaine Claire Dupont », « Parish Councillor James Lund »
    return before in {"et", "and", "ainsi", "que", "puis", "par", "de", "by", "avec"}


def function_before(label: str, words: tuple[Word, ...], at: int, language: str) -> int:
    """Where the function that stands right before a name begins; `at` where none does.

    Its words are all of functions, and it opens an entry or has an article before it.
    """
    begin = at
    while begin and at - begin < MAX_LEAD and joined(label, words[begin - 1], words[begin]):
        if words[begin - 1].folded not in function_words(language) or is_title(words[begin - 1], language):
            break
        begin -= 1
    before = left_of(label, words[begin].start)
    article = begin > 0 and words[begin - 1].folded in {"le", "la", "l", "the"}
    return begin if article or not before or before[-1] in ",;•·|\n:" or before.endswith((" et", " and")) else at


def _titled_or_new(label: str, words: tuple[Word, ...], index: int) -> bool:
    """After a dash the descriptor of the person before begins, or another person where a full name follows."""
    name = person_at(label, words, index, "fr")
    return name is not None and name.sure and bool(name.last)


def _ends_well(label: str, words: tuple[Word, ...], name: PersonName, language: str) -> bool:
    """An unproven name must be followed by a separator, and no name by more words of a body."""
    if name.end >= len(words):
        return True
    after = label[words[name.end - 1].end : words[name.end].start].strip()
    if after:
        return True
    follower = words[name.end]
    if follower.folded in function_words(language):
        return True
    return bool(name.last and name.sure) or follower.folded in {"et", "and", "pour", "de", "du"}


def _bracket_end(label: str, at: int) -> int:
    """The end of the bracket that opens right after `at`; `at` where none does."""
    opened = re.match(r"\s*\(", label[at : at + 4])
    if not opened:
        return at
    close = label.find(")", at)
    return close if 0 < close - at < 300 else at


@cache
def body_heads(language: str) -> frozenset[str]:
    return (
        phrases(language, "bodies", "heads")
        | phrases(language, "bodies", "institutions")
        | single_words(language, "bodies", "acronyms")
    )
