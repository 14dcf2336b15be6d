"""Concordance: every place of a word or phrase with what stands on both sides, where, when and by whom it was said.

No language model: a phrase is found as it is written, or blind to inflection by the stems that search stores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.model import Filter, Passage, SourceInfo
from graph.persons.spellings import pieces
from graph.store.base import NO_FILTER, Store
from graph.study.speakers import Speakers
from graph.text import fold, stem, words

MOST_LINES = 500
MOST_PASSAGES = 1_000  # looked at: what a search ranks in full
AROUND = 70  # characters on each side
MOST_WORDS = 12  # of a phrase
_AT_ONCE = 250  # passages, and the texts of their sources, that are read at once
SORTS = ("date", "left", "right", "word", "source", "speaker")
_TOKEN = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One place: `word` as it is written at `start`-`end` of `source`, the text on its `left` and `right`.

    `speaker` is who says it where the text tells, else empty.
    """

    left: str
    word: str
    right: str
    source: str
    name: str
    meeting: str
    date: str
    start: int
    end: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Concordance:
    """`cut` where a bound kept places out: the lines are then the first that a search gives."""

    lines: tuple[Line, ...]
    cut: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase as it is looked for: one test per word, on the folded word of a text."""

    tests: tuple[Callable[[str], bool], ...]

    def places(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands, in code points."""
        found = pieces(text)
        for at in range(len(found) - len(self.tests) + 1):
            run = found[at : at + len(self.tests)]
            if all(test(piece) for test, (_, _, piece) in zip(self.tests, run, strict=True)):
                yield run[0][0], run[-1][1]


def asked(phrase: str, *, inflected: bool) -> Asked | None:
    """The phrase; `inflected` takes « mobilités » for « mobilité ». A word that ends with * is a beginning.

    >>> list(asked("mobilit*", inflected=False).places("La mobilité, les Mobilités"))
    [(3, 11), (17, 26)]
    """
    given = [(m[0], "".join(words(m[0])) or fold(m[0])) for m in re.finditer(r"[^\W_]+\*?", phrase)][:MOST_WORDS]
    tests = [_test(word.removesuffix("*"), inflected=inflected, begins=raw.endswith("*")) for raw, word in given]
    return Asked(tuple(tests)) if tests else None


def _test(word: str, *, inflected: bool, begins: bool) -> Callable[[str], bool]:
    if begins:
        return lambda piece: piece.startswith(word)
    if inflected:
        own = stem(word)
        return lambda piece: piece == word or stem(piece) == own
    return lambda piece: piece == word


def concordance(
    store: Store,
    phrase: str,
    where: Filter = NO_FILTER,
    *,
    inflected: bool = True,
    sort: str = "date",
    limit: int = MOST_LINES,
    told: bool = True,
) -> Concordance:
    """The lines of a phrase, sorted by a key of SORTS (then by date and place). None for an empty phrase.

    Who speaks is left for later (`spoken`) unless it is `told`, or sorted by. Raises KeyError for an unknown sort.
    """
    order = _ORDERS[sort]
    wanted = asked(phrase, inflected=inflected)
    if wanted is None:
        return Concordance((), cut=False)
    found, cut = _found(store, phrase, wanted, where, limit)
    lines = spoken(store, found, where) if told or sort == "speaker" else found
    return Concordance(tuple(sorted(lines, key=lambda line: (order(line), *_place(line)))), cut)


def spoken(store: Store, lines: Sequence[Line], where: Filter = NO_FILTER) -> list[Line]:
    """The lines with who says each; every source that they are of is read."""
    speakers = Speakers(store, where, [(line.source, line.start, line.end) for line in lines])
    return [replace(line, speaker=speakers(line.source, line.start, line.end)) for line in lines]


def _found(store: Store, phrase: str, wanted: Asked, where: Filter, limit: int) -> tuple[list[Line], bool]:
    infos = {info.id: info for info in store.sources(where)}
    hits = store.search(phrase, ["passage"], limit=MOST_PASSAGES, where=where)
    texts = _Texts(store, infos)
    lines: dict[tuple[str, int, int], Line] = {}
    for at, hit in enumerate(hits):
        if at % _AT_ONCE == 0:
            texts.read([hit.id for hit in hits[at : at + _AT_ONCE]])
        for line in texts.lines(hit.id, wanted):
            lines.setdefault((line.source, line.start, line.end), line)
        if len(lines) > limit:
            break
    return list(lines.values())[:limit], len(lines) > limit or len(hits) == MOST_PASSAGES


class _Texts:
    """The texts of sources, each read once, and of their passages those that are asked for: a source has thousands."""

    def __init__(self, store: Store, infos: Mapping[str, SourceInfo]) -> None:
        self._store, self._infos = store, infos
        self._texts: dict[str, str] = {}
        self._blocks: dict[str, tuple[str, Passage]] = {}
        self._edited = set(store.edited_trees()) & set(infos)  # sources that are read whole once they are met
        self._passages: dict[str, tuple[str, Passage] | None] = {}
        self._corrected: dict[str, list[tuple[str, Passage]]] = {}  # the blocks of sources, until they were looked at

    def read(self, passages: Sequence[str]) -> None:
        """Read these passages, the paragraphs of those that are sentences, and the texts that they are of, at once."""
        found = self._store.blocks(passages)
        above = {p.parent for _, p in found.values() if p.kind == "sentence" and p.parent} - self._blocks.keys()
        self._blocks |= found | (self._store.blocks(above) if above else {})
        missing = {source for source, _ in found.values() if source in self._infos} - self._texts.keys()
        self._texts |= self._store.texts(sorted(missing)) if missing else {}

    def lines(self, passage: str, wanted: Asked) -> Iterator[Line]:
        """The lines of a passage; of one whose tree was corrected, those of its whole source, once.

        A search finds passages as they were read: what was cut from one is a block of its own now.
        """
        held = self._held(passage)
        if held is None or held[0] not in self._infos:
            return
        for source, block in self._corrected.pop(held[0], [held]):
            if (text := self._texts.get(source)) is None:
                return  # removed since it was found
            around = self._around(block)
            for start, end in wanted.places(text[block.start : block.end]):
                yield self._line(source, block.start + start, block.start + end, around)

    def _held(self, passage: str) -> tuple[str, Passage] | None:
        """A passage and its source; sentences of one paragraph ask for it again and again."""
        if passage not in self._passages:
            found = self._passages[passage] = self._blocks.get(passage) or self._store.passage(passage)
            if found and found[0] in self._edited:
                self._meet(found[0])
        return self._passages[passage]

    def _meet(self, source: str) -> None:
        """A source whose tree was corrected is read whole: it would be laid anew for each of its passages."""
        self._edited.remove(source)
        self._corrected[source] = [(source, block) for block in self._store.passages(source)]
        self._passages |= {block.id: (source, block) for _, block in self._corrected[source]}

    def _around(self, block: Passage) -> tuple[int, int]:
        """What a line may show: the paragraph, bullet, row or topic, not what stands in another."""
        paragraph = self._held(block.parent) if block.kind == "sentence" and block.parent else None
        if paragraph is None:
            return block.start, block.end
        return min(paragraph[1].start, block.start), max(paragraph[1].end, block.end)

    def _line(self, source: str, start: int, end: int, around: tuple[int, int]) -> Line:
        text, info = self._texts[source], self._infos[source]
        left = _left(text[max(around[0], start - 2 * AROUND) : start])
        right = _right(text[end : min(around[1], end + 2 * AROUND)])
        name = info.title or info.name
        return Line(left, text[start:end], right, source, name, info.meeting, info.date, start, end)


def _left(text: str) -> str:
    plain = _SPACES.sub(" ", text)
    return plain if len(plain) <= AROUND else plain[-AROUND:].partition(" ")[2]


def _right(text: str) -> str:
    plain = _SPACES.sub(" ", text)
    return plain if len(plain) <= AROUND else plain[:AROUND].rpartition(" ")[0]


def _place(line: Line) -> tuple[str, str, int]:
    return line.date, line.source, line.start


_ORDERS: Mapping[str, Callable[[Line], Any]] = {
    "date": _place,
    "left": lambda line: [fold(word) for word in reversed(_TOKEN.findall(line.left))],
    "right": lambda line: [fold(word) for word in _TOKEN.findall(line.right)],
    "word": lambda line: fold(line.word),
    "source": lambda line: fold(line.name),
    "speaker": lambda line: (not line.speaker, fold(line.speaker)),
}
