"""The same workshop in every format with one thing of it again and again: an element, an object or a line."""

from __future__ import annotations

import io
import json
import plistlib
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from lxml import etree

from tests.hostile.of_variants import FOLDER, elements, whole


def growing() -> Iterator[tuple[str, str, Callable[[int], bytes]]]:
    """Of each file: its name, one of its elements, objects or lines, and the file with as many bytes of it more."""
    for path in sorted(FOLDER.iterdir()):
        if path.name != "expected.json":
            for member, data in _texts_of(whole(path.name)).items():
                for what in _things(data):
                    yield path.name, f"{member} {what}", partial(_grown, path.name, member, what)


def _texts_of(data: bytes) -> dict[str, bytes]:
    """The texts of a file: its own under no name, those of an archive."""
    if not data.startswith(b"PK"):
        return {"": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {member: archive.read(member) for member in archive.namelist()}
    return {member: text for member, text in found.items() if text.lstrip()[:1] in {b"<", b"{", b"["}}


def _grown(name: str, member: str, what: str, size: int) -> bytes:
    data = whole(name)
    if not member:
        return _with_more(data, what, size)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.namelist():
            content = before.read(entry)
            after.writestr(entry, _with_more(content, what, size) if entry == member else content)
    return out.getvalue()


def _kind(data: bytes) -> str:
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<" and not start[:9].lower().startswith(b"<!doctype"):
        return "xml"
    return "json" if start[:1] in {b"{", b"["} else "plist" if start.startswith(b"bplist") else "lines"


def _things(data: bytes) -> list[str]:
    """What a text is made of: kinds of elements by what they stand in, of members by their keys, lines."""
    kind = _kind(data)
    if kind == "xml":
        below = (e for e in elements(etree.fromstring(data)) if e.getparent() is not None)
        return list(dict.fromkeys(_path(element) for element in below))
    if kind == "lines":
        return list(dict.fromkeys(line for line in data.decode().split("\n") if line.strip()))[:40]
    return list(dict.fromkeys(path for path, *_ in _members_of(_loaded(data))))


def _loaded(data: bytes) -> Any:
    return json.loads(data) if _kind(data) == "json" else plistlib.loads(data)


def _path(element: etree._Element) -> str:
    above = element.getparent()
    return f"{above.tag if above is not None else ''} {element.tag}"


def _members_of(value: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every object that stands in a list or in an object of objects: its keys, what holds it, where."""
    stack: list[tuple[str, Any]] = [("", value)]
    while stack:
        path, held = stack.pop()
        for key, below in list(held.items() if isinstance(held, dict) else enumerate(held))[:50]:
            named = f"{path.rpartition('.')[2]}.{key if isinstance(held, dict) and not key[:1].isdigit() else ''}"
            if isinstance(below, dict | list):
                stack.append((named, below))
            if isinstance(held, list) or isinstance(below, dict):
                yield named, held, key


def _with_more(data: bytes, what: str, size: int) -> bytes:
    kind = _kind(data)
    if kind == "xml":
        root = etree.fromstring(data)
        element = next(e for e in elements(root) if e.getparent() is not None and _path(e) == what)
        above, text = element.getparent(), etree.tostring(element, with_tail=False)
        at = above.index(element)
        more = etree.fromstring(b"<a>" + text * (size // len(text)) + b"</a>")
        above[at:at] = list(more)
        return etree.tostring(root, encoding="utf-8")
    if kind == "lines":
        before, _, after = data.decode().partition(f"{what}\n")
        return (before + f"{what}\n" * (size // (len(what) + 1)) + after).encode()
    value = _loaded(data)
    _, held, key = next(found for found in _members_of(value) if found[0] == what)
    count = size // (len(json.dumps(held[key], default=str)) + 1)
    if isinstance(held, list):
        held[key:key] = [held[key]] * count
    else:
        held.update({f"{n + 1_000}" if str(key).isdigit() else f"{key}{n}": held[key] for n in range(count)})
    return json.dumps(value).encode() if kind == "json" else plistlib.dumps(value, fmt=plistlib.FMT_BINARY)
