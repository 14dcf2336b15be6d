"""The map of initiatives in the real browser: pins, clusters, keyboard and list choose the same; one is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from live_app import open_page, served
from playwright.sync_api import Page, expect

from graph.model import Actor
from graph.store import open_store
from ingest.document import RawFile
from ingest.extract import initiatives
from ingest.extract.reading import Reading
from ingest.fragment import ImportMeta, to_fragment
from ingest.registry import read_document

pytestmark = pytest.mark.browser

TABLE = """nom;type;adresse;commune;structure;latitude;longitude
Permanence;démarches;2 rue Haute;Vaubrun;CCAS;46.70;1.00
Atelier du soir;formation;2 rue Haute;Vaubrun;CCAS;46.70;1.00
Borne;équipement en libre-service;;Lirey;Mairie;46.90;1.40
Bus;application;;;;;
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("map")
    url = f"sqlite:///{folder / 'map.db'}"
    reading = Reading(read_document(RawFile("lieux.csv", TABLE.encode())))
    initiatives.run(reading)
    store = open_store(url)
    store.write(to_fragment(reading, ImportMeta()), Actor())
    store.close()
    with served(url, folder / "app.log") as at:
        yield at


def test_the_same_is_chosen_on_the_map_by_mouse_by_keyboard_and_in_the_list(page: Page, address: str) -> None:
    open_page(page, f"{address}/carte")
    page.locator(".map[data-ready='1']").wait_for()
    canvas, card = page.locator(".map .canvas"), page.locator(".st-key-card-initiative h2")
    at = canvas.evaluate(
        """box => { const m = box.__map, i = m.data.points.name.indexOf("Borne"), r = box.getBoundingClientRect();
        return [r.x + m.toX(m.xs[i]), r.y + m.toY(m.ys[i]) - 18] }"""
    )
    page.mouse.click(*at)
    expect(card).to_contain_text("Borne")
    expect(page.locator("ol.places li.chosen")).to_contain_text("Borne")
    canvas.focus()
    page.keyboard.press("ArrowLeft")  # from the middle to the two of one address
    page.keyboard.press("Enter")
    expect(page.locator(".map .same")).to_be_visible()
    page.locator(".map .same").get_by_role("button", name="Permanence").press("Enter")
    expect(card).to_contain_text("Permanence")
    page.locator("ol.places").get_by_role("link", name="Bus", exact=True).click()
    expect(card).to_contain_text("Bus")
    expect(page.get_by_test_id("stMain")).to_contain_text("Sans lieu connu")
    found = Axe().run(page, context="[data-testid=stMain]").response["violations"]
    assert not [rule["id"] for rule in found if rule["impact"] in {"serious", "critical"}]


def test_what_is_typed_is_on_the_map(page: Page, address: str) -> None:
    open_page(page, f"{address}/carte")
    page.get_by_role("button", name="Ajouter").click()
    form = page.get_by_role("dialog")
    form.get_by_label("Nom de l’initiative").fill("Café des aidants")
    form.get_by_label("Commune").fill("Lirey")
    form.get_by_label("Latitude (facultatif)").fill("1,4")
    form.get_by_label("Longitude (facultatif)").fill("46,9")
    form.get_by_role("button", name="Ajouter").click()
    expect(form).to_contain_text("semblent échangées")
    form.get_by_label("Latitude (facultatif)").fill("46,9")
    form.get_by_label("Longitude (facultatif)").fill("1,4")
    form.get_by_role("button", name="Ajouter").click()
    expect(page.locator(".st-key-card-initiative h2")).to_contain_text("Café des aidants", timeout=120_000)
    # The card may be there a moment before the map has its new points; the canvas is in a shadow tree.
    page.locator(".map .canvas").evaluate(
        """async box => { for (let i = 0; i < 600 && !box.__map.data.points.name.includes("Café des aidants"); i++)
        await new Promise(r => setTimeout(r, 100)); }"""
    )
    assert "Café des aidants" in page.locator(".map .canvas").evaluate("box => box.__map.data.points.name")


def test_what_was_typed_is_changed_in_its_form_and_stands_once(page: Page, address: str) -> None:
    open_page(page, f"{address}/carte")
    page.get_by_role("button", name="Ajouter").click()
    form, card = page.get_by_role("dialog"), page.locator(".st-key-card-initiative")
    form.get_by_label("Nom de l’initiative").fill("Jardin du soir")
    form.get_by_label("Commune").fill("Lirey")
    form.get_by_role("button", name="Ajouter").click()
    expect(card).to_contain_text("Sans type", timeout=120_000)  # nobody chose one
    typed = page.url
    page.get_by_role("button", name="Modifier").click()
    expect(form.get_by_label("Nom de l’initiative")).to_have_value("Jardin du soir")
    form.get_by_role("button", name="Enregistrer").click()
    expect(form).to_contain_text("Rien n’a été modifié")
    form.get_by_label("Adresse").fill("3 quai Neuf")
    form.get_by_label("Commune").fill("Vaubrun")
    form.get_by_role("button", name="Enregistrer").click()
    expect(card).to_contain_text("3 quai Neuf, Vaubrun", timeout=120_000)
    expect(page.locator("ol.places").get_by_role("link", name="Jardin du soir", exact=True)).to_have_count(1)
    expect(page.get_by_test_id("stMain")).not_to_contain_text("versions")
    assert page.url == typed  # the same initiative: what was said of it holds
    page.get_by_role("button", name="Modifier").click()
    expect(form.get_by_label("Nom de l’initiative")).to_have_value("Jardin du soir")
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    page.get_by_role("button", name="Ajouter").click()
    expect(form.get_by_label("Nom de l’initiative")).to_have_value("")  # what was left there is another one's
    page.keyboard.press("Escape")


def test_what_a_file_tells_of_is_not_changed_in_a_form(page: Page, address: str) -> None:
    open_page(page, f"{address}/carte")
    page.locator("ol.places").get_by_role("link", name="Bus", exact=True).click()
    expect(page.locator(".st-key-card-initiative")).to_contain_text("Corriger")
    expect(page.get_by_role("button", name="Modifier")).to_have_count(0)


def test_what_a_button_opens_is_entered_and_left_by_keyboard(page: Page, address: str) -> None:
    open_page(page, f"{address}/carte")
    expect(page.get_by_label("Autour de")).to_be_visible()  # all that the last Tab may reach is drawn
    opened = page.get_by_test_id("stPopoverBody")
    page.get_by_role("button", name="Exporter").first.focus()
    page.keyboard.press("Enter")
    expect(opened.get_by_role("button", name="Exporter en CSV")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Exporter").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(opened).to_have_count(0)
    page.keyboard.press("Enter")
    expect(opened.get_by_role("button", name="Exporter en CSV")).to_be_focused()
    expect(opened.get_by_role("button", name="GeoJSON")).to_be_visible()  # drawn last: Tab leaves from it
    page.keyboard.press("Tab")
    expect(opened.get_by_role("button", name="GeoJSON")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Autour de")).to_be_focused()  # what follows the button, not the end of the page


def test_who_listens_is_told_what_the_map_is_its_keys_and_what_a_filter_left(page: Page, address: str) -> None:
    open_page(page, f"{address}/carte")
    page.locator(".map[data-ready='1']").wait_for()
    expect(page.locator(".map .live")).to_be_empty()
    page.get_by_label("Structure ou nom").fill("Borne")
    page.keyboard.press("Enter")
    expect(page.locator(".map .live")).to_have_text("Carte de 1 initiative")
    drawing = page.get_by_role("application", name="Carte de 1 initiative")
    expect(drawing).to_have_accessible_description(re.compile("la liste à côté.*Flèches", re.IGNORECASE))
