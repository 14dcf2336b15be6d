"""Of many topics kept for the next meeting, Home asks the store about the likeliest only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from app_pages import app_store, run_page

from graph.course.meetings import meetings
from graph.course.topics import KIND, kept_topics, topics
from graph.model import Actor, Evidence, Fragment, Node, Passage, Source, make_id
from graph.store.base import Store
from views import home

OFTEN = "un auvent devant la bibliothèque"
WORDS = ("halle", "four", "verger", "rucher", "lavoir", "marché", "sentier", "théâtre")
MADE = ("couvert", "communal", "d'été", "de nuit", "des enfants", "du bourg", "à bois")
ALONE = [f"{word} {how}" for word in WORDS for how in MADE]  # more than Home looks up


def _fragment(name: str, said: list[str]) -> Fragment:
    text = "\n".join(said) + "\n"
    nodes = tuple(
        Node(make_id("proposal", one), "proposal", one, (Evidence(at, at + len(one), one, "topics@1"),),
             attributes={"kind": KIND})
        for one, at in ((one, text.index(one)) for one in said)
    )  # fmt: skip
    passage = Passage(f"passage:{name}", 0, "sentence", 0, len(text) - 1, text[:-1])
    source = Source(make_id("source", text), f"document:{name}", name, make_id("sha", text), "txt", text)
    return Fragment(source, (passage,), nodes, ())


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for opened in app_store(tmp_path, monkeypatch):
        opened.write(_fragment("avril.txt", [*ALONE, OFTEN]), Actor())
        opened.write(_fragment("mai.txt", [OFTEN]), Actor())
        yield opened


def test_the_likeliest_topics_alone_are_looked_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    strongest = store.strongest

    def told(things: Sequence[str], *rest: Any, **named: Any) -> Any:
        asked.extend(things)
        return strongest(things, *rest, **named)

    monkeypatch.setattr(store, "strongest", told)
    kept, series = kept_topics(store), meetings(store.sources())
    few = topics(store, kept, series, most=5)
    assert len(asked) == len(few) == 5
    whole = topics(store, kept, series)
    assert len(whole) > home._LOOKED_UP
    assert [topic.said[0].label for topic in few] == [topic.said[0].label for topic in whole[:5]]


def test_home_shows_the_topics_that_come_first(store: Store) -> None:
    at = run_page("accueil")
    assert not at.exception
    shown = " ".join(str(element.proto.body) for element in at.get("html"))
    assert OFTEN in shown
    assert sum(alone.replace("'", "&#x27;") in shown for alone in ALONE) == 2
