"""Stakeholders by name: persons, organisations, territories. Groups are added by the next rule.

Candidates come from the participant lists, head nouns, acronyms, titles, first names and place lists; then the same
actor under several names becomes one, and every place where one of its names stands is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.text import fold
from ingest.document import Block
from ingest.extract.reading import Reading, Relation, Span, Stakeholder
from ingest.extract.spans import Spans
from ingest.extract.who import territories
from ingest.extract.who.acting_names import acting_names
from ingest.extract.who.actor_cast import Actor, Cast, initials_of, join_persons, join_short_bodies
from ingest.extract.who.actors import persons_in
from ingest.extract.who.attendee_actors import (
    ARTICLE,
    RULE,
    bare_name,
    cells_apart,
    from_attendee,
    head_of,
    initials_after,
    is_college,
    lists_places,
    read_blocks,
    said_beside,
    span_in,
    with_type,
)
from ingest.extract.who.bodies import bodies_in
from ingest.extract.who.body_words import acronyms
from ingest.extract.who.column_roles import column_role
from ingest.extract.who.entries import entries_of
from ingest.extract.who.enumerated import enumerated
from ingest.extract.who.lone_names import bare_first_names, handles, lone_names, times_named
from ingest.extract.who.loose_bodies import generic_bodies, towns, unknown_acronyms, written_low
from ingest.extract.who.mentions import Case, Finder, without_overlaps
from ingest.extract.who.name_words import first_names, function_words, untitled
from ingest.extract.who.place_columns import places_in_columns
from ingest.extract.who.places_named import lone_places, territories_in
from ingest.extract.who.titled_bodies import titled_bodies
from ingest.extract.who.words import words_of

MAX_INITIALS = 3
MIN_FIRST_NAMES = 3  # people without a surname, before a text is one that calls people by their first names


def run(reading: Reading) -> None:
    """Fill `reading.stakeholders` with persons, organisations and territories, and `works_for` relations."""
    cast = Cast()
    of_places = lists_places(reading.attendees)
    of_attendee = {a.id: from_attendee(cast, reading, a, of_places=of_places) for a in reading.attendees}
    for block, listed in said_beside(reading):
        _from_list(cast, reading, block, listed)
    for block in read_blocks(reading):
        _from_prose(cast, reading, block)
    _by_first_names(cast, reading)
    titled_bodies(cast, reading)
    generic_bodies(cast, reading)
    unknown_acronyms(cast, reading)
    towns(cast, reading)
    places_in_columns(cast, reading)
    acting_names(cast, reading)
    join_persons(cast)
    join_short_bodies(cast, reading.document.language)
    _drop_weak(cast, reading)
    _publish(cast, reading)
    _works_for(reading, cast, of_attendee)


def _from_prose(cast: Cast, reading: Reading, block: Block) -> None:
    """Bodies first, then persons outside them, then places outside both."""
    language, label, parse = reading.document.language, block.label, reading.parse(block)
    if not label.strip():
        return
    apart = cells_apart(block)
    bodies = bodies_in(apart, language)
    taken = [(b.first, b.last) for b in bodies]
    for body in bodies:
        name = ARTICLE.sub("", body.name) if body.name[:1].islower() else body.name
        if is_college(name):
            continue
        actor = cast.add(
            name,
            "organisation",
            span_in(block, body.first, body.last, "body", 0.85 if body.named else 0.7),
            acronym=body.acronym,
            head=body.head,
        )
        if inner := re.search(r"[«“\"]\s?([^»”\"]{3,60}?)\s?[»”\"]$", name):
            actor.add_name(inner.group(1))
            other = cast.find("organisation", inner.group(1))
            if other is not None:
                cast.merge(other, actor)
    numbered = reading.once("who.enumerated", lambda: enumerated(reading.document)).get(block.order)
    number = [(0, numbered)] if numbered else []
    persons = persons_in(label if _has_names_apart(block, language) else apart, language, [*taken, *number], parse)
    for found, person_name in persons:
        person = cast.add(found.name, "person", span_in(block, found.first, found.last, "person", found.confidence))
        person.first, person.last = person.first or person_name.first, person.last or person_name.last
        person.titles.add(person_name.title)
        person.add_name(label[found.first : found.last])
        person.add_name(untitled(label[found.first : found.last], language))
        if short := initials_after(label[found.last : found.last + 12], found.name):
            person.attributes["initials"] = short
        _beside(cast, reading, block, found.first, found.last)
    taken += [(f.first, f.last) for f, _ in persons]
    for lone in (*lone_names(label, language, taken, parse), *handles(label, taken)):
        if not _is_rival(cast, lone.name):
            somebody = cast.add(lone.name, "person", span_in(block, lone.first, lone.last, "first_name", 0.6))
            somebody.first = somebody.first or lone.name
            taken.append((lone.first, lone.last))
    for place in territories_in(label, language, taken, parse):
        cast.add(place.name, "territory", span_in(block, place.first, place.last, "territory", place.confidence))


def _from_list(cast: Cast, reading: Reading, block: Block, taken: list[tuple[int, int]]) -> None:
    """What the entries of a participant list name besides people and whom they are of."""
    language, label = reading.document.language, block.label
    for body in bodies_in(label, language):
        if body.named and not any(a < body.last and body.first < b for a, b in taken):
            span = span_in(block, body.first, body.last, "body", 0.8)
            cast.add(body.name, "organisation", span, acronym=body.acronym, head=body.head)
            taken = [*taken, (body.first, body.last)]
    for place in (*lone_places(label, taken), *territories_in(label, language, taken, reading.parse(block))):
        cast.add(place.name, "territory", span_in(block, place.first, place.last, "territory", place.confidence))


def _by_first_names(cast: Cast, reading: Reading) -> None:
    """Where several people go by their first names, other first names inside sentences are people too."""
    if sum(bool(p.first) and not p.last for p in cast.of_kind("person")) < MIN_FIRST_NAMES:
        return
    taken = Spans((s.start, s.end) for a in cast.actors for s in a.spans)
    times = times_named(reading.document.text)
    for block in read_blocks(reading):
        for lone in bare_first_names(block.label, reading.document.language, times):
            span = span_in(block, lone.first, lone.last, "first_name_inside", 0.5)
            if not taken.overlapping(span.start, span.end) and not _is_rival(cast, lone.name):
                somebody = cast.add(lone.name, "person", span)
                somebody.first = somebody.first or lone.name


def _has_names_apart(block: Block, language: str) -> bool:
    """Whether first names and surnames have a column each."""
    roles = {column_role(name, language) for name, _, _ in block.attributes.get("cells", [])}
    return {"first", "last"} <= roles


def _is_rival(cast: Cast, first_name: str) -> bool:
    """Whether two people listed bear a first name: alone it tells neither."""
    return sum(fold(p.first) == fold(first_name) for p in cast.of_kind("person") if p.last) > 1


def _beside(cast: Cast, reading: Reading, block: Block, first: int, last: int) -> None:
    """« Ibrahim S. (mutuelle X) », « Maïté L., de Promotion Y, » : the body a person is said to be of."""
    tail = block.label[last : last + 140]
    found = re.match(
        r"\s*\(([^()]{2,120})\)|,\s+(?:de|d[’']|du|of|from)\s?(?:l[’']|la |the )?([A-ZÀ-Ý][^,;.:()]{2,80}),", tail
    )
    if not found:
        return
    group = 1 if found.group(1) else 2
    for entry in entries_of(f"{block.label[first:last]} ({found.group(group)})", reading.document.language)[:1]:
        for piece in entry.bodies:
            name = bare_name(piece.text)
            at = block.label.find(piece.text, last)
            if at >= 0 and len(name) > 1 and not territories.is_commune(name) and len(name.split()) < 9:
                span = span_in(block, at, at + len(piece.text), "beside", 0.8)
                cast.add(name, "organisation", span, head=head_of(name)).add_name(with_type(reading, name, span.start))


def _drop_weak(cast: Cast, reading: Reading) -> None:
    """A territory that is only the name of a person, body or a common word; first names and single letters."""
    persons = {fold(n) for p in cast.of_kind("person") for n in (p.name, p.last, p.first) if n}
    for place in cast.of_kind("territory"):
        if fold(place.name) in persons or _is_common(place.name, reading):
            cast.drop(place)
    for body in cast.of_kind("organisation"):
        if fold(body.name) in persons or len(body.name) < 2:
            cast.drop(body)


def _is_common(place: str, reading: Reading) -> bool:
    """« Président », « COURS »: a word that the text also writes low, and no list knows as it stands."""
    unknown = place.isupper() or not (territories.is_commune(place) or territories.is_area(place))
    common = written_low(reading, place) or fold(place) in function_words("fr")
    return " " not in place and "-" not in place and unknown and common


def _publish(cast: Cast, reading: Reading) -> None:
    """Find every mention, then write the stakeholders in order of first mention."""
    finder, by_id, said = Finder(), dict[str, Actor](), dict[str, Spans]()
    initials = _initials_used(cast, reading)
    firsts = _first_name_counts(cast)
    for n, actor in enumerate(cast.actors):
        by_id[str(n)] = actor
        for name, case in _search_names(actor, initials, firsts):
            finder.add(str(n), name, case)
    for hit in without_overlaps(finder.scan(reading.document)):
        start, end = hit.block.span(hit.first, hit.last)
        actor = by_id[hit.owner]
        if _defines_initials(reading, actor, start, end):
            continue
        if hit.owner not in said:
            said[hit.owner] = Spans((s.start, s.end) for s in actor.spans)
        if not said[hit.owner].overlapping(start, end):
            actor.spans.append(Span(start, end, RULE.format("mention"), 0.8))
    for actor in sorted(cast.actors, key=lambda a: min((s.start for s in a.spans), default=0)):
        if actor.spans:
            reading.stakeholders.append(_stakeholder(reading, actor))


def _defines_initials(reading: Reading, actor: Actor, start: int, end: int) -> bool:
    """« Nora Vidal (NV) » names her once: the bracket only says how she is called below."""
    bracketed = reading.slice(start - 1, start) == "(" and reading.slice(end, end + 1) == ")"
    return bracketed and reading.slice(start, end) == actor.attributes.get("initials")


def _search_names(actor: Actor, initials: dict[str, Actor], firsts: dict[str, int]) -> Iterator[tuple[str, Case]]:
    """The names to look for, each with how it must be written."""
    for name in [actor.name, *actor.names]:
        single = len(words_of(name)) == 1
        case = (
            Case.EXACT
            if single and name.isupper() and len(name) <= 4
            else Case.CAPITAL
            if single or actor.kind != "organisation"
            else Case.ANY
        )
        yield name, case
    if actor.kind == "person":
        if actor.last and len(actor.last) > 2 and fold(actor.last) not in first_names():
            yield actor.last, Case.CAPITAL
        if (
            actor.first
            and firsts.get(fold(actor.first)) == 1
            and len(actor.first) > 2
            and actor.attributes.get("listed")
        ):
            yield actor.first, Case.CAPITAL
        if said := actor.attributes.get("initials"):
            yield said, Case.EXACT
        yield from ((i, Case.EXACT) for i, owner in initials.items() if owner is actor)


def _first_name_counts(cast: Cast) -> dict[str, int]:
    counts: dict[str, int] = {}
    for person in cast.of_kind("person"):
        counts[fold(person.first)] = counts.get(fold(person.first), 0) + 1
    return counts


def _initials_used(cast: Cast, reading: Reading) -> dict[str, Actor]:
    """Initials of listed persons that the text uses: only where two persons at least are meant so."""
    by_initials: dict[str, list[Actor]] = {}
    for person in cast.of_kind("person"):
        if person.attributes.get("listed") and person.last:
            short = initials_of(person.name)
            if 2 <= len(short) <= MAX_INITIALS:
                by_initials.setdefault(short, []).append(person)
    if len(by_initials) < 2:
        return {}
    used = set(re.findall(r"(?<![\w.])[A-Z]{2,3}(?![\w.])", reading.document.text))
    meant = {
        i: people[0]
        for i, people in by_initials.items()
        if len(people) == 1 and i in used and fold(i) not in acronyms(reading.document.language)
    }
    return meant if len(meant) >= 2 else {}


def _stakeholder(reading: Reading, actor: Actor) -> Stakeholder:
    names = [*actor.names, *filter(None, [actor.attributes.get("initials")])]
    aliases = [n for n in dict.fromkeys(names) if n != actor.name]
    attributes = {k: v for k, v in actor.attributes.items() if k not in {"listed", "initials"}}
    if actor.acronym:
        attributes["acronym"] = actor.acronym
    mentions = sorted(set(actor.spans), key=lambda s: (s.start, s.end, -s.confidence, s.rule))
    found = Stakeholder(reading.new_id("s"), actor.name, actor.kind, mentions, aliases, attributes)
    actor.attributes["id"] = found.id
    return found


def _works_for(reading: Reading, cast: Cast, of_attendee: dict[str, list[Actor]]) -> None:
    """Each attendee works for the bodies of the row, in the role that the row gives."""
    by_name = {(s.kind, n): s.id for s in reading.stakeholders for n in (s.name, *s.aliases)}
    for attendee in reading.attendees:
        person, *bodies = of_attendee[attendee.id]
        source = by_name.get(("person", person.name))
        for body in bodies:
            target = by_name.get((body.kind, body.name))
            if source and target and body.kind == "organisation":
                role = (("role", attendee.function),) if attendee.function else ()
                at = Span(attendee.at.start, attendee.at.end, RULE.format("attendee"), attendee.at.confidence)
                reading.relations.append(Relation(source, "works_for", target, at, role))
