"""Records out of the exports of platforms: flat values under the names that their CSV has, and what answers what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.jsontree import dict_in, dicts_in, list_in, text_in

SECTIONS = (
    "groups", "proposals", "debates", "discussions", "meetings", "results", "projects", "investments", "polls",
    "poll_options", "outcomes", "stances", "questions", "answers", "posts", "arguments", "comments", "replies",
)  # fmt: skip
_HOLDERS = ("poll", "discussion", "proposal", "debate", "meeting", "result", "project", "investment", "question",
            "post", "group")  # fmt: skip
_NESTED = ("comments", "replies", "answers", "arguments")
_MOST_DEEP = 12
Key = tuple[str, str]  # section, native id


@dataclass(slots=True)
class Record:
    """One record: its section, its values by flat name, the record that holds it in the file."""

    section: str
    values: dict[str, str]
    holder: Record | None = None
    unread: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.section, self.values.get("id", "")


def sections_of(data: Any) -> dict[str, list[dict[str, Any]]]:
    """The lists of records of an export by their section ("records" for a bare list), wrappers looked through."""
    if isinstance(data, list):
        found: dict[str, list[dict[str, Any]]] = {}
        for record in dicts_in(data):
            found.setdefault("comments" if "commentable_type" in record else "records", []).append(record)
        return found
    top = dict_in(data)
    for _ in range(3):
        here = {name: rows for name in SECTIONS if (rows := listed(top.get(name)))}
        if here:
            return here
        if isinstance(top.get("data"), list):
            return sections_of(top["data"])
        if not isinstance(top.get("data"), dict):
            break
        top = top["data"]
    return _single(top) or (_asked(top) if top is not data else {})


def _single(top: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The one record of a page of a platform: {"proposal": {"id": …}}."""
    ones = {f"{name}s": dict_in(value) for name, value in top.items() if f"{name}s" in SECTIONS}
    return {name: [row] for name, row in ones.items() if len(top) == 1 and "id" in row}


def _asked(top: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The sections in an answer to a question in GraphQL, however deep it asked: a process, its components."""
    found: dict[str, list[dict[str, Any]]] = {}
    stack: list[tuple[Any, int]] = [(dict(top), 0)]
    while stack:
        value, depth = stack.pop()
        here = {name: rows for name in SECTIONS if (rows := listed(dict_in(value).get(name)))}
        for name, rows in here.items():
            found.setdefault(name, []).extend(rows)
        if not here and depth < _MOST_DEEP:
            inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
            stack += [(x, depth + 1) for x in reversed(list(inside))]
    return found


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects of a list, or of what a GraphQL answer wraps it in."""
    if isinstance(value, dict):
        edges = [dict_in(edge.get("node")) for edge in dicts_in(value.get("edges"))]
        return [node for node in edges if node] or dicts_in(value.get("nodes"))
    return dicts_in(value)


def flat(record: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The values of a record under names joined by slashes, as in its CSV; lists of texts joined by commas.

    Second, the names of what is neither: lists of objects, and what is nested too deep.

    >>> flat({"id": 4, "title": {"fr": "Un banc"}, "tags": ["a", "b"], "author": None})
    ({'id': '4', 'title/fr': 'Un banc', 'tags': 'a, b'}, [])
    """
    values: dict[str, str] = {}
    unread: list[str] = []
    stack: list[tuple[str, Any, int]] = [(str(k), v, 1) for k, v in reversed(list(record.items()))]
    while stack:
        name, value, depth = stack.pop()
        if isinstance(value, dict) and (told := _translated(name, value)):
            values |= told
        elif isinstance(value, dict) and depth < _MOST_DEEP:
            stack += [(f"{name}/{k}", v, depth + 1) for k, v in reversed(list(value.items()))]
        elif isinstance(value, list):
            texts = [text for x in value if (text := text_in(x).strip())]
            if len(texts) == len(value) and texts:
                values[name] = ", ".join(texts)
            elif value:
                unread.append(name)
        elif isinstance(value, bool):
            values[name] = str(value).lower()
        elif text := text_in(value):
            values[name] = text
        elif value:
            unread.append(name)
    return values, unread


def _translated(name: str, value: dict[str, Any]) -> dict[str, str]:
    """A text as Decidim's interface gives it: in the language asked for, or in each of its own."""
    if value.keys() == {"translation"}:
        return {name: text_in(value["translation"])}
    if value.keys() == {"translations"}:
        texts = [(text_in(x.get("locale")), text_in(x.get("text"))) for x in dicts_in(value["translations"])]
        return {f"{name}/{locale}" if locale else name: text for locale, text in texts if text}
    return {}


def records_of(sections: Mapping[str, list[dict[str, Any]]]) -> Iterator[Record]:
    """Every record with those inside it, in the order of the file; no recursion."""
    tops = [(name, row, None) for name, rows in sections.items() for row in rows]
    stack: list[tuple[str, dict[str, Any], Record | None]] = [*reversed(tops)]
    while stack:
        section, row, holder = stack.pop()
        inside = {name: rows for name in _NESTED if (rows := listed(row.get(name)))}
        values, unread = flat({k: v for k, v in row.items() if k not in inside})
        record = Record(section, values, holder, unread)
        yield record
        stack += [(name, child, record) for name, rows in reversed(inside.items()) for child in reversed(rows)]


def answered(record: Record, known: Mapping[Key, int]) -> int | None:
    """The number of the record that this one answers or stands in, None for a record of its own."""
    values = record.values
    said = values.get("commentable_type") or values.get("parent_type") or ""
    own = values.get("commentable_id") or values.get("parent_id") or values.get("parentId") or ""
    asked = [(_section(said, known), own)] if said else [(record.section, own)]
    asked.insert(0, (record.section, values.get("ancestry", "").rpartition("/")[2]))  # "12/34": answers 34, below 12
    asked += [(f"{holder}s", values.get(f"{holder}_id") or values.get(f"{holder}/id", "")) for holder in _HOLDERS]
    return next((known[key] for key in asked if key[1] and key in known), None)


def _section(kind: str, known: Mapping[Key, int]) -> str:
    """The section that a type of the platform names: "Decidim::Proposals::Proposal" is one of "proposals"."""
    name = f"{kind.rsplit('::', 1)[-1].lower()}s"
    return name if name == "comments" or any(section == name for section, _ in known) else "records"


def lines_of(values: Any) -> dict[str, list[dict[str, Any]]]:
    """Records of a file of lines, each {"table": …, "record": {…}}, by their table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in list_in(values):
        found.setdefault(text_in(dict_in(line).get("table")), []).append(dict_in(dict_in(line).get("record")))
    return found
