"""A meeting that several were said to be answers as one written so from the start, and as several once undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from course_graph import FACILITATOR, link, node, write

from graph import actions
from graph.course.attendance import participants
from graph.course.figures import side_by_side
from graph.course.follow import AGAIN, DONE, Follower
from graph.course.meetings import counts_of, meetings, things_of
from graph.course.same import said_of
from graph.course.streams import streams
from graph.store.base import Store
from graph.synthesis.build import Scope, synthesis

NAME, DAY = "Forum : vieillir au village", "2026-05-12"
# The name and date under which each table is written where nobody said that they are one.
APART = {
    "one day": [(NAME, DAY), ("Forum : les trajets du soir", DAY), ("Forum : le bois", DAY)],
    "a date that one of them has": [(NAME, ""), ("Forum : les trajets du soir", DAY), ("Forum : le bois", "")],
    "several days": [(NAME, DAY), ("Forum : les trajets du soir", "2026-05-13"), ("Forum : le bois", "2026-05")],
}
COUNTED = ("theme", "proposal", "figure", "finding")


def say(key: str, /, **values: object) -> str:
    return f"{key} {' '.join(map(str, values.values()))}".strip()


def _table(store: Store, number: int, meeting: str, day: str) -> None:
    share = ("52 %", "47 %", "47 %")[number]
    offer_ = (
        "Ouvrir la halle du bourg le soir",
        "Allonger la ligne de car vers Brume",
        "Replanter la haie des Brandes",
    )
    person = f"Maude Tessandier {'ABC'[number]}"
    text = f"""Table {number + 1}
{offer_[number]}, disent les Amis de la halle.
{share} des trajets du canton font moins de 5 km.
La halle ferme trop tôt, table {number + 1}.
Présente : {person}.
"""
    theme = node(text, "theme", "halle", "halle", "halle")
    offer = node(text, "proposal", offer_[number], kind="proposal")
    figure = node(
        text, "figure", f"{share} des trajets du canton font moins de 5 km", value=share, unit="%",
        statement="des trajets du canton font moins de 5 km",
    )  # fmt: skip
    finding = node(text, "finding", f"La halle ferme trop tôt, table {number + 1}")
    friends = node(text, "organisation", "Amis de la halle", "Amis de la halle", "amis")
    who, event = node(text, "person", person), node(text, "event", f"Table {number + 1}", main="yes")
    links = [
        link(text, offer, "about", theme, f"{offer.label}, disent les Amis de la halle"),
        link(text, offer, "made_by", friends, f"{offer.label}, disent les Amis de la halle"),
        link(text, who, "took_part_in", event, person, status="present"),
    ]
    write(store, f"table-{number}.txt", text, meeting, day, [theme, offer, figure, finding, friends, who, event], links)


def _around(store: Store) -> None:
    """What was before it, two of its name among them, and what a later meeting answers."""
    before = "On parle de la halle.\n"
    for name, day in (("Veillée", "2026-02-03"), (NAME, "2025-05-06"), (NAME, "2025-06-03")):
        text = f"{name}, {day}\n{before}"
        write(store, f"{day}.txt", text, name, day, [node(text, "theme", "halle", "halle", "halle")], [])
    text = """Bilan
Ouvrir la halle du bourg le soir aussi.
Replanter la haie des Brandes cet hiver.
"""
    theme = node(text, "theme", "halle", "halle", "halle")
    done = node(text, "action", "Ouvrir la halle du bourg le soir aussi")
    again = node(text, "proposal", "Replanter la haie des Brandes cet hiver", kind="proposal")
    write(store, "bilan.txt", text, "Bilan", "2026-09-01", [theme, done, again], [])


def _told(store: Store) -> dict[str, Any]:
    """What the pages of the meetings say: the list, the picture of the series, and each meeting on its own."""
    series = meetings(store.sources())
    dated = [meeting for meeting in series if meeting.date]
    out: dict[str, Any] = {
        "series": [(m.id, m.name, m.date, m.doubts, [info.id for info in m.sources]) for m in series],
        "counts": counts_of(store, series, COUNTED),
        "streams": streams(store, dated),
    }
    for meeting in series:
        follower = Follower(store, [m for m in dated if m.date > meeting.date])
        outcomes = follower.outcomes(things_of(store, meeting, ["proposal"]))
        out[meeting.id] = {
            "figures": side_by_side(things_of(store, meeting, ["figure"])),
            "people": participants(store, meeting),
            "themes": things_of(store, meeting, ["theme"]),
            "synthesis": synthesis(store, Scope(meeting.name, meeting=meeting), say),
            "became": [
                (o.proposal, o.status, [(x.thing, x.meeting.id, x.near) for x in o.later], o.themes,
                 [m.id for m in o.back]) for o in outcomes
            ],
        }  # fmt: skip
    return out


@pytest.mark.parametrize("apart", APART.values(), ids=APART)
def test_a_joined_meeting_answers_as_one_written_so_and_undone_as_before(
    new_store: Callable[[], Store], apart: list[tuple[str, str]]
) -> None:
    store, written = new_store(), new_store()
    for number, (name, day) in enumerate(apart):
        _table(store, number, name, day)
        _table(written, number, NAME, DAY)
    _around(store)
    _around(written)
    before = _told(store)
    of_tables = [m for m in meetings(store.sources()) if m.sources[0].name.startswith("table")]
    kept = next(m for m in of_tables if m.name == NAME)
    whole = [kept, *(m for m in of_tables if m.id != kept.id)]
    taken = actions.describe_together(store, FACILITATOR, said_of(whole))
    joined, expected = _told(store), _told(written)
    assert joined == expected
    own = next(v for k, v in joined.items() if isinstance(v, dict) and len(v["people"]) == 3)
    assert {group.verdict for group in own["figures"]} == {"contradict"}
    assert {status for _, status, *_ in own["became"]} >= {DONE, AGAIN}
    actions.undo(store, FACILITATOR, taken.id)
    assert _told(store) == before
