"""Bodies that the title in the front matter of a page names: « title: Minutes of Marlow Parish Council »."""

from __future__ import annotations

from ingest.extract.reading import Reading, Span
from ingest.extract.who.actor_cast import Cast
from ingest.extract.who.attendee_actors import RULE
from ingest.extract.who.bodies import bodies_in
from ingest.notes.front_matter import front_matter

_TITLES = ("title", "titre")
_CONFIDENCE = 0.8


def titled_bodies(cast: Cast, reading: Reading) -> None:
    """Add the bodies with a name of their own that the title of the front matter holds."""
    values = front_matter(reading.document.text)
    for value in (v for key in _TITLES for v in values.get(key, ())):
        for body in bodies_in(value.text, reading.document.language):
            if body.named:
                span = Span(value.start + body.first, value.start + body.last, RULE.format("title"), _CONFIDENCE)
                cast.add(body.name, "organisation", span, acronym=body.acronym, head=body.head)
