"""Every page in a real browser: drawn offline, no label is markup, axe-core finds nothing grave, a phone holds it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from live_app import Watch, open_page, visit
from playwright.sync_api import Browser, BrowserContext, Page, expect

import app
from graph.model import make_id
from views.i18n import LANGUAGES

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
PHONE = 360  # pixels wide
NAMED_BY_ITS_ICON = re.compile(r"^[a-z_]+ icon$")  # all that Streamlit says of a button without a label
# States of a page that show something else, by the short names of the things in them (tests/tools/small_graph.py).
STATES = (
    "reseau?c={mobility}&s={mobility}",
    "reseau?c={mobility}&v=plan",
    "reseau?c={mobility}&v=tableau",
    "themes?thing={mobility}",
    "themes?thing={attack}",
    "acteurs?thing={wheels}",
    "liens?a={mobility}&b={wheels}",
    "liens?a={attack}&b={bikes}",
    "sources?doc={march}&at=84",
    "sources?doc={march}&tab=plan",
    "sources?doc={march}&tab=table",
    "sources?doc={may}",
    "sources?doc={may}&at=22&add=1",
    "sources?doc={march}&tab=plan&edit=first",
    "sources?doc={may}&tab=silence",
    "sources?list=silence",
    "etude?q=covoiturage",
    "etude?tab=measures&x={mobility}",
    "etude?tab=compare",
    "liens?across=meeting",
    "carte?edit=types",
    "verifier?d={light}",
    "verifier?sort=place",
    f"reunions?m={make_id('meeting', 'Atelier de mars', '2026-03-18')}",
    "reunions?thing={mobility}&tab=became",
    "reperes?tab=resource",
    "synthese?thing={mobility}&view=edit",
    "synthese?pick={line}",
)
# Streamlit serves the first page at the root, and only there.
VIEWS = ("", *(spec.url_path for spec in app.PAGES[1:]), *STATES)


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[tuple[BrowserContext, Watch]]:
    """One visitor who opens every page: what they share is fetched once, as it is for anybody."""
    context = visit(browser, locale="fr-FR")
    yield context, Watch(context)
    context.close()


@pytest.fixture
def page(visitor: tuple[BrowserContext, Watch]) -> Iterator[Page]:
    context, watch = visitor
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    yield page
    page.close()
    assert not watch.outside(), f"asked of another machine: {watch.outside()}"


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_is_drawn_for_everyone(page: Page, app_server: tuple[str, dict[str, str]], view: str) -> None:
    address, ids = app_server
    shown: list[str] = []
    page.on("dialog", lambda dialog: (shown.append(dialog.message), dialog.dismiss()))
    asked = view.format(**ids, march=ids["atelier-mars.txt"], may=ids["atelier-mai.txt"])
    for language in LANGUAGES:
        page.set_viewport_size({"width": 1280, "height": 800})
        open_page(page, f"{address}/{asked}{'&' if '?' in asked else '?'}lang={language}")
        assert page.evaluate("document.documentElement.lang") == language
        _fit_for_everyone(page)
    assert not shown


def _fit_for_everyone(page: Page) -> None:
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)  # "Page not found"
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href*='//x.example']").count() == 0
    assert page.get_by_role("button", name=NAMED_BY_ITS_ICON).count() == 0
    assert _grave(page) == []
    assert _too_wide(page, PHONE) <= 0


def _too_wide(page: Page, width: int) -> int:
    """By how many pixels the page scrolls sideways on a screen so wide, once it has found its shape."""
    page.set_viewport_size({"width": width, "height": 780})
    wide = 1
    for _ in range(20):
        wide = page.get_by_test_id("stMain").evaluate("element => element.scrollWidth - element.clientWidth")
        if wide <= 0:
            break
        page.wait_for_timeout(100)
    return wide


def _grave(page: Page) -> list[str]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in STREAMLIT)
    ]


def test_axe_sees_what_is_wrong(page: Page, app_server: tuple[str, dict[str, str]]) -> None:
    """A check that sees nothing would pass every page."""
    address, _ = app_server
    open_page(page, f"{address}/decisions")
    page.evaluate("document.querySelector('[data-testid=stMain]').append(document.createElement('button'))")
    assert any(told.startswith("button-name") for told in _grave(page))


def test_an_address_that_no_page_has_is_told_to_everyone_in_both_languages(
    page: Page, app_server: tuple[str, dict[str, str]]
) -> None:
    address, _ = app_server
    for language in LANGUAGES:
        page.goto(f"{address}/nulle-part?lang={language}", timeout=60_000)
        expect(page.get_by_role("heading")).to_be_visible()
        assert _grave(page) == []
        page.set_viewport_size({"width": PHONE, "height": 780})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
