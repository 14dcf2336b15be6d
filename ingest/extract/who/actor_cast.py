"""The cast of a document: candidates under one roof, the same actor under several names made one."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.text import FUNCTION_WORDS, fold, key
from ingest.extract.reading import Span
from ingest.extract.who.words import words_of

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
    display_locked: bool = False

    def add_name(self, name: str) -> None:
        if name and name not in self.names:
            self.names.append(name)


def actor_key(name: str) -> str:
    """The identity of a name inside a document: folded, without articles, « mairie de X » as « ville de X »."""
    words = name.split(maxsplit=1)
    if words and fold(words[0]) in _TOWN_HEADS:
        name = " ".join(["ville", *words[1:]])
    return key(name)


@dataclass
class Cast:
    """Actors by kind and key."""

    actors: list[Actor] = field(default_factory=list)
    _by_key: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def of_kind(self, kind: str) -> list[Actor]:
        return [a for a in self.actors if a.kind == kind]

    def find(self, kind: str, name: str) -> Actor | None:
        return self._by_key.get((kind, actor_key(name)))

    def add(self, name: str, kind: str, span: Span | None = None, *, acronym: str = "", head: str = "") -> Actor:
        """The actor of that name, made where there is none."""
        actor = self.find(kind, name) or (self.find(kind, acronym) if acronym else None)
        if actor is None:
            actor = Actor(name, kind, head=head)
            self.actors.append(actor)
        if acronym and not actor.acronym:
            actor.acronym = acronym
            if fold(actor.name) == fold(acronym):
                actor.name = name
            actor.add_name(acronym)
            self._by_key.setdefault((kind, actor_key(acronym)), actor)
        self._by_key.setdefault((kind, actor_key(name)), actor)
        actor.add_name(name)
        if span is not None:
            actor.spans.append(span)
        return actor

    def merge(self, kept: Actor, gone: Actor) -> None:
        """Everything of one actor goes to another."""
        if kept is gone:
            return
        for name in gone.names:
            kept.add_name(name)
        kept.spans += gone.spans
        kept.acronym = kept.acronym or gone.acronym
        for k, v in gone.attributes.items():
            kept.attributes.setdefault(k, v)
        self.actors = [a for a in self.actors if a is not gone]
        for found, actor in list(self._by_key.items()):
            if actor is gone:
                self._by_key[found] = kept

    def drop(self, actor: Actor) -> None:
        self.actors = [a for a in self.actors if a is not actor]
        self._by_key = {k: a for k, a in self._by_key.items() if a is not actor}


def initials_of(name: str) -> str:
    """« ME » of Margaret Ellerby, « WTC » of Whitby Town Council."""
    return "".join(w.text[0] for w in words_of(name) if w.folded not in FUNCTION_WORDS).upper()


def join_short_bodies(cast: Cast) -> None:
    """« Maison des jeunes » is « Maison des jeunes de la Sénatorerie » where only one body begins so."""
    bodies = cast.of_kind("organisation")
    longer: dict[str, list[Actor]] = {}
    for body in bodies:
        words = actor_key(body.name).split()
        for n in range(1, len(words)):
            longer.setdefault(" ".join(words[:n]), []).append(body)
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
    """« I. Vallier », « Mme Vallier » and « Baptiste » are the one full name they fit."""
    full = [p for p in cast.of_kind("person") if p.first and p.last and not p.first.rstrip().endswith(".")]
    by_last: dict[str, list[Actor]] = {}
    by_first: dict[str, list[Actor]] = {}
    for person in full:
        by_last.setdefault(fold(person.last), []).append(person)
        by_first.setdefault(fold(person.first), []).append(person)
    for person in list(cast.of_kind("person")):
        if person in full:
            continue
        if person.last:
            fits = [
                p
                for p in by_last.get(fold(person.last), [])
                if not person.first or fold(p.first)[0] == fold(person.first)[0]
            ]
        else:
            fits = by_first.get(fold(person.first), []) if "listed" not in person.attributes else []
        if len(fits) == 1:
            cast.merge(fits[0], person)
