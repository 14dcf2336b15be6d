"""Who took part in a meeting, by role: what its documents say of each, as one list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.course.meetings import Meeting
from graph.model import Fragment, Thing
from graph.store.base import Store

ROLES = ("chair", "minutes", "present")  # the order in which they are shown; an unknown status counts as present


@dataclass(frozen=True, slots=True)
class Participant:
    """`role` is one of ROLES; `function` and `body` are the words of the document, `source`, `start` its place."""

    thing: Thing
    role: str
    function: str
    body: str
    source: str
    start: int


def participants(store: Store, meeting: Meeting) -> list[Participant]:
    """Those who took part, the chair first, then by name; once each, with the highest role that is said."""
    # Who took part is said of an event: sources without one, most of a long series, are not read.
    told = [info for info in meeting.sources if info.counts.get("event")]
    said = [row for info in told for row in _said(info.id, store.fragment(info.id))]
    things = store.things({node for node, *_ in said})
    found: dict[str, Participant] = {}
    for node, role, source, start in said:
        thing = things.get(node)
        if thing is None:
            continue
        known = found.get(thing.id)
        if known is None or ROLES.index(role) < ROLES.index(known.role):
            function, body = (str(thing.attributes.get(name, "")) for name in ("function", "organisation"))
            found[thing.id] = Participant(thing, role, function, body, source, start)
    return sorted(found.values(), key=lambda p: (ROLES.index(p.role), p.thing.label, p.thing.id))


def _said(source: str, fragment: Fragment) -> Iterator[tuple[str, str, str, int]]:
    """(node, role, source, start) of each one who is said to have been at the meeting that the source reports."""
    main = {node.id for node in fragment.nodes if node.kind == "event" and node.attributes.get("main")}
    events = main or {node.id for node in fragment.nodes if node.kind == "event"}
    for relation in fragment.relations:
        if relation.type == "took_part_in" and relation.to_id in events:
            status = str(relation.attributes.get("status", ""))
            yield relation.from_id, status if status in ROLES else "present", source, relation.evidence[0].start
