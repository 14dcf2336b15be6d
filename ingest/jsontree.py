"""JSON from strangers: parsed within bounds, with errors that name the place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from graph.errors import InputRefused
from ingest.decoding import as_utf8, narrowed
from ingest.document import LeftOut, RawFile

_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_ESCAPED = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.S
)
MAX_VALUES = 4_000_000  # containers and members: each costs some hundred bytes once parsed


def parse_json(name: str, data: bytes, place: str = "") -> Any:
    """The value of a JSON text in UTF-8 or UTF-16. Raises InputRefused for broken, too deep or too large JSON."""
    encoding = _encoding(data)
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_VALUES:
        raise InputRefused(name, f"more than {MAX_VALUES:,} values", place)
    try:
        return json.loads(_without_halves(data.decode(encoding)))
    except UnicodeDecodeError as error:
        raise InputRefused(name, f"not {error.encoding.upper()} at byte {error.start}", place) from None
    except RecursionError:
        raise InputRefused(name, "nested too deep", place) from None
    except json.JSONDecodeError as error:
        where = f"{place + ', ' if place else ''}line {error.lineno}, column {error.colno}"
        raise InputRefused(name, f"broken JSON ({error.msg})", where) from None
    except ValueError as error:
        raise InputRefused(name, f"broken JSON ({error})", place) from None


def parse_repaired_json(name: str, data: bytes) -> tuple[Any, list[LeftOut]]:
    """The value of a JSON text, and what had to be repaired: old tools write the encoding of their office.

    Raises InputRefused as `parse_json` does.
    """
    try:
        return parse_json(name, data), []
    except InputRefused:
        if _encoding(data) != "utf-8-sig" or _is_utf8(data):
            raise
        text, lost = as_utf8(data)
        value = parse_json(name, text.encode())
        return value, [LeftOut("bytes", "file", lost, "not UTF-8, read as windows-1252")]


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _encoding(data: bytes) -> str:
    """Of a JSON text: its first character is ASCII, so that a zero beside it tells UTF-16 also without a mark."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    return "utf-16-be" if data[:1] == b"\0" else "utf-16-le" if data[1:2] == b"\0" else "utf-8-sig"


def broken_json(raw: RawFile) -> InputRefused | None:
    """Why a file that begins as JSON cannot be read as such; None for a whole one."""
    try:
        parse_json(raw.name, raw.data)
    except InputRefused as damage:
        return damage
    return None


def _without_halves(text: str) -> str:
    """JSON in which the escape of half a surrogate pair, which no text can hold, is that of an unknown character."""
    if not _HALF.search(text):
        return text
    return _ESCAPED.sub(lambda found: "\\ufffd" if found["half"] else found[0], text)


def broken_json_of(raw: RawFile, *marks: bytes) -> bool:
    """Whether a file that begins as JSON and cannot be read as such holds these marks: its reader then says why."""
    if raw.json is not None:
        return False
    head = narrowed(raw.data[:65_536]).lstrip()
    return head[:1] in {b"{", b"["} and all(mark in head for mark in marks)


def text_in(value: Any) -> str:
    """A string or a number of a JSON value as text; lone surrogates, which no text can hold, are marked."""
    if isinstance(value, str):
        return value if value.isprintable() else _SURROGATE.sub("\ufffd", value)
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def dict_in(value: Any) -> dict[str, Any]:
    """The value where it is an object, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def list_in(value: Any) -> list[Any]:
    """The value where it is a list, an empty one otherwise."""
    return value if isinstance(value, list) else []


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """The objects of a list."""
    return [x for x in value if isinstance(x, dict)] if isinstance(value, list) else []


def count_keys(value: Any, sizes: Mapping[str, str], marks: Mapping[str, str]) -> dict[str, int]:
    """What a JSON value holds, wherever it stands: the ledger's count apart from a reader.

    `sizes` leads keys to the name under which the sizes of their lists and objects add up; `marks` those whose mere
    presence with a value counts.
    """
    counts: dict[str, int] = {}
    seen: set[int] = set()  # a property list may hold one object in many places, or in itself
    stack = [value]
    while stack:
        value = stack.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if type(value) is dict:
            for key, below in value.items():
                if (kind := type(below)) is dict or kind is list:
                    if key in sizes:
                        counts[sizes[key]] = counts.get(sizes[key], 0) + len(below)
                    if below:
                        stack.append(below)
                if key in marks and below:
                    counts[marks[key]] = counts.get(marks[key], 0) + 1
        elif type(value) is list:
            stack += [x for x in value if (kind := type(x)) is dict or kind is list]
    return counts
