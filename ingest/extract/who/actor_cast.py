"""The cast of a document: candidates under one roof, the same actor under several names made one."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.text import FUNCTION_WORDS, fold
from graph.text import key as text_key
from ingest.extract.reading import Span
from ingest.extract.who.name_words import differ
from ingest.extract.who.words import words_of
from ingest.memory import remembered

MAX_ALIKE = 200  # people of one first name, among whom a letter tells who is meant
_TOWN_HEADS = frozenset({"mairie", "ville", "commune", "municipalite"})


@dataclass
class Actor:
    """A stakeholder in the making. `names`: as written, the first is displayed unless a longer one takes over."""

    name: str
    kind: str
    names: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)
    first: str = ""
    last: str = ""
    acronym: str = ""
    head: str = ""
    titles: set[str] = field(default_factory=set)  # before the name, wherever it stands
    keys: list[tuple[str, str]] = field(default_factory=list)  # under which the cast knows it

    def add_name(self, name: str) -> None:
        if name and name not in self.names:
            self.names.append(name)


@remembered
def actor_key(name: str) -> str:
    """The identity of a name inside a document: folded, without articles, « mairie de X » as « ville de X »."""
    words = name.split(maxsplit=1)
    if words and fold(words[0]) in _TOWN_HEADS:
        name = " ".join(["ville", *words[1:]])
    return text_key(name)


@dataclass
class Cast:
    """Actors by kind and key."""

    _actors: dict[int, Actor] = field(default_factory=dict)  # in order of entry; a large cast merges many
    _by_key: dict[tuple[str, str], Actor] = field(default_factory=dict)

    @property
    def actors(self) -> list[Actor]:
        return list(self._actors.values())

    def of_kind(self, kind: str) -> list[Actor]:
        return [a for a in self._actors.values() if a.kind == kind]

    def find(self, kind: str, name: str) -> Actor | None:
        return self._by_key.get((kind, actor_key(name)))

    def add(self, name: str, kind: str, span: Span | None = None, *, acronym: str = "", head: str = "") -> Actor:
        """The actor of that name, made where there is none."""
        actor = self.find(kind, name) or (self.find(kind, acronym) if acronym else None)
        if actor is None:
            actor = Actor(name, kind, head=head)
            self._actors[id(actor)] = actor
        if acronym and not actor.acronym:
            actor.acronym = acronym
            if fold(actor.name) == fold(acronym):
                actor.name = name
            actor.add_name(acronym)
            self._know(actor, (kind, actor_key(acronym)))
        self._know(actor, (kind, actor_key(name)))
        actor.add_name(name)
        if span is not None:
            actor.spans.append(span)
        return actor

    def _know(self, actor: Actor, key: tuple[str, str]) -> None:
        if key not in self._by_key:
            self._by_key[key] = actor
            actor.keys.append(key)

    def merge(self, kept: Actor, gone: Actor) -> None:
        """Everything of one actor goes to another."""
        if kept is gone:
            return
        for name in gone.names:
            kept.add_name(name)
        kept.spans += gone.spans
        kept.titles |= gone.titles
        kept.acronym = kept.acronym or gone.acronym
        for k, v in gone.attributes.items():
            kept.attributes.setdefault(k, v)
        keys = gone.keys
        self.drop(gone)
        for key in keys:
            self._know(kept, key)

    def drop(self, actor: Actor) -> None:
        self._actors.pop(id(actor), None)
        for key in actor.keys:
            self._by_key.pop(key, None)
        actor.keys = []


def initials_of(name: str) -> str:
    """« ME » of Margaret Ellerby, « WTC » of Whitby Town Council."""
    return "".join(w.text[0] for w in words_of(name) if w.folded not in FUNCTION_WORDS).upper()


def join_short_bodies(cast: Cast, language: str) -> None:
    """« Maison des jeunes » is « Maison des jeunes de la Sénatorerie » where only one body begins so.

    English names close with what the body is: "the Parish Council" is the one "Marlow Parish Council".
    """
    bodies = cast.of_kind("organisation")
    longer: dict[str, list[Actor]] = {}
    for body in bodies:
        words = actor_key(body.name).split()
        for n in range(1, len(words)):
            longer.setdefault(" ".join(words[:n]), []).append(body)
            if language == "en":
                longer.setdefault(" ".join(words[n:]), []).append(body)
    for body in bodies:
        candidates = [b for b in longer.get(actor_key(body.name), []) if b is not body]
        if len(candidates) == 1:
            cast.merge(candidates[0], body)
    for body in cast.of_kind("organisation"):
        if len(body.name) <= 6 and body.name.isupper():
            meant = [b for b in cast.of_kind("organisation") if b is not body and initials_of(b.name) == body.name]
            if len(meant) == 1:
                cast.merge(meant[0], body)


def join_persons(cast: Cast) -> None:
    """« I. Vallier », « Mme Vallier », « Vallier Inès » and « Baptiste » are the one full name they fit."""
    _join_turned(cast)
    _join_lettered(cast)
    full = [p for p in cast.of_kind("person") if p.first and p.last and not _is_lettered(p.first)]
    named_in_full = {id(p) for p in full}
    by_last: dict[str, list[Actor]] = {}
    by_first: dict[str, list[Actor]] = {}
    for person in full:
        by_last.setdefault(fold(person.last), []).append(person)
        by_first.setdefault(fold(person.first), []).append(person)
    for person in list(cast.of_kind("person")):
        if id(person) in named_in_full:
            continue
        if person.last:
            fits = [
                p
                for p in by_last.get(fold(person.last), [])
                if not person.first or fold(p.first)[0] == fold(person.first)[0]
            ]
        else:
            fits = by_first.get(fold(person.first), []) if "listed" not in person.attributes else []
        if len(fits) == 1 and not differ(fits[0].titles, person.titles):
            cast.merge(fits[0], person)
    _join_bare(cast)


def _is_lettered(first: str) -> bool:
    """Whether initials stand for a first name: « J.-P. », « D », « C T »."""
    return first.rstrip().endswith(".") or all(len(word) == 1 for word in first.split())


def _join_bare(cast: Cast) -> None:
    """« Mrs Holton » is the one « P Holton » where nobody of that surname has a whole first name."""
    by_last: dict[str, list[Actor]] = {}
    for person in cast.of_kind("person"):
        by_last.setdefault(fold(person.last), []).append(person)
    for alike in by_last.values():
        bare, first = [p for p in alike if p.last and not p.first], [p for p in alike if p.first]
        if len(bare) != 1 or len(first) != 1 or differ(first[0].titles, bare[0].titles):
            continue
        if _is_lettered(first[0].first):
            cast.merge(first[0], bare[0])


def _join_lettered(cast: Cast) -> None:
    """« Alain M. » is the one Alain whose surname begins so."""
    by_first: dict[str, list[Actor]] = {}
    persons = cast.of_kind("person")
    for person in persons:
        by_first.setdefault(fold(person.first), []).append(person)
    for person in persons:
        letter = fold(person.last).removesuffix(".")
        if len(letter) != 1:
            continue
        alike = by_first[fold(person.first)][:MAX_ALIKE]
        fits = [p for p in alike if len(p.last.rstrip(".")) > 1 and fold(p.last).startswith(letter)]
        if len(fits) == 1:
            cast.merge(fits[0], person)


def _join_turned(cast: Cast) -> None:
    """« Dupont Claire » is « Claire Dupont »: the same words in another order."""
    by_words: dict[frozenset[str], Actor] = {}
    for person in list(cast.of_kind("person")):
        words = frozenset(fold(person.name).split())
        known = by_words.setdefault(words, person)
        if known is not person and len(words) > 1:
            cast.merge(known, person)
