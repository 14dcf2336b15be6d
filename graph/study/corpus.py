"""What identifies a corpus: one digest of all that its sources brought and of the decisions in force."""

from __future__ import annotations

import hashlib

from graph.decided.identity import canonical_json
from graph.model import DecisionKind
from graph.store.base import Store

SHOWN = 12  # characters of a digest in a link and on a page: enough to see that something changed


def corpus_digest(store: Store, whole: Store | None = None) -> str:
    """64 hexadecimal digits; the same graph gives the same ones in any store, whoever imported it and when.

    Any source that comes, goes, is read by other rules or is forgotten in part changes it, and so does any decision.
    For a role that reads a part (`store`) of all there is, `whole` knows what was decided.
    """
    sources = sorted([info.id, info.document, info.digest] for info in store.sources())
    log = (store if whole is None else whole).decisions()
    active = sorted(d.id for d in log if d.kind != DecisionKind.UNDO and d.state != "undone")
    return hashlib.sha256(canonical_json([sources, active]).encode()).hexdigest()


def short_digest(store: Store, whole: Store | None = None) -> str:
    """The beginning of the digest, as links carry it."""
    return corpus_digest(store, whole)[:SHOWN]
