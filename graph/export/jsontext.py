"""JSON of any depth: the standard encoder recurses, and a map may be deeper than Python lets a function call itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_scalar = json.JSONEncoder(ensure_ascii=False).encode
_Items = Iterator[tuple[str, Any]]


def deep_json(value: Any) -> str:
    """The JSON text of plain data, compact, in the order of its keys.

    >>> deep_json({"a": [1, "é"], "b": {}})
    '{"a":[1,"é"],"b":{}}'
    """
    out: list[str] = []
    stack: list[tuple[str, _Items]] = [("", iter([("", value)]))]
    while stack:
        closing, items = stack[-1]
        step = next(items, None)
        if step is None:
            out.append(closing)
            stack.pop()
            continue
        before, item = step
        out.append(before)
        if isinstance(item, Mapping):
            out.append("{")
            stack.append(("}", _members(item)))
        elif isinstance(item, list | tuple):
            out.append("[")
            stack.append(("]", _elements(item)))
        else:
            out.append(_scalar(item))
    return "".join(out)


def _members(value: Mapping[str, Any]) -> _Items:
    for number, (key, item) in enumerate(value.items()):
        yield ("," if number else "") + _scalar(str(key)) + ":", item


def _elements(value: list[Any] | tuple[Any, ...]) -> _Items:
    for number, item in enumerate(value):
        yield "," if number else "", item
