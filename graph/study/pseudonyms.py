"""A graph in which no person is named: its sources rewritten one by one, offsets and quotations with them.

Whatever stands on a rewritten text stands on it verbatim, so that any store takes it and proves it as it proves others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.model import Decision, Evidence, Fragment, Node, Passage, Relation, make_id
from graph.study.names import Names
from graph.study.rewriting import Rewritten
from graph.text import key

_ACTOR = "Contributeur_{}"


class Pseudonyms:
    """Rewrites fragments, then decisions; an id that was made of a name becomes one that is made of a number."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._ids: dict[str, str] = {}
        self._texts: dict[str, Rewritten] = {}
        self._actors: dict[str, str] = {}

    def fragment(self, given: Fragment) -> Fragment:
        """The fragment without names. Bytes are left out, since they name; the hash stays, to tell which they were."""
        source = given.source
        document = source.document
        rewritten = Rewritten(source.text, self._names.spans(source.text, document))
        self._texts[source.id] = rewritten
        nodes = tuple(self._node(node, rewritten, document) for node in given.nodes)
        return Fragment(
            replace(
                source,
                name=self._text(source.name, document),
                title=self._text(source.title, document),
                meeting=self._text(source.meeting, document),
                place=self._text(source.place, document),
                text=rewritten.text,
                data=b"",
                options=self._value(source.options, document),
                ledger=self._value(source.ledger, document),
            ),
            tuple(self._passage(passage, rewritten, document) for passage in given.passages),
            nodes,
            tuple(self._relation(relation, rewritten, document) for relation in given.relations),
        )

    def decision(self, given: Decision) -> Decision:
        """The decision without names, its actor under a number too."""
        document = str(given.anchor.get("document") or "")
        if given.target in self._names.pseudonyms:
            self._new_id(given.target, "person")  # added by a person: no source has it
        actor = self._actors.setdefault(given.actor, _ACTOR.format(len(self._actors) + 1))
        return replace(
            given,
            target=self._ids.get(given.target, given.target),
            value=self._anchors(self._value(given.value, document), given.value),
            anchor=self._anchor(self._value(given.anchor, document), given.anchor),
            actor=actor,
            reason=self._text(given.reason, document),
        )

    # --- parts of a fragment -----------------------------------------------------------------------------------------

    def _passage(self, p: Passage, rewritten: Rewritten, document: str) -> Passage:
        start, end = rewritten.span(p.start, p.end)
        label, place = self._text(p.label, document), self._text(p.place, document)
        attributes = self._value(p.attributes, document)
        if "cells" in p.attributes:  # of a row: the name of its column, and its place in the text
            attributes["cells"] = [
                [self._text(n, document), *rewritten.span(a, b)] for n, a, b in p.attributes["cells"]
            ]
        return replace(p, start=start, end=end, label=label, place=place, attributes=attributes)

    def _node(self, n: Node, rewritten: Rewritten, document: str) -> Node:
        pseudonym = self._names.pseudonyms.get(n.id)  # of another kind too, where a decision made it a person
        label = pseudonym or self._text(n.label, document)
        if pseudonym or label != n.label:
            self._new_id(n.id, n.kind)
        aliases = () if pseudonym else tuple(dict.fromkeys(self._text(alias, document) for alias in n.aliases))
        merge_key = n.merge_key and (key(pseudonym) if pseudonym else self._text(n.merge_key, document))
        return replace(
            n,
            id=self._ids.get(n.id, n.id),
            label=label,
            aliases=aliases,
            merge_key=merge_key,
            attributes=self._value(n.attributes, document),
            evidence=_evidence(n.evidence, rewritten),
        )

    def _relation(self, r: Relation, rewritten: Rewritten, document: str) -> Relation:
        return replace(
            r,
            from_id=self._ids.get(r.from_id, r.from_id),
            to_id=self._ids.get(r.to_id, r.to_id),
            attributes=self._value(r.attributes, document),
            evidence=_evidence(r.evidence, rewritten),
        )

    def _new_id(self, id_: str, kind: str) -> None:
        self._ids.setdefault(id_, make_id(kind, "pseudonym", len(self._ids)))

    # --- texts and values --------------------------------------------------------------------------------------------

    def _text(self, text: str, document: str) -> str:
        return Rewritten(text, self._names.spans(text, document)).text

    def _value(self, value: Any, document: str) -> Any:
        """Any JSON value with its texts rewritten, and its ids."""
        if isinstance(value, str):
            return self._ids.get(value) or self._text(value, document)
        if isinstance(value, Mapping):
            return {self._text(str(name), document): self._value(one, document) for name, one in value.items()}
        return [self._value(one, document) for one in value] if isinstance(value, list | tuple) else value

    def _anchors(self, value: dict[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
        """What a merge joins has anchors of its own."""
        if "others" in value:
            value["others"] = [self._anchor(o, w) for o, w in zip(value["others"], was["others"], strict=True)]
        return value

    def _anchor(self, anchor: dict[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
        rewritten = self._texts.get(str(was.get("source") or ""))
        if rewritten and isinstance(was.get("start"), int) and isinstance(was.get("end"), int):
            anchor["start"], anchor["end"] = rewritten.span(was["start"], was["end"])
            anchor["quote"] = rewritten.text[anchor["start"] : anchor["end"]]
        return anchor


def _evidence(evidence: Sequence[Evidence], rewritten: Rewritten) -> tuple[Evidence, ...]:
    moved = ((e, *rewritten.span(e.start, e.end)) for e in evidence)
    return tuple(replace(e, start=start, end=end, quote=rewritten.text[start:end]) for e, start, end in moved)
