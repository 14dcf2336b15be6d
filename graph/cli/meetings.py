"""The commands of ``python -m graph`` about meetings: their list, publishing one, taking it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph.cli.console import one_line, opened, tell
from graph.cli.options import ACTOR, Json, Url

if TYPE_CHECKING:
    from graph.course.meetings import Meeting
    from graph.course.publication import Appearing
    from graph.store.base import Store

Name = Annotated[str, typer.Argument(metavar="MEETING", help="Name or id, as `meetings` lists them")]
Day = Annotated[str, typer.Option("--date", help="Only the meeting of this name on this day")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it; without it, what would change is shown")]


def meetings(store: Url = None, as_json: Json = False) -> None:
    """The meetings in order of date, with what is doubtful about their dates and whether they are published."""
    from graph.course.meetings import meetings as listed

    with opened(store) as found:
        rows = [_row(m) for m in listed(found.sources())]
        lines = [
            f"{r['date'] or '?':<10}  {one_line(r['name'])}  {len(r['sources'])} documents, {r['visibility']}"
            + (f"  ({', '.join(r['doubts'])})" if r["doubts"] else "")
            for r in rows
        ]
        tell(as_json, {"meetings": rows}, *(lines or ["no document names a meeting"]))


def publish(meeting: Name, store: Url = None, as_json: Json = False, date: Day = "", yes: Yes = False) -> None:
    """Show a meeting to participants. Tells first what will appear; --yes does it."""
    from graph import actions
    from graph.course.publication import appearing

    _change(meeting, date, store, as_json, appearing, actions.publish if yes else None, "published")


def withdraw(meeting: Name, store: Url = None, as_json: Json = False, date: Day = "", yes: Yes = False) -> None:
    """Take a published meeting back from participants. Tells first what will go; --yes does it."""
    from graph import actions
    from graph.course.publication import disappearing

    _change(meeting, date, store, as_json, disappearing, actions.withdraw if yes else None, "withdrawn")


def _change(
    name: str,
    date: str,
    url: str | None,
    as_json: bool,
    changing: Callable[[Store, Meeting], Appearing],
    act: Callable[..., int] | None,
    done: str,
) -> None:
    from graph.course.meetings import named_meetings

    with opened(url) as store:
        rows: list[dict[str, Any]] = []
        lines: list[str] = []
        for meeting in named_meetings(store, name, date):
            shown = changing(store, meeting)
            rows.append({**_row(meeting), "counts": shown.counts, "new": dict(shown.new)})
            counts = ", ".join(f"{n} {kind} ({shown.new[kind]} new)" for kind, n in shown.counts.items())
            people = ", ".join(thing.label for thing in shown.people)
            lines += [f"{meeting.said or '?'}  {one_line(meeting.name)}: {counts or 'nothing changes'}"]
            lines += [f"  {one_line(info.name)}" for info in shown.sources]
            lines += [f"  named: {one_line(people)}"] if people else []
            if act:
                act(store, ACTOR, [info.id for info in shown.sources])
        lines.append(done if act else "nothing was changed; --yes does it")
        tell(as_json, {"meetings": rows, "done": bool(act)}, *lines)


def _row(meeting: Meeting) -> dict[str, Any]:
    state = "published" if meeting.published else "partly published" if meeting.partly else "draft"
    return {
        "id": meeting.id,
        "name": meeting.name,
        "date": meeting.date,
        "place": meeting.place,
        "doubts": list(meeting.doubts),
        "visibility": state,
        "sources": [info.id for info in meeting.sources],
    }


MEETINGS = (meetings, publish, withdraw)
