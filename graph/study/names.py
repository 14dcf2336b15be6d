"""The persons of a corpus under numbers: which names are whose, and where they stand in a text.

The same person has the same number everywhere. Numbers follow the order of ids, which are digests: neither the alphabet
nor the order of a list of participants shows in them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from graph.decided.overlay import end_ids, ends
from graph.model import DecisionKind, Node
from graph.persons.spellings import runs
from graph.store.base import Store
from graph.study.rewriting import Replacement, apart
from graph.text import FUNCTION_WORDS, words

PERSON, SOMEBODY = "Personne_{}", "Personne"
EMAIL, PHONE = "[courriel]", "[téléphone]"
FEWEST_LETTERS = 3  # of a part of a name that is looked for by itself
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w+])(?:(?:\+|00)33[ .]?(?:\(0\)[ .]?)?|0)[1-9](?:[ .\-/]?\d\d){4}(?!\d)")
_BETWEEN = re.compile(r"[ \u00a0\u202f'’.-]*")  # what stands between the parts of one name on one line
_MAKES_PERSONS = (DecisionKind.ADD, DecisionKind.KIND)
_WORD = re.compile(r"[^\W_]+")

# What several words stand for, what one word does, and the letters of the longest.
Spellings = tuple[dict[str, str], dict[str, str], int]


@dataclass
class Names:
    """What every spelling stands for: whole names and parts of names by their letters, in a document, then anywhere."""

    pseudonyms: dict[str, str] = field(default_factory=dict)  # by the id of a node
    _whole: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # by document; "" for any
    _parts: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    _places: set[str] = field(default_factory=set)
    _known: dict[str, Spellings] = field(default_factory=dict)  # by document, as asked

    def spans(self, text: str, document: str = "") -> tuple[Replacement, ...]:
        """The names, addresses and telephone numbers of a text, each with what stands for it."""
        return apart((*self._named(text, document), *_reached(text)))

    def _named(self, text: str, document: str) -> Iterator[Replacement]:
        whole, parts, longest = self._spellings(document)
        for start, end, letters in runs(text, longest):
            single = _WORD.fullmatch(text, start, end) is not None
            known = (parts if single else whole).get(letters)
            # A single word is a name only where it is written as one: « rose », « pierre » are words.
            if known and (not single or text[start].isupper()):
                yield from _instead(text, start, end, known)

    def _spellings(self, document: str) -> Spellings:
        """What is known in a document: its own persons come first."""
        if document not in self._known:
            whole = self._whole[""] | self._whole.get(document, {})
            parts = self._parts[""] | self._parts.get(document, {}) | whole
            self._known[document] = whole, parts, max(map(len, whole), default=0)
        return self._known[document]

    def add(self, document: str, node: str, person: str, spellings: Iterable[str]) -> None:
        """Say that a node is a person; `person` identifies it across documents."""
        pseudonym = self.pseudonyms.setdefault(person, PERSON.format(len(set(self.pseudonyms.values())) + 1))
        self.pseudonyms[node] = pseudonym
        for spelling in spellings:
            self.spell(document, spelling, pseudonym)

    def spell(self, document: str, spelling: str, pseudonym: str) -> None:
        """One more way in which a person is written."""
        self._known.clear()
        found = [word for word in words(spelling) if word not in FUNCTION_WORDS]
        if sum(map(len, found)) < FEWEST_LETTERS:
            return
        turns = [found[at:] + found[:at] for at in range(len(found))] if len(found) <= 3 else [found]
        for letters in {"".join(words(spelling)), *("".join(turn) for turn in turns)}:
            for where in (document, ""):
                self._whole[where].setdefault(letters, pseudonym)
        if len(found) > 1:
            for part in found:
                self._part(document, part, pseudonym)

    def _part(self, document: str, part: str, pseudonym: str) -> None:
        """A first name or surname by itself: of nobody in particular where two persons share it."""
        if len(part) >= FEWEST_LETTERS and part not in self._places:
            for where in (document, ""):
                shared = self._parts[where].setdefault(part, pseudonym) != pseudonym
                self._parts[where][part] = SOMEBODY if shared else pseudonym

    def place(self, label: str) -> None:
        """The name of a place: its words are not taken for a part of a person's name."""
        self._places.update(words(label))


def _instead(text: str, start: int, end: int, pseudonym: str) -> Iterator[Replacement]:
    """One replacement, or one for each part where something else than a blank stands between (two cells)."""
    parts = [(m.start(), m.end()) for m in _WORD.finditer(text, start, end)]
    whole = all(_BETWEEN.fullmatch(text, a, b) for (_, a), (b, _) in pairwise(parts))
    for a, b in [(start, end)] if whole else parts:
        yield a, b, pseudonym


def _reached(text: str) -> Iterator[Replacement]:
    for pattern, instead in ((_EMAIL, EMAIL), (_PHONE, PHONE)):
        yield from ((m.start(), m.end(), instead) for m in pattern.finditer(text))


def names_of(store: Store) -> Names:
    """Every person that a source of the store, or a decision, names."""
    names = Names()
    said: list[tuple[str, str, Node]] = []  # who it is across documents, the document, the node
    for info in store.sources():
        fragment = store.fragment(info.id)
        for node in fragment.nodes:
            if node.kind == "territory":
                names.place(node.label)
        found = [node for node in fragment.nodes if node.kind == "person"]
        whole = {asked: thing.id for asked, thing in store.things(node.id for node in found).items()}
        said += [(whole.get(node.id, node.id), info.document, node) for node in found]
    for person, document, node in sorted(said, key=lambda one: (one[0], one[1], one[2].id)):
        names.add(document, node.id, person, (node.label, *node.aliases, *(e.quote for e in node.evidence)))
    _add_decided(names, store)
    return names


def _add_decided(names: Names, store: Store) -> None:
    """What decisions call a person, say was one, or add as one."""
    for decision in store.decisions():
        if decision.kind == DecisionKind.UNDO:
            continue
        label, document = str(decision.value.get("label") or ""), str(decision.anchor.get("document") or "")
        if decision.kind in _MAKES_PERSONS and decision.value.get("kind") == "person":
            spelled = (label, str(decision.anchor.get("label") or ""), str(decision.anchor.get("quote") or ""))
            for id_ in end_ids({**decision.anchor, "id": decision.target}):
                names.add(document, id_, decision.target, spelled)
        for end in ends(decision):
            pseudonym = next((p for id_ in end_ids(end) if (p := names.pseudonyms.get(id_))), "")
            if pseudonym:
                for spelling in (label, str(end.get("label") or ""), *map(str, end.get("names") or ())):
                    names.spell(str(end.get("document") or ""), spelling, pseudonym)
