"""One entry of a list of people: the name, then what follows it parted into function and organisation."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from graph.text import fold
from ingest.extract.who.descriptions import QUOTED, Piece, is_body, is_function, sorted_out, with_places
from ingest.extract.who.listed_names import function_before, listed_names
from ingest.extract.who.name_words import function_words, is_first_name, is_title
from ingest.extract.who.names import PersonName, person_at
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import Word, words_of

_PART = re.compile(r"\s*(?:[,;()\[\]|]|(?<=\s)[–—-](?=\s)|\s/\s|:\s|\s[–—]|^[–—-])\s*")
# Another entry, or whose place somebody takes.
_ENDS_ENTRY = re.compile(
    r";|\s/\s|\.\s+(?=[A-ZÀ-Ý])|,?\s(?:en remplacement d|en l[’']absence d|à la place d)"
    r"|(?<=\))\sà (?=(?:MM?\.|Mmes?\b|Monsieur\b|Madame\b))"
    r"|,?\s(?:ainsi que|tout comme|de même que) (?=l[ea]s? |l[’']|des |une? )"
    r"|,?\s(?:et|and) (?=(?:\d|deux|trois|quatre|cinq|six|plusieurs|quelques|une \w+aine|two|three|four|several)\b)"
)
MAX_SHARING = 4  # names parted by commas that may share the body behind the last: in longer lists it is one more entry
MAX_DESCRIPTION = 120  # characters of a line of its own under a name
MAX_INITIALS = 4  # letters in brackets behind a name that stand for it
MAX_BODY_BEFORE = 9  # words of a body that stands before the name


@dataclass(frozen=True, slots=True)
class Entry:
    """A person as listed; `at` spans the whole entry in the label, the name at `name_at`."""

    name: PersonName
    at: tuple[int, int]
    name_at: tuple[int, int]
    function: Piece | None = None
    organisation: Piece | None = None
    bodies: tuple[Piece, ...] = ()


def entries_of(label: str, language: str, known: frozenset[str] = frozenset()) -> list[Entry]:
    """Every person listed in a label. `known`: folded words that the document writes as proper names elsewhere."""
    words = words_of(label)
    names = listed_names(label, words, language)
    if not names:
        return _behind_body(label, words, language, known)
    out = []
    leads = [function_before(label, words, name.begin, language) for name in names]
    for i, (name, lead) in enumerate(zip(names, leads, strict=True)):
        stop = words[leads[i + 1]].start if i + 1 < len(names) else len(label)
        entry = _entry(label, words, name, stop, language, known)
        if lead < name.begin:
            first, last = words[lead].start, words[_behind_titles(words, name, language) - 1].end
            entry = owned(entry, "function", Piece(label[first:last], first, last))
        out.append(entry)
    return [_by_title(e, words[n.begin], language) for e, n in zip(_shared(label, out), names, strict=True)]


def _by_title(entry: Entry, opening: Word, language: str) -> Entry:
    """« Councillor Tim Lund »: a title that is an office says what somebody does, where nothing else does."""
    if language != "en" or not is_title(opening, language) or opening.folded not in function_words(language):
        return entry
    return owned(entry, "function", Piece(opening.text, opening.start, opening.end))


def _behind_titles(words: tuple[Word, ...], name: PersonName, language: str) -> int:
    """« Parish Councillor James Lund »: a title that is a function too belongs to the function before it."""
    at = name.begin
    while at < name.end and is_title(words[at], language) and words[at].folded in function_words(language):
        at += 1
    return at


def _behind_body(label: str, words: tuple[Word, ...], language: str, known: frozenset[str]) -> list[Entry]:
    """« CAUE de l’Oise Claire DUPONT Architecte »: a body, a name and a function with nothing between them."""
    for at in range(1, min(len(words) - 1, MAX_BODY_BEFORE)):
        if not (is_first_name(words[at].text) and words[at + 1].upper and len(words[at + 1].text) > 2):
            continue
        name = person_at(label, words, at, language)
        body = label[: words[at].start].strip(" \t:–—-|")
        if name is None or not name.last or not is_body(body, language, known) or is_function(body, language):
            continue
        start = label.index(body)
        entry = _entry(label, words, name, len(label), language, known)
        return [owned(entry, "organisation", Piece(body, start, start + len(body)))]
    return []


def _entry(
    label: str, words: tuple[Word, ...], name: PersonName, stop: int, language: str, known: frozenset[str]
) -> Entry:
    start, after = words[name.begin].start, words[name.end - 1].end
    tail = label[after:stop]
    tail = re.sub(r"(?:[\s,;–—/•&+-]|\bet\b|\band\b|\bainsi que\b)*$", "", tail)
    slash = 3 if tail.startswith(" / ") and _describes(tail[3:], language, known) else 0
    tail = tail[:slash] + _ENDS_ENTRY.split(tail[slash:], maxsplit=1)[0]
    closed = re.match(r"\s*\([^()]*\)(?=\s*[,;]\s*(?:la |le |les |l[’']|the ))", tail)
    parts = _parts(tail[: closed.end()] if closed else tail, after)
    own = [w for w in words[name.begin : name.end] if w.capital and not is_title(w, language)]
    initials = "".join(w.text[0] for w in own)
    of_parts = "".join(part[0] for w in own for part in w.text.split("-") if part)  # « AVM » of A. Vidal-Monge
    parts = [
        p
        for p in parts
        if fold(p.text) not in {fold(initials), fold(of_parts)} and not _slipped_initials(p.text, initials, language)
    ]
    parts = [p for p in parts if not _is_another(p.text, language)]
    functions, bodies = sorted_out(with_places(label, parts), language, known)
    end = max([after, *(p.end for p in parts)])
    end += 1 if label[end : end + 1] == ")" else 0
    return Entry(
        name, (start, end), (start, after), _joined(label, functions), _joined(label, bodies), tuple(bodies)
    )  # fmt: skip


def _is_another(text: str, language: str) -> bool:
    """« La secrétaire   Le président / Claire DUPONT   Paul PETIT »: who signs beside somebody describes nobody."""
    words = words_of(text)
    if len(words) < 2 or not is_first_name(words[0].text) or not words[-1].upper or len(words[-1].text) < 4:
        return False
    name = person_at(text, words, 0, language)
    return name is not None and name.sure and bool(name.last) and name.end == len(words)


def _describes(text: str, language: str, known: frozenset[str]) -> bool:
    """« Claire Dupont / Café du Lavoir »: whether what stands behind the stroke is no other person."""
    part = _PART.split(text, maxsplit=1)[0].strip()
    words = words_of(part)
    name = person_at(part, words, 0, language) if words else None
    return (name is None or not name.last) and (is_function(part, language) or is_body(part, language, known))


def described(label: str, language: str) -> tuple[Piece | None, Piece | None]:
    """Function and organisation of a line that only describes the person named above it, None for what it lacks."""
    if len(label) > MAX_DESCRIPTION or label[-1:] in ".:;!?" or listed_names(label, words_of(label), language):
        return None, None
    if not (is_function(label, language) or is_body(label, language)):
        return None, None
    functions, bodies = sorted_out(with_places(label, _parts(label, 0)), language, frozenset())
    return _joined(label, functions), _joined(label, bodies)


def shifted(entry: Entry, by: int) -> Entry:
    """An entry of a part of a label, placed in the whole label."""

    def moved(piece: Piece | None) -> Piece | None:
        return replace(piece, start=piece.start + by, end=piece.end + by) if piece else None

    at, name_at = (entry.at[0] + by, entry.at[1] + by), (entry.name_at[0] + by, entry.name_at[1] + by)
    bodies = tuple(replace(b, start=b.start + by, end=b.end + by) for b in entry.bodies)
    return Entry(entry.name, at, name_at, moved(entry.function), moved(entry.organisation), bodies)


def owned(entry: Entry, role: str, key: Piece) -> Entry:
    """An entry with what the key of its list says of it, where it says nothing else itself."""
    if role == "organisation" and not entry.organisation:
        return replace(entry, organisation=key, bodies=(key,))
    return replace(entry, function=key) if role == "function" and not entry.function else entry


def _slipped_initials(text: str, initials: str, language: str) -> bool:
    """« Stuart Glover (SB) », « (SGL) »: the capitals of the name's words, or some letters more, of no known body."""
    known = single_words(language, "bodies", "acronyms")
    same_shape = text.isupper() and text.isalpha() and len(text) == len(initials) > 1
    longer = text.isupper() and 1 < len(initials) < len(text) <= MAX_INITIALS and text.startswith(initials)
    return (longer or (same_shape and text[0] == initials[0])) and fold(text) not in known


def _parts(tail: str, offset: int) -> list[Piece]:
    """The tail cut at separators outside quotation marks."""
    quoted = [m.span() for m in QUOTED.finditer(tail)]
    cuts = [m.span() for m in _PART.finditer(tail) if not any(a < m.start() < b for a, b in quoted)]
    edges = [0, *(x for cut in cuts for x in cut), len(tail)]
    pieces = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        text = _without_lone_mark(tail[first:last].strip(" .\t\n:").lstrip("–—- "))
        if text:
            begin = offset + first + tail[first:last].index(text)
            pieces.append(Piece(text, begin, begin + len(text)))
    return pieces


def _without_lone_mark(text: str) -> str:
    """A quotation mark whose pair is missing is dropped."""
    return text.strip('«»" ') if text.count("«") != text.count("»") or text.count('"') == 1 else text


def _joined(label: str, parts: list[Piece]) -> Piece | None:
    if not parts:
        return None
    return Piece(", ".join(p.text for p in parts), parts[0].start, parts[-1].end)


def _of_several(function: Piece | None) -> bool:
    """« Adjoints », « conseillères municipales »: a function in the plural is that of all the names before it."""
    words = words_of(function.text) if function else ()
    return bool(words) and words[0].folded.endswith(("s", "x")) and words[0].folded in _plural_functions()


@cache
def _plural_functions() -> frozenset[str]:
    return frozenset(w for w in function_words("fr") if w.endswith(("s", "x")) and w[:-1] in function_words("fr"))


def _one_more(label: str, entry: Entry) -> bool:
    """« Léa, Tom, Inès, Odile, La Grange »: behind names alone, what follows the last comma came too."""
    body = entry.organisation
    return body is not None and entry.function is None and label[entry.name_at[1] : body.start].strip() == ","


def _shared(label: str, entries: list[Entry]) -> list[Entry]:
    """« Sonia, Claire, association X »: names parted by commas alone share what follows the last one of them."""
    out = list(entries)
    if len(out) > MAX_SHARING and not any(e.function or e.organisation for e in out[:-1]) and _one_more(label, out[-1]):
        out[-1] = replace(out[-1], organisation=None, bodies=())
    for i in range(len(out) - 2, -1, -1):
        here, following = out[i], out[i + 1]
        between = label[here.name_at[1] : following.name_at[0]].strip()
        bare = here.function is None and here.organisation is None
        if bare and between in {",", "et", "and", ", et", "–", "-"} and _of_several(following.function):
            out[i] = replace(here, function=following.function)
            continue
        informal = not here.name.title and (not here.name.last or not following.name.last)
        bracketed = label[following.name_at[1] : following.name_at[1] + 2].strip()[:1] == "("
        informal = informal and not (bracketed and between in {",", "/"})
        informal = informal and (between != "," or len(out) <= MAX_SHARING)
        if bare and between in {",", "et", "and", "&", "/", ", et"} and (informal or between in {"et", "and", "&"}):
            out[i] = Entry(
                here.name, here.at, here.name_at, following.function, following.organisation, following.bodies
            )
    return out
