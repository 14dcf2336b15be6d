"""axe-core on every page in the real browser: nothing serious or critical, in both languages, on a small real graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from live_app import open_page, served
from playwright.sync_api import Page, expect
from small_graph import fill

import app
from graph.store import open_store

pytestmark = pytest.mark.browser

GRAVE = {"serious", "critical"}
# What is Streamlit's own and cannot be set from an application: (rule, a part of the element), with the reason.
STREAMLIT = {
    (
        "list",
        'data-testid="stSidebarNavItems"',
    ): "the menu puts the titles of its sections between the items of its list",
    ("listitem", '<li class="st-emotion-cache-'): "the same: the items lie in the sections, not in the list itself",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the app on the small graph, and the ids of its things."""
    folder: Path = tmp_path_factory.mktemp("axe")
    url = f"sqlite:///{folder / 'small.db'}"
    store = open_store(url)
    ids = fill(store)
    store.close()
    with served(url, folder / "app.log") as address:
        yield address, ids


def _views(ids: dict[str, str]) -> list[str]:
    """Every page, and the states of a page that show something else."""
    theme, document = ids["mobility"], ids["atelier-mars.txt"]
    own = [f"reseau?c={theme}&s={theme}", f"reseau?c={theme}&v=plan", f"reseau?c={theme}&v=tableau"]
    own += [f"themes?thing={theme}", f"acteurs?thing={ids['wheels']}", f"liens?a={theme}&b={ids['wheels']}"]
    own += [f"sources?doc={document}&at=84", *(f"sources?doc={document}&tab={tab}" for tab in ("plan", "table"))]
    return ["?lang=en", *(spec.url_path for spec in app.PAGES[1:]), *own]


def _grave(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in STREAMLIT)
    ]


def test_no_page_has_a_serious_or_critical_violation(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    told: dict[str, list[str]] = {}
    for view in _views(ids):
        open_page(page, f"{address}/{view}")
        expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
        for violation in _grave(page):
            told.setdefault(violation, []).append(view)
    assert not told, "\n".join(f"{violation}\n    on {', '.join(views)}" for violation, views in told.items())


def test_axe_sees_what_is_wrong(page: Page, small: tuple[str, dict[str, str]]) -> None:
    """A check that sees nothing would pass every page."""
    address, _ = small
    open_page(page, f"{address}/decisions")
    page.evaluate("document.querySelector('[data-testid=stMain]').append(document.createElement('button'))")
    assert any(told.startswith("button-name") for told in _grave(page))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_document_says_the_language_of_the_interface(
    page: Page, small: tuple[str, dict[str, str]], language: str
) -> None:
    address, _ = small
    open_page(page, f"{address}/themes?lang={language}")
    assert page.evaluate("document.documentElement.lang") == language
    other = {"fr": "English", "en": "Français"}[language]
    page.get_by_text(other, exact=True).click()
    page.wait_for_function("before => document.documentElement.lang !== before", arg=language)
