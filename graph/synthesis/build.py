"""What a synthesis says: figures, findings, proposals by theme, questions, resources. Quotations and counts only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from graph.course.attendance import participants
from graph.course.figures import stated_origin
from graph.course.meetings import Meeting, counts_of, things_of
from graph.model import Filter, Mention, Passage, Thing
from graph.questions.counted import UNSURE_BELOW, Linked
from graph.questions.surest import surest, surest_of
from graph.store.base import NO_FILTER, Store
from graph.synthesis.lines import Line, Mark, plain
from graph.synthesis.quoted import QUOTATIONS, figure_words, words_of
from graph.synthesis.references import References, Say
from graph.text import fold
from ontology import load

MOST, MOST_PROPOSALS = 40, 200  # things of one kind, and what a synthesis is for; how many are left out is said
_ACTORS, _MAKERS = 20, 5  # looked through, since whom a statement concerns are among them; and named
_COUNTED = ("proposal", "finding", "question", "action", "figure", "resource")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a synthesis is about: one of `meeting`, `theme` or `chosen` (things in their order)."""

    title: str
    meeting: Meeting | None = None
    theme: Thing | None = None
    chosen: tuple[Thing, ...] = ()
    where: Filter = NO_FILTER


@dataclass(frozen=True, slots=True)
class _Said:
    """A line before its reference is written."""

    mark: Mark
    text: str
    reference: int
    words: str = ""  # of a figure, which another one may hold


def synthesis(store: Store, scope: Scope, say: Say) -> list[Line]:
    """The lines of a synthesis; every quotation is a slice of its source, with the number of its reference."""
    return _Synthesis(store, scope, say).lines()


class _Synthesis:
    def __init__(self, store: Store, scope: Scope, say: Say) -> None:
        self.store, self.scope, self.say = store, scope, say
        self.references = References(store, say)
        self._firsts: dict[str, Mention | None] = {}
        self.found = {kind: self._things(kind) for kind in _COUNTED}
        quoted = [thing for kind, found in self.found.items() for thing in found[: _most(kind)]]
        self._meet(quoted)
        self._makers, self._themes = self._read_makers(quoted), self._read_themes(self.found["proposal"])
        self.totals = {kind: self._total(kind) for kind in _COUNTED}

    def lines(self) -> list[Line]:
        out = [Line(Mark.TITLE, plain(self.scope.title)), *self._head()]
        out += self._section("figures", "figure", self._figure)
        out += self._section("findings", "finding", self._quote)
        out += self._proposals()
        out += self._section("questions", "question", self._quote)
        out += self._section("actions", "action", self._quote)
        out += self._section("resources", "resource", self._resource)
        if self.references.lines:
            out.append(Line(Mark.SECTION, self.say("references")))
            out += self.references.lines
        return out

    # --- what there is -----------------------------------------------------------------------------------------------

    def _things(self, kind: str) -> list[Thing]:
        scope, store = self.scope, self.store
        if scope.meeting:
            order = {info.id: place for place, info in enumerate(scope.meeting.sources)}
            last = len(order)
            things = things_of(store, scope.meeting, [kind], limit=_most(kind))
            self._meet(things)
            said = [(self._firsts[thing.id], thing) for thing in things]
            # As the documents have it: a reader follows the meeting, and its numbers.
            said.sort(key=lambda x: (order.get(x[0].source, last), x[0].start, x[1].id) if x[0] else (last, 0, x[1].id))
            return [thing for _, thing in said]
        if scope.theme:
            links = surest(store, scope.theme.id, [kind], scope.where, limit=_most(kind))
            found = store.things(link.b for link in links)
            return [found[link.b] for link in links if link.b in found]
        return [thing for thing in scope.chosen if thing.kind == kind]

    def _total(self, kind: str) -> int:
        """How many there are, of which `found` are those that may be quoted."""
        scope, found = self.scope, len(self.found[kind])
        if found >= _most(kind) and scope.meeting:
            return self._counted[kind]
        if found >= _most(kind) and scope.theme:
            return self._linked[kind].number
        return found

    @cached_property
    def _counted(self) -> Mapping[str, int]:
        """How much of each kind that has more than is quoted was said in the meeting, asked at once."""
        many = [kind for kind, found in self.found.items() if len(found) >= _most(kind)]
        return counts_of(self.store, [self.scope.meeting], many)[0] if self.scope.meeting else {}

    @cached_property
    def _linked(self) -> Mapping[str, Linked]:
        """How much of each kind the theme is linked to."""
        theme = self.scope.theme
        return self.store.linked([theme.id], _COUNTED, self.scope.where).get(theme.id, {}) if theme else {}

    def _meet(self, things: Iterable[Thing]) -> None:
        """Look up where these are said first, asked of all at once."""
        unmet = [thing.id for thing in things if thing.id not in self._firsts]
        for where in self.scope.meeting.filters if self.scope.meeting else (self.scope.where,):
            asked = [id_ for id_ in unmet if not self._firsts.get(id_)]
            found = self.store.firsts(asked, where) if asked else {}
            self._firsts |= {id_: found.get(id_) for id_ in asked}
            self.references.read(said.source for said in found.values())

    def _read_makers(self, things: Sequence[Thing]) -> Mapping[str, list[Thing]]:
        """Who makes each of these."""
        actors = sorted(load().relations["made_by"].to_kinds)
        links = self.store.strongest([thing.id for thing in things], actors, limit=_ACTORS, stated_only=True)
        made = {id_: [link.b for link in own if "made_by" in link.types][:_MAKERS] for id_, own in links.items()}
        return self._named(made)

    def _read_themes(self, proposals: Sequence[Thing]) -> Mapping[str, list[Thing]]:
        """What each of these is about; a doubtful theme is not what it is about."""
        links = surest_of(self.store, [p.id for p in proposals], ["theme"], limit=2, stated_only=True)
        return self._named({id_: [x.b for x in own if x.confidence >= UNSURE_BELOW] for id_, own in links.items()})

    def _named(self, ids: Mapping[str, Sequence[str]]) -> Mapping[str, list[Thing]]:
        found = self.store.things({id_ for own in ids.values() for id_ in own})
        return {of: [found[id_] for id_ in own if id_ in found] for of, own in ids.items()}

    # --- the parts ---------------------------------------------------------------------------------------------------

    def _head(self) -> Iterator[Line]:
        meeting = self.scope.meeting
        if meeting:
            when = self.say("day", iso=meeting.date) if meeting.date else ""
            facts = ", ".join(part for part in (when, plain(meeting.place)) if part)
            if facts:
                yield Line(Mark.TEXT, facts)
            yield from self._present(meeting)
        counts = [self.say(f"count_{kind}", n=n) for kind, n in self.totals.items() if n]
        if counts:
            yield Line(Mark.TEXT, f"{', '.join(counts)}.")
        yield Line(Mark.TEXT, self.say("promise"))

    def _present(self, meeting: Meeting) -> Iterator[Line]:
        by_role: dict[str, list[str]] = defaultdict(list)
        for person in participants(self.store, meeting):
            said = ", ".join(part for part in (person.function, person.body) if part)
            by_role[person.role].append(plain(f"{person.thing.label} ({said})" if said else person.thing.label))
        for role, names in by_role.items():
            yield Line(Mark.TEXT, self.say(f"role_{role}", names=", ".join(names)))

    def _section(self, title: str, kind: str, draw: Callable[[Thing], _Said | None]) -> Iterator[Line]:
        found = self.found[kind]
        drawn = _once(_widest([said for thing in found[: _most(kind)] if (said := draw(thing))]))
        if drawn:
            yield Line(Mark.SECTION, self.say(title))
            yield from drawn
            yield from self._rest(self.totals[kind] - len(found[: _most(kind)]))

    def _rest(self, n: int) -> Iterator[Line]:
        if n > 0:
            yield Line(Mark.TEXT, self.say("left_out", n=n))

    def _proposals(self) -> Iterator[Line]:
        found = self.found["proposal"]
        if not found:
            return
        by_theme: dict[str, list[Thing]] = defaultdict(list)
        for proposal in found[:MOST_PROPOSALS]:
            by_theme[self._theme_of(proposal)].append(proposal)
        yield Line(Mark.SECTION, self.say("proposals"))
        for theme in sorted(by_theme, key=lambda name: (not name, -len(by_theme[name]), name)):
            yield Line(Mark.PART, theme[:1].upper() + theme[1:] if theme else self.say("other_themes"))
            yield from _once(self._quote(proposal) for proposal in by_theme[theme])
        yield from self._rest(self.totals["proposal"] - len(found[:MOST_PROPOSALS]))

    def _theme_of(self, proposal: Thing) -> str:
        own = self.scope.theme.id if self.scope.theme else ""
        labels = [plain(theme.label) for theme in self._themes.get(proposal.id, ()) if theme.id != own]
        return labels[0] if labels else ""

    def _quote(self, thing: Thing) -> _Said | None:
        said = self._firsts.get(thing.id)
        if said is None:
            return None
        who = self._carriers(thing)
        text = self._quoted(words_of(said, thing)) + (f" — {who}" if who else "")
        return _Said(Mark.QUOTE, text, self.references.number(said))

    def _quoted(self, words: str) -> str:
        """Within quotation marks; what stands within its own already keeps these."""
        own = any(words[:1] == a and words[-1:] == b and words.count(a) == 1 for a, b in QUOTATIONS)
        return words if own else self.say("quoted", text=words)

    def _carriers(self, thing: Thing) -> str:
        return ", ".join(plain(actor.label) for actor in self._makers.get(thing.id, ()))

    def _figure(self, thing: Thing) -> _Said | None:
        said = self._firsts.get(thing.id)
        if said is None:
            return None
        text = self.references.text(said.source)
        words = figure_words(text, said, thing, self._blocks.get(said.passage))
        origin = plain(stated_origin(thing))
        origin = "" if all(fold(part) in fold(words) for part in origin.split(", ")) else origin
        line = self._quoted(words) + (f" ({origin})" if origin else "")
        return _Said(Mark.QUOTE, line, self.references.number(said), words)

    @cached_property
    def _blocks(self) -> Mapping[str, tuple[str, Passage]]:
        """The blocks that hold the figures."""
        said = (self._firsts.get(thing.id) for thing in self.found["figure"][:MOST])
        return self.store.blocks([one.passage for one in said if one])

    def _resource(self, thing: Thing) -> _Said | None:
        said = self._firsts.get(thing.id)
        if said is None:
            return None
        facts = [str(thing.attributes.get(k) or "") for k in ("author", "date", "url")]
        parts = [str(thing.attributes.get("title") or thing.label), *facts]
        text = ", ".join(plain(part) for n, part in enumerate(parts) if part and not _told(part, parts[:n]))
        return _Said(Mark.ITEM, text, self.references.number(said))


def _most(kind: str) -> int:
    return MOST_PROPOSALS if kind == "proposal" else MOST


def _told(part: str, before: Iterable[str]) -> bool:
    """Whether words that stand before say a part already: « 2024 » at the end of a title."""
    return any(re.search(rf"(?<!\w){re.escape(fold(part))}(?!\w)", fold(other)) for other in before)


def _widest(said: Sequence[_Said]) -> list[_Said]:
    """A figure whose words are part of another's, « 612 lits » of « 8 %, soit 612 lits », is in its line."""
    whole = [next((other for other in said if _holds(other.words, one.words)), one) for one in said]
    return [replace(holder, reference=one.reference) for one, holder in zip(said, whole, strict=True)]


def _holds(whole: str, part: str) -> bool:
    return 0 < len(part) < len(whole) and part.removeprefix("[…] ").removesuffix(" […]").rstrip(".") in whole


def _once(said: Iterable[_Said | None]) -> list[Line]:
    """What is said in the same words several times is one line with all its references."""
    found: dict[tuple[Mark, str], list[int]] = {}
    for one in said:
        if one:
            found.setdefault((one.mark, one.text), []).append(one.reference)
    return [
        Line(mark, f"{text} {' '.join(f'[{n}]' for n in dict.fromkeys(numbers))}")
        for (mark, text), numbers in found.items()
    ]
