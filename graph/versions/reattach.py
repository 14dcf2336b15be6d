"""What a decision was about, found again in another version or another reading of its document. Pure.

By native id (that of a map's node), then by its text where that is unique with 32 characters of context, then by a
likeness of 0.9, in order. In doubt nothing is found: the decision waits, and is shown to be reviewed.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from graph.text import fold, words
from graph.versions.similar import ALIKE, Alike, likeness, spelled
from ontology import load

CONTEXT = 32  # letters and digits on each side
_LOOKED_AT = 160  # characters on each side, in which they are found
_MOST_NEAR = 20
_SAME_NODE = 0.5  # a node of a map that keeps its id and this much of its text is the same node
_LONG_ID = 8  # shorter ids are numbers given anew by each export
# Where a piece stands in its file (« line 4 », « Feuil1!12 », « #3 ») is no id: an insertion moves it.
_POSITION = re.compile(r"#?\d{1,3}|(?:line|row|page|slide|sheet) \d+.*|.*![A-Z]*\d+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Trace:
    """A node found in a document that a decision was about, as something that decision may re-attach to.

    `native` is the id of its passage in the file, `before` and `after` digests of its context.
    """

    node: str
    kind: str
    label: str
    quote: str
    source: str = ""
    start: int = 0
    native: str = ""
    before: str = ""
    after: str = ""


# node, kind, label, quote, source, start, end, format of the file, native place of its passage
Row: TypeAlias = tuple[str, str, str, str, str, int, int, str, str]


def trace_of(row: Row, texts: Mapping[str, str]) -> Trace:
    """A trace from what a store holds; its context is told where the text of its source is given."""
    node, kind, label, quote, source, start, end, format_, place = row
    before, after = context(texts[source], start, end) if source in texts else ("", "")
    return Trace(node, kind, label, quote, source, start, native_id(format_, place), before, after)


def is_known_by_place(kind: str) -> bool:
    """Whether things of this kind are known by their place in one source: statements are."""
    spec = load().kinds.get(kind)
    return spec is not None and spec.role == "statement"


def is_statement(end: Mapping[str, Any]) -> bool:
    """Whether the thing of an anchor is known by its place in one source: its id says of which kind it was read."""
    return is_known_by_place(read_kind(end))


def read_kind(end: Mapping[str, Any]) -> str:
    """The kind under which the thing of an anchor was read: the beginning of its id."""
    return str(end.get("id") or "").partition(":")[0]


def native_id(format_: str, place: str) -> str:
    """What stands for a passage in every version of a file of this format; "" where its place is only a position.

    >>> native_id("mm", "ID_1482"), native_id("xlsx", "Feuil1!12"), native_id("pdf", "page 3")
    ('mm ID_1482', '', '')
    """
    return f"{format_} {place}" if place and not _POSITION.fullmatch(place) else ""


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Digests of what stands before and after a span: never the text, which may hold half a name to be forgotten."""
    before = "".join(words(text[max(0, start - _LOOKED_AT) : start]))[-CONTEXT:]
    after = "".join(words(text[end : end + _LOOKED_AT]))[:CONTEXT]
    return _digest(before), _digest(after)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def surroundings(quote: str, start: int, siblings: Iterable[tuple[int, str]]) -> dict[str, Any]:
    """What an anchor holds of the other statements of its kind in its source, given as (start, quote).

    `nth` of how many have the same text, and digests of those that are `near` it in words: should this one go from the
    document, they must not be taken for it.
    """
    own = spelled(quote)
    others = [(at, spelled(other)) for at, other in siblings]
    same = sorted(at for at, other in others if other == own)
    apart = Alike([other for _, other in others if other != own])
    near = {_digest(apart.sentence(n)) for _, n in apart.to(own, ALIKE - 0.05)}
    found: dict[str, Any] = {"nth": [same.index(start) if start in same else 0, max(1, len(same))]}
    return {**found, "near": sorted(near)[:_MOST_NEAR]} if near else found


class Version:
    """What one source (or, for names, all sources of a document) says of one kind."""

    def __init__(self, traces: Sequence[Trace]) -> None:
        self.traces = sorted(traces, key=lambda t: (t.source, t.start, t.node, t.quote))
        self.nodes = {t.node for t in traces}

    @cached_property
    def by_quote(self) -> dict[str, list[Trace]]:
        return _grouped(self.traces, lambda t: t.quote)

    @cached_property
    def by_label(self) -> dict[str, list[Trace]]:
        return _grouped(self.traces, lambda t: fold(t.label))

    @cached_property
    def by_words(self) -> dict[str, list[Trace]]:
        return _grouped(self.traces, lambda t: spelled(t.quote))

    @cached_property
    def by_native(self) -> dict[str, list[Trace]]:
        return _grouped(self.traces, lambda t: t.native)

    @cached_property
    def sentences(self) -> list[str]:
        return list(self.by_words)

    @cached_property
    def alike(self) -> Alike:
        return Alike(self.sentences)


def _grouped(traces: Iterable[Trace], said: Callable[[Trace], str]) -> dict[str, list[Trace]]:
    out: dict[str, list[Trace]] = defaultdict(list)
    for trace in traces:
        out[said(trace)].append(trace)
    out.pop("", None)
    return dict(out)


def found_again(anchor: Mapping[str, Any], version: Version) -> tuple[str, ...]:
    """The one node of a version that an anchor leads to, or none."""
    steps = (_same_node, _same_text, _same_id, _same_name, _alike) if is_statement(anchor) else (_quoted, _same_name)
    for step in steps:
        found = {t.node for t in step(anchor, version)}
        if len(found) == 1:
            return tuple(found)
    return ()


def _quoted(anchor: Mapping[str, Any], version: Version) -> list[Trace]:
    return version.by_quote.get(str(anchor.get("quote") or ""), [])


def _same_name(anchor: Mapping[str, Any], version: Version) -> list[Trace]:
    """By its label, else by one of its names."""
    labelled = version.by_label.get(fold(str(anchor.get("label") or "")), [])
    if labelled:
        return labelled
    return [t for name in anchor.get("names") or () for t in version.by_label.get(fold(str(name)), [])]


def _on_node(anchor: Mapping[str, Any], version: Version) -> list[Trace]:
    return version.by_native.get(str(anchor.get("native") or ""), [])


def _same_node(anchor: Mapping[str, Any], version: Version) -> list[Trace]:
    """On the same node of the map, with much of its text; of several there, the one most alike."""
    quote = spelled(str(anchor.get("quote") or ""))
    shares = [(likeness(quote, spelled(t.quote)), t) for t in _on_node(anchor, version)]
    best = max((share for share, _ in shares), default=0.0)
    return [t for share, t in shares if share == best] if best >= _SAME_NODE else []


def _same_id(anchor: Mapping[str, Any], version: Version) -> list[Trace]:
    """On the same node of the map, whatever it says now."""
    found = _on_node(anchor, version)
    return found if len(str(anchor.get("native") or "").partition(" ")[2]) >= _LONG_ID else []


def _same_text(anchor: Mapping[str, Any], version: Version) -> list[Trace]:
    """The same text: with its context, else alone as it was alone, else in its turn, else with half of its context."""
    same = version.by_words.get(spelled(str(anchor.get("quote") or "")), [])
    nodes = list(dict.fromkeys(t.node for t in same))
    nth, of = anchor.get("nth") or (0, 1)
    sides = [(t.before == anchor.get("before"), t.after == anchor.get("after")) for t in same]
    both = [t for t, side in zip(same, sides, strict=True) if all(side)]
    if len({t.node for t in both}) == 1 or len(nodes) == of == 1:
        return both or same
    if len(nodes) == of and nth < of:
        return [t for t in same if t.node == nodes[nth]]
    return [t for t, side in zip(same, sides, strict=True) if any(side)]


def _alike(anchor: Mapping[str, Any], version: Version) -> list[Trace]:
    """Alike from 0.9 on, and none of those that stood beside it; of several, those in the same context."""
    quote, near = spelled(str(anchor.get("quote") or "")), set(anchor.get("near") or ())
    close = [version.sentences[n] for _, n in version.alike.to(quote)]
    found = [t for sentence in close if _digest(sentence) not in near for t in version.by_words[sentence]]
    placed = [t for t in found if t.before == anchor.get("before") or t.after == anchor.get("after")]
    return placed if len({t.node for t in found}) > 1 else found
