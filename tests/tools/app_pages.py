"""A page of the app through its own router, without a browser: to read what it shows and press its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graph.store.base import Store
from views import state

RUNNER = "import app\napp.main({page!r})"
TEXTS = ("markdown", "caption", "subheader", "info", "success", "warning", "error")


def app_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """For a fixture: an empty store at the address that the app opens; the pages use this very one."""
    monkeypatch.setenv("MAILLAGE_STORE", f"sqlite:///{tmp_path / 'pages.db'}")
    state._opened.cache_clear()
    yield state.store()
    state._opened.cache_clear()


def run_page(page: str, /, **params: str) -> AppTest:
    """The page at this address, with the parameters of its link; an unexpected error fails the test."""
    at = AppTest.from_string(RUNNER.format(page=page), default_timeout=60)
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def shown(at: AppTest, kinds: Sequence[str] = TEXTS) -> str:
    """What a page says in blocks of HTML, and of text of these kinds."""
    parts = [block.proto.body for block in at.get("html")]
    return "\n".join([*parts, *(str(element.value) for kind in kinds for element in at.get(kind))])


class AtOnce:
    """A thread that is over once it began: what it finds is there for the same page."""

    def __init__(self, target: Callable[[], None], **_: object) -> None:
        self.start = target
