"""The ASGI layer before Streamlit: answers for the first page and for files that do not change, passes on the rest.

An address that is no page of the app is told here, in the language asked: Streamlit says so in English only.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import parse_qs

from streamlit import config

from views.i18n import DEFAULT, LANGUAGES
from views.server.assets import YEAR, Asset, assets
from views.server.first_page import first_page, lost_page

Scope = dict[str, Any]
# A page is one word, so that nothing of Streamlit's own (/_stcore/…, /media/…) is taken for one.
_PAGE = re.compile(r"/[a-z0-9-]*")


class Front:
    """An ASGI middleware; `pages` are the addresses that pages have, the root ("") among them."""

    def __init__(self, app: Any, pages: Collection[str]) -> None:
        self.app = app
        self.pages = pages

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
        if _PAGE.fullmatch(path) and _header(scope, b"accept", b"text/html"):
            asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [DEFAULT])[0]
            headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"}
            spoken = asked if asked in LANGUAGES else DEFAULT
            page = path.lstrip("/")
            known = page in self.pages
            return (200, headers, first_page(page, spoken, base)) if known else (404, headers, lost_page(spoken, base))
        found = assets().get(path)
        return (200, *_file(found, _header(scope, b"accept-encoding", b"gzip"))) if found else None


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
