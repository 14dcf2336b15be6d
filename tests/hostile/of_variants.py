# ruff: noqa: E501 - texts stand on the lines they come on
"""The same workshop in every format, made hostile throughout: every number, id, text, list or level of it at once.

Of an archive, every part that is XML or JSON; of another text, its lines.
"""

from __future__ import annotations

import io
import json
import plistlib
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import cycle
from pathlib import Path
from typing import Any
from zlib import crc32

from lxml import etree

from graph.export.jsontext import deep_json

FOLDER = Path(__file__).parents[1] / "variants"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NUMBERS = ("1e999", "-1", "99999999999999999999", "NaN", "0", "-0.0", "1e-999", "0x10", "٣", "²", "9" * 5_000)
TEXTS = (
    "<script>alert(1)</script>", "<html><img src=x onerror=alert(1)>", "=cmd|' /C calc'!A0", "&lt;b&gt;&#0;&nbsp;", "a\u2028b\u0085c", "\u202eabc",
    "]]><!--", "{{7*7}}${x}", "%s%n%x", "../../etc/passwd", "'; DROP TABLE node; --", "𝟘" * 300, "e" + "\u0301" * 500, "* # - 1. [x](y)", "",
)  # fmt: skip
LINKS = (
    "javascript:alert(1)",
    "data:text/html,<b>x",
    "file:///etc/hostname",
    "#",
    "http://[::1",
    "\\\\hote\\partage",
    "xmind:#1",
)
SHARES = 9  # of the files by this module, the one in so many that every run takes: no divisor of the number of ways
_MANY = 60
_DEEP = 3_000


def cases() -> dict[str, Callable[[], bytes]]:
    """Hostile files by "what, name.extension"."""
    return {
        f"{what}, {path.name}": partial(_made, path.name, what)
        for path in sorted(FOLDER.iterdir())
        if path.name != "expected.json" and path.suffix != ".docx"
        for what in _WAYS
    }


def _made(name: str, what: str) -> bytes:
    data = whole(name)
    if not data.startswith(b"PK"):
        return _changed(data, what)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:  # no bomb
        for member in before.namelist():
            content = before.read(member)
            after.writestr(member, _changed(content, what) if content.lstrip()[:1] in {b"<", b"{", b"["} else content)
    return out.getvalue()


@cache
def whole(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def _changed(data: bytes, what: str) -> bytes:
    of_xml, of_json, of_lines = _WAYS[what]
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] == b"<" and not start[:9].lower().startswith(b"<!doctype"):
        root = etree.fromstring(data)
        of_xml(root)
        return etree.tostring(root, encoding="utf-8")
    if start[:1] in {b"{", b"["}:
        return deep_json(of_json(json.loads(data))).encode("utf-8", "surrogatepass")
    if start.startswith(b"bplist"):
        return plistlib.dumps(of_json(plistlib.loads(data)), fmt=plistlib.FMT_BINARY)
    return of_lines(data.decode()).encode("utf-8", "surrogatepass")


# --- XML --------------------------------------------------------------------------------------------------------------


def elements(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _xml_values(root: etree._Element, change: Callable[[str, str], str]) -> None:
    """Every attribute and text by its name and value."""
    for element in elements(root):
        for name, value in element.attrib.items():
            element.set(name, change(str(name), str(value)))
        if element.text and element.text.strip():
            element.text = change(str(element.tag), element.text)


def _xml_many(root: etree._Element) -> None:
    """The last of several children alike stands hundreds of times more."""
    for element in list(elements(root)):
        if len(element) > 1 and element[-1].tag == element[-2].tag and not len(element[-1]):
            text = etree.tostring(element[-1])
            element.extend(etree.fromstring(text) for _ in range(_MANY))


def _xml_deep(root: etree._Element) -> None:
    """The first kind of element that stands in one of its own kind does so without end."""
    own = next((e for e in elements(root) if any(True for _ in e.iterancestors(e.tag))), None)
    inside = [e.tag for e in own.iterancestors()] if own is not None else []
    for n in range(_DEEP if own is not None else 0):
        for tag in [*inside[: inside.index(own.tag)][::-1], own.tag]:
            own = etree.SubElement(own, tag, {"id": str(n), "TEXT": "a", "text": "a"})


def _xml_bare(root: etree._Element) -> None:
    for element in elements(root):
        element.attrib.clear()


def _xml_turned(root: etree._Element) -> None:
    """Children in the order of their end; what was text stands in the element after it."""
    for element in list(elements(root)):
        element[:] = element[::-1]


# --- JSON -------------------------------------------------------------------------------------------------------------


def _json_values(change: Callable[[str, Any], Any]) -> Callable[[Any], Any]:
    def walked(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: walked(below, key) for key, below in value.items()}
        if isinstance(value, list):
            return [walked(below, name) for below in value]
        return change(name, value)

    return walked


def _json_many(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json_many(below) for key, below in value.items()}
    if isinstance(value, list):
        made = [_json_many(below) for below in value]
        plain = made and (
            not isinstance(made[-1], dict) or not any(isinstance(x, list) and x for x in made[-1].values())
        )
        return made + made[-1:] * (_MANY if plain else 0)
    return value


def _json_deep(value: Any) -> Any:
    """The first list of objects that hold such a list holds one of them in another, hundreds of times."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            for key, below in one.items():
                if isinstance(below, list) and below and isinstance(below[0], dict) and key in below[0]:
                    bare = {name: held for name, held in below[0].items() if name != key}
                    for _ in range(_DEEP // 4):
                        below.append({**bare, key: []})
                        below = below[-1][key]  # noqa: PLW2901 - one level further down
                    return value
        stack += list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
    return value


def _json_bare(value: Any) -> Any:
    """Every object without its first key."""
    if isinstance(value, dict):
        return {key: _json_bare(below) for key, below in list(value.items())[1:]}
    return [_json_bare(below) for below in value] if isinstance(value, list) else value


def _json_turned(value: Any) -> Any:
    """Objects are lists, lists are objects, texts are lists, numbers are texts; the outermost stays as it is."""
    if isinstance(value, dict):
        return {key: _other_kind(below) for key, below in value.items()}
    return [_json_turned(below) for below in value]


def _other_kind(value: Any) -> Any:
    if isinstance(value, dict):
        return [_other_kind(below) for below in value.values()]
    if isinstance(value, list):
        return {str(n): _json_turned(below) if isinstance(below, dict) else below for n, below in enumerate(value)}
    return [value] if isinstance(value, str) else str(value)


# --- lines ------------------------------------------------------------------------------------------------------------


def _lines(change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(text.split("\n")))


def _lines_deep(lines: list[str]) -> list[str]:
    """Each line once more, ever further to the right; marks of a level stand ever more often."""
    first = next((line for line in lines[3:] if line.strip()), "a")
    mark = first.lstrip()[:1]
    more = [mark * n + " a" if mark in "*#" else " " * (2 * n) + first.lstrip() for n in range(1, 1_200)]
    return [*lines[:3], *more, *lines[3:]]


def _one_of(several: Sequence[Any], value: object) -> Any:
    """The same for the same value, on every run."""
    return several[crc32(str(value).encode("utf-8", "replace")) % len(several)]


def _numbered(_: str, value: Any) -> Any:
    if isinstance(value, str):
        return _one_of(NUMBERS, value) if _NUMBER.fullmatch(value.strip()) else value
    if isinstance(value, bool) or value is None:
        return value
    return _one_of((-1, 1e308, float("inf"), 10**18, -(10**18), 0.5), value)


def _hostile_text(name: str, value: Any) -> Any:
    taken = isinstance(value, str) and not _NUMBER.fullmatch(value) and "type" not in name.lower()
    return _one_of(TEXTS, value) if taken and len(value) > 3 and " " in value else value


def _same_id(name: str, value: Any) -> Any:
    last = name.rpartition("}")[2].lower()
    return "1" if isinstance(value, str) and last.endswith(("id", "ref", "source", "target", "destination")) else value


def _hostile_link(_: str, value: Any) -> Any:
    return _one_of(LINKS, value) if isinstance(value, str) and re.match(r"https?:|#\w|mailto:|www\.", value) else value


def _by_value(change: Callable[[str, Any], Any], lines: Callable[[list[str]], list[str]]) -> tuple[Any, Any, Any]:
    return lambda root: _xml_values(root, change), _json_values(change), _lines(lines)


_WAYS: dict[str, tuple[Callable[[Any], None], Callable[[Any], Any], Callable[[str], str]]] = {
    "numbers": _by_value(_numbered, lambda lines: [_NUMBER.sub("9" * 5_000, line) for line in lines]),
    "texts": _by_value(_hostile_text, lambda lines: [f"{line} {text}" for line, text in zip(lines, cycle(TEXTS))]),
    "ids": _by_value(_same_id, lambda lines: [re.sub(r"\bn?\d+\b", "1", line) for line in lines]),
    "links": _by_value(_hostile_link, lambda lines: [re.sub(r"https?:[^\s)\]]+", LINKS[0], line) for line in lines]),
    "many": (_xml_many, _json_many, _lines(lambda lines: [*lines, *lines[-4:] * _MANY])),
    "deep": (_xml_deep, _json_deep, _lines(_lines_deep)),
    "bare": (_xml_bare, _json_bare, _lines(lambda lines: [line[1:] for line in lines])),
    "turned": (_xml_turned, _json_turned, _lines(lambda lines: lines[::-1])),
}  # fmt: skip
