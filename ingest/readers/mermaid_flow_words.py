"""The words of a Mermaid flowchart: names, labels in the brackets of a shape, links with their ends and texts."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = re.compile(r"(?:[^\s\[\](){}<>|;&@:,\"=~\-]|-(?![>\-.\s]|$)|=(?!=)|:(?!::)|&(?=\S))+", re.M)
_SHAPES = (  # opening bracket, those that may close it, what it draws: longer ones first
    ("(((", (")))",), "double circle"), ("((", ("))",), "circle"), ("([", ("])",), "stadium"),
    ("(-", ("-)",), "ellipse"), ("(", (")",), "rounded"), ("[[", ("]]",), "subroutine"), ("[(", (")]",), "cylinder"),
    ("[/", ("/]", "\\]"), "parallelogram"), ("[\\", ("\\]", "/]"), "parallelogram"), ("[", ("]",), "square"),
    ("{{", ("}}",), "hexagon"), ("{", ("}",), "diamond"), (">", ("]",), "flag"),
)  # fmt: skip
_QUOTED = re.compile(r"\s*\"(?P<label>[^\"]*)\"\s*")
_AFTER = r"(?=\s|[-=~<;:@&|%]|\Z)"  # what may stand behind a shape: a bracket elsewhere is part of the label
_UNQUOTED = {
    closes: re.compile(
        rf"(?P<label>[^\n]{{0,2000}}?)(?:{'|'.join(map(re.escape, closes))}){_AFTER}"
        rf"|(?P<lines>[^\[\](){{}}|\"]{{0,2000}})(?:{'|'.join(map(re.escape, closes))})"
    )
    for closes in {closes for _, closes, _ in _SHAPES}
}
_DATA = re.compile(r"@\{(?P<data>(?:[^{}\"]|\"[^\"]*\"){0,5000})\}")
_FIELD = re.compile(
    r"(?:^|[,\n{])\s*(?P<key>\w+)\s*:\s*(?:\"(?P<quoted>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^,\n}]*))"
)
_CLASS = re.compile(r":::(?P<name>\w+(?:-\w+)*)")
_LINK = re.compile(
    r"""[ \t]*(?:(?P<name>\w[\w-]{0,60})@)?(?P<start>[xo<](?=[-=]))?
    (?:(?P<unseen>~~~+)|--+(?P<thin>[-xo>])|==+(?P<thick>[=xo>])|-\.+-(?P<dotted>[xo>])?)
    (?:\s*\|(?:[ \t]*"(?P<quoted>[^"]*)"[ \t]*|(?P<label>[^|]{0,1000}))\|)?\s*""",
    re.X,
)
_TEXT = r"(?:[ \t]*\"(?P<quoted{n}>[^\"]*)\"|(?P<label{n}>[^\n]{{0,1000}}?))[ \t]*"
_LINK_WITH_TEXT = re.compile(
    rf"""[ \t]*(?:(?P<name>\w[\w-]{0, 60})@)?(?P<start>[xo<](?=[-=]))?
    (?:--{_TEXT.format(n=1)}--+(?P<thin>[-xo>])|=={_TEXT.format(n=2)}==+(?P<thick>[=xo>])
    |-\.{_TEXT.format(n=3)}\.+-(?P<dotted>[xo>])?)\s*""",
    re.X,
)


class Named(NamedTuple):
    """A node as a statement names it. `label` is None where it says none; `end` is where the next word begins."""

    name: str
    end: int
    label: str | None = None
    shape: str = ""
    classes: tuple[str, ...] = ()


class Linked(NamedTuple):
    """A link between nodes: its text, whether it has a head at its start and end, whether it is drawn, its own name."""

    end: int
    label: str = ""
    heads: tuple[bool, bool] = (False, False)
    is_seen: bool = True
    name: str = ""


def named(text: str, at: int) -> Named | None:
    """The node that a statement names here, with its shape and classes; None where it names none."""
    name = _NAME.match(text, at)
    if name is None:
        return None
    label, shape, at = _shaped(text, name.end())
    while data := _DATA.match(text, at):
        told = {
            f["key"]: f["quoted"] or f["single"] or (f["plain"] or "").strip() for f in _FIELD.finditer(data["data"])
        }
        label, shape, at = told.get("label", label), told.get("shape", shape), data.end()
    classes: list[str] = []
    while found := _CLASS.match(text, at):
        classes.append(found["name"])
        at = found.end()
    return Named(name[0], at, label, shape, tuple(classes))


def _shaped(text: str, at: int) -> tuple[str | None, str, int]:
    """Label and shape of the brackets that stand here, and where they end."""
    for opening, closes, shape in _SHAPES:
        if not text.startswith(opening, at):
            continue
        inside = at + len(opening)
        if (quoted := _QUOTED.match(text, inside)) and (close := _closed(text, quoted.end(), closes)):
            return quoted["label"], shape, close
        if found := _UNQUOTED[closes].match(text, inside):
            return found["label"] if found["label"] is not None else found["lines"], shape, found.end()
    return None, "", at


def _closed(text: str, at: int, closes: tuple[str, ...]) -> int:
    return next((at + len(close) for close in closes if text.startswith(close, at)), 0)


def linked(text: str, at: int) -> Linked | None:
    """The link that stands here, None where there is none."""
    found = _LINK.match(text, at)
    if found:
        label = found["quoted"] or found["label"] or ""
        return Linked(found.end(), label, _heads(found), not found["unseen"], found["name"] or "")
    found = _LINK_WITH_TEXT.match(text, at)
    if found is None:
        return None
    label = next((word for n in "123" if (word := found[f"quoted{n}"] or found[f"label{n}"])), "")
    return Linked(found.end(), label, _heads(found), name=found["name"] or "")


def _heads(found: re.Match[str]) -> tuple[bool, bool]:
    end = found["thin"] or found["thick"] or found["dotted"] or ""
    return bool(found["start"]), end in set("xo>")
