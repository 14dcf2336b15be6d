"""Review in a real browser: an outline put right with Tab, a doubt settled with a key, words selected and added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from live_app import open_page, served
from playwright.sync_api import Page, expect
from small_graph import fill

from graph.store import open_store
from graph.store.base import Store

pytestmark = pytest.mark.browser

CHOSEN = "#tree-chosen"
ITEM = "Qui tient le standard de la navette ?"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[tuple[str, Store, dict[str, str]]]:
    """The small graph served for this test alone, which changes it."""
    url = f"sqlite:///{tmp_path / 'review.db'}"
    store = open_store(url)
    ids = fill(store)
    with served(url, tmp_path / "app.log") as address:
        yield address, store, ids
    store.close()


def _parent(store: Store, source: str) -> str:
    passages = {p.id: p for p in store.passages(source)}
    (block,) = [p for p in passages.values() if p.label == ITEM]
    return passages[block.parent].label if block.parent else ""


def test_tab_moves_a_block_of_an_outline_a_key_settles_a_doubt_selected_words_are_added(
    page: Page, own: tuple[str, Store, dict[str, str]]
) -> None:
    address, store, ids = own
    source = ids["atelier-mars.txt"]
    (block,) = [p.id for p in store.passages(source) if p.label == ITEM]
    open_page(page, f"{address}/sources?doc={source}&tab=plan&edit={block}")
    expect(page.locator(CHOSEN)).to_have_text(ITEM)
    expect(page.locator(".st-key-tree-indent button")).to_be_enabled()
    page.locator(CHOSEN).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("stMain")).to_contain_text("Sous « Il faudrait peut-être revoir")
    expect(page.locator(CHOSEN)).to_be_focused()
    assert _parent(store, source).startswith("Il faudrait")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_test_id("stMain")).to_contain_text("Sous « Se déplacer sans voiture ».")
    expect(page.locator(CHOSEN)).to_be_focused()
    expect(page.locator(".st-key-tree-end button")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".st-key-tree-end button")).to_be_focused()

    open_page(page, f"{address}/verifier?sort=reading")
    expect(page.locator(".st-key-review-confirm button")).to_be_enabled()
    asked = page.get_by_test_id("stPopoverBody").locator("input").first
    for key, words in (("t", "Changer de catégorie"), ("m", "Fusionner avec"), ("n", "Renommer")):
        expect(page.locator(".keys")).to_contain_text(words)
        page.keyboard.press(key)
        expect(asked).to_be_focused()
        if key != "n":
            page.locator(".st-key-card-case h3").first.click()
            expect(asked).to_be_hidden()
    page.locator(".st-key-do-rename button").focus()
    page.keyboard.press("t")
    expect(asked).to_be_visible()
    expect(page.locator(".st-key-do-kind")).to_have_count(0)
    asked.fill("Éclairer le chemin")
    asked.press("Enter")
    page.locator(".st-key-do-rename button").click()
    renamed = page.locator(".st-key-card-case h3", has_text="Éclairer le chemin")
    renamed.click()
    page.keyboard.press("v")
    expect(page.get_by_test_id("stMain")).to_contain_text("Plus aucun doute à lever.")
    confirmed = store.get(ids["light"])
    assert confirmed
    assert confirmed.confirmed

    text = "Le covoiturage vers la gare a commencé avec Roues Folles."
    open_page(page, f"{address}/sources?doc={ids['atelier-mai.txt']}")
    expect(page.locator(".document > .block", has_text=text)).to_be_visible()
    page.locator(".document > .block", has_text=text).evaluate("element => getSelection().selectAllChildren(element)")
    page.locator("a.add-selected").click()
    expect(page.locator(".st-key-card-add textarea")).to_have_value(text)
