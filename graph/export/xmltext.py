"""Text of users in XML: nothing in it opens or closes anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graph.outline import Topic

PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#xa;", "\r": "&#xd;", "\t": "&#x9;"}
)


def text(value: object) -> str:
    """Character data."""
    return str(value).translate(_TEXT)


def start(name: str, attributes: Mapping[str, object], *, empty: bool = False) -> str:
    """A start tag, or an empty element; attributes that are None or "" are left out, except one that must stand.

    >>> start("topic", {"text": 'a "b"', "note": ""}, empty=True)
    '<topic text="a &quot;b&quot;"/>'
    """
    given = "".join(
        f' {key}="{str(value).translate(_ATTRIBUTE)}"'
        for key, value in attributes.items()
        if value not in (None, "") or key in _ALWAYS
    )
    return f"<{name}{given}{'/' if empty else ''}>"


_ALWAYS = frozenset({"TEXT", "text", "label", "value", "VALUE"})  # an empty label is a label


def visits(roots: Sequence[Topic]) -> Iterator[tuple[Topic, int, bool]]:
    """Every topic twice, with its level: on the way down (True), and when all below it is done (False)."""
    stack = [(root, 1, True) for root in reversed(roots)]
    while stack:
        topic, level, opening = stack.pop()
        yield topic, level, opening
        if opening:
            stack.append((topic, level, False))
            stack.extend((child, level + 1, True) for child in reversed(topic.children))
