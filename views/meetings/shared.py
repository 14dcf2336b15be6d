"""What the pages of the meetings share: the series within the filters, what is computed once, names and badges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from graph.course.meetings import PLACES, SAME_DAY, Meeting, meetings
from graph.model import DecisionKind, Mention, SourceInfo, Thing, Visibility, make_id
from views import documents, memory, state
from views.correct import may_correct
from views.documents import open_source, short
from views.escape import html
from views.i18n import day, language, named, t
from views.kinds import capital, glyph

T = TypeVar("T")
_TO_SETTLE = (SAME_DAY, PLACES)


def series() -> list[Meeting]:
    """The meetings within the filters, in order of date."""
    return meetings(state.store().sources(state.where()), state.where())


def formerly(asked: str, found: Sequence[Meeting]) -> Meeting | None:
    """The meeting that now has the documents of one whose name or date was put right, or put right no longer: an old
    link leads there."""
    if not asked:
        return None
    now = {info.id: meeting for meeting in found for info in meeting.sources}
    for decision in state.store().decisions():
        read = decision.anchor.get("read") if decision.kind == DecisionKind.DESCRIBE else None
        for said in (read, {**read, **decision.value}) if read else ():
            if make_id("meeting", said["meeting"], said["date"]) == asked:
                return now.get(str(decision.anchor["source"]))
    return None


def every_meeting() -> list[Meeting]:
    """The meetings of the store, whatever the filters."""
    return meetings(documents.infos().values())


def computed(name: str, make: Callable[[], T], *parts: object, seen: bool = True) -> T:
    """What `make` gives, kept until something is said otherwise or filters change, for each role and language.

    `parts` are what else it reads; `seen`: it tells who sees a source, too.
    """
    kept: T = _kept(name, memory.fingerprint(state.said(seen=seen), language(), state.where(), parts), make)
    return kept


@memory.kept(max_entries=64)
def _kept(name: str, digest: str, _make: Callable[[], T]) -> T:  # noqa: ARG001  the key of the cache
    return _make()


# --- a meeting in words ----------------------------------------------------------------------------------------------


def when(meeting: Meeting) -> str:
    """« 18 mars 2026 », « sans date », or the date that cannot be, as it was written."""
    if meeting.date:
        return day(meeting.date)
    return t("meetings.said_date", said=meeting.said) if meeting.said else t("meetings.no_date")


def told_apart(meeting: Meeting) -> str:
    """Its date, with its name where another meeting has the same."""
    return named(when(meeting), capital(short(meeting.name, 30))) if SAME_DAY in meeting.doubts else when(meeting)


def address(meeting: Meeting) -> str:
    return state.href("reunions", m=meeting.id)


def meeting_link(meeting: Meeting, most: int = 60) -> str:
    """A link to the page of a meeting: its date, and its name for who hovers or listens."""
    said = named(when(meeting), capital(short(meeting.name, most)))
    return f'<a href="{html(address(meeting))}">{html(said)}</a>'


def badge(meeting: Meeting) -> str:
    """Who sees it, in a word."""
    if meeting.published:
        return f'<span class="badge shown">{html(t("meetings.published"))}</span>'
    return f'<span class="badge">{html(t("meetings.partly" if meeting.partly else "meetings.draft"))}</span>'


def doubts(meeting: Meeting) -> list[str]:
    """What is doubtful about its date and place, in words; what may be two meetings is for those who can settle it."""
    told = meeting.doubts if may_correct() else [doubt for doubt in meeting.doubts if doubt not in _TO_SETTLE]
    return [t(f"meetings.doubt_{doubt}", said=meeting.said) for doubt in told]


def of_source(source: str) -> Meeting | None:
    """The meeting that a source reports."""
    return by_source().get(source)


def by_source() -> dict[str, Meeting]:
    """The meeting that each source reports, by the id of the source."""
    return documents.kept("_meetings", lambda: {info.id: m for m in every_meeting() for info in m.sources})


def source_link(info: SourceInfo) -> str:
    target = html(state.href("sources", doc=info.id))
    draft = "" if info.visibility == Visibility.PUBLISHED else f" <small>{html(t('meetings.draft'))}</small>"
    return f'{glyph("source", 15)} <a href="{target}">{html(documents.title(info))}</a>{draft}'


# --- where something is said -----------------------------------------------------------------------------------------


def first_place(thing: Thing) -> Mention | None:
    """The first sentence a thing rests on, within the filters."""
    return next(iter(state.store().evidence(thing.id, state.where(), limit=1)), None)


def place_words(mention: Mention) -> str:
    """« Compte rendu de mars, ligne 12 »."""
    opened = open_source(mention.source)
    return f"{short(opened.title)}, {t('common.line', n=opened.line(mention.start))}"


def words_html(thing: Thing, picture: str, after: str = "") -> str:
    """The words of a statement behind the glyph of a kind, linked to the network; `after` is HTML at their end."""
    target = html(state.href("reseau", thing=thing.id))
    return f'<p class="words">{glyph(picture, 16)} <a class="quiet" href="{target}">{html(thing.label)}</a>{after}</p>'


def place_link(mention: Mention) -> str:
    target = html(state.href("sources", doc=mention.source, at=mention.start))
    return f'<a href="{target}">{html(place_words(mention))}</a>'
