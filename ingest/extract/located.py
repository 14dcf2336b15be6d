"""Where bodies, places and meetings are: « Les Ajoncs, située à Valmont », « Les Ajoncs (Valmont) », a meeting's place.

Only what stands right behind a name counts: a place elsewhere in the sentence is where something else happens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from ingest.extract.reading import Event, Reading, Relation, Span
from ingest.extract.said.mentioned import ByPlace, Mentioned
from ingest.extract.said.wording import any_of, plain, spaced
from ontology import lexicon

RULE, PLACE_RULE = "located.behind_name@1", "located.place_of_meeting@1"
MAX_BETWEEN = 80  # characters from the name to the place
MAX_PLACE = 200
# Nothing but an article and what parts sentences or items: « L'association … à Valmont », « - la régie … à Valmont ».
_HEAD = re.compile(r"(?:^|[.;:,(\n*•–-]|\bet|\band) ?(?:l'|la |le |les |the )?$")
_FROM = re.compile(r"(?:\bd'|\b(?:de|du|des|depuis|entre|from|between)(?: la| le| les| l'| the)?) ?$")


def run(reading: Reading) -> None:
    """Append `located_in` relations from bodies and territories, then from meetings, to territories."""
    named = ByPlace(Mentioned(m.start, m.end, s.id, s.kind) for s in reading.stakeholders for m in s.mentions)
    for one, place in pairwise(named.rows):
        if place.kind == "territory" and one.kind in ("organisation", "territory") and one.id != place.id:
            reading.relations += _behind(reading, one, place)
    territories = ByPlace(m for m in named.rows if m.kind == "territory")
    for event in reading.events if territories.rows else ():
        reading.relations += _of_meeting(reading, event, territories)


def _behind(reading: Reading, one: Mentioned, place: Mentioned) -> Iterator[Relation]:
    if not 0 < place.start - one.end <= MAX_BETWEEN:
        return
    words = _words(reading.document.language)
    written = reading.slice(one.end, place.start)
    between = spaced(written)
    bracket = between.strip() == "(" and reading.slice(place.end, place.end + 1) == ")"
    bare = (
        one.kind == "organisation" and words.bare.fullmatch(" ".join(written.split())) and _stands_alone(reading, one)
    )
    block = reading.document.block_at(one.start, place.end)
    if block is not None and (bracket or bare or words.seated.fullmatch(between)):
        yield Relation(one.id, "located_in", place.id, Span(one.start, place.end, RULE, 0.7 if bare else 0.8))


def _stands_alone(reading: Reading, one: Mentioned) -> bool:
    """« de la gare à Valmont », « relie la Région à Valmont » tell a way; bodies stand at the head of what is said."""
    before = plain(reading.slice(max(0, one.start - 20), one.start))
    return not _FROM.search(before) and bool(_HEAD.search(before))


def _of_meeting(reading: Reading, event: Event, territories: ByPlace) -> Iterator[Relation]:
    """The territories named in what is given as the place of a meeting, where it stands in the text."""
    for said, meeting in event.places():
        place = said[:MAX_PLACE]
        start = _near(reading.document.text, place, meeting.start) if place else -1
        at = Span(start, start + len(place), PLACE_RULE, 0.8)
        found = territories.within(at.start, at.end) if start >= 0 else []
        for territory in dict.fromkeys(m.id for m in found if at.start <= m.start and m.end <= at.end):
            yield Relation(event.id, "located_in", territory, at)


def _near(text: str, place: str, at: int) -> int:
    """Where the place is written: behind the meeting's name, else before it; -1 where it was put together."""
    behind = text.find(place, at)
    return behind if behind >= 0 else text.rfind(place, 0, at)


class _Words:
    """What may stand between a name and its place, in one language."""

    def __init__(self, seated: list[str], bare: list[str], kinds: list[str]) -> None:
        kind = f"(?:{'|'.join(kinds)})"  # may be nothing
        self.seated = re.compile(rf" ?[,(–-]? ?(?:{any_of(seated)}) ?{kind}")
        self.bare = re.compile(rf",? ?(?:{any_of(bare)})")  # as written: « a » is a verb


@cache
def _words(language: str) -> _Words:
    table = lexicon(language, "ties")
    return _Words(table.get("seated", []), table.get("bare", []), table.get("kinds_of_place", []))
