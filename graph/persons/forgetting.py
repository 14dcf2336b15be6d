"""Forgetting a name: masked character by character, wherever it stands, so that every offset holds. Pure.

What is kept is a keyed hash of each variant, without spaces, accents and case: enough to mask it again in whatever is
imported later, not enough to read it.
"""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.decided.described import READ
from graph.decided.overlay import asked_ids
from graph.model import Actor, Decision, DecisionKind, Evidence, Fragment, Job, Node, Passage, Relation
from graph.persons.spellings import MOST_APART, PIECE, Variant, digest, runs
from graph.text import fold

MASK = "█"
MOST_UNPACKED = 64_000_000  # bytes of an archive that are looked into
MOST_ANSWERS = 200_000  # runs of letters of which a masker remembers whether they are a name
# In a decision: ids and kinds.
_IDS = frozenset(("id", "kind", "source", "document", "members", "parts", "made", "instead_of"))
_STEPS = frozenset(("state", "step", "outcome"))  # in an import: our words, by which it goes on
_COLUMNS = "columns"  # in an import: what a table calls its columns
_NAMES = ("person", "organisation", "group", "territory", "theme")  # kinds whose id is made from their name


class Masker:
    """Masks every piece of text, and of a fragment, that spells a forgotten name."""

    def __init__(self, forgotten: Sequence[Variant]) -> None:
        self.forgotten = tuple(forgotten)
        self._by_length: dict[int, dict[str, set[str]]] = {}  # letters → key → digests
        for v in forgotten:
            self._by_length.setdefault(v.letters, {}).setdefault(v.key, set()).add(v.digest)
        self._longest = max(self._by_length, default=0)
        self._answers: dict[str, bool] = {}

    def knows(self, other: Masker) -> bool:
        """Whether it masks the same names."""
        return set(self.forgotten) == set(other.forgotten)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where a forgotten name stands, in code points."""
        if not self.forgotten:
            return []
        return [(start, end) for start, end, letters in runs(text, self._longest) if self._is_forgotten(letters)]

    def _is_forgotten(self, letters: str) -> bool:
        known = self._by_length.get(len(letters))  # a digest takes its time: only what is as long may be one
        if known is None:
            return False
        if letters not in self._answers:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[letters] = any(digest(key, letters) in digests for key, digests in known.items())
        return self._answers[letters]

    def text(self, text: str) -> str:
        """The text with every letter and digit of forgotten names masked; as long as before."""
        for start, end in self.spans(text):
            text = text[:start] + "".join(c if c.isspace() else MASK for c in text[start:end]) + text[end:]
        return text

    def value(self, value: Any) -> Any:
        """Any JSON value with its texts masked."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(name)): self.value(one) for name, one in value.items()}
        return [self.value(one) for one in value] if isinstance(value, list | tuple) else value

    def record(self, value: Any, kept: Collection[str] = ()) -> Any:
        """The same of what we write ourselves, whose keys are our words; what stands under the keys `kept` stays.

        « Label » and « Kind » are names of people too.
        """
        if isinstance(value, Mapping):
            return {name: one if name in kept else self._field(name, one, kept) for name, one in value.items()}
        return [self.record(one, kept) for one in value] if isinstance(value, list | tuple) else self.value(value)

    def _field(self, name: str, value: Any, kept: Collection[str]) -> Any:
        return self.value(value) if name == _COLUMNS else self.record(value, kept)

    def decision(self, decision: Decision) -> Decision:
        """A correction in the log without the names."""
        if not self.forgotten:
            return decision
        return replace(
            decision,
            value=self.record(decision.value, _IDS),
            anchor=self.record(decision.anchor, _IDS),
            actor=self.text(decision.actor),
            reason=self.text(decision.reason),
        )

    def actor(self, actor: Actor) -> Actor:
        """Somebody who changes something, without the names."""
        return replace(actor, name=self.text(actor.name))

    def job(self, job: Job) -> Job:
        """An import as pages follow it, without the names."""
        if not self.forgotten:
            return job
        return replace(
            job,
            files=tuple(self.record(file, _STEPS) for file in job.files),
            options=self.record(job.options),
            actor=self.text(job.actor),
        )

    def fragment(self, fragment: Fragment) -> Fragment:
        """The fragment without the names: texts masked, nodes made of a name gone, bytes gone where they held it."""
        if not self.forgotten:
            return fragment
        masked, same = _Masked(self, fragment).fragment(), _Masked(Masker(()), fragment).fragment()
        if _in_file(masked) != _in_file(same) or self.in_bytes(fragment.source.data):
            return replace(masked, source=replace(masked.source, data=b""))
        return masked if masked != same else fragment

    def in_bytes(self, data: bytes) -> bool:
        """Whether a file holds a forgotten name, the parts of an archive included."""
        parts = [data]
        if data[:2] == b"PK":
            parts += _unpacked(data)
        return any(self.spans(part.decode(code, "ignore")) for part in parts for code in ("utf-8", "utf-16", "cp1252"))


class _Masked:
    """One fragment while it is masked. A name may lie across passages (two cells of a row): each hides its part."""

    def __init__(self, masker: Masker, fragment: Fragment) -> None:
        self._mask, self._given = masker, fragment
        text = fragment.source.text
        self._hits = masker.spans(text)
        self._text = masker.text(text)
        self._pieces = [{fold(m[0]) for m in PIECE.finditer(text[a:b])} for a, b in self._hits]

    def fragment(self) -> Fragment:
        given, mask = self._given, self._mask
        gone = {n.id for n in given.nodes if self._is_name(n)}
        source = given.source
        return Fragment(
            replace(
                source,
                name=mask.text(source.name),
                title=mask.text(source.title),
                meeting=mask.text(source.meeting),
                place=mask.text(source.place),
                text=self._text,
                options=mask.value(source.options),
                ledger=mask.value(source.ledger),
            ),
            tuple(self._passage(p) for p in given.passages),
            tuple(self._node(n) for n in given.nodes if n.id not in gone),
            tuple(self._relation(r) for r in given.relations if r.from_id not in gone and r.to_id not in gone),
        )

    def _near(self, spans: Iterable[tuple[int, int]]) -> set[str]:
        """The pieces of names that lie on any of these spans."""
        found: set[str] = set()
        for start, end in spans:
            at = bisect_left(self._hits, (start - MOST_APART, 0))
            for (a, b), pieces in zip(self._hits[at:], self._pieces[at:], strict=True):
                if a >= end:
                    break
                found |= pieces if b > start else set()
        return found

    def _words(self, text: str, hidden: set[str]) -> str:
        """A label masked: the whole names in it, and the pieces of names of which it is a part."""
        text = self._mask.text(text)
        return PIECE.sub(lambda m: MASK * len(m[0]) if fold(m[0]) in hidden else m[0], text) if hidden else text

    def _is_name(self, node: Node) -> bool:
        """Whether a node is the name itself: nothing of its label is left, or it is a person of that name."""
        hidden = self._near((e.start, e.end) for e in node.evidence)
        label = self._words(node.label, hidden)
        return is_masked_name(node.kind, label) or (
            node.kind == "person" and any(self._mask.spans(n) for n in (node.label, *node.aliases))
        )

    def _evidence(self, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
        return tuple(replace(e, quote=self._text[e.start : e.end]) for e in evidence)

    def _passage(self, p: Passage) -> Passage:
        label = self._words(p.label, self._near([(p.start, p.end)]))
        return replace(p, label=label, place=self._mask.text(p.place), attributes=self._mask.value(p.attributes))

    def _node(self, n: Node) -> Node:
        hidden = self._near((e.start, e.end) for e in n.evidence)
        return replace(
            n,
            label=self._words(n.label, hidden),
            aliases=tuple(self._words(alias, hidden) for alias in n.aliases),
            attributes=self._mask.value(n.attributes),
            merge_key=self._mask.text(n.merge_key),
            evidence=self._evidence(n.evidence),
        )

    def _relation(self, r: Relation) -> Relation:
        return replace(r, attributes=self._mask.value(r.attributes), evidence=self._evidence(r.evidence))


def is_masked_name(kind: str, label: str) -> bool:
    """Whether nothing but a mask is left of a label from which the id of its node is made."""
    return kind in _NAMES and MASK in label and not PIECE.search(label)


def _in_file(fragment: Fragment) -> Fragment:
    """The fragment without what people say of a file, and how they call it: its bytes tell nothing of that."""
    options = {name: value for name, value in fragment.source.options.items() if name != READ}
    return replace(fragment, source=replace(fragment.source, name="", meeting="", place="", options=options))


def _unpacked(data: bytes) -> list[bytes]:
    """The parts of an archive, as far as the bound goes; none where it cannot be read."""
    out: list[bytes] = []
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as part:
                    out.append(part.read(left))
                left -= len(out[-1])
                if left <= 0:
                    break
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError):
        return out
    return out


def rewritten(log: Sequence[Decision], ids: set[str], masker: Masker) -> tuple[set[str], list[Decision]]:
    """The ids of the decisions that leave the log, about the things that go, and those that stay in other words."""
    gone = {d.id for d in log if d.kind != DecisionKind.UNDO and not ids.isdisjoint(asked_ids(d))}
    gone |= {d.id for d in log if d.kind == DecisionKind.UNDO and d.target in gone}
    changed = []
    for decision in log:
        masked = masker.decision(decision)
        if decision.id not in gone and masked != decision:
            changed.append(masked)
    return gone, changed
