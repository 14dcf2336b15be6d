"""JSON of any depth: the standard encoder recurses, and a map may be deeper than Python lets a function call itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from json.encoder import encode_basestring
from typing import Any

_Items = Iterator[tuple[str, Any]]
_CONTAINERS = (Mapping, list, tuple)


def _plain(value: Any) -> dict[str, Any]:
    """A mapping of another kind as a dictionary. Raises TypeError for what JSON does not know."""
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    raise TypeError(f"{type(value).__name__} is no JSON")


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, default=_plain)


def deep_json(value: Any) -> str:
    """The JSON text of plain data, compact, in the order of its keys.

    >>> deep_json({"a": [1, "é"], "b": {}})
    '{"a":[1,"é"],"b":{}}'
    """
    try:
        return _encoder.encode(value)
    except RecursionError:
        return _without_recursion(value)


def _without_recursion(value: Any) -> str:
    """The same text, slower: only what holds nothing but plain values is left to the encoder."""
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
        if _is_flat(item):
            out.append(_encoder.encode(item))
        elif isinstance(item, Mapping):
            out.append("{")
            stack.append(("}", _members(item)))
        else:
            out.append("[")
            stack.append(("]", _elements(item)))
    return "".join(out)


def _is_flat(item: Any) -> bool:
    if isinstance(item, _CONTAINERS):
        held = item.values() if isinstance(item, Mapping) else item
        return not any(isinstance(below, _CONTAINERS) and below for below in held)
    return True


def _members(value: Mapping[str, Any]) -> _Items:
    for number, (key, item) in enumerate(value.items()):
        yield ("," if number else "") + encode_basestring(str(key)) + ":", item


def _elements(value: list[Any] | tuple[Any, ...]) -> _Items:
    for number, item in enumerate(value):
        yield "," if number else "", item
