"""The layer before Streamlit's server: the first page in the language asked, files from memory, the rest passed on."""

from __future__ import annotations

import asyncio
import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from views.server.assets import COMPONENT, STATIC, assets, chunks
from views.server.front import Front

BROWSER = [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip, br")]
PASSED_ON = 204
PAGES = frozenset({"", "reseau", "decisions"})


async def _streamlit(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Stands where Streamlit's server does: says that the request came through."""
    await send({"type": "http.response.start", "status": PASSED_ON, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(path: str, query: str = "", headers: list[tuple[bytes, bytes]] = BROWSER, method: str = "GET") -> Any:
    """(status, headers, body) of an answer."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": headers}
    with ThreadPoolExecutor(1) as aside:  # this thread may hold a browser's loop
        aside.submit(asyncio.run, Front(_streamlit, PAGES, "accueil")(scope, None, send)).result()
    named = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
    return sent[0]["status"], named, sent[1]["body"]


@pytest.mark.parametrize(
    ("query", "language"), [("", "fr"), ("lang=en", "en"), ("lang=xx", "fr"), ('lang="><script>', "fr")]
)
def test_the_first_page_says_the_language_of_the_interface(query: str, language: str) -> None:
    status, headers, body = ask("/reseau", query)
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    assert f'<html lang="{language}"'.encode() in body


@pytest.mark.parametrize(
    ("query", "language", "home"), [("", "fr", "/"), ("lang=en", "en", "/?lang=en"), ('lang="><script>', "fr", "/")]
)
def test_an_address_that_is_no_page_is_told_in_the_language_asked(query: str, language: str, home: str) -> None:
    status, _, body = ask("/reseaux", query)
    assert status == 404
    assert f'<html lang="{language}"'.encode() in body
    assert f'<a href="{home}">'.encode() in body


@pytest.mark.parametrize("path", ["/réseau", "/reseau.html", "/a/b", "/sources/abc", "//evil.example", "/x/y/z"])
def test_what_nothing_answers_to_is_told_in_french_whatever_is_asked(path: str) -> None:
    status, _, body = ask(path)
    assert status == 404
    assert b'<html lang="fr"' in body


@pytest.mark.parametrize("path", ["/Reseau", "/RESEAU/", "/reseau/", "//reseau"])
def test_a_page_written_a_little_otherwise_leads_to_it_with_what_was_asked(path: str) -> None:
    status, headers, _ = ask(path, "lang=en&q=a%20b")
    assert (status, headers["location"]) == (307, "/reseau?lang=en&q=a%20b")


@pytest.mark.parametrize("path", ["/accueil", "/Accueil/"])
def test_the_name_of_the_page_at_the_root_leads_there(path: str) -> None:
    status, headers, _ = ask(path, "lang=en")
    assert (status, headers["location"]) == (307, "/?lang=en")


def test_the_first_page_of_the_network_names_what_will_be_drawn_with() -> None:
    _, _, body = ask("/reseau")
    named = re.findall(r'href="(/[^"]+)"', body.decode())
    assert any(COMPONENT in address and address.endswith("vis-network.min.js") for address in named)
    assert any("/BidiComponent." in address for address in named)
    missing = [address for address in named if ask(address)[0] != 200]
    assert not missing, "each address that is named early answers"


def test_another_page_does_not_load_the_network() -> None:
    assert COMPONENT.encode() not in ask("/decisions")[2]


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/health",
        "/_stcore/stream",
        "/media/x.csv",
        "/static/../app.py",
        "/static/js/none.js",
        "/favicon.png",
    ],
)
def test_what_is_not_ours_is_passed_on(path: str) -> None:
    assert ask(path)[0] == PASSED_ON


def test_a_program_that_wants_no_html_and_a_post_are_passed_on() -> None:
    assert ask("/reseau", headers=[(b"accept", b"application/json")])[0] == PASSED_ON
    assert ask("/reseau", method="POST")[0] == PASSED_ON


def test_a_file_is_sent_packed_to_who_can_unpack_it_and_kept_for_good() -> None:
    address = next(a for a in assets() if a.endswith("vis-network.min.js"))
    _, headers, packed = ask(address)
    _, plain_headers, plain = ask(address, headers=[])
    assert headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain_headers
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 3
    assert "immutable" in headers["cache-control"]
    assert int(headers["content-length"]) == len(packed)
    assert ask(address, method="HEAD")[2] == b""


def test_the_scripts_of_a_widget_come_with_all_that_they_import() -> None:
    found = chunks(["BidiComponent"])
    texts = [(STATIC / address.lstrip("/")).read_text("utf-8") for address in found]
    imported = {name for text in texts for name in re.findall(r'from"\./([\w.+-]+\.js)"', text)}
    assert len(found) > 5
    assert {f"/static/js/{name}" for name in imported} <= set(found)
    assert chunks(["NoSuchWidget"]) == []
