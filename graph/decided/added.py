"""Things that a person added from a piece of a source: laid over what was read each time the source is written. Pure.

They rest on the piece they were made from, with a rule of their own, and are taken off again before a source is given
to another store: there the decision adds them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.decided.overlay import about
from graph.model import Decision, DecisionKind, Evidence, Fragment, Node
from graph.persons.forgetting import is_masked_name
from graph.versions.reattach import context

RULE = "graph.added@1"


def where(text: str, anchor: Mapping[str, Any]) -> tuple[int, int] | None:
    """The span of an anchor in a text: where it was, else its only occurrence with what stood around it, else the only
    one; none in doubt.
    """
    quote = str(anchor.get("quote") or "")
    start = int(anchor.get("start") or 0)
    if not quote:
        return None
    if text.startswith(quote, start):
        return start, start + len(quote)
    spans = [(at, at + len(quote)) for at in _occurrences(text, quote)]
    alike = [span for span in spans if context(text, *span) == (anchor.get("before"), anchor.get("after"))]
    return next((found[0] for found in (alike, spans) if len(found) == 1), None)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def of_source(log: Iterable[Decision], source: str, document: str) -> list[Decision]:
    """The additions in force from a source or another version of its document."""
    return [d for d in about(log, (DecisionKind.ADD,), source, document) if d.state != "undone"]


def without(fragment: Fragment) -> Fragment:
    """The fragment as it was read; what rests on nothing stays in it, for the store to refuse."""
    kept = tuple(n for n in fragment.nodes if not n.evidence or any(e.rule != RULE for e in n.evidence))
    return replace(fragment, nodes=kept) if len(kept) < len(fragment.nodes) else fragment


def laid(fragment: Fragment, additions: Sequence[Decision]) -> Fragment:
    """The fragment as read, with what was added from it; what is not found again in it is left for later."""
    read = without(fragment)
    made = [node for d in additions if (node := _node(d, read))]
    known = {node.id for node in read.nodes}
    new = tuple({node.id: node for node in made if node.id not in known}.values())
    return replace(read, nodes=(*read.nodes, *new)) if new else read


def _node(decision: Decision, fragment: Fragment) -> Node | None:
    text = fragment.source.text
    span = where(text, decision.anchor)
    if span is None or not any(p.start <= span[0] and span[1] <= p.end for p in fragment.passages):
        return None
    evidence = Evidence(*span, text[span[0] : span[1]], RULE)
    kind, label = str(decision.value["kind"]), str(decision.value["label"])
    return None if is_masked_name(kind, label) else Node(decision.target, kind, label, (evidence,))
