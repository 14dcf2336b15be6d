"""A pattern whose sets of characters are worked out once is compiled to the same program."""

from __future__ import annotations

import re
import threading
from re import _compiler, _parser  # type: ignore[attr-defined]

import pytest

from ingest.patterns import charsets_worked_out_once

_LETTERS = "a-zà-öø-ÿĀ-ſ"
PATTERN = "|".join(f"(?:^{word}[-’]?[{_LETTERS}]+[^{_LETTERS}]$)" for word in ("porte", "sous", "entr", "[ée]lectro"))


def program(flags: int) -> list[int]:
    found: list[int] = _compiler._code(_parser.parse(PATTERN, flags), flags)
    return found


@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.IGNORECASE | re.ASCII])
def test_the_program_is_the_same(flags: int) -> None:
    expected = program(flags)
    with charsets_worked_out_once():
        assert program(flags) == expected


def test_the_standard_library_is_as_before_even_after_an_error() -> None:
    before = _compiler._optimize_charset
    with pytest.raises(re.error), charsets_worked_out_once():
        re.compile("[z-a]")
    assert _compiler._optimize_charset is before


def test_each_set_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    optimise = _compiler._optimize_charset

    def counted(charset: list[object], *of: object) -> object:
        asked.append(tuple(charset))
        return optimise(charset, *of)

    monkeypatch.setattr(_compiler, "_optimize_charset", counted)
    program(re.IGNORECASE)
    everywhere = len(asked)
    asked.clear()
    with charsets_worked_out_once():
        program(re.IGNORECASE)
    assert len(asked) < everywhere / 2


def test_two_that_load_at_once_put_the_standard_library_back() -> None:
    before = _compiler._optimize_charset
    loads = []
    for _ in range(2):
        inside, leave = threading.Event(), threading.Event()
        thread = threading.Thread(target=load, args=(inside, leave))
        thread.start()
        inside.wait(0.5)  # the second does not come in while the first is there
        loads.append((thread, leave))
    for thread, leave in loads:
        leave.set()
        thread.join(10)
    assert _compiler._optimize_charset is before


def load(inside: threading.Event, leave: threading.Event) -> None:
    with charsets_worked_out_once():
        inside.set()
        leave.wait(10)
