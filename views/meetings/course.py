"""The meetings that a theme went through, each with its sentences, as a card beside its page."""

from __future__ import annotations

from collections import Counter

from graph.course.meetings import Meeting
from graph.model import Thing
from views import state
from views.details import card
from views.escape import html
from views.i18n import number, t
from views.kinds import capital, glyph
from views.meetings.shared import address, by_source, when

_SHOWN = 12


def course_card(thing: Thing) -> None:
    """Nothing where no meeting speaks of it."""
    meetings = by_source()
    counts: Counter[str] = Counter()
    met: dict[str, Meeting] = {}
    for source, n in state.store().sentences(thing.id, state.where()).items():
        if meeting := meetings.get(source):
            counts[meeting.id] += n
            met[meeting.id] = meeting
    if not met:
        return
    ordered = sorted(met.values(), key=lambda m: (m.date or "9999", m.name, m.id))
    most = max(counts.values())
    items = "".join(_row(meeting, counts[meeting.id], most) for meeting in ordered[-_SHOWN:])
    cut = f"<p><small>{html(t('meetings.latest_only', n=_SHOWN, all=len(ordered)))}</small></p>"
    card(
        t("meetings.course"),
        f'<ul class="bars">{items}</ul>{cut if len(ordered) > _SHOWN else ""}',
        "course",
        t("meetings.course_unit"),
    )


def _row(meeting: Meeting, n: int, most: int) -> str:
    width = round(100 * n / most)
    named = f'<a href="{html(address(meeting))}">{html(when(meeting))}</a> <small>{html(capital(meeting.name))}</small>'
    return f'<li><span>{glyph("event", 14)}{named}</span><i><i style="width:{width}%"></i></i><b>{number(n)}</b></li>'
