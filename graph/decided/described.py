"""Which meeting a source reports, when and where, as people said it: laid over what was read each time it is written.

What was read stays in the options of the source, and is taken out of them again before it is given to another store:
there the decision says it anew. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from graph.decided.overlay import about
from graph.model import Decision, DecisionKind, Fragment, Source

FIELDS = ("meeting", "date", "place")
READ = "was_read"  # the option that lists what was read, in the order of FIELDS, where people said otherwise


def read_of(source: Source) -> dict[str, str]:
    """The three fields as they were read, or as they were given with the import."""
    said = source.options.get(READ) or [getattr(source, name) for name in FIELDS]
    return dict(zip(FIELDS, map(str, said), strict=True))


def of_source(log: Iterable[Decision], source: str, document: str) -> list[Decision]:
    """The descriptions in force of a source or another version of its document."""
    return [d for d in about(log, (DecisionKind.DESCRIBE,), source, document) if d.state != "undone"]


def takes(source: Source, decision: Decision) -> Mapping[str, Any]:
    """The fields that a description changes in a source.

    In the source it was said of, all that it names. In another version of the document those that were read there as
    they had been read here: one that says something else by itself is believed.
    """
    if decision.anchor.get("source") == source.id:
        return {name: decision.value[name] for name in FIELDS if name in decision.value}
    before, now = decision.anchor.get("read") or {}, read_of(source)
    return {n: decision.value[n] for n in FIELDS if n in decision.value and before.get(n) == now[n]}


def without(fragment: Fragment) -> Fragment:
    """The fragment as it was read."""
    source = fragment.source
    if READ not in source.options:
        return fragment
    options = {name: value for name, value in source.options.items() if name != READ}
    return replace(fragment, source=_saying(source, read_of(source), options))


def laid(fragment: Fragment, descriptions: Iterable[Decision]) -> Fragment:
    """The fragment with its source as people described it."""
    read = without(fragment)
    source, was = read.source, read_of(read.source)
    said = was | {name: str(value) for d in descriptions for name, value in takes(source, d).items()}
    if said == was:
        return read
    options = {**source.options, READ: [was[name] for name in FIELDS]}
    return replace(read, source=_saying(source, said, options))


def _saying(source: Source, said: Mapping[str, str], options: Mapping[str, Any]) -> Source:
    return replace(source, meeting=said["meeting"], date=said["date"], place=said["place"], options=options)
