"""Pages on graphs of many things: what is listed says how many more there are, what takes long is done beside."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from app_pages import run_page
from app_pages import shown as page_shown
from streamlit.testing.v1 import AppTest

from graph.review.doubts import merges
from graph.store.base import Store
from views import ideas, picker, tables
from views.review import looking

Open = Callable[..., AppTest]
ENOUGH = 600  # looks at a page, 0.1 s apart


@pytest.fixture
def open_page(small: Store) -> Open:
    return run_page


def shown(at: AppTest) -> str:
    return page_shown(at, ("markdown", "caption", "info", "success", "warning", "error"))


def _typed(at: AppTest, key: str, name: str) -> None:
    """A name typed into a list: the test's browser knows only what is offered."""
    box = at.selectbox(key=key)
    box.options.append(name)
    box.set_value(name).run()


def test_merges_of_a_large_graph_are_looked_for_while_the_rest_is_asked(
    open_page: Open, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr(looking, "LARGE", 0)
    monkeypatch.setattr(looking, "merges", lambda *asked: merges(*asked) if go.wait(ENOUGH / 10) else None)
    at = open_page("verifier")
    assert "encore recherchées" in shown(at)
    assert "Est-ce bien cela" in shown(at), "the doubts that the store finds are there"
    go.set()
    for _ in range(ENOUGH):
        at.run()
        if "encore recherchées" not in shown(at):
            break
        time.sleep(0.1)
    assert not at.exception
    assert "encore recherchées" not in shown(at)


def test_a_list_to_choose_from_tells_how_many_it_leaves_out_and_finds_them_by_name(
    open_page: Open, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picker, "OFFERED", 2)
    at = open_page("liens")
    assert len(at.selectbox(key="links-a").options) == 2
    assert "tapez un nom" in shown(at)
    _typed(at, "links-a", "covoit")
    assert not at.exception
    assert at.query_params["a"] == ids["carpool"]
    _typed(at, "links-b", "rien de tel")
    assert "rien de tel" in shown(at)
    assert "b" not in at.query_params


def _themes_listed(at: AppTest) -> int:
    return sum(block.proto.body.count("<tr>") - 1 for block in at.get("html") if "<table>" in block.proto.body)


def test_how_far_a_list_was_asked_for_is_in_the_address(
    open_page: Open, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ideas, "STEP", 1)
    at = open_page("themes")
    assert _themes_listed(at) == 1
    at.button(key="more-theme").click().run()
    assert at.query_params["rows"] == "theme:2"
    assert _themes_listed(at) == 2
    assert _themes_listed(open_page("themes", rows="finding:4,theme:2")) == 2
    assert _themes_listed(open_page("themes", rows="theme:-4,:3,theme,theme:9999999,theme:two")) == 1
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    most = open_page("themes", rows="theme:5000")
    assert _themes_listed(most) == 2
    assert "à 2 lignes sur 3" in shown(most)
