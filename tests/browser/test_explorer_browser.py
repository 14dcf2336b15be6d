"""The network in a real Chromium: it is drawn, answers to mouse and keyboard, keeps still; nothing in it is markup."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from live_app import Watch, open_page, visit, wait_run
from playwright.sync_api import Browser, Page, expect
from small_graph import ATTACK

pytestmark = pytest.mark.browser


@pytest.fixture
def small(small: tuple[str, dict[str, str]]) -> tuple[str, dict[str, str]]:
    """The address of the network of the small graph, and the ids of what is in it."""
    return f"{small[0]}/reseau", small[1]


def _drawn(page: Page, address: str) -> Page:
    open_page(page, address)
    page.locator(".network[data-ready='1']").wait_for()
    return page


def _places(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.locator(".canvas").evaluate(
        "el => JSON.parse(JSON.stringify(el.__network.getPositions()))"
    )
    return found


def _xy(page: Page, node: str) -> tuple[float, float]:
    """Where a node is on the screen; it must be inside the canvas."""
    x, y, inside = page.locator(".canvas").evaluate(
        """(el, id) => { const n = el.__network, r = el.getBoundingClientRect();
        const q = n.canvasToDOM(n.getPositions([id])[id]);
        return [r.x + q.x, r.y + q.y, q.x > 0 && q.y > 0 && q.x < r.width && q.y < r.height] }""",
        node,
    )
    assert inside, f"{node} is outside the canvas"
    return x, y


def _pixels(page: Page) -> int:
    """How many pixels of the canvas hold something."""
    count: int = page.locator(".canvas canvas").evaluate(
        """c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; let n = 0;
        for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n }"""
    )
    return count


def _alerts(page: Page) -> list[str]:
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_click_shows_the_details_and_the_address_says_so(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    alerts = _alerts(page)
    _drawn(page, address)
    assert _pixels(page) > 2000
    page.mouse.click(*_xy(page, ids["carpool"]))
    expect(page.locator(".card-title h2")).to_have_text("Covoiturage")
    expect(page.locator(".quote mark").first).to_have_text("covoiturage")
    expect(page).to_have_url(re.compile("s=theme"))
    assert not alerts


def test_a_double_click_unfolds_and_nothing_known_moves(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['odile']}")
    page.locator(".canvas").evaluate("el => { window.__first = el.__network }")
    page.mouse.move(*_xy(page, ids["odile"]))
    page.mouse.down()
    x, y = _xy(page, ids["odile"])
    page.mouse.move(x - 60, y - 30, steps=4)
    page.mouse.up()
    before = _places(page)
    page.mouse.dblclick(*_xy(page, ids["wheels"]))
    expect(page).to_have_url(re.compile("x=organisation"))
    page.wait_for_function("n => Object.keys(window.__first.getPositions()).length > n", arg=len(before))
    after = _places(page)
    assert {node: after[node] for node in before} == before, "known nodes stay, the dragged one too"
    assert page.locator(".canvas").evaluate("el => el.__network === window.__first"), "the canvas is the same one"


def test_what_was_dragged_is_there_for_whoever_opens_the_link_until_the_way_back(
    page: Page, small: tuple[str, dict[str, str]]
) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['odile']}")
    before = _places(page)
    x, y = _xy(page, ids["wheels"])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 30, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("p=organisation"))
    dragged = _places(page)
    assert dragged[ids["wheels"]] != before[ids["wheels"]]
    other = _drawn(page.context.new_page(), page.url)
    assert _places(other) == dragged
    page.bring_to_front()
    page.go_back()
    page.wait_for_function(
        """before => JSON.stringify([...document.querySelectorAll("*")].map(e => e.shadowRoot?.querySelector(".canvas"))
        .find(Boolean)?.__network.getPositions()) === before""",
        arg=json.dumps(before, separators=(",", ":")),
    )


def test_who_copies_the_link_is_told_that_it_keeps_fewer_places_than_were_moved(
    page: Page, app_server: tuple[str, dict[str, str]]
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    _drawn(page, f"{app_server[0]}/reseau")
    moved = page.locator(".canvas").evaluate(
        """el => { const ids = Object.keys(el.__network.getPositions()).slice(0, 13);
        el.__network.body.emitter.emit("dragEnd", { nodes: ids }); return ids.length }"""
    )
    assert moved == 13
    expect(page).to_have_url(re.compile("[?&]p="))
    page.locator("[data-key=copy]").click()
    expect(page.locator("[data-key=copy]")).to_contain_text("les 12 derniers")
    expect(page.locator(".network .live")).to_contain_text("les 12 derniers")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_click_on_a_link_lists_its_sentences(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['odile']}")
    (ax, ay), (bx, by) = _xy(page, ids["odile"]), _xy(page, ids["wheels"])
    page.mouse.click((ax + bx) / 2, (ay + by) / 2)
    expect(page.locator(".card-ends li")).to_have_count(2)
    expect(page.locator(".st-key-card-details")).to_contain_text("pour membre")


def test_the_network_is_used_by_keyboard_alone(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['mobility']}")
    page.locator("[data-key='fit']").focus()
    page.keyboard.press("Tab")
    expect(page.locator(".live")).to_contain_text("Mobilité")
    picture = page.get_by_role("application", name="Réseau", exact=True)
    expect(picture).to_have_accessible_description(re.compile("Flèches.*Entrée"))
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator(".live")).to_contain_text("liens affichés")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Centrer ici")).to_be_visible()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("x="))
    page.keyboard.press("r")  # Streamlit's own key for a rerun: kept from it
    page.keyboard.press("Escape")
    wait_run(page)
    expect(page).not_to_have_url(re.compile("[?&]s="))
    page.keyboard.press("Tab")  # the picture is one stop: vis-network would make it two, the second without a name
    assert page.evaluate(FOCUSED)[0] not in {"", "DIV"}


def test_the_legend_filters_and_says_its_state(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['mobility']}")
    assert ids["missed"] in _places(page)
    page.locator("[data-key='kind-finding']").click()
    expect(page.locator("[data-key='kind-finding']")).to_have_attribute("aria-pressed", "false")
    expect(page).to_have_url(re.compile("k=finding"))
    wait_run(page)
    expect(page.locator(".network .live")).to_contain_text(page.locator(".foot .shown").inner_text())
    assert ids["missed"] not in _places(page)
    page.locator("[data-key='kind-finding']").click()
    expect(page.locator("[data-key='kind-finding']")).to_have_attribute("aria-pressed", "true")


def test_labels_that_look_like_markup_are_painted_not_run(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    alerts = _alerts(page)
    _drawn(page, f"{address}?c={ids['attack']}")
    x, y = _xy(page, ids["attack"])
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.locator(".card-title h2")).to_have_text(ATTACK)
    for view in ("Plan", "Tableau"):
        page.get_by_test_id("stMain").get_by_text(view, exact=True).click()
        wait_run(page)
    expect(page.locator("img[src='x']")).to_have_count(0)
    assert not alerts


def test_outline_and_table_are_used_by_keyboard_alone(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, _ = small
    for view in ("plan", "tableau"):
        open_page(page, f"{address}?v={view}")
        link = page.get_by_test_id("stMain").get_by_role("link", name="Covoiturage", exact=True).first
        link.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".card-title h2")).to_have_text("Covoiturage")
        expect(page).to_have_url(re.compile(f"v={view}"))


def test_the_exports_are_files_that_open_alone(
    page: Page, browser: Browser, small: tuple[str, dict[str, str]], tmp_path: Path
) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['attack']}")
    for name, suffix in (("Page à ouvrir hors ligne", "html"), ("Exporter en CSV", "csv"), ("Image", "png")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        waiting.value.save_as(tmp_path / f"network.{suffix}")
    assert (tmp_path / "network.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "network.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    context = visit(browser)
    watch, alone = Watch(context), context.new_page()
    alerts = _alerts(alone)
    alone.goto((tmp_path / "network.html").as_uri())
    alone.locator("#mynetwork canvas").wait_for()
    alone.mouse.move(400, 300)
    alone.wait_for_timeout(300)
    assert "onerror" in alone.evaluate("nodes.get().map(n => n.label).join()").replace("\n", " ")
    assert not watch.outside()
    assert not alerts
    context.close()


def test_a_correction_from_the_card_is_undone_at_once(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['mobility']}&s={ids['who']}")
    page.locator(".st-key-card-details").get_by_role("button", name="Corriger").click()
    page.get_by_role("dialog").get_by_label("Nom").fill("Standard de la navette")
    page.get_by_role("dialog").get_by_label("Nom").press("Tab")
    page.get_by_role("dialog").get_by_role("button", name="Renommer").click()
    expect(page.locator(".card-title h2")).to_have_text("Standard de la navette")
    page.locator(".st-key-done").get_by_role("button", name="Annuler").click()
    expect(page.locator(".card-title h2")).to_have_text("Qui tient le standard ?")


def test_a_choice_made_outside_the_picture_is_marked_in_it(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['odile']}")
    page.mouse.click(*_xy(page, ids["wheels"]))
    expect(page.locator(".card-title h2")).to_have_text("Roues Folles")
    page.locator(".card-links").get_by_role("link", name="Odile Brinchemont").first.click()
    expect(page.locator(".card-title h2")).to_have_text("Odile Brinchemont")
    page.wait_for_function(
        """id => [...document.querySelectorAll("*")].map(e => e.shadowRoot?.querySelector(".canvas")).find(Boolean)
        ?.__chosen() === id""",
        arg=ids["odile"],
    )


FOCUSED = """() => {
  let e = document.activeElement;
  while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  if (e === document.body || e === document.documentElement) return ["", true];
  const ringed = (e) => {
    const s = getComputedStyle(e);
    return (s.outlineStyle !== "none" && s.outlineWidth !== "0px") || s.boxShadow !== "none";
  };
  const framed = e.tagName === "INPUT" && e.closest("[data-baseweb], [data-testid=stTextInputRootElement]");
  return [e.dataset.key || e.getAttribute("aria-label") || e.innerText || e.tagName, ringed(e) || Boolean(framed)];
}"""


def test_everything_is_reached_by_keyboard_and_the_focus_is_seen(page: Page, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    _drawn(page, f"{address}?c={ids['mobility']}&s={ids['line']}")
    reached: dict[str, bool] = {}
    for _ in range(90):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(FOCUSED)
        reached[" ".join(str(name).split())[:60]] = seen
    for part in ("kind-finding", "depth-2", "least", "fit", "copy", "png"):
        assert part in reached, f"{part} is not reached: {list(reached)}"
    for part in ("Chercher", "Centrer ici", "Corriger", "Exporter en CSV", "Français", "Lire dans le document"):
        assert any(part in name for name in reached), f"{part} is not reached: {list(reached)}"
    assert not [name for name, seen in reached.items() if not seen]


def test_a_phone_opens_on_the_outline_and_can_show_the_picture(
    browser: Browser, small: tuple[str, dict[str, str]]
) -> None:
    address, _ = small
    context = visit(browser, viewport={"width": 360, "height": 740}, has_touch=True, locale="fr-FR")
    page = context.new_page()
    open_page(page, address)
    expect(page.locator("nav.tree")).to_be_visible()
    wait_run(page)  # the outline is asked for by a second run
    page.get_by_test_id("stMain").get_by_text("Réseau", exact=True).last.click()
    page.locator(".network[data-ready='1']").wait_for()
    page.reload()
    page.locator(".network[data-ready='1']").wait_for()
    context.close()


def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, small: tuple[str, dict[str, str]]) -> None:
    address, ids = small
    context = visit(browser, viewport={"width": 360, "height": 740}, has_touch=True)
    page = _drawn(context.new_page(), f"{address}?c={ids['mobility']}&s={ids['line']}&v=reseau")
    widths = page.evaluate(
        "[document.documentElement.scrollWidth, document.querySelector('[data-testid=stMain]').scrollWidth]"
    )
    assert max(widths) <= 360
    context.close()
