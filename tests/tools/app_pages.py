"""A page of the app through its own router, without a browser: to read what it shows and press its buttons."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

RUNNER = "import app\napp.main({page!r})"
_TEXTS = ("markdown", "caption", "subheader", "info", "success", "warning", "error")


def run_page(page: str, /, **params: str) -> AppTest:
    """The page at this address, with the parameters of its link; an unexpected error fails the test."""
    at = AppTest.from_string(RUNNER.format(page=page), default_timeout=60)
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def shown(at: AppTest) -> str:
    """Everything a page says in blocks of text."""
    parts = [block.proto.body for block in at.get("html")]
    return "\n".join([*parts, *(str(element.value) for kind in _TEXTS for element in at.get(kind))])
