"""The guard of every browser test, which fails on a request to another machine, sees one."""

from __future__ import annotations

import pytest
from live_app import Watch, visit
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_a_request_to_another_machine_is_seen_by_the_watch(browser: Browser, small: tuple[str, dict[str, str]]) -> None:
    """A guard that sees nothing would pass every test."""
    context = visit(browser)
    watch = Watch(context)
    page = context.new_page()
    page.goto(f"{small[0]}/_stcore/health")
    assert watch.asked
    assert not watch.outside()
    page.evaluate("fetch('http://ailleurs.example/police.woff2').catch(() => null)")
    context.close()
    assert watch.outside() == ["http://ailleurs.example/police.woff2"]
