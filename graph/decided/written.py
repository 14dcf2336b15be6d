"""What people said that is written with a source: what they added from it, and how they described it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from graph.decided import added, described
from graph.model import Decision, Fragment
from graph.persons.forgetting import Masker


def as_read(fragment: Fragment) -> Fragment:
    """The fragment as it was read, without what people said of its source."""
    return described.without(added.without(fragment))


def laid(fragment: Fragment, log: Collection[Decision]) -> Fragment:
    """The fragment with what people said of its source in these decisions, undone ones left out, in log order."""
    at = (fragment.source.id, fragment.source.document)
    return described.laid(added.laid(fragment, added.of_source(log, *at)), described.of_source(log, *at))


def laid_anew(held: Fragment, log: Collection[Decision], masker: Masker) -> Fragment | None:
    """What a store holds of a source, with what people said of it; None where it holds just that."""
    right = masker.fragment(laid(held, log))
    same = held.source == right.source and {n.id: n for n in held.nodes} == {n.id: n for n in right.nodes}
    return None if same else right


def places(decisions: Iterable[Decision]) -> set[str]:
    """The sources, and the documents, that these decisions are about."""
    said = (d.anchor.get(name) for d in decisions for name in ("source", "document"))
    return {str(place) for place in said if place}
