"""Kumu blueprints (JSON): elements and the connections between them, by label or by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.bounds.limits import check_size
from ingest.decoding import narrowed
from ingest.document import Document, RawFile
from ingest.maps.graphmap import GraphReading
from ingest.maps.maptree import map_document
from ingest.registry import Rank

_RAW_COUNTS = (("relations", rb'"from"\s*:'),)
_DIRECTIONS = {"directed": "forward", "mutual": "both", "undirected": "none"}
_READ = frozenset(
    {"id", "_id", "label", "description", "tags", "from", "to", "direction", "attributes", "url", "image"}
)

Values = dict[str, Any]


@dataclass(frozen=True)
class KumuReader:
    name: str = "kumu"
    label: str = "Kumu (.json)"
    extensions: tuple[str, ...] = (".json",)
    carries: tuple[str, ...] = ("topics", "relations", "notes", "links", "tags", "attributes", "boundaries")
    loses: tuple[str, ...] = ("tree", "images", "maps and views", "data of connections")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        data = raw.json
        if not isinstance(data, dict) or not isinstance(data.get("elements"), list):
            return False
        ends = [c for c in data.get("connections") or () if isinstance(c, dict)] if _listed(data) else []
        return _listed(data) and (not ends or any("from" in c and "to" in c for c in ends[:50]))

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        reading = GraphReading(raw.name)
        names: dict[str, str] = {}
        for element in _objects(raw.json, "elements"):
            _read_element(element, names, reading)
        for connection in _objects(raw.json, "connections"):
            _read_connection(connection, names, reading)
        for loop in _objects(raw.json, "loops"):
            reading.leave("loops", f"ways round are not kept ({_text(_fields(loop).get('label'))[:60]})")
        content = reading.content(raw, _RAW_COUNTS, _text(raw.json.get("name")))
        content.ledger.found = {"topics": narrowed(raw.data).count(b'"label"'), **content.ledger.found}
        return map_document(raw, "kumu", "kumu@1", content)


def _listed(data: Values) -> bool:
    return isinstance(data.get("connections"), list)


def _objects(data: Values, key: str) -> Iterator[Values]:
    found = data.get(key)
    return (x for x in (found if isinstance(found, list) else []) if isinstance(x, dict))


def _fields(value: Values) -> Values:
    """The fields of an element; an export of a whole project puts them one level deeper."""
    inner = value.get("attributes")
    lower = {str(k).lower(): v for k, v in value.items()}
    return {**lower, **{str(k).lower(): v for k, v in inner.items()}} if isinstance(inner, dict) else lower


def _read_element(element: Values, names: dict[str, str], reading: GraphReading) -> None:
    fields = _fields(element)
    label = _text(fields.get("label"))
    native = _text(fields.get("_id") or fields.get("id")) or label
    topic = reading.node(native, label)
    names.setdefault(native, native)
    names.setdefault(label, native)
    topic.note = _text(fields.get("description"))
    tags = fields.get("tags")
    topic.tags = [_text(t) for t in tags] if isinstance(tags, list) else _text(tags).replace("|", ",").split(",")
    topic.tags = [t.strip() for t in topic.tags if t.strip()]
    topic.links = [_text(fields["url"])] if fields.get("url") else []
    reading.leave("images", "pictures are not read", int(bool(fields.get("image"))))
    topic.attributes = {k: _text(v) for k, v in fields.items() if k not in _READ and v not in (None, "", [], {})}


def _read_connection(connection: Values, names: dict[str, str], reading: GraphReading) -> None:
    fields = _fields(connection)
    source, target = _text(fields.get("from")), _text(fields.get("to"))
    label = _text(fields.get("label") or fields.get("type"))
    direction = _DIRECTIONS.get(_text(fields.get("direction")).lower(), "forward")
    reading.link(names.get(source, source), names.get(target, target), label, direction)
    other = sum(bool(v) for k, v in fields.items() if k not in _READ and k not in {"label", "type"})
    reading.leave("data of edges", "only labels and directions of relations are kept", other)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_text(x) for x in value if not isinstance(x, list))
    return value if isinstance(value, str) else "" if value is None else str(value)


READER = KumuReader()
