"""What a figure or a resource is linked to by what was said of it, and its row's way back to sentence and meeting."""

from __future__ import annotations

from collections.abc import Sequence

from graph.course.figures import end_of_statement
from graph.model import Mention, Thing
from views import ahead, state
from views.documents import open_source
from views.escape import html
from views.i18n import t
from views.kinds import ACTORS, glyph, label
from views.meetings.shared import first_place, meeting_link, of_source, place_link
from views.quotes import quote_html
from views.tables import folded

_KINDS = ("theme", "proposal", "finding", "question", "action", *ACTORS)
_FIRST = 4  # shown before the others are asked for
_MOST = 1_000


def read_ahead(things: Sequence[Thing]) -> None:
    """What the rows of these ask: where each is said first, what states a relation with it."""
    ahead.first_places(things)
    ahead.stated(things, _KINDS, _MOST)


def citing(thing: Thing) -> list[Thing]:
    """What states a relation with it, strongest first."""
    links = state.store().neighbours(thing.id, _KINDS, state.where(), limit=_MOST, stated_only=True)
    found = state.store().things(link.b for link in links)
    return [found[link.b] for link in links if link.b in found]


def back_html(thing: Thing) -> str:
    """The sentence it rests on in its context, the document, the meeting, what is linked to it."""
    place = first_place(thing)
    if place is None:
        return ""
    parts = [quote_html(place.source, place.start, _end(place, thing)), _places(place), _linked(thing)]
    return "".join(parts)


def _end(place: Mention, thing: Thing) -> int:
    statement = str(thing.attributes.get("statement") or "")
    return end_of_statement(open_source(place.source).text, place.start, place.end, statement)


def _places(place: Mention) -> str:
    meeting = of_source(place.source)
    met = f" · {glyph('event', 14)} {meeting_link(meeting, 48)}" if meeting else ""
    return f'<p class="from">{glyph("source", 14)}{place_link(place)}{met}</p>'


def _linked(thing: Thing) -> str:
    items = [f'<span class="by">{glyph(x.kind, 14)}{_to(x)}</span>' for x in citing(thing)]
    if not items:
        return ""
    rest = folded(len(items) - _FIRST, f'<p class="with linked">{" ".join(items[_FIRST:])}</p>')
    first = f"<span>{html(t('marks.linked'))}</span> {' '.join(items[:_FIRST])}"
    return f'<p class="with linked">{first}</p>{rest}'


def _to(thing: Thing) -> str:
    page = "themes" if thing.kind == "theme" else "acteurs" if thing.kind in ACTORS else "reseau"
    said = label(thing) if len(thing.label) <= 70 else label(thing)[:69].rsplit(" ", 1)[0] + "…"
    return f'<a href="{html(state.href(page, thing=thing.id))}">{html(said)}</a>'


def meeting_words(place: Mention | None) -> tuple[str, str]:
    """(day as the store has it, name) of the meeting where a place was said, for a table."""
    meeting = of_source(place.source) if place else None
    return (meeting.said, meeting.name) if meeting else ("", "")
