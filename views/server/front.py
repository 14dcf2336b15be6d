"""The ASGI layer before Streamlit: answers for the first page and for files that do not change, passes on the rest."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from streamlit import config

from views.i18n import DEFAULT
from views.server.assets import YEAR, Asset, assets
from views.server.first_page import first_page

Scope = dict[str, Any]
# A page is one word, so that nothing of Streamlit's own (/_stcore/…, /media/…) is taken for one.
_PAGE = re.compile(r"/[a-z0-9-]*")


class Front:
    """An ASGI middleware."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            answer = self._answer(scope)
            if answer:
                headers, body = answer
                await _send(scope, send, headers, body)
                return
        await self.app(scope, receive, send)

    def _answer(self, scope: Scope) -> tuple[dict[str, str], bytes] | None:
        base = _base()
        path = str(scope["path"]).removeprefix(base)
        if _PAGE.fullmatch(path) and _header(scope, b"accept", b"text/html"):
            asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [DEFAULT])[0]
            headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"}
            return headers, first_page(path.lstrip("/"), asked, base)
        found = assets().get(path)
        return _file(found, _header(scope, b"accept-encoding", b"gzip")) if found else None


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


async def _send(scope: Scope, send: Any, headers: dict[str, str], body: bytes) -> None:
    sent = [(k.encode(), v.encode()) for k, v in (headers | {"content-length": str(len(body))}).items()]
    await send({"type": "http.response.start", "status": 200, "headers": sent})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
