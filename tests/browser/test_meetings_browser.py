"""Ways through the pages of the meetings in a real browser: publishing and withdrawing, a synthesis taken away."""

from __future__ import annotations

import io

import pytest
from docx import Document
from live_app import open_page
from playwright.sync_api import Page, expect

from graph.model import make_id

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
