"""Stakeholders by name: persons, organisations, territories. Groups are added by the next rule.

Candidates come from the participant lists, head nouns, acronyms, titles, first names and place lists; then the same
actor under several names becomes one, and every place where one of its names stands is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract import territories
from ingest.extract.actors import generic_heads, persons_in, territories_in
from ingest.extract.bodies import acronyms, adjectives, bodies_in, heads, is_shouting, not_bodies
from ingest.extract.actor_cast import Actor, Cast, initials_of, join_persons, join_short_bodies
from ingest.extract.entries import entries_of, is_body
from ingest.extract.mentions import Case, Finder, without_overlaps
from ingest.extract.names import first_names
from ingest.extract.people import proper_words
from ingest.extract.reading import Attendee, Reading, Relation, Span, Stakeholder
from ingest.extract.words import Word, joined, words_of

RULE = "stakeholders.{}@1"
_SPLIT_BODIES = re.compile(r"\s+[–—-]\s+|\s*[;|]\s*|\s+/\s+|,\s+|\s+et\s+(?=\S)")
_ARTICLE = re.compile(r"^(?:(?:le|la|les|un|une|the)\s+|l[’']\s?)", re.IGNORECASE)
_DETERMINERS = frozenset({"le", "la", "l", "les", "du", "au", "the", "notre", "cette", "ce", "chaque", "our"})
_AGENTS = frozenset({"par", "avec", "chez", "via", "selon", "by", "with"})
MAX_INITIALS = 3
# Words for a kind of body that may stand for its whole name (« l’agglomération »).
_TYPES = frozenset({"agglomeration", "communes", "urbaine", "mairie", "syndicat"})
_TYPE_BEFORE = re.compile(r"(?:association|asso|collectif|épicerie(?: \w+)?|mutuelle|entreprise|société|compagnie|coopérative|café|ferme|librairie|bailleur)\s+[«\"“]?\s?$", re.IGNORECASE)


def run(reading: Reading) -> None:
    """Fill `reading.stakeholders` with persons, organisations and territories, and `works_for` relations."""
    cast = Cast()
    of_attendee = {a.id: _from_attendee(cast, reading, a) for a in reading.attendees}
    for block in _read_blocks(reading):
        _from_prose(cast, reading, block)
    _generic_bodies(cast, reading)
    _unknown_acronyms(cast, reading)
    _towns(cast, reading)
    join_persons(cast)
    join_short_bodies(cast)
    _drop_weak(cast)
    _publish(cast, reading)
    _works_for(reading, cast, of_attendee)


def _read_blocks(reading: Reading) -> Iterator[Block]:
    """The leaves that are not rows or items of a participant list."""
    listed = sorted((a.at.start, a.at.end) for a in reading.attendees)
    for block in reading.document.leaves():
        covered = sum(min(e, block.end) - max(s, block.start) for s, e in listed if s < block.end and e > block.start)
        if covered > (0 if block.kind is BlockKind.ROW else 0.5 * (block.end - block.start)):
            continue
        yield block


def _from_attendee(cast: Cast, reading: Reading, attendee: Attendee) -> list[Actor]:
    """The person of a row and the bodies it comes from."""
    start, end = attendee.cells.get("name", (attendee.at.start, attendee.at.end))
    person = cast.add(attendee.name, "person", Span(start, end, RULE.format("attendee"), attendee.at.confidence))
    first, _, last = attendee.name.partition(" ")
    person.first, person.last = person.first or first, person.last or last
    person.add_name(" ".join(reading.slice(start, end).split()))
    person.attributes["listed"] = "1"
    for cell, value in (("function", attendee.function), ("organisation", attendee.organisation)):
        if value:
            person.attributes[cell] = value
    bodies = []
    if attendee.organisation:
        at = attendee.cells.get("organisation")
        for name in _split_bodies(attendee.organisation, reading):
            kind = "territory" if territories.is_commune(name) and not name.isupper() else "organisation"
            body = cast.add(name, kind, _span_of(reading, name, at), head=_head_of(name))
            body.add_name(_typed(reading, name, body.spans[-1].start if body.spans else 0))
            bodies.append(body)
    if attendee.function:
        at = attendee.cells.get("function")
        for body in bodies_in(attendee.function, reading.document.language):
            if body.named and body.name[:1].isupper():
                cast.add(body.name, "organisation", _span_of(reading, body.name, at), acronym=body.acronym, head=body.head)
        for place in territories_in(attendee.function, reading.document.language, [(b.first, b.last) for b in bodies_in(attendee.function, reading.document.language)]):
            cast.add(place.name, "territory", _span_of(reading, place.name, at))
    return [person, *bodies]


def _typed(reading: Reading, name: str, start: int) -> str:
    """« association X » where the type stands right before the name; empty elsewhere."""
    before = _TYPE_BEFORE.search(reading.slice(max(0, start - 30), start))
    return " ".join(f"{before.group()}{name}".split()) if before else ""


def _split_bodies(text: str, reading: Reading) -> list[str]:
    """The bodies of one cell: « D2 Conseil - Club X » are two, « France Active Seine – Essonne » stays one where the text has it."""
    parts = [p.strip(" .,;«»\"") for p in _SPLIT_BODIES.split(text)]
    parts = [p for p in parts if p]
    if " et " in text and not all(_head_of(p) or p[:1] in "«\"" or p.islower() for p in _SPLIT_BODIES.split(text)):
        parts = [text] if not re.search(r"[;/,]|\s[–-]\s", text) else parts
    if any(territories.is_area(p) or territories.is_commune(p) for p in parts[1:]):
        parts = []
    language = reading.document.language
    if len(parts) > 1 and all(is_body(p, language, proper_words(reading)) for p in parts):
        names = parts
    else:
        names = [text.strip(" .,;")]
    return [n for n in (_bare_name(n) for n in names) if len(n) > 1]


def _bare_name(name: str) -> str:
    """Without article and without a place that only says where."""
    name = _ARTICLE.sub("", name) if name[:1].islower() or name[:2] in {"L’", "L'"} else name
    at = re.search(r"\s(?:à|sur)\s(?=[A-ZÀ-Ý])", name)
    if at and territories.is_commune(name[at.end() :]):
        name = name[: at.start()]
    return re.sub(r"^(?:association|asso)\s+(?=[«\"A-ZÀ-Ý])", "", name).strip("«»\" ")


def _head_of(name: str) -> str:
    words = words_of(name)
    return words[0].folded if words and words[0].folded in heads("fr") else ""


def _span_of(reading: Reading, name: str, at: tuple[int, int] | None) -> Span | None:
    """The span of a name inside a cell; the whole cell where it is not found as written."""
    if at is None:
        return None
    found = reading.slice(*at).find(name)
    start, end = (at[0] + found, at[0] + found + len(name)) if found >= 0 else at
    return Span(start, end, RULE.format("attendee"), 0.9)


def _from_prose(cast: Cast, reading: Reading, block: Block) -> None:
    """Bodies first, then persons outside them, then places outside both."""
    language, label, parse = reading.document.language, block.label, reading.parse(block)
    if not label.strip():
        return
    bodies = bodies_in(label, language)
    taken = [(b.first, b.last) for b in bodies]
    for body in bodies:
        name = _ARTICLE.sub("", body.name) if body.name[:1].islower() else body.name
        actor = cast.add(name, "organisation", _span(block, body.first, body.last, "body", 0.85 if body.named else 0.7), acronym=body.acronym, head=body.head)
        if inner := re.search(r"[«“\"]\s?([^»”\"]{3,60}?)\s?[»”\"]$", name):
            actor.add_name(inner.group(1))
            other = cast.find("organisation", inner.group(1))
            if other is not None:
                cast.merge(other, actor)
    persons = persons_in(label, language, taken, parse)
    for found, name in persons:
        person = cast.add(found.name, "person", _span(block, found.first, found.last, "person", found.confidence))
        person.first, person.last = person.first or name.first, person.last or name.last
        person.add_name(label[found.first : found.last])
        _beside(cast, reading, block, found.first, found.last)
    taken += [(f.first, f.last) for f, _ in persons]
    for place in territories_in(label, language, taken, parse):
        cast.add(place.name, "territory", _span(block, place.first, place.last, "territory", place.confidence))


def _beside(cast: Cast, reading: Reading, block: Block, first: int, last: int) -> None:
    """« Ibrahim S. (mutuelle X) », « Maïté L., de Promotion Y, » : the body a person is said to be of."""
    tail = block.label[last : last + 140]
    found = re.match(r"\s*\(([^()]{2,120})\)|,\s+(?:de|d[’']|du|of|from)\s?(?:l[’']|la |the )?([A-ZÀ-Ý][^,;.:()]{2,80}),", tail)
    if not found:
        return
    group = 1 if found.group(1) else 2
    for entry in entries_of(f"{block.label[first:last]} ({found.group(group)})", reading.document.language)[:1]:
        for piece in entry.bodies:
            name = _bare_name(piece.text)
            at = block.label.find(piece.text, last)
            if at >= 0 and len(name) > 1 and not territories.is_commune(name) and len(name.split()) < 9:
                span = _span(block, at, at + len(piece.text), "beside", 0.8)
                cast.add(name, "organisation", span, head=_head_of(name)).add_name(_typed(reading, name, span.start))


def _span(block: Block, first: int, last: int, rule: str, confidence: float) -> Span:
    return Span(*block.span(first, last), RULE.format(rule), confidence)


def _generic_bodies(cast: Cast, reading: Reading) -> None:
    """« l’État », « la préfecture », « the Council »: bodies named by their article, one per document."""
    language = reading.document.language
    generic = generic_heads(language)
    by_head: dict[str, list[Actor]] = {}
    for body in cast.of_kind("organisation"):
        words = words_of(body.name)
        if words:
            own = {w.folded for w in words[:3]} & _TYPES if language != "en" else set()
            for head in {words[0].folded if language != "en" else words[-1].folded} | own:
                by_head.setdefault(head, []).append(body)
    for block in _read_blocks(reading):
        words = words_of(block.label)
        for at in range(1, len(words)):
            size = _generic_size(block.label, words, at, generic | set(by_head), language)
            if not size:
                continue
            first, last = words[at].start, words[at + size - 1].end
            name = block.label[first:last]
            span = _span(block, first, last, "generic", 0.7)
            meant = by_head.get(words[at].folded if language != "en" else words[at + size - 1].folded, [])
            if language == "en":
                meant = [b for b in meant if fold(b.name).endswith(fold(name))]
            if len(meant) == 1 and fold(meant[0].name) != fold(name):
                meant[0].spans.append(span)
                meant[0].add_name(name)
            elif words[at].folded in generic and language != "en" and _stands_alone(words[at], words[at - 1]):
                cast.add(name, "organisation", span)


def _towns(cast: Cast, reading: Reading) -> None:
    """« Ville de X » acts; X is a place of the document too where it stands by itself."""
    finder = Finder()
    for body in cast.of_kind("organisation"):
        head, _, place = body.name.partition(" ")
        place = re.sub(r"^(?:de la |de l[’']|de |du |des |d[’'])", "", place)
        if fold(head) in {"ville", "mairie", "commune"} and territories.is_commune(place):
            finder.add(place, place, Case.CAPITAL)
    taken = [(s.start, s.end) for a in cast.actors if a.kind != "territory" for s in a.spans]
    for hit in finder.scan(reading.document):
        start, end = hit.block.span(hit.first, hit.last)
        if not any(a <= start < b for a, b in taken) and "-" not in reading.slice(start - 1, start) + reading.slice(end, end + 1):
            cast.add(hit.owner, "territory", Span(start, end, RULE.format("town"), 0.7))


def _generic_size(label: str, words: tuple[Word, ...], at: int, generic: frozenset[str], language: str) -> int:
    """How many words the generic body at `at` has; 0 where there is none or its name goes on."""
    if words[at - 1].folded not in _DETERMINERS or not joined(label, words[at - 1], words[at]):
        return 0
    if language == "en":
        size = next((n for n in (2, 1) if at + n <= len(words) and " ".join(w.folded for w in words[at : at + n]) in generic), 0)
        return size if size and all(w.capital for w in words[at : at + size]) else 0
    if words[at].folded not in generic or words[at].text == "état":
        return 0
    following = words[at + 1] if at + 1 < len(words) and joined(label, words[at], words[at + 1]) else None
    goes_on = following is not None and (following.capital or following.folded in adjectives("fr") or following.folded in {"de", "du", "des", "d"} and at + 2 < len(words) and words[at + 2].capital)
    return 0 if goes_on else 1


def _stands_alone(word: Word, before: Word) -> bool:
    """« la région », « l’État »; not « un état », « cette ville »."""
    if word.folded in {"etat", "ville", "departement", "metropole", "communaute", "diocese", "paroisse"}:
        return word.capital
    return before.folded in {"la", "le", "l", "du", "au"}


def _unknown_acronyms(cast: Cast, reading: Reading) -> None:
    """Capitals that no list knows: a body where an agent word leads to them, or where they act."""
    language = reading.document.language
    people_initials = {initials_of(p.name) for p in cast.of_kind("person") if p.last}
    known = {fold(n) for a in cast.actors for n in a.names}
    by_initials = {initials_of(b.name): b for b in cast.of_kind("organisation") if len(b.name.split()) > 2}
    for block in _read_blocks(reading):
        if is_shouting(block.label):
            continue
        words = words_of(block.label)
        verbs = _verbs_after(reading, block)
        for at, word in enumerate(words):
            if not _could_be_body(word, language) or word.text in people_initials or word.folded in known:
                continue
            if meant := by_initials.get(word.text):
                meant.add_name(word.text)
                meant.spans.append(_span(block, word.start, word.end, "acronym", 0.7))
                continue
            before = [w.folded for w in words[max(0, at - 2) : at]]
            led = bool(before) and (before[-1] in _AGENTS or (len(before) == 2 and before[0] in _AGENTS and before[1] in _DETERMINERS))
            acts = bool(before) and before[-1] in {"le", "la", "l", "the"} and word.end in verbs
            if led or acts:
                cast.add(word.text, "organisation", _span(block, word.start, word.end, "acronym", 0.6))


def _could_be_body(word: Word, language: str) -> bool:
    letters = sum(c.isalpha() for c in word.text)
    plain = word.upper and 3 <= letters <= 8 and letters >= len(word.text) - 2
    return plain and word.folded not in not_bodies(language) | not_bodies("fr") and not re.fullmatch(r"[IVXLCDM]+", word.text)


def _verbs_after(reading: Reading, block: Block) -> set[int]:
    """Ends of words that are the subject of a verb, by the parse where there is one."""
    parse = reading.parse(block)
    if parse is None:
        return set()
    return {t.idx + len(t.text) for t in parse if t.dep_ in {"nsubj", "obl:agent"} and t.head.pos_ in {"VERB", "AUX"}}


def _drop_weak(cast: Cast) -> None:
    """A territory that is only the name of a person or body; first names and single letters."""
    persons = {fold(n) for p in cast.of_kind("person") for n in (p.name, p.last, p.first) if n}
    for place in cast.of_kind("territory"):
        if fold(place.name) in persons:
            cast.drop(place)
    for body in cast.of_kind("organisation"):
        if fold(body.name) in persons or len(body.name) < 2:
            cast.drop(body)


def _publish(cast: Cast, reading: Reading) -> None:
    """Find every mention, then write the stakeholders in order of first mention."""
    finder, by_id = Finder(), {}
    initials = _initials_used(cast, reading)
    firsts = _first_name_counts(cast)
    for n, actor in enumerate(cast.actors):
        by_id[str(n)] = actor
        for name, case in _search_names(actor, initials, firsts):
            finder.add(str(n), name, case)
    for hit in without_overlaps(finder.scan(reading.document)):
        start, end = hit.block.span(hit.first, hit.last)
        actor = by_id[hit.owner]
        if not any(s.start < end and start < s.end for s in actor.spans):
            actor.spans.append(Span(start, end, RULE.format("mention"), 0.8))
    for actor in sorted(cast.actors, key=lambda a: min((s.start for s in a.spans), default=0)):
        if actor.spans:
            reading.stakeholders.append(_stakeholder(reading, actor))


def _search_names(actor: Actor, initials: dict[str, Actor], firsts: dict[str, int]) -> Iterator[tuple[str, Case]]:
    """The names to look for, each with how it must be written."""
    for name in [actor.name, *actor.names]:
        single = len(words_of(name)) == 1
        case = Case.EXACT if single and name.isupper() and len(name) <= 4 else Case.CAPITAL if single or actor.kind != "organisation" else Case.ANY
        yield name, case
    if actor.kind == "person":
        if actor.last and len(actor.last) > 2 and fold(actor.last) not in first_names():
            yield actor.last, Case.CAPITAL
        if actor.first and firsts.get(fold(actor.first)) == 1 and len(actor.first) > 2 and actor.attributes.get("listed"):
            yield actor.first, Case.CAPITAL
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
    used = set(re.findall(r"(?<![\w.])[A-Z]{2,3}(?![\w.])", reading.document.text))
    meant = {i: people[0] for i, people in by_initials.items() if len(people) == 1 and i in used and fold(i) not in acronyms(reading.document.language)}
    return meant if len(meant) >= 2 else {}


def _stakeholder(reading: Reading, actor: Actor) -> Stakeholder:
    aliases = [n for n in dict.fromkeys(actor.names) if n != actor.name]
    attributes = {k: v for k, v in actor.attributes.items() if k != "listed"}
    if actor.acronym:
        attributes["acronym"] = actor.acronym
    mentions = sorted(set(actor.spans), key=lambda s: (s.start, s.end))
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
