# ruff: noqa: E501 - odd pieces stand on the lines they come on
"""Damaged copies of good files, each the same on every run: bytes, lines, tags, values cut, flipped, repeated, swapped.

`damaged(data, seed)` gives one; `outcome(name, data)` reads it under watch and says what came of it.
"""

from __future__ import annotations

import io
import os
import random
import re
import sys
import threading
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from graph.collector import collection_paused
from graph.errors import InputRefused
from ingest.document import RawFile
from ingest.maps.outline import outline_json
from ingest.registry import choose

SECONDS = 10.0  # of processor time
_PIECES = re.compile(rb"<[^<>]{0,300}>|\"[^\"\n]{0,300}\"|\d+|[^\n<>\"\d]{1,200}|\n|.", re.S)
_ODD = (
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\\ud800", b"&#0;", b"&#xD800;", b"&nbsp;", b"&x;", b"<", b">", b'"', b"'", b"]]>",
    b"<![CDATA[", b"<!--", b"<script>alert(1)</script>", b"javascript:alert(1)", b"-1", b"0", b"1e999", b"99999999999999999999",
    b"NaN", b"null", b"true", b"[]", b"{}", b"[[", b"{{", b"\t", b"  ", b"\r", b"\x0c", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"=", b"```", b"---",
    b"# ", b"- ", b":", b";", b"/*", b"%", b"../../etc/passwd", b"\\", b"",
)  # fmt: skip
_PUBLIC = ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "shutil.move")


def damaged(data: bytes, seed: str) -> bytes:
    """One damaged copy. Of an archive, either its bytes or the content of one member."""
    chance = random.Random(seed)
    if data.startswith(b"PK") and chance.random() < 0.8:
        return _repacked(data, chance)
    return _hurt(data, chance)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    members = _members(data)
    hurt = chance.choice(sorted(members))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in members.items():
            made.writestr(name, _hurt(content, chance) if name == hurt else content)
    return out.getvalue()


@cache
def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _hurt(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        data = chance.choice(_WAYS)(data, chance)
    return data


def _span(data: bytes, chance: random.Random, longest: int = 400) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randrange(1, longest))


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:] if chance.random() < 0.6 else data[:start]


def _flip(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice((1, 3, 30)) if out else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = _span(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_ODD) * chance.choice((1, 1, 5, 200)) + data[at:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    (a, b), (c, d) = sorted((_span(data, chance), _span(data, chance)))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[max(b, d) :] if b <= c else data[:a] + data[c:]


def _pieces(data: bytes, chance: random.Random) -> bytes:
    """Tags, values, numbers or words left out, doubled, exchanged, or made odd."""
    pieces = _PIECES.findall(data[:200_000])
    if len(pieces) < 2:
        return data
    for _ in range(chance.choice((1, 2, 6))):
        one, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        change = chance.randrange(4)
        if change == 0:
            pieces[one] = b""
        elif change == 1:
            pieces[one] *= 2
        elif change == 2:
            pieces[one], pieces[other] = pieces[other], pieces[one]
        else:
            pieces[one] = chance.choice(_ODD)
    return b"".join(pieces) + data[200_000:]


def _lines(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    if chance.random() < 0.5:
        lines[one], lines[other] = lines[other], lines[one]
    else:
        lines[one:one] = lines[other : other + 3]
    return b"".join(lines)


def _encode(data: bytes, chance: random.Random) -> bytes:
    """The text in another encoding than it says."""
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-be", "utf-32", "latin-1", "utf-7", "cp037")), "replace")


_WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _flip, _repeat, _insert, _swap, _pieces, _pieces, _pieces, _lines, _encode,
)  # fmt: skip


# --- reading under watch ----------------------------------------------------------------------------------------------


_SHIPPED = tuple(str(Path(__file__).resolve().parents[1] / folder) + os.sep for folder in ("ingest", "ontology"))


class _Watch:
    """What the program touches while it reads; a hook of the interpreter cannot be taken out, so there is one.

    Other threads of the test run (a browser's, a server's) do their own business meanwhile.
    """

    touched: list[str] | None = None
    hooked = False
    thread = 0

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if self.touched is None or event not in _PUBLIC or threading.get_ident() != self.thread:
            return
        what = str(given[0]) if given else ""
        own = what.endswith((".py", ".pyc", ".so", ".toml")) or what.startswith(
            (sys.prefix, sys.base_prefix, *_SHIPPED)
        )
        own = own or what == os.devnull or what.isdigit()  # the pipes of a process that reads aside
        if event != "open" or not own:  # modules and data files of the program load on first use
            self.touched.append(f"{event} {what}")


_WATCH = _Watch()


@contextmanager
def watched() -> Iterator[list[str]]:
    """Every file opened, address asked or program started inside, but for the program's own modules."""
    if not _WATCH.hooked:
        sys.addaudithook(_WATCH)
        _WATCH.hooked = True
    _WATCH.touched = touched = []
    _WATCH.thread = threading.get_ident()
    try:
        yield touched
    finally:
        _WATCH.touched = None


def outcome(name: str, data: bytes) -> str:
    """ "read" or the one line of a refusal. Raises AssertionError for anything else."""
    raw = RawFile(name, data)
    began = time.process_time()
    with watched() as touched, warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            with collection_paused():
                document = choose(raw).read(raw)
            outline_json(document)
            said = "read"
        except InputRefused as refused:
            said = str(refused)
    assert time.process_time() - began < SECONDS, f"{time.process_time() - began:.1f} s"
    assert not touched, touched
    assert not warned, [str(w.message) for w in warned]
    if said == "read":
        document.text.encode("utf-8")  # a lone surrogate is not text
        assert all(b.parent is None or b.parent < b.order for b in document.blocks)
        assert all(0 <= b.start <= b.end <= len(document.text) for b in document.blocks)
        assert document.ledger.found
        return said
    assert said.startswith(f"{name}: "), said
    assert len(said.splitlines()) == 1, said
    assert len(said) < 1_000, said
    return said
