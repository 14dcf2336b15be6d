"""What the rules ask of the analysis of a label: its words with their parts of speech, and more where one asks.

Offsets count characters of the label. Syntax and names cost as much as all the rest and few labels are asked for them:
they are worked out for the first rule that asks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

SUBJECTS = frozenset({"nsubj", "obl:agent"})
VERBS = frozenset({"VERB", "AUX"})
MIN_MEANT = 3  # characters of a word that means something by itself


class Name(NamedTuple):
    """A name as the recogniser sees it: `kind` is its own ("PER", "LOC", "ORG", "MISC")."""

    text: str
    kind: str
    first: int
    last: int


class Parse:
    """The analysis of one label; words by their number."""

    __slots__ = ("_deeper", "_doc", "_label", "_names", "_subject_ends", "_vectors", "ends", "finite", "starts", "tags")

    def __init__(
        self,
        label: str,
        doc: Any,
        words: Sequence[tuple[int, int, str, bool]],
        deeper: Mapping[str, Callable[..., Any]],
    ) -> None:
        """`words`: where each begins, its length, its part of speech, whether it is a finite verb."""
        self._label, self._doc, self._deeper = label, doc, dict(deeper)
        self.starts = [start for start, _, _, _ in words]
        self.ends = [start + length for start, length, _, _ in words]
        self.tags = [tag for _, _, tag, _ in words]
        self.finite = [start for start, _, _, finite in words if finite]
        self._names: tuple[Name, ...] | None = None
        self._subject_ends: frozenset[int] | None = None
        self._vectors: list[int] | None = None

    def text(self, word: int) -> str:
        return self._label[self.starts[word] : self.ends[word]]

    def is_tight(self, word: int) -> bool:
        """Whether the next word follows without a space."""
        return self._label[self.ends[word] : self.ends[word] + 1] != " "

    def tag_of(self, first: int, last: int) -> str:
        """The part of speech of the word that holds ``label[first:last]``; empty where several do."""
        word = bisect_right(self.starts, first) - 1
        return self.tags[word] if word == bisect_right(self.starts, last - 1) - 1 else ""

    def has_finite_verb(self, first: int, last: int) -> bool:
        """Whether a finite verb begins in ``label[first:last]``."""
        return any(first <= at < last for at in self.finite)

    def meaning(self, first: int, last: int) -> list[float]:
        """The mean of the vectors of the words in ``label[first:last]``, of length 1; zeros where none is known."""
        if self._vectors is None:
            self._vectors = self._rows_of_vectors()
        vectors = self._doc.vocab.vectors.data
        words = slice(bisect_left(self.starts, first), bisect_left(self.starts, last))
        rows = [row for row in self._vectors[words] if row >= 0]
        mean = vectors[rows].mean(axis=0) if rows else vectors[0] * 0
        return list((mean / max(float(mean @ mean) ** 0.5, 1e-6)).tolist())

    def _rows_of_vectors(self) -> list[int]:
        """Of every word the row of its vector, below 0 where it has none or means nothing by itself."""
        keys, letters = self._doc.to_array(["LOWER", "IS_ALPHA"]).T.tolist()
        found = self._doc.vocab.vectors.find(keys=keys).tolist()
        meant = (is_word and b - a >= MIN_MEANT for is_word, a, b in zip(letters, self.starts, self.ends, strict=True))
        return [row if means else -1 for row, means in zip(found, meant, strict=True)]

    def subject_ends(self) -> frozenset[int]:
        """Where the words end that are the subject or the agent of a verb."""
        if self._subject_ends is None:
            self._ask("parser")
            own = ((t, t.head) for t in self._doc if t.dep_ in SUBJECTS)
            self._subject_ends = frozenset(t.idx + len(t.text) for t, head in own if head.pos_ in VERBS)
        return self._subject_ends

    def names(self) -> tuple[Name, ...]:
        """The names that the recogniser sees, in order."""
        if self._names is None:
            self._ask("parser")  # no name goes over the end of a sentence
            self._ask("ner")
            self._names = tuple(Name(e.text, e.label_, e.start_char, e.end_char) for e in self._doc.ents)
        return self._names

    def is_place(self, first: int) -> bool:
        """Whether the recogniser sees a place that begins here."""
        return any(n.first == first and n.kind == "LOC" for n in self.names())

    def _ask(self, component: str) -> None:
        work = self._deeper.pop(component, None)  # once
        if work is not None:
            work(self._doc)
