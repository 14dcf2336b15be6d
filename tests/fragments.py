"""Small lifelike fragments for the tests of stores: invented people, places and sentences."""

from __future__ import annotations

import hashlib
import re

from graph.model import Evidence, Fragment, Node, Passage, Relation, Source, Visibility, make_id
from graph.store.base import Store
from graph.text import key

RULE = "tests.fragments@1"
_MARK = re.compile(r"\[(?P<kind>\w+):(?P<label>[^\]|]+)(?:\|(?P<name>[^\]]+))?\]")
OF_DOCUMENT = {"person", "organisation", "territory", "group"}
STATEMENTS = {"proposal", "finding", "question", "action"}


class Writer:
    """Builds a fragment from lines where ``[kind:words]`` marks what is said, ``[kind:words|name]`` under which label.

    A line that begins with ``proposal>`` (or finding, question, action) is a statement itself, `about` the themes and
    `made_by` the organisations that it names.
    """

    def __init__(self, name: str, lines: str, **source: object) -> None:
        self.name, self.text = name, ""
        self.document = str(source.pop("document", make_id("document", name)))
        self.rule = str(source.pop("rule", RULE))
        self.keys: set[str] = set(source.pop("keys", ()))  # type: ignore[call-overload]
        self.organisation = source.pop("organisation", {})
        self.passages: list[Passage] = []
        self.said: dict[str, tuple[str, str, list[Evidence]]] = {}
        self.relations: list[Relation] = []
        self.options = source
        for line in lines.strip().splitlines():
            self._line(line.strip())

    def _line(self, line: str) -> None:
        statement, _, rest = line.partition("> ") if line.split(">", 1)[0] in STATEMENTS else ("", "", line)
        start, marks = len(self.text), []
        at = 0
        for found in _MARK.finditer(rest):
            self.text += rest[at : found.start()]
            marks.append((found["kind"], found["label"], found["name"] or found["label"], len(self.text)))
            self.text += found["label"]
            at = found.end()
        self.text += rest[at:]
        end = len(self.text)
        self.text += "\n"
        place = make_id("passage", self.name, start, end, rest)
        quote = self.text[start:end]
        self.passages.append(Passage(place, len(self.passages), "sentence", start, end, quote))
        named = [(kind, self._say(kind, name, where, where + len(words))) for kind, words, name, where in marks]
        if statement:
            self._statement(statement, quote, start, end, named)

    def _statement(self, kind: str, quote: str, start: int, end: int, named: list[tuple[str, str]]) -> None:
        own = make_id(kind, self.name, start, end, quote)
        evidence = Evidence(start, end, quote, self.rule)
        self.said[own] = (kind, quote, [evidence])
        for other, id_ in named:
            type_ = {"theme": "about", "organisation": "made_by"}.get(other)
            if type_:
                self.relations.append(Relation(own, type_, id_, (evidence,)))

    def _say(self, kind: str, label: str, start: int, end: int) -> str:
        identity = (kind, key(label)) + ((self.document,) if kind in OF_DOCUMENT else ())
        id_ = make_id(kind, *identity)
        evidence = Evidence(start, end, self.text[start:end], self.rule)
        self.said.setdefault(id_, (kind, label, []))[2].append(evidence)
        return id_

    def fragment(self) -> Fragment:
        data = self.text.encode()
        nodes = tuple(self._node(id_, *said) for id_, said in self.said.items())
        digest = hashlib.sha256(data).hexdigest()
        source = Source(
            make_id("source", digest), self.document, self.name, digest, "txt", self.text, data, **self.options
        )  # type: ignore[arg-type]
        return Fragment(source, tuple(self.passages), nodes, tuple(self.relations))

    def _node(self, id_: str, kind: str, label: str, evidence: list[Evidence]) -> Node:
        merge_key = key(label) if label in self.keys else ""
        works = self.organisation.get(label) if kind == "person" else None  # type: ignore[attr-defined]
        return Node(id_, kind, label, tuple(evidence), (), {"organisation": works} if works else {}, merge_key)


def build(name: str, lines: str, **source: object) -> Fragment:
    """A fragment from marked lines; keyword arguments are fields of Source, or `rule`, `keys`, `organisation`."""
    return Writer(name, lines, **source).fragment()


def spring(**changes: object) -> Fragment:
    """A workshop of March at Saint-Aubrac."""
    lines = """
    Atelier du 14 mars à [territory:Saint-Aubrac]
    La [organisation:mairie] et le [organisation:CCAS] parlent de [theme:mobilité].
    proposal> La [organisation:mairie] pourrait ouvrir un [theme:pédibus] aux [group:enfants], pour la [theme:mobilité].
    finding> Le [theme:logement] vacant et la [theme:mobilité] se répondent.
    [person:Élise Morvan] anime l’échange sur le [theme:logement].
    """
    given: dict[str, object] = {"meeting": "Atelier de mars", "date": "2031-03-14", "place": "Saint-Aubrac"}
    given |= {"keys": ("Élise Morvan", "Saint-Aubrac"), "organisation": {"Élise Morvan": "Atelier des Halles"}}
    return build("mars.txt", lines, **(given | changes))


def autumn(**changes: object) -> Fragment:
    """A workshop of October in the same valley."""
    lines = """
    Compte rendu d’octobre, [territory:Saint-Aubrac]
    Les [theme:mobilités|Mobilité] restent le premier sujet, avec le [theme:pédibus].
    question> Comment financer le [theme:pédibus] et la [theme:cantine] ?
    [person:Élise Morvan] présente la [theme:cantine] de l’[organisation:école].
    """
    given: dict[str, object] = {
        "meeting": "Atelier d’octobre",
        "date": "2031-10-03",
        "visibility": Visibility.PUBLISHED,
    }
    given |= {"keys": ("Élise Morvan", "Saint-Aubrac")}
    return build("octobre.txt", lines, **(given | changes))


def mobility(store: Store) -> str:
    """The id of the theme that both workshops are about."""
    return next(t.id for t in store.rows(["theme"]) if t.label == "mobilité")
