"""GraphML, as yEd, Gephi and networkx read it: things as nodes, stated relations and shared passages as edges."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from graph.export.selection import Selection, stated
from graph.model import Thing

NODE_KEYS = {"kind": "string", "label": "string", "aliases": "string", "attributes": "string"}
NODE_KEYS |= {"evidence": "int", "sources": "int", "quote": "string"}
EDGE_KEYS = {"type": "string", "passages": "int", "confidence": "double", "source": "string", "said": "string"}
# What XML 1.0 cannot hold, whatever the escaping.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(selection: Selection, path: Path) -> list[Path]:
    """Write one directed graph; a link by shared passages only has the type "mentions"."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for owner, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
            for name, type_ in keys.items():
                file.write(f'<key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="{type_}"/>\n')
        file.write('<graph id="G" edgedefault="directed">\n')
        for thing, values in nodes(selection):
            file.write(f"<node id={quoteattr(thing.id)}>{_data('node', values)}</node>\n")
        for a, b, values in edges(selection):
            file.write(f"<edge source={quoteattr(a)} target={quoteattr(b)}>{_data('edge', values)}</edge>\n")
        file.write("</graph>\n</graphml>\n")
    return [path]


def nodes(selection: Selection) -> Iterator[tuple[Thing, dict[str, object]]]:
    """Each thing with its values under NODE_KEYS."""
    for thing in selection.things():
        attributes = json.dumps(dict(thing.attributes), ensure_ascii=False)
        counts = (thing.evidence_count, thing.source_count)
        values = (thing.kind, thing.label, " | ".join(thing.aliases), attributes, *counts, selection.quote(thing))
        yield thing, dict(zip(NODE_KEYS, values, strict=True))


def edges(selection: Selection) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Each relation: from, to, and its values under EDGE_KEYS."""
    for link in selection.links():
        reason = selection.reason(link)
        said = (reason.source, reason.quote) if reason else ("", "")
        for a, type_, b in stated(link):
            yield a, b, dict(zip(EDGE_KEYS, (type_, link.passages, link.confidence, *said), strict=True))


def _data(owner: str, values: dict[str, object]) -> str:
    return "".join(f'<data key="{owner}_{name}">{_text(value)}</data>' for name, value in values.items())


def _text(value: object) -> str:
    return escape(xml_safe(value))


def xml_safe(value: object) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", str(value))
