"""What identifies a corpus: one digest of all that its sources brought and of the decisions in force."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from graph.decided.identity import canonical_json
from graph.model import Decision, DecisionKind, Filter, Visibility
from graph.store.base import Store
from ontology import load

SHOWN = 12  # characters of a digest in a link and on a page: enough to see that something changed

_PUBLISHED = Filter(visibility=Visibility.PUBLISHED)


def corpus_digest(store: Store, whole: Store | None = None) -> str:
    """64 hexadecimal digits; the same graph gives the same ones in any store, whoever imported it and when.

    Any source that comes, goes, is read by other rules or is forgotten in part changes it, and so does any decision.
    For a role that reads a part (`store`) of all there is, `whole` knows what was decided: what is decided of the rest
    changes nothing.
    """
    infos = store.sources()
    sources = sorted([info.id, info.document, info.digest] for info in infos)
    log = (store if whole is None else whole).decisions()
    active = [d for d in log if d.kind != DecisionKind.UNDO and d.state != "undone"]
    told: list[object] = [sources]
    if whole is not None and store is not whole:
        active = _about_read(whole, {info.document for info in infos}, active)
        # A thing that was rejected answers nobody, and may have been rejected where it stands in what is not read.
        told.append(store.count_rows(sorted(load().kinds)))
    told.insert(1, sorted(d.id for d in active))
    return hashlib.sha256(canonical_json(told).encode()).hexdigest()


def _about_read(whole: Store, documents: Collection[str], log: Sequence[Decision]) -> list[Decision]:
    """Those about these documents, or about things that what is published says."""
    elsewhere = {d.id: _ids(d) for d in log if d.anchor.get("document") not in documents}
    said = whole.claims({id_ for ids in elsewhere.values() for id_ in ids}, _PUBLISHED) if elsewhere else {}
    return [d for d in log if d.id not in elsewhere or any(id_ in said for id_ in elsewhere[d.id])]


def _ids(decision: Decision) -> set[str]:
    """All things that a decision is about, by the ids of their parts too."""
    others = [str(other.get("id")) for other in decision.value.get("others", ())]
    parts = [str(id_) for part in decision.value.get("parts", ()) for id_ in part]
    return {decision.target, *map(str, decision.anchor.get("members", ())), *others, *parts}


def short_digest(store: Store, whole: Store | None = None) -> str:
    """The beginning of the digest, as links carry it."""
    return corpus_digest(store, whole)[:SHOWN]
