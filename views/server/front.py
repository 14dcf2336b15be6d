"""The ASGI layer before Streamlit: answers for the first page and for files that do not change, passes on the rest.

An address that is no page of the app is told here, in the language asked: Streamlit says so in English only.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any
from urllib.parse import parse_qs, quote

from streamlit import config

from views.i18n import DEFAULT, LANGUAGES
from views.server.assets import STATIC, YEAR, Asset, assets
from views.server.first_page import first_page, lost_page

Scope = dict[str, Any]
# What Streamlit answers itself: the first words of its own paths. No page of the app begins so.
_STREAMLIT = frozenset(("_stcore", "media", "component", "static", "app"))


class Front:
    """An ASGI middleware; `pages` are the addresses that pages have, the root ("") among them.

    `home` is the name of the page at the root: Streamlit knows it by no other address, people do.
    """

    def __init__(self, app: Any, pages: Collection[str], home: str) -> None:
        self.app = app
        self.pages = pages
        self.home = home

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            answer = self._answer(scope)
            if answer:
                await _send(scope, send, *answer)
                return
        await self.app(scope, receive, send)

    def _answer(self, scope: Scope) -> tuple[int, dict[str, str], bytes] | None:
        base = _base()
        path = str(scope["path"]).removeprefix(base)
        found = assets().get(path)
        if found:
            return 200, *_file(found, _header(scope, b"accept-encoding", b"gzip"))
        if not _header(scope, b"accept", b"text/html") or _is_streamlits(path):
            return None
        return self._page(path, base, scope["query_string"].decode("latin-1"))

    def _page(self, path: str, base: str, query: str) -> tuple[int, dict[str, str], bytes]:
        """A page, the way to the one that was meant (/Reseau/ is /reseau), or that there is none."""
        headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"}
        asked = parse_qs(query).get("lang", [DEFAULT])[0]
        spoken = asked if asked in LANGUAGES else DEFAULT
        page = path.removeprefix("/")
        if page in self.pages:
            return 200, headers, first_page(page, spoken, base)
        meant = page.strip("/").lower().replace("_", "-")
        meant = "" if meant == self.home else meant
        if meant in self.pages:
            to = f"{base}/{meant}" + (f"?{query}" if query else "")
            return 307, headers | {"location": quote(to, safe="/?&=%+-._~:,;@!$'()*")}, b""
        return 404, headers, lost_page(spoken, base)


def _is_streamlits(path: str) -> bool:
    """Whether Streamlit has this path: below one of its own, or a file that lies beside its index."""
    first, _, rest = path.removeprefix("/").partition("/")
    return first in _STREAMLIT if rest else first != "index.html" and first in _lying()


@cache
def _lying() -> frozenset[str]:
    return frozenset(file.name for file in STATIC.iterdir() if file.is_file())


def _base() -> str:
    """The path that the app is served under, as "/name" or nothing."""
    name = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{name}" if name else ""


def _file(asset: Asset, packing: bool) -> tuple[dict[str, str], bytes]:
    headers = {"content-type": asset.content_type, "cache-control": YEAR, "vary": "accept-encoding"}
    headers["x-content-type-options"] = "nosniff"
    if packing and asset.packed:
        return headers | {"content-encoding": "gzip"}, asset.packed
    return headers, asset.body


def _header(scope: Scope, name: bytes, word: bytes) -> bool:
    return any(key == name and word in value for key, value in scope["headers"])


async def _send(scope: Scope, send: Any, status: int, headers: dict[str, str], body: bytes) -> None:
    sent = [(k.encode(), v.encode()) for k, v in (headers | {"content-length": str(len(body))}).items()]
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
