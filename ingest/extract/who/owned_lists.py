"""Lists of people under keys: « Mairie : A, B ; Président : C », « BARON : Mme D, CREON : M. E »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract.who import territories
from ingest.extract.who.descriptions import Piece, is_body, is_function, without_type
from ingest.extract.who.group_heads import heads as group_heads
from ingest.extract.who.name_words import function_words, is_first_name, is_title
from ingest.extract.who.names import PersonName, person_at
from ingest.extract.who.wordlists import one_of, phrases, single_words, table
from ingest.extract.who.words import Word, words_of

MAX_KEY = 90
MAX_HEADING = 70
MAX_ENTRY = 160
MAX_LINES = 40  # names of communes one below the other, before the first person
MAX_KEY_WORDS = 9
_LOOK_AHEAD = 80  # characters behind a key in which a name begins
_COLON = re.compile(r"(?<!:)\s?(?<!:)::?\s+(?=\S)")
_CUT = re.compile(r"[,;.()|•]\s*|\s[–—-]\s|\s{2,}")
_LEAD = re.compile(r"(?i:\W*(?:(?:pour|au titre d[eu]|côté|for)\s)?(?:la |le |l[’']|les |the )?)(?:[a-zà-ÿ]+\s)?")
_SENT = re.compile(r"(?:pour|au titre d[eu]|côté|for)\s(?:la |le |l[’']|les |the )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Owner:
    """What a key says of the names behind it: the body they come from, a function, or ("") nothing of their own."""

    piece: Piece
    role: str  # "organisation", "function" or ""


@dataclass(frozen=True, slots=True)
class Part:
    """label[start:end], a list of names; `key_end`: where the colon of its key stands, -1 without key."""

    start: int
    end: int
    owner: Owner | None = None
    key_end: int = -1


def parts_of(text: str, language: str, known: frozenset[str] = frozenset()) -> list[Part]:
    """A running list cut at its keys; one part without owner where it has none."""
    keys = list(_keys(text, language, known))
    starts = [*(owner.piece.start for owner, _, _ in keys), len(text)]
    parts = (
        [] if keys and _LEAD.fullmatch(text[: starts[0]]) else [Part(0, starts[0])] if text[: starts[0]].strip() else []
    )
    for (owner, colon, begins), end in zip(keys, starts[1:], strict=True):
        stop = text.find(";", begins, end) if owner.role == "function" else -1
        parts.append(Part(begins, stop if stop > 0 else end, owner, colon))
        if stop > 0 and text[stop + 1 : end].strip():
            parts.append(Part(stop + 1, end))
    return parts


def _keys(text: str, language: str, known: frozenset[str]) -> Iterator[tuple[Owner, int, int]]:
    floor = 0
    for colon in _COLON.finditer(text):
        key = _key_before(text, floor, colon.start(), language)
        role = owner_role(key.text, language, known) if key else None
        opens = key is not None and not text[: key.start].strip(" \t*_–-")
        if key and role is not None and (_name_follows(text, colon.end(), language) or (opens and role)):
            yield Owner(without_type(key) if role == "organisation" else key, role), colon.start(), colon.end()
        floor = colon.end()


def _key_before(text: str, floor: int, colon: int, language: str) -> Piece | None:
    """The words before a colon that are its key, without the name of the person listed before."""
    start = max(floor, colon - MAX_KEY)
    cut = list(_CUT.finditer(text, start, colon))
    start = cut[-1].end() if cut else start
    words = words_of(text[start:colon])
    if not words or len(words) > MAX_KEY_WORDS + 4:
        return None
    name = person_at(text[start:colon], words, 0, language, listed=True)
    at = 0 if name is None else _behind_name(text[start:colon], words, name, language)
    if at is None or len(words) - at > MAX_KEY_WORDS:
        return None
    first = start + words[at].start
    sent = _SENT.match(text[first:colon])
    first += sent.end() if sent else 0
    return Piece(text[first:colon].rstrip(), first, first + len(text[first:colon].rstrip()))


def _behind_name(label: str, words: tuple[Word, ...], name: PersonName, language: str) -> int | None:
    """Where the key begins after a listed name (« Mme Sophie SORIN BARON »: its last capitals); None: a speaker."""
    if not name.sure:
        return 0
    if name.end < len(words):
        return name.end
    surname = [i for i in range(name.begin, name.end) if words[i].upper and not is_title(words[i], language)]
    if len(surname) < 2 or not name.first:
        return None if name.title or is_first_name(words[name.begin].text) else 0
    places = (i for i in surname[1:] if territories.longest_place(label, words, i, language) == name.end)
    return next(places, surname[-1])


def owner_role(key: str, language: str, known: frozenset[str] = frozenset()) -> str | None:
    """What the names under a key are by it: of an "organisation", of a "function", "" of a group; None: no such key."""
    words = words_of(key)
    if not words or _no_owner(language).match(" ".join(w.folded for w in words)):
        return None
    if _heads_columns(key, language):
        return ""
    plural = group_heads(language).get(words[0].folded, ("", False))[1]
    if plural and not any(w.capital for w in words[1:]):
        return ""
    several = words[0].folded.endswith("s") and any(w.capital for w in words[1:])  # « Auxiliaires des Aveugles »
    if is_function(key, language) and not several:
        return "function"
    if any(is_title(w, language) for w in words):
        return None
    return "organisation" if is_body(key, language, known) else None


def _heads_columns(key: str, language: str) -> bool:
    """« Nom : Prénom : Fonction »: the head of a table that has no lines."""
    known = frozenset().union(*table(language, "people", "columns").values())
    parts = [fold(part).strip() for part in re.split(r"[:/|]", key) if part.strip()]
    return len(parts) > 1 and all(part in known for part in parts)


@cache
def _no_owner(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(phrases(language, 'people', 'no_owners'))})\b")


def _name_follows(text: str, at: int, language: str) -> bool:
    window = text[at : at + _LOOK_AHEAD]
    words = words_of(window)
    name = person_at(window, words, 0, language, listed=True) if words else None
    return name is not None and name.sure and bool(name.last)


def heads_names(blocks: Sequence[Block], at: int, language: str) -> bool:
    """Whether a short line stands in a list of people above names of its own: « BARON », « Association des parents ».

    Several such lines may follow each other where a table lost its columns.
    """
    if not _could_head(blocks[at], language):
        return False
    for block in blocks[at + 1 : at + MAX_LINES]:
        if _is_entry(block, language):
            return True
        if not _could_head(block, language):
            return False
    return False


def _could_head(block: Block, language: str) -> bool:
    label = block.label.strip()
    if block.kind is BlockKind.BULLET or len(label) > MAX_HEADING or label[-1:] in ".;,?!" or label[:1].isdigit():
        return False
    if any(w.folded in function_words(language) for w in words_of(label)[1:]) or person_in_list(label, language):
        return False
    return owner_role(label.rstrip(" :"), language) is not None


def person_in_list(label: str, language: str) -> bool:
    """Whether a line opens with what in a list of people is a name."""
    words = words_of(label)
    name = person_at(label, words, 0, language, listed=True) if words else None
    return name is not None and bool(name.last)


def _is_entry(block: Block, language: str) -> bool:
    """A line that opens with the name of a person and tells nothing."""
    words = words_of(block.label)
    if not words or len(block.label) > MAX_ENTRY:
        return False
    if any(w.folded in single_words(language, "people", "reporting", "verbs") for w in words):
        return False
    name = person_at(block.label, words, 0, language)
    return name is not None and name.sure and bool(name.last)
