"""The actors that a participant list names: the person of each entry, and the bodies it comes from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from graph.text import fold
from ingest.document import Block, BlockKind
from ingest.extract.reading import Attendee, Reading, Span
from ingest.extract.spans import Spans
from ingest.extract.who import territories
from ingest.extract.who.actor_cast import Actor, Cast
from ingest.extract.who.bodies import bodies_in
from ingest.extract.who.body_words import heads
from ingest.extract.who.descriptions import is_body
from ingest.extract.who.group_heads import heads as group_heads
from ingest.extract.who.name_words import is_first_name, untitled
from ingest.extract.who.places_named import territories_in
from ingest.extract.who.proper_words import proper_words
from ingest.extract.who.wordlists import single_words
from ingest.extract.who.words import words_of

RULE = "stakeholders.{}@1"


_SPLIT_BODIES = re.compile(r"\s+[–—-]\s+|\s*[;|]\s*|\s+/\s+|,\s+|\s+et\s+(?=\S)")


MIN_PLACE = 6  # letters of a commune in capitals: shorter ones are as often acronyms (ARS, CAF)
ARTICLE = re.compile(r"^(?:(?:le|la|les|un|une|the)\s+|l[’']\s?)", re.IGNORECASE)


MIN_PLACES = 4  # names of places behind people, before unknown ones among them are places too
SURE_SHARE = 2  # one in so many is a known commune, or spelled like one
MIN_SURE = 2  # different ones
_TOWN_OFFICE = re.compile(
    r"(?:\d\w{0,3} |premiere? )?(?:maire(?: adjointe?)?|adjointe? au maire|conseill\w+ municipale?|mayor)(?: |$)"
)
_TYPE_BEFORE = re.compile(
    r"(?:association|asso|collectif|épicerie(?: \w+)?|mutuelle|entreprise|société|compagnie|coopérative|café|ferme"
    r"|librairie|bailleur)\s+[«\"“]?\s?$",
    re.IGNORECASE,
)


def read_blocks(reading: Reading) -> Iterator[Block]:
    """The leaves that are not rows or items of a participant list."""
    listed = Spans(at for a in reading.attendees for at in ((a.at.start, a.at.end), *(cell for _, cell in a.rest)))
    for block in reading.document.leaves():
        covered = sum(min(e, block.end) - max(s, block.start) for s, e in listed.overlapping(block.start, block.end))
        if covered > (0 if block.kind is BlockKind.ROW else 0.5 * (block.end - block.start)):
            continue
        yield block


def said_beside(reading: Reading) -> Iterator[tuple[Block, list[tuple[int, int]]]]:
    """The blocks of a participant list that are no rows, each with what was read of it, by places in its label.

    « Rémy, habitant de Morsan, bénévole au Fournil »: an entry may name more than whom somebody is of.
    """
    read = Spans(cell for a in reading.attendees for role, cell in a.cells.items() if role != "function")
    unread = {block.order for block in read_blocks(reading)}
    for block in reading.document.leaves():
        if block.order in unread or block.kind is BlockKind.ROW:
            continue
        cells = read.overlapping(block.start, block.end)
        yield block, [(bisect_left(block.offsets, a), bisect_left(block.offsets, b)) for a, b in cells]


def cells_apart(block: Block) -> str:
    """The label of a row with a stroke between its cells, so that no name goes from one into the next."""
    cells = block.attributes.get("cells", [])[:-1] if block.kind is BlockKind.ROW else []
    if not cells:
        return block.label
    characters = list(block.label)
    for _, _, end in cells:
        at = bisect_left(block.offsets, end)
        if at < len(characters) and characters[at].isspace():
            characters[at] = "|"
    return "".join(characters)


def lists_places(attendees: Sequence[Attendee]) -> bool:
    """Whether a list says of most people which commune they come from: « Anne Petit (Morsan), Luc Roux (Bel-Air) »."""
    said = [a.organisation for a in attendees if a.organisation]
    alone = [name for name in said if is_place_shaped(name)]
    sure = [n for n in alone if _is_sure_place(n)]
    enough = len(set(sure)) >= MIN_SURE and SURE_SHARE * len(sure) >= len(alone)
    return enough and len(alone) >= MIN_PLACES and 2 * len(alone) > len(said)


def _is_sure_place(name: str) -> bool:
    """A known commune or what is spelled like one, but no body of that name (« Orange »)."""
    known = territories.is_commune(name) or territories.looks_like_place(name)
    return known and fold(name) not in single_words("fr", "bodies", "acronyms")


def is_place_shaped(name: str) -> bool:
    """One proper name that no body begins: « Morsan », « Le Bourg », « Bel-Air-sur-Orve »; no acronym."""
    words = words_of(name)
    one = len(words) == 1 or (len(words) == 2 and words[0].text in {"Le", "La", "Les"})
    plain = one and words[-1].capital and not words[-1].upper and words[-1].text.replace("-", "").isalpha()
    return plain and head_of(name) == "" and not is_first_name(words[-1].text)


def from_attendee(cast: Cast, reading: Reading, attendee: Attendee, *, of_places: bool = False) -> list[Actor]:
    """The person of a row and the bodies it comes from; `of_places`: the list says of people where they live."""
    start, end = attendee.cells.get("name", (attendee.at.start, attendee.at.end))
    person = cast.add(attendee.name, "person", Span(start, end, RULE.format("attendee"), attendee.at.confidence))
    first, last = first_and_last(attendee.name)
    person.first, person.last = person.first or first, person.last or last
    written = " ".join(reading.slice(start, end).split())
    person.add_name(written)
    person.add_name(untitled(written, reading.document.language))
    person.attributes["listed"] = "1"
    person.titles.add(attendee.title)
    if short := initials_after(reading.slice(end, end + 12), attendee.name, loose=True):
        person.attributes["initials"] = short
    for cell, value in (("function", attendee.function), ("organisation", attendee.organisation)):
        if value:
            person.attributes[cell] = value
    bodies = []
    if attendee.organisation and not is_college(attendee.organisation):
        at = attendee.cells.get("organisation")
        for name in _split_bodies(attendee.organisation, reading):
            acronym = name.isupper() and (len(name) < MIN_PLACE or head_of(name) != "")
            of_town = of_places or _is_of_a_town(attendee.function)
            placed = territories.is_commune(name) or (of_town and is_place_shaped(name))
            sends = fold(name) in heads("fr")  # « (Ville) », « (Commune) »: a body, though communes are called so
            kind = "territory" if placed and not acronym and not sends else "organisation"
            body = cast.add(name, kind, _span_of(reading, name, at), head=head_of(name))
            body.add_name(with_type(reading, name, body.spans[-1].start if body.spans else 0))
            bodies.append(body)
    if attendee.function:
        at = attendee.cells.get("function")
        inside = bodies_in(attendee.function, reading.document.language)
        for named in inside:
            if named.named and named.name[:1].isupper():
                span = _span_of(reading, named.name, at)
                cast.add(named.name, "organisation", span, acronym=named.acronym, head=named.head)
        for place in territories_in(
            attendee.function,
            reading.document.language,
            [(b.first, b.last) for b in bodies_in(attendee.function, reading.document.language)],
        ):
            cast.add(place.name, "territory", _span_of(reading, place.name, at))
    for role, at in attendee.rest:
        actor = person if role == "name" else bodies[0] if role == "organisation" and len(bodies) == 1 else None
        if actor is not None:
            actor.spans.append(Span(*at, RULE.format("attendee"), attendee.at.confidence))
    return [person, *bodies]


def _is_of_a_town(function: str | None) -> bool:
    """Whether a function is one of a commune: « maire », « 2e adjointe au maire », « conseiller municipal »."""
    return function is not None and bool(_TOWN_OFFICE.match(fold(function)))


def first_and_last(name: str) -> tuple[str, str]:
    """« Claire Dupont » and « Dupont Claire » are both ("Claire", "Dupont")."""
    first, _, last = name.partition(" ")
    turned = is_first_name(last) and not is_first_name(first) and "." not in first
    return (last, first) if turned else (first, last)


_IN_BRACKETS = re.compile(r"\s?\((?P<initials>[A-Z]{2,4})\)")


def initials_after(tail: str, name: str, *, loose: bool = False) -> str:
    """The initials that a text gives a person right after the name: « Nora Vidal (NV) », « Monsieur Vidal (V) » not.

    They must be those of the name; `loose` (in a list of people): the first one is, a slip in the others is forgiven.
    """
    found = _IN_BRACKETS.match(tail)
    if found is None:
        return ""
    own = [w.text[0].upper() for w in words_of(name)]
    short = found["initials"]
    fits = short[0] in own[:1] if loose else sorted(short) == sorted(own)
    return short if fits else ""


def is_college(text: str) -> bool:
    """« Collège élus », « Collège des habitants »: a share of the seats, no school and no body."""
    words = [w for w in words_of(text) if w.folded not in {"des", "de", "d", "les"}]
    return len(words) > 1 and words[0].folded == "college" and words[1].folded in group_heads("fr")


def with_type(reading: Reading, name: str, start: int) -> str:
    """« association X » where the type stands right before the name; empty elsewhere."""
    before = _TYPE_BEFORE.search(reading.slice(max(0, start - 30), start))
    return " ".join(f"{before.group()}{name}".split()) if before else ""


def _split_bodies(text: str, reading: Reading) -> list[str]:
    """The bodies of one cell: « D2 Conseil - Club X » are two; a place after a dash belongs to its body."""
    parts = [p.strip(' .,;«»"') for p in _SPLIT_BODIES.split(text)]
    parts = [p for p in parts if p]
    if " et " in text and not all(head_of(p) or p[:1] in '«"' or p.islower() for p in _SPLIT_BODIES.split(text)):
        parts = [text] if not re.search(r"[;/,]|\s[–-]\s", text) else parts
    if any(territories.is_area(p) or territories.is_commune(p) for p in parts[1:]):
        parts = []
    language = reading.document.language
    if len(parts) > 1 and all(is_body(p, language, proper_words(reading)) for p in parts):
        names = parts
    else:
        names = [text.strip(" .,;")]
    return [n for n in (bare_name(n) for n in names) if len(n) > 1]


def bare_name(name: str) -> str:
    """Without article and without a place that only says where."""
    name = ARTICLE.sub("", name) if name[:1].islower() or name[:2] in {"L’", "L'"} else name
    at = re.search(r"\s(?:à|sur)\s(?=[A-ZÀ-Ý])", name)
    if at and territories.is_commune(name[at.end() :]):
        name = name[: at.start()]
    return re.sub(r"^(?:association|asso)\s+(?=[«\"A-ZÀ-Ý])", "", name).strip('«»" ')


def head_of(name: str) -> str:
    words = words_of(name)
    return words[0].folded if words and words[0].folded in heads("fr") else ""


def _span_of(reading: Reading, name: str, at: tuple[int, int] | None) -> Span | None:
    """The span of a name inside a cell; the whole cell where it is not found as written."""
    if at is None:
        return None
    found = reading.slice(*at).find(name)
    start, end = (at[0] + found, at[0] + found + len(name)) if found >= 0 else at
    return Span(start, end, RULE.format("attendee"), 0.9)


def span_in(block: Block, first: int, last: int, rule: str, confidence: float) -> Span:
    return Span(*block.span(first, last), RULE.format(rule), confidence)
