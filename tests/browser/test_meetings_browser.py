"""Ways through the pages of the meetings in a real browser: publishing and withdrawing, a synthesis taken away."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from course_graph import node, write
from docx import Document
from live_app import open_page, served
from playwright.sync_api import Page, expect

from graph.model import make_id
from graph.store import open_store

pytestmark = pytest.mark.browser

MARCH = make_id("meeting", "Atelier de mars", "2026-03-18")


def test_a_meeting_is_published_once_what_will_appear_was_shown_and_is_withdrawn_again(page: Page, small) -> None:
    address, _ = small
    open_page(page, f"{address}/reunions?m={MARCH}")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text("Brouillon").first).to_be_visible()
    for act, after in (("Publier", "Publiée"), ("Retirer", "Brouillon")):
        main.get_by_role("button", name=act).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("Ouvrir une ligne de covoiturage vers la gare")).to_be_visible()
        dialog.get_by_role("button", name=act).click()
        expect(dialog).to_have_count(0)
        expect(main.locator(".state .badge", has_text=after)).to_be_visible()


def test_a_synthesis_is_taken_away_as_a_word_document(page: Page, small) -> None:
    address, ids = small
    open_page(page, f"{address}/synthese?thing={ids['carpool']}")
    page.get_by_role("button", name="Emporter").click()
    button = page.get_by_role("button", name="Word (.docx)")
    expect(button).to_be_visible()
    with page.expect_download(timeout=60_000) as waiting:
        button.click()
    written = Document(io.BytesIO(waiting.value.path().read_bytes()))
    assert "Ouvrir une ligne de covoiturage vers la gare" in "\n".join(p.text for p in written.paragraphs)


@pytest.fixture
def nine(tmp_path: Path) -> Iterator[str]:
    """The address of the app on nine meetings, some of a day, whose names have long words."""
    address = f"sqlite:///{tmp_path / 'graph.db'}"
    store = open_store(address)
    for n in range(9):
        text = f"Séance {n}\nLe logement des saisonniers, encore.\n"
        said = node(text, "theme", "logement des saisonniers", "logement des saisonniers", "logement")
        write(
            store, f"{n}.txt", text, f"{n}e atelier intercommunal d’aménagement", f"2026-09-{10 + n // 2}", [said], []
        )
    store.close()
    with served(address, tmp_path / "app.log") as served_at:
        yield served_at


_TABLE = """() => {
    const box = document.querySelector('.st-key-series-table .table'), color = getComputedStyle(box).scrollbarColor
    return {fits: box.scrollWidth <= box.clientWidth, bar: !color.startsWith('rgba(0, 0, 0, 0)')}
}"""


def test_the_table_of_the_series_has_all_its_columns_in_sight_or_a_scrollbar_to_them(
    page: Page, nine: str, app_server
) -> None:
    for address in (nine, app_server[0]):
        for width in (1280, 1024, 360):
            page.set_viewport_size({"width": width, "height": 800})
            open_page(page, f"{address}/reunions")
            expect(page.locator(".st-key-series-table th").last).to_contain_text("Mouvement")
            told = page.evaluate(_TABLE)
            assert told["fits"] if width != 1024 else told["fits"] or told["bar"], (address, width, told)
