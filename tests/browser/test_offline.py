"""The application works with the network cut: nothing is asked of another machine, on any page."""

from __future__ import annotations

import pytest
from live_app import Watch, open_page
from playwright.sync_api import Browser, Page, expect

import app

pytestmark = pytest.mark.browser


# Streamlit serves the first page at the root, and only there.
ADDRESSES = ["", *(spec.url_path for spec in app.PAGES[1:])]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_drawn_without_asking_anything_of_another_machine(
    page: Page, app_server: str, address: str
) -> None:
    open_page(page, f"{app_server}/{address}")
    expect(page.get_by_test_id("stMain").get_by_role("heading").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)  # "Page not found"


def test_a_request_to_another_machine_is_seen_by_the_watch(browser: Browser, app_server: str) -> None:
    """A guard that sees nothing would pass every test."""
    context = browser.new_context()
    watch = Watch(context)
    page = context.new_page()
    page.goto(f"{app_server}/_stcore/health")
    assert watch.asked
    assert not watch.outside()
    page.evaluate("fetch('http://ailleurs.example/police.woff2').catch(() => null)")
    context.close()
    assert watch.outside() == ["http://ailleurs.example/police.woff2"]
