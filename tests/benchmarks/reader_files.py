# ruff: noqa: E501 - the files are written as long as the applications write them
"""Maps of any size in every format that can be timed: made once, written as the applications write them.

Fourteen formats come from the project's own writers; the others are shaped here after the files of their applications.
The same map for the same size: six topics under each, labels of two to six words, a note on every twelfth, a link on
every twentieth, an icon on every thirtieth, a relation for every hundred topics.
"""

from __future__ import annotations

import io
import json
import plistlib
import random
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from graph.export.registry import writers
from graph.outline import CrossLink, Outline, Topic

_WORDS = (
    "marché bourg école café minibus jardin lavoir halle sentier veillée atelier verger gare moulin place fête".split()
)
_BELOW = 6


def grown(nodes: int) -> Outline:
    """A map of so many topics."""
    rng = random.Random(nodes)
    topics = [Topic(f"n{n}", " ".join(rng.choices(_WORDS, k=rng.randint(2, 6)))) for n in range(nodes)]
    for n, topic in enumerate(topics[1:], 1):
        topics[(n - 1) // _BELOW].children.append(topic)
        if n % 12 == 0:
            topic.note = " ".join(rng.choices(_WORDS, k=20))
        if n % 20 == 0:
            topic.links = [f"https://exemple.org/{n}"]
        if n % 30 == 0:
            topic.icons = ["help"]
    links = [CrossLink(f"n{rng.randrange(nodes)}", f"n{rng.randrange(nodes)}", "voir") for _ in range(nodes // 100)]
    return Outline(topics[:1], links, title="Atelier")


def files(nodes: int) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of the same map in every format."""
    outline = grown(nodes)
    for writer in writers():
        yield f"carte{writer.extensions[0]}", writer.write(outline).data
    for name, write in SHAPED.items():
        yield f"carte.{name}", write(outline)


def packed(member: str, content: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(member, content)
    return out.getvalue()


def _nested(topic: Topic, write: Callable[[Topic, str], str]) -> str:
    return write(topic, "".join(_nested(below, write) for below in topic.children))


def _each(outline: Outline, write: Callable[[Topic, Topic | None], str]) -> str:
    return "".join(write(topic, parent) for topic, parent, _ in outline.walk())


def _plain(outline: Outline) -> bytes:
    return "".join("\t" * (level - 1) + topic.label + "\n" for topic, _, level in outline.walk()).encode()


def _simplemind(outline: Outline) -> bytes:
    def topic(one: Topic, parent: Topic | None) -> str:
        own = f"<note>{escape(one.note)}</note>" if one.note else ""
        own += f'<link urllink="{one.links[0]}"/>' if one.links else ""
        above = parent.id[1:] if parent else "-1"
        return f'<topic id="{one.id[1:]}" parent="{above}" guid="{one.id}" x="1.00" y="2.00" palette="1" text="{one.label}" textfmt="plain">{own}</topic>\n'

    links = "".join(f'<relation source="{x.from_id[1:]}" target="{x.to_id[1:]}"/>' for x in outline.cross_links)
    return packed(
        "document/mindmap.xml",
        f"<simplemind-mindmaps><mindmap><topics>{_each(outline, topic)}</topics><relations>{links}</relations></mindmap></simplemind-mindmaps>",
    )


def _ithoughts(outline: Outline) -> bytes:
    def topic(one: Topic, below: str) -> str:
        more = (f' note="{one.note}"' if one.note else "") + (f' link="{one.links[0]}"' if one.links else "")
        return f'<topic uuid="{one.id}" position="{{0, 0}}" text="{one.label}"{more} created="2024-05-14T10:00:00" modified="2024-05-14T10:00:00">{below}</topic>\n'

    links = "".join(
        f'<relationship end1-uuid="{x.from_id}" end2-uuid="{x.to_id}" center-text="{x.label}"/>'
        for x in outline.cross_links
    )
    return packed(
        "mapdata.xml",
        f"<iThoughts><topics>{_nested(outline.roots[0], topic)}</topics><relationships>{links}</relationships></iThoughts>",
    )


def _mindmanager(outline: Outline) -> bytes:
    def topic(one: Topic, below: str) -> str:
        own = f"<ap:SubTopics>{below}</ap:SubTopics>" if below else ""
        note = (
            f'<ap:NotesGroup><ap:NotesXhtmlData PreviewPlainText="{one.note}"><html xmlns="http://www.w3.org/1999/xhtml"><p>{one.note}</p></html></ap:NotesXhtmlData></ap:NotesGroup>'
            if one.note
            else ""
        )
        return f'<ap:Topic Dirty="0000000000000001" OId="{one.id}=="  Gen="0000000000000000">{own}<ap:TopicViewGroup ViewIndex="0"/><ap:Text PlainText="{one.label}" ReadOnly="false"><ap:Font/></ap:Text>{note}</ap:Topic>'

    return packed(
        "Document.xml",
        f'<ap:Map xmlns:ap="http://schemas.mindjet.com/MindManager/Application/2003"><ap:OneTopic>{_nested(outline.roots[0], topic)}</ap:OneTopic></ap:Map>',
    )


def _vym(outline: Outline) -> bytes:
    def branch(one: Topic, below: str) -> str:
        note = f"<vymnote>{one.note}</vymnote>" if one.note else ""
        tag = "mapcenter" if one is outline.roots[0] else "branch"
        return f'<{tag} hideLink="false" uuid="{{{one.id}}}"><heading textMode="plainText" textColor="#000000" text="{one.label}"/>{note}{below}</{tag}>\n'

    return packed("carte.xml", f'<vymmap version="2.8.19">{_nested(outline.roots[0], branch)}</vymmap>')


def _novamind(outline: Outline) -> bytes:
    def node(one: Topic, below: str) -> str:
        return f'<topic-node id="p{one.id}" type="Topic" topic-ref="{one.id}"><topic-node-view is-expanded="True" location="0,1"/><sub-topics>{below}</sub-topics></topic-node>'

    def text(one: Topic, _: Topic | None) -> str:
        return f'<topic id="{one.id}"><rich-text><text-run font-size="14.00">{one.label}</text-run></rich-text></topic>'

    return packed(
        "content.xml",
        f"<document><maps><map>{_nested(outline.roots[0], node)}</map></maps><topics>{_each(outline, text)}</topics></document>",
    )


def _made(topic: Topic, make: Callable[[Topic, list[Any]], Any]) -> Any:
    return make(topic, [_made(below, make) for below in topic.children])


def _kityminder(outline: Outline) -> bytes:
    def node(one: Topic, below: list[Any]) -> Any:
        more = ({"note": one.note} if one.note else {}) | ({"hyperlink": one.links[0]} if one.links else {})
        return {"data": {"id": one.id, "created": 1_715_673_600_000, "text": one.label, **more}, "children": below}

    return json.dumps(
        {"root": _made(outline.roots[0], node), "template": "default", "version": "1.4.43"}, ensure_ascii=False
    ).encode()


def _mindnode(outline: Outline) -> bytes:
    def node(one: Topic, below: list[Any]) -> Any:
        return {"nodeID": one.id, "title": {"text": f"<p>{one.label}</p>"}, "location": "{0, 0}", "subnodes": below}

    return plistlib.dumps(
        {"version": 6, "canvas": {"mindMaps": [{"mainNode": _made(outline.roots[0], node)}]}}, fmt=plistlib.FMT_BINARY
    )


def _mindmeister(outline: Outline) -> bytes:
    def node(one: Topic, below: list[Any]) -> Any:
        return {
            "id": one.id,
            "title": one.label,
            "rank": None,
            "pos": [None, None],
            "icon": None,
            "note": one.note or None,
            "link": None,
            "children": below,
        }

    return packed(
        "map.json", json.dumps({"map_version": "3.0", "root": _made(outline.roots[0], node), "connections": []})
    )


def _drawio(outline: Outline) -> bytes:
    def cell(one: Topic, parent: Topic | None) -> str:
        edge = (
            f'<mxCell id="e{one.id}" edge="1" parent="1" source="{parent.id}" target="{one.id}"><mxGeometry relative="1" as="geometry"/></mxCell>'
            if parent
            else ""
        )
        return f'<mxCell id="{one.id}" value="{one.label}" style="rounded=1;html=1;" vertex="1" parent="1"><mxGeometry x="1" y="2" width="120" height="60" as="geometry"/></mxCell>{edge}'

    return f'<mxfile><diagram name="Page"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>{_each(outline, cell)}</root></mxGraphModel></diagram></mxfile>'.encode()


def _dot(outline: Outline) -> bytes:
    def node(one: Topic, parent: Topic | None) -> str:
        edge = f" {parent.id} -> {one.id};" if parent else ""
        return f'{one.id} [label="{one.label}"];{edge}\n'  # on one line: a file may have 200,000

    return f"digraph carte {{\n{_each(outline, node)}}}\n".encode()


def _html(outline: Outline) -> bytes:
    def item(one: Topic, below: str) -> str:
        return f"<li>{one.label}{f'<ul>{below}</ul>' if below else ''}</li>\n"

    return f"<!doctype html><html><head><title>Atelier</title></head><body><ul>{_nested(outline.roots[0], item)}</ul></body></html>".encode()


SHAPED: dict[str, Callable[[Outline], bytes]] = {
    "smmx": _simplemind, "itmz": _ithoughts, "mmap": _mindmanager, "vym": _vym, "nm5": _novamind, "km": _kityminder,
    "mindnode": _mindnode, "mind": _mindmeister, "drawio": _drawio, "dot": _dot, "html": _html, "txt": _plain,
}  # fmt: skip
