"""Bodies by a name that no list knows, proven by what they do: « la Maipo a ouvert », « relancer Chronopost ».

A name counts where the text writes it more than once with its capital inside a sentence, never low, and where it is
once the subject of a verb or led to by a word for those whom one meets. In French, by the parse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading
from ingest.extract.spans import Spans
from ingest.extract.who import territories
from ingest.extract.who.actor_cast import Cast
from ingest.extract.who.attendee_actors import read_blocks, span_in
from ingest.extract.who.body_words import heads, is_shouting, not_bodies
from ingest.extract.who.loose_bodies import acts, leads, written_low
from ingest.extract.who.name_words import function_words, is_first_name
from ingest.extract.who.named import ARTICLES, calendar
from ingest.extract.who.words import Word, joined, words_of

LEAST_SAID = 2  # times inside a sentence
MIN_LETTERS = 4
MAX_WORDS = 4  # of a name between quotation marks
_QUOTE = re.compile(r"[«\"“]\s?$")
_QUOTED = re.compile(r"[«\"“]\s?(?P<name>[A-ZÀ-Ý][^«»\"“”.,;:!?]{3,40}?)\s?[»\"”]")
_OPENED = re.compile(r"(?:^|[.!?:;•–—|>\[(*_-])\s*[\"«“*_(\s]*$")
# Things with a capital that act in no meeting: what is written, decided or caught.
_NO_BODIES = frozenset(
    "code loi charte plan schema reglement convention contrat projet programme rapport covid internet web pass dossier"
    " document budget agenda point annexe article axe action fiche atelier chapitre abstention abstentions vote votes"
    " organisation boite plateforme plateformes role roles francais francaises europeens".split()
)
_PEOPLE = re.compile(r"(?:ais|aises|ois|oises|iens|iennes|ains|aines|ards|eurs|euses|istes|ée?s)$")  # « les Cortenais »


@dataclass(frozen=True, slots=True)
class _Said:
    """A name at words[first:last] of a block."""

    name: str
    block: Block
    first: int
    last: int


def acting_names(cast: Cast, reading: Reading) -> None:
    """Add the bodies that a text only names, and that act in it."""
    if reading.document.language != "fr" or not reading.parses:
        return
    said: dict[str, list[_Said]] = defaultdict(list)
    for one in _names(cast, reading):
        said[one.name].append(one)
    for name, places in said.items():
        proof = next((p for p in places if _proven(reading, p)), None) if len(places) >= LEAST_SAID else None
        if proof is not None:
            cast.add(name, "organisation", span_in(proof.block, proof.first, proof.last, "acting", 0.55))


def _names(cast: Cast, reading: Reading) -> Iterator[_Said]:
    """Unknown names inside the sentences of a text."""
    taken = Spans((s.start, s.end) for a in cast.actors for s in a.spans)
    known = {fold(part) for p in cast.actors for n in p.names for part in (n, *n.split())}
    for block in read_blocks(reading):
        if block.kind is BlockKind.HEADING or is_shouting(block.label):
            continue
        words, last = words_of(block.label), 0
        for at, word in enumerate(words):
            if word.start < last:
                continue  # a word of the name before
            if _may_be(word, known) and not (_opens(block.label, words, at) or _names_people(words, at)):
                start, end = block.span(word.start, word.end)
                if not taken.overlapping(start, end) and not written_low(reading, word.text):
                    last = _end(block.label, words, at)
                    yield _Said(block.label[word.start : last], block, word.start, last)


def _may_be(word: Word, known: set[str]) -> bool:
    return (
        word.capital
        and not (word.upper or word.initials or word.inclusive)
        and word.text.isalpha()
        and len(word.text) >= MIN_LETTERS
        and word.folded not in known | _NO_BODIES | heads("fr") | not_bodies("fr") | function_words("fr")
        and word.folded not in calendar("fr")
        and not (is_first_name(word.text) or territories.is_commune(word.text) or territories.is_area(word.text))
    )


def _opens(label: str, words: tuple[Word, ...], at: int) -> bool:
    """Whether a word owes its capital to its place; « La Maipo » opens a sentence and is a name all the same."""
    if at and words[at - 1].folded in ARTICLES and joined(label, words[at - 1], words[at]):
        return False
    return bool(_OPENED.search(label[: words[at].start])) and not _QUOTE.search(label[: words[at].start])


def _names_people(words: tuple[Word, ...], at: int) -> bool:
    """« les Cortenais », « 5 Abstentions »: those who live somewhere, what is counted."""
    before = words[at - 1].folded if at else ""
    return before.isdigit() or (before in {"les", "des", "aux", "nos"} and bool(_PEOPLE.search(words[at].text)))


def _end(label: str, words: tuple[Word, ...], at: int) -> int:
    """Where the name ends: at the closing quotation mark, or behind the last word with a capital."""
    if _QUOTE.search(label[: words[at].start]):
        quoted = _QUOTED.match(label, max(0, words[at].start - 2)) or _QUOTED.match(label, words[at].start - 1)
        if quoted and quoted.start("name") == words[at].start and len(quoted["name"].split()) <= MAX_WORDS:
            return quoted.end("name")
    end = at
    while end + 1 < len(words) and words[end + 1].capital and joined(label, words[end], words[end + 1]):
        end += 1
    return words[end].end


def _proven(reading: Reading, said: _Said) -> bool:
    """Whether the name is led to as somebody whom one meets, or is the subject of a verb."""
    before = [w.folded for w in words_of(said.block.label[: said.first])[-3:]]
    led = leads(before) and before[-1] != "via"  # a tool is used by the same word
    return led or acts(reading, said.block, said.last)
