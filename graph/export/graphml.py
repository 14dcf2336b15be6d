"""GraphML, as yEd, Gephi and networkx read it: things as nodes, stated relations and shared passages as edges."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from graph.export import every_link, every_thing
from graph.model import Filter
from graph.store.base import Store

_NODE_KEYS = {"kind": "string", "label": "string", "aliases": "string", "attributes": "string"}
_NODE_KEYS |= {"evidence": "int", "sources": "int", "quote": "string"}
_EDGE_KEYS = {"type": "string", "passages": "int", "confidence": "double", "source": "string", "said": "string"}
# What XML 1.0 cannot hold, whatever the escaping.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(store: Store, path: Path, where: Filter) -> list[Path]:
    """Write one directed graph; a link by shared passages only has the type "mentions"."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for owner, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
            for name, type_ in keys.items():
                file.write(f'<key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>\n')
        file.write('<graph id="G" edgedefault="directed">\n')
        for thing in every_thing(store, where):
            quote = next((m.quote for m in store.evidence(thing.id, where, limit=1)), "")
            attributes = json.dumps(dict(thing.attributes), ensure_ascii=False)
            aliases = " | ".join(thing.aliases)
            values = (thing.kind, thing.label, aliases, attributes, thing.evidence_count, thing.source_count, quote)
            data = _data("node", dict(zip(_NODE_KEYS, values, strict=True)))
            file.write(f"<node id={quoteattr(thing.id)}>{data}</node>\n")
        for link in every_link(store, where):
            reason = next(iter(store.why(link.a, link.b, where, limit=1)), None)
            said = (reason.source, reason.quote) if reason else ("", "")
            for type_ in link.types or ("mentions",):
                a, b = (link.b, link.a) if type_.startswith("-") else (link.a, link.b)
                edge = (type_.removeprefix("-"), link.passages, link.confidence, *said)
                data = _data("edge", dict(zip(_EDGE_KEYS, edge, strict=True)))
                file.write(f"<edge source={quoteattr(a)} target={quoteattr(b)}>{data}</edge>\n")
        file.write("</graph>\n</graphml>\n")
    return [path]


def _data(owner: str, values: dict[str, object]) -> str:
    return "".join(f'<data key="{owner}_{name}">{_text(value)}</data>' for name, value in values.items())


def _text(value: object) -> str:
    return escape(_NOT_XML.sub("\ufffd", str(value)))
