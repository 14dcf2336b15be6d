"""Every page of the app says the same of a graph that Neo4j holds as of the file that it was copied from."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from app_pages import run_page
from neo4j_server import wipe

from app import PAGES
from graph import actions
from graph.copy import copy
from graph.course.meetings import meetings
from graph.model import Actor
from graph.questions.cypher import examples
from graph.review.doubts import Sort
from graph.store import open_store
from graph.store.base import Store
from views import memory, state

ROOT = Path(__file__).resolve().parent.parent
# Two workshops, a map, a register of initiatives and one of people: every page has something to say of them.
SAMPLES = [
    ROOT / "samples" / "ambresle" / name
    for name in (
        "2025-06-12_atelier-1_vieillir-et-se-deplacer.md",
        "2025-10-14_atelier-2_tiers-lieu-jeunesse-numerique.txt",
        "2026-02-05_carte-mentale.mm",
        "initiatives-numeriques.csv",
        "liste-des-participants.csv",
    )
]
SERVERS_OWN = "cypher"  # the page that a file answers with one line
LEAST = 40  # lines that the frame of a page and what it says take at the least
# A file made on a click has another name each time; a copy keeps neither when a source was imported nor by whom.
PASSING = re.compile(r'deferred_file_id: "\w+"|20\d\d-\d\d-\d\dT[\d:.]+(?:\+00:00|Z)?|\b\d\d:\d\d\b')


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The samples in a file, with corrections of several sorts, and all but one document published."""
    url = f"sqlite:///{tmp_path_factory.mktemp('both') / 'pages.db'}"
    command = [sys.executable, "-m", "ingest", "add", *map(str, SAMPLES), "--yes", "--store", url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    with closing(open_store(url)) as store:
        correct(store, Actor("facilitatrice"))
    return url


def correct(store: Store, actor: Actor) -> None:
    themes, bodies = store.rows(["theme"], limit=12), store.rows(["organisation"], limit=8)
    actions.rename(store, actor, themes[5].id, "un thème renommé")
    actions.merge(store, actor, [theme.id for theme in themes[6:8]], reason="même chose")
    actions.keep_apart(store, actor, [body.id for body in bodies[:2]])
    actions.reject(store, actor, themes[9].id, reason="trop vague")
    actions.confirm(store, actor, store.rows(["proposal"], limit=1)[0].id)
    actions.change_kind(store, actor, bodies[7].id, "group")
    actions.undo(store, actor, actions.confirm(store, actor, themes[0].id).id)
    actions.publish(store, actor, [info.id for info in store.sources()][1:])


@pytest.fixture(scope="module")
def both(corrected: str, neo4j_address: str) -> Iterator[tuple[str, str]]:
    """The addresses of that file and of a server that holds a copy of it."""
    wipe(neo4j_address)
    state._opened.cache_clear()
    memory.empty()  # other tests of this process had another graph at the address of the server
    with closing(open_store(corrected)) as file, closing(open_store(neo4j_address)) as server:
        copy(file, server, Actor())
    yield corrected, neo4j_address
    for url in (corrected, neo4j_address):
        state._opened(url).close()
    state._opened.cache_clear()
    memory.empty()


def visits(store: Store) -> Mapping[str, list[dict[str, str]]]:
    """What of each page is looked at beside the page itself: by the address of the page."""
    themes, bodies, people, places = (
        [thing.id for thing in store.rows([kind], limit=3)] for kind in ("theme", "organisation", "person", "territory")
    )
    proposals, initiatives = (
        [thing.id for thing in store.rows([kind], limit=3)] for kind in ("proposal", "initiative")
    )
    series, sources = meetings(store.sources()), [info.id for info in store.sources()]
    (first, *_), named = (m.id for m in series), next(info.meeting for info in store.sources() if info.meeting)
    tabs = ("proposal", "finding", "question", "said")
    return {
        "accueil": [{"meeting": named, "lang": "en"}],
        "reseau": [
            {"c": themes[0], "s": themes[0], "d": "2"},
            {"q": "transport"},
            {"c": people[0], "since": "2025-07"},
        ],
        "liens": [{"a": themes[0], "b": bodies[0]}, {"a": places[0], "b": people[0]}, {"across": "organisation"}],
        "themes": [{"thing": themes[0], "tab": tab} for tab in tabs] + [{"tab": "proposal", "confirmed": "1"}],
        "acteurs": [{"tab": "person"}, {"thing": bodies[0]}, {"thing": people[0], "tab": "said"}],
        "sources": [{"list": "silence"}]
        + [{"doc": doc, "tab": tab} for doc in sources[2:3] for tab in ("text", "plan", "table", "silence", "ledger")],
        "etude": [{"q": "habitants"}, {"tab": "measures"}, {"tab": "dataset"}]
        + [{"tab": "compare", "by": by} for by in ("meeting", "territory")],
        "reunions": [{"tab": "list"}, {"tab": "became"}]
        + [{"m": first, "tab": tab} for tab in ("theme", "proposal", "finding", "became")],
        "carte": [{"q": "atelier"}, {"thing": initiatives[0]}, {"near": "Port-Ambresle", "km": "10"}],
        "reperes": [{"tab": "resource"}],
        "synthese": [{"m": first}, {"m": first, "view": "edit"}, {"thing": themes[0]}, {"pick": ",".join(proposals)}],
        "verifier": [{"sort": sort} for sort in Sort],
        "decisions": [{"thing": themes[0]}],
    }


def sent(page: str, params: Mapping[str, str]) -> list[str]:
    """All that a page sends to a browser, in the order of the page: texts, labels, addresses, data of pictures."""
    told: list[str] = []
    waiting: list[Any] = [run_page(page, **params)._tree]
    while waiting:
        block = waiting.pop()
        if getattr(block, "proto", None) is not None:
            told += PASSING.sub("…", str(block.proto)).splitlines()
        waiting += reversed(getattr(block, "children", {}).values())
    return told


@pytest.mark.parametrize("page", [spec.url_path for spec in PAGES if spec.url_path != SERVERS_OWN])
def test_a_page_says_the_same_on_both_stores(both: tuple[str, str], page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_store(both[0])) as file:
        looked_at = [{}, *visits(file).get(page, [])]
    for params in looked_at:
        said = []
        for url in both:
            monkeypatch.setenv("MAILLAGE_STORE", url)
            said.append(sent(page, params))
        assert len(said[0]) > LEAST, params
        assert said[1] == said[0], params


def test_every_example_of_the_page_of_questions_answers(both: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_STORE", both[1])
    for example in examples():
        at = run_page(SERVERS_OWN, example=example.key)
        next(b for b in at.button if b.label == "Interroger").click().run()
        assert not at.exception, example.key
        assert not [*at.error, *at.warning], example.key
