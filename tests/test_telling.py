"""What explains a tie comes first, and names stand in the order of their numbers."""

from __future__ import annotations

from course_graph import node, write

from graph.course.meetings import meetings
from graph.model import Hop, Thing
from graph.store.base import Store
from graph.study.telling import telling


def _hop(quote: str, start: int) -> Hop:
    return Hop("theme:a", "theme:b", "mentions", "source:1", start, start + len(quote), quote)


def _theme(id_: str, label: str, *aliases: str) -> Thing:
    return Thing(id_, "theme", label, aliases=aliases)


def test_sentences_that_name_both_come_first_then_one_then_none_each_in_its_order() -> None:
    pair = [_theme("theme:a", "Transports scolaires", "cars"), _theme("theme:b", "jeunesse")]
    none, one, other, both, by_alias = (
        _hop(said, start)
        for start, said in enumerate(
            (
                "Rien n’est prévu.",
                "Le transport scolaire manque.",
                "La jeunesse s’ennuie.",
                "Transport scolaire et jeunesse vont ensemble.",
                "Les cars de la jeunesse.",
            )
        )
    )
    assert telling([none, one, other, both, by_alias], pair, 9) == [both, by_alias, one, other, none]
    assert telling([none, one, both], pair, 1) == [both]


def test_the_documents_of_a_meeting_stand_in_the_order_of_their_numbers(fresh_store: Store) -> None:
    for number in (10, 1, 11, 2):
        text = f"Table {number}\nOuvrir la halle.\n"
        write(fresh_store, f"table-{number}.txt", text, "Forum", "2026-05-12",
              [node(text, "proposal", "Ouvrir la halle")], [])  # fmt: skip
    (forum,) = meetings(fresh_store.sources())
    assert [info.name for info in forum.sources] == [f"table-{n}.txt" for n in (1, 2, 10, 11)]
