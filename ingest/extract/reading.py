"""What the rules have found so far in one document. Rules append; `to_json` and `ingest.fragment` hand it on.

Every finding carries spans in code points of the document's text, the name of its rule and a confidence 0-1.
Ids here are local to the reading ("s1", "t3"); the graph's ids are made in `ingest.fragment`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ingest.document import Block, Document
from ingest.parse import Parse


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands, and what read it: `rule` is "module.rule@version"."""

    start: int
    end: int
    rule: str
    confidence: float = 1.0


@dataclass(slots=True)
class Stakeholder:
    """`kind`: person, organisation, territory or group. `name` without article."""

    id: str
    name: str
    kind: str
    mentions: list[Span] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Theme:
    """A topic; `label` is a phrase of the text or of the thesaurus, aliases are the variants read in the text."""

    id: str
    label: str
    mentions: list[Span] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    score: float = 0.0
    broader: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Statement:
    """A proposal, finding, question or action. Its spans: one (`at`). Links are local ids of themes and stakeholders.

    `named_in`: for each of `themes` the passage that names it, with how surely the statement is about it.
    `kind`: proposal, finding, question, action. For proposals `subkind` is proposal, work_axis,
    topic_for_next_meeting or need, and `strength` explicit or implicit.
    """

    id: str
    kind: str
    at: Span
    text: str
    subkind: str = ""
    strength: str = ""
    themes: list[str] = field(default_factory=list)
    named_in: dict[str, Span] = field(default_factory=dict)
    made_by: list[str] = field(default_factory=list)
    concerns: list[str] = field(default_factory=list)
    responds_to: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Figure:
    """A number with what it says. `at` covers value and statement; value as written."""

    id: str
    value: str
    statement: str
    at: Span
    source: str | None = None
    year: str | None = None
    unit: str | None = None
    themes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Resource:
    id: str
    title: str
    at: Span
    url: str | None = None
    author: str | None = None
    date: str | None = None


@dataclass(slots=True)
class Attendee:
    """A row of a participant list. `status`: present, excused, chair, minutes. `cells` gives the span of each field.

    `title`: the form of address before the name, « MM » of a running list for each behind it. `rest`: field and span
    of what wraps onto the rows below.
    """

    id: str
    name: str
    at: Span
    function: str | None = None
    organisation: str | None = None
    status: str = "present"
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    title: str = ""
    rest: list[tuple[str, tuple[int, int]]] = field(default_factory=list)


@dataclass(slots=True)
class Event:
    """A dated meeting. `date` is ISO, whole (2026-03-18) or partial (2026-03).

    `elsewhere`: other places that the text gives for the same day, each with the date that it stands behind.
    """

    id: str
    name: str
    at: Span
    date: str = ""
    place: str | None = None
    main: bool = False  # the meeting that the document reports
    elsewhere: list[tuple[str, Span]] = field(default_factory=list)

    def places(self) -> list[tuple[str, Span]]:
        """Every place, with where the meeting stands in the text beside it."""
        return [(self.place or "", self.at), *self.elsewhere]


@dataclass(slots=True)
class Initiative:
    """A service or place. `cells`: the span of what each column says of it, by the role of the column."""

    id: str
    name: str
    at: Span
    type: str | None = None
    where: str | None = None
    by: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link between two local ids (of any of the lists), with the span that states it."""

    source: str
    type: str
    target: str
    at: Span
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    level: int
    start: int
    end: int


@dataclass
class Reading:
    """The document, its linguistic analysis where there is one, and all findings."""

    document: Document
    parses: dict[int, Parse] = field(default_factory=dict)  # by block order, of the block's label
    sections: list[Section] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)
    stakeholders: list[Stakeholder] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    degraded: list[str] = field(default_factory=list)  # what could not be done and why, for the ledger
    _next: dict[str, int] = field(default_factory=dict)
    _once: dict[str, Any] = field(default_factory=dict)

    def new_id(self, prefix: str) -> str:
        self._next[prefix] = self._next.get(prefix, 0) + 1
        return f"{prefix}{self._next[prefix]}"

    def once(self, name: str, work: Callable[[], Any]) -> Any:
        """What several rules need of the document as it was read: worked out for the first that asks."""
        if name not in self._once:
            self._once[name] = work()
        return self._once[name]

    def parse(self, block: Block) -> Parse | None:
        """The analysis of a block's label, or None (no model, furniture, table rows)."""
        return self.parses.get(block.order)

    def of_kind(self, kind: str) -> list[Statement]:
        return [s for s in self.statements if s.kind == kind]

    def slice(self, start: int, end: int) -> str:
        return self.document.text[start:end]

    def by_id(self) -> dict[str, Any]:
        lists: Iterable[list[Any]] = (
            self.stakeholders,
            self.themes,
            self.statements,
            self.figures,
            self.resources,
            self.events,
            self.initiatives,
            self.attendees,
        )
        return {x.id: x for found in lists for x in found}
