"""Ways through the pages in a real browser, on a small graph whose labels attack: links, keyboard, an import."""

from __future__ import annotations

import re

import pytest
from live_app import open_page, visit, wait_run
from playwright.sync_api import Browser, Page, expect
from small_graph import ATTACK

pytestmark = pytest.mark.browser


def test_a_label_is_shown_as_it_was_written(page: Page, small) -> None:
    address, _ = small
    open_page(page, f"{address}/themes")
    expect(page.get_by_role("link", name=ATTACK, exact=True)).to_be_visible()


def test_a_link_changes_page_inside_the_session_and_back_returns(page: Page, small) -> None:
    address, _ = small
    open_page(page, f"{address}/themes?lang=en")
    page.evaluate("window.stillHere = true")
    page.get_by_role("link", name="Mobilité").click()
    expect(page.get_by_role("heading", name="Mobilité")).to_be_visible()
    assert "lang=en" in page.url
    assert page.evaluate("window.stillHere")
    page.go_back()
    expect(page.get_by_role("heading", name="Themes")).to_be_visible()


def test_a_store_in_a_file_has_no_page_of_cypher_in_its_menu_and_its_address_says_what_it_needs(
    page: Page, small
) -> None:
    address, _ = small
    open_page(page, f"{address}/cypher")
    expect(page.get_by_test_id("stAlert")).to_contain_text("Neo4j")
    menu = page.get_by_test_id("stSidebarNav")
    expect(menu.get_by_role("link", name="Étudier")).to_have_count(1)
    expect(menu.get_by_role("link", name="Cypher")).to_have_count(0)


def test_a_highlight_leads_to_the_thing(page: Page, small) -> None:
    address, ids = small
    open_page(page, f"{address}/sources?doc={ids['atelier-mars.txt']}")
    page.locator("a.hl", has_text="Roues Folles").first.click()
    page.wait_for_url("**/reseau?**")
    assert ids["wheels"].replace(":", "%3A") in page.url


def test_the_place_of_a_link_is_brought_into_view(page: Page, small) -> None:
    address, ids = small
    page.set_viewport_size({"width": 900, "height": 420})
    open_page(page, f"{address}/sources?doc={ids['atelier-mars.txt']}&at=330")
    expect(page.locator(".document mark").first).to_be_in_viewport()


def test_a_theme_opens_by_keyboard_alone(page: Page, small) -> None:
    address, _ = small
    open_page(page, f"{address}/themes")
    link = page.get_by_role("link", name="Mobilité")
    expect(link).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mobilité")).to_be_visible()


MISSED = "les aînés manquent des rendez-vous"
# What is marked in yellow, put together: highlights cut it into pieces.
MARKED = "words => [...document.querySelectorAll('.document mark')].map(e => e.textContent).join('') === words"


def test_the_ideas_of_a_text_are_read_one_after_the_other_with_a_key(page: Page, small) -> None:
    address, ids = small
    open_page(page, f"{address}/sources?doc={ids['atelier-mars.txt']}")
    expect(page.locator(".document")).to_be_visible()
    for key, words in (("j", MISSED), ("j", "Ouvrir une ligne de covoiturage vers la gare"), ("k", MISSED)):
        wait_run(page)  # a key is heard once its button stands
        page.keyboard.press(key)
        page.wait_for_function(MARKED, arg=words)


def test_a_doubtful_parent_leads_to_its_place_in_the_tree(page: Page, small) -> None:
    address, ids = small
    open_page(page, f"{address}/sources?doc={ids['atelier-mars.txt']}")
    page.get_by_role("link", name="parent à confirmer").click()
    expect(page.locator(".tree li#marked")).to_contain_text("éclairage du chemin des Lavoirs")
    page.locator(".tree .badge.doubt").click()
    page.wait_for_function(MARKED, arg="Il faudrait peut-être revoir l’éclairage du chemin des Lavoirs.")


def test_tabs_are_a_list_on_a_phone(browser: Browser, small) -> None:
    address, ids = small
    context = visit(browser, viewport={"width": 360, "height": 780}, locale="fr-FR")
    page = context.new_page()
    open_page(page, f"{address}/themes?thing={ids['mobility']}")
    expect(page.get_by_role("tab").first).not_to_be_visible()
    page.locator(".st-key-narrow-tab").get_by_role("combobox").click()
    page.get_by_role("option", name="Questions").or_(page.get_by_role("option", name="Question")).first.click()
    expect(page).to_have_url(re.compile("tab=question"))
    expect(page.get_by_test_id("stMain")).to_contain_text("Qui tient le standard")
    context.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_document_says_the_language_of_the_interface(page: Page, small, language: str) -> None:
    address, _ = small
    open_page(page, f"{address}/themes?lang={language}")
    assert page.evaluate("document.documentElement.lang") == language
    other = {"fr": "English", "en": "Français"}[language]
    page.get_by_text(other, exact=True).click()
    page.wait_for_function("before => document.documentElement.lang !== before", arg=language)


def test_a_dropped_file_is_imported_and_opened(page: Page, small) -> None:
    address, _ = small
    open_page(page, f"{address}/importer")
    text = b"Atelier du 7 avril 2026\n\nProposition : planter des haies le long du chemin.\n"
    page.locator("input[type=file]").set_input_files({"name": "haies.txt", "mimeType": "text/plain", "buffer": text})
    page.get_by_role("button", name="Importer le document").click()
    opens = page.get_by_role("button", name="Ouvrir", exact=True)
    expect(opens).to_be_visible(timeout=120_000)
    opens.click()
    wait_run(page)
    expect(page.locator(".document")).to_contain_text("planter des haies le long du chemin")
