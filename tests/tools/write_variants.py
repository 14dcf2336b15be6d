# ruff: noqa: E501 - the files are written as long as the applications write them
"""Write the map of tests/variants/expected.json as each mind-map application would: atelier.<extension>, archives too.

    python tests/tools/write_variants.py

The files are committed; this is run again where the map or the shape of a format changes. What it writes follows the
files that the applications save, not this project's writers.
"""

from __future__ import annotations

import io
import json
import plistlib
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "variants"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
ROOT = EXPECTED["roots"][0]
FROM, TO, LABEL = EXPECTED["cross_links"][0]

Node = dict[str, Any]


def every(node: Node) -> Iterator[Node]:
    yield node
    for below in node.get("children", []):
        yield from every(below)


NUMBERS = {node["label"]: n for n, node in enumerate(every(ROOT))}


def attr(text: str) -> str:
    return escape(text, quote=True).replace("&#x27;", "'")


def nested(node: Node, write: Callable[[Node, str], str]) -> str:
    """The text of a node around the text of those below it."""
    return write(node, "".join(nested(below, write) for below in node.get("children", [])))


def uuid(label: str) -> str:
    return f"8E5F0F61-09FB-4497-830D-1210000000{NUMBERS[label]:02d}"


def packed(**members: str | bytes) -> bytes:
    """An archive with the same bytes on every day; in a member's name, two underscores are a slash, one is a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            info = zipfile.ZipInfo(name.replace("__", "/").replace("_", "."), (2024, 5, 14, 10, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, content)
    return out.getvalue()


def mindmanager() -> str:
    ns = "http://schemas.mindjet.com/MindManager/Application/2003"

    def topic(node: Node, below: str) -> str:
        parts = [f"<ap:SubTopics>{below}</ap:SubTopics>" if below else "", '<ap:TopicViewGroup ViewIndex="0"/>']
        parts.append(
            f'<ap:Text Dirty="0000000000000001" PlainText="{attr(node["label"])}" ReadOnly="false"><ap:Font/></ap:Text>'
        )
        if "note" in node:
            body = f'<html xmlns="http://www.w3.org/1999/xhtml"><p>{escape(node["note"])}</p></html>'
            parts.append(
                f'<ap:NotesGroup><ap:NotesXhtmlData PreviewPlainText="{attr(node["note"])}">{body}</ap:NotesXhtmlData></ap:NotesGroup>'
            )
        if "icons" in node:
            parts.append(
                '<ap:IconsGroup><ap:Icons><ap:Icon xsi:type="ap:StockIcon" IconType="urn:mindjet:QuestionMark"/></ap:Icons></ap:IconsGroup>'
            )
        if "link" in node:
            parts.append(f'<ap:Hyperlink Url="{node["link"]}" Absolute="true"/>')
        return f'<ap:Topic Dirty="0000000000000001" OId="{oid(node["label"])}" Gen="0000000000000000">{"".join(parts)}</ap:Topic>'

    def oid(label: str) -> str:
        return f"ulmnlbPpa0yZIZUra9{NUMBERS[label]:02d}g=="

    def end(index: int, label: str) -> str:
        return f'<ap:ConnectionGroup Index="{index}"><ap:Connection CX="1." CY="0."><ap:ObjectReference OIdRef="{oid(label)}"/></ap:Connection></ap:ConnectionGroup>'

    relation = f'{end(0, FROM)}{end(1, TO)}<ap:FloatingTopics><ap:Topic OId="bGFiZWwAAAAAAAAAAAA=="><ap:Text PlainText="{LABEL}"><ap:Font/></ap:Text></ap:Topic></ap:FloatingTopics>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<ap:Map OId="atelier==" Gen="0000000000000000" xmlns:ap="{ns}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<ap:OneTopic>{nested(ROOT, topic)}</ap:OneTopic><ap:Relationships><ap:Relationship OId="cmVsAAAAAAAAAAAAAA==">{relation}</ap:Relationship></ap:Relationships></ap:Map>'
    )


def simplemind() -> str:
    parents = {below["label"]: NUMBERS[node["label"]] for node in every(ROOT) for below in node.get("children", [])}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<!DOCTYPE simplemind-mindmaps>"]
    lines += [
        '<simplemind-mindmaps generator="SimpleMindWin32" gen-version="1.28.3" doc-version="3">',
        "<mindmap>",
        "<meta>",
    ]
    lines += [f'<title text="{attr(ROOT["label"])}"/>', '<main-centraltheme id="0"/>', "</meta>", "<topics>"]
    for n, node in enumerate(every(ROOT)):
        icon = ' icon="ic8_48_question"' if "icons" in node else ""
        lines.append(
            f'<topic id="{n}" parent="{parents.get(node["label"], -1)}" x="{100 + n}.00" y="{50 * n}.00" palette="1" colorinfo="1"{icon} text="{attr(node["label"])}" textfmt="plain">'
        )
        lines += [f'<link urllink="{node["link"]}"/>'] if "link" in node else []
        lines += ["<note>", escape(node["note"], quote=False), "</note>"] if "note" in node else []
        lines.append("</topic>")
    text = f'<children><text x="0.00" y="0.00"><note textfmt="plain">\n{LABEL}\n</note></text></children>'
    lines += [
        "</topics>",
        f'<relations><relation source="{NUMBERS[FROM]}" target="{NUMBERS[TO]}">{text}</relation></relations>',
    ]
    return "\ufeff" + "\n".join([*lines, "</mindmap>", "</simplemind-mindmaps>", ""])


def ithoughts() -> str:
    def topic(node: Node, below: str) -> str:
        more = f' note="{attr(node["note"])}"' if "note" in node else ""
        more += f' link="{node["link"]}"' if "link" in node else ""
        more += ' icon1="question"' if "icons" in node else ""
        return f'<topic uuid="{uuid(node["label"])}" position="{{0, 0}}" text="{attr(node["label"])}"{more} created="2024-05-14T10:00:00" modified="2024-05-14T10:00:00">\n{below}</topic>\n'

    relation = f'<relationship type="0" uuid="{uuid(FROM)[:-1]}F" end1-uuid="{uuid(FROM)}" end1-style="0" end2-uuid="{uuid(TO)}" end2-style="1" center-text="{LABEL}" />'
    return f'<iThoughts version="4.0" app="com.toketaware.ithoughtsx" app-version="5.27"><topics>\n{nested(ROOT, topic)}</topics>\n<relationships>\n{relation}\n</relationships>\n</iThoughts>\n'


def mindmup() -> str:
    def idea(node: Node) -> Node:
        made: Node = {"title": node["label"], "id": NUMBERS[node["label"]] + 1}
        attributes: Node = {"note": {"index": 1, "text": node["note"]}} if "note" in node else {}
        attributes |= {"url": node["link"]} if "link" in node else {}
        attributes |= (
            {"icon": {"url": "https://exemple.org/help.png", "width": 16, "height": 16, "position": "left"}}
            if "icons" in node
            else {}
        )
        made |= {"attr": attributes} if attributes else {}
        below = node.get("children", [])
        left = {"1": len(below)} if node is ROOT else {}
        ranks = [str(n) if n not in left.values() else f"-{n}" for n in range(1, len(below) + 1)]
        return made | (
            {"ideas": {rank: idea(child) for rank, child in reversed(list(zip(ranks, below, strict=True)))}}
            if below
            else {}
        )

    link = {
        "ideaIdFrom": NUMBERS[FROM] + 1,
        "ideaIdTo": NUMBERS[TO] + 1,
        "attr": {"style": {"color": "#FF0000", "lineStyle": "dashed", "arrow": True}},
    }
    return json.dumps(
        {"title": ROOT["label"], "id": "root", "formatVersion": 3, "ideas": {"1": idea(ROOT)}, "links": [link]},
        ensure_ascii=False,
        indent=2,
    )


def wisemapping() -> str:
    def topic(node: Node, below: str) -> str:
        own = "<note><![CDATA[" + node["note"] + "]]></note>" if "note" in node else ""
        own += '<icon id="sign_help"/>' if "icons" in node else ""
        own += f'<link url="{node["link"]}" urlType="url"/>' if "link" in node else ""
        number = NUMBERS[node["label"]]
        place = 'central="true"' if node is ROOT else f'position="{200 + number},{20 * number}" order="{number}"'
        return f'<topic {place} text="{attr(node["label"])}" id="{number + 1}">{own}{below}</topic>'

    relation = f'<relationship srcTopicId="{NUMBERS[FROM] + 1}" destTopicId="{NUMBERS[TO] + 1}" lineType="3" endArrow="true" startArrow="false"/>'
    return f'<map name="atelier" version="tango">{nested(ROOT, topic)}{relation}</map>'


def sciareto() -> str:
    lines = ["Mind Map generated by NB MindMap plugin   ", "> __version__=`1.1`,showJumps=`true`", "---"]

    def escaped(text: str) -> str:
        return "".join(f"\\{c}" if c in "\\`*_{}[]()#<>+-.!" else c for c in text)

    def add(node: Node, level: int) -> None:
        attributes = ["mmd.emoticon=`question`"] * ("icons" in node) + [f"topicLinkUID=`{uuid(TO)}`"] * (
            node["label"] == TO
        )
        lines.extend(
            ["", f"{'#' * level} {escaped(node['label'])}", *([f"> {','.join(attributes)}", ""] if attributes else [])]
        )
        extras = {
            "LINK": node.get("link"),
            "NOTE": node.get("note"),
            "TOPIC": uuid(TO) if node["label"] == FROM else None,
        }
        for kind, text in extras.items():
            lines.extend([f"- {kind}", f"<pre>{attr(text)}</pre>"] if text else [])
        for below in node.get("children", []):
            add(below, level + 1)

    add(ROOT, 1)
    return "\n".join([*lines, ""])


def mindnode() -> bytes:
    style = 'color: rgba(58, 57, 57, 1.000000); font: 20px "Helvetica"; text-align: left; '

    def html(text: str, link: str = "") -> str:
        body = escape(text, quote=False)
        return f"<p style='{style}'>{f'<a href={chr(34)}{link}{chr(34)}>{body}</a>' if link else body}</p>"

    def made(node: Node) -> Node:
        title = {"allowToShrinkWidth": True, "maxWidth": 300.0, "text": html(node["label"], node.get("link", ""))}
        note = {"note": {"text": html(node["note"]), "visibleOnCanvas": False}} if "note" in node else {}
        below = [made(child) for child in node.get("children", [])]
        return {
            "nodeID": uuid(node["label"]),
            "title": title,
            "location": "{0, 0}",
            "hasFoldedSubnodes": False,
            "subnodes": below,
            **note,
        }

    link = {
        "connectionID": uuid(FROM)[:-1] + "F",
        "title": {"text": html(LABEL)},
        "arrowStyle": {"startArrow": 0, "endArrow": 1},
        "endPoints": {"startNodeID": uuid(FROM), "endNodeID": uuid(TO)},
    }
    canvas = {
        "color": "{1, 1, 1, 1}",
        "mindMaps": [{"mainNode": made(ROOT), "layoutStyle": 2}],
        "crossConnections": [link],
    }
    return plistlib.dumps({"version": 6, "typeOptions": 0, "canvas": canvas}, fmt=plistlib.FMT_BINARY)


def kityminder() -> str:
    def made(node: Node) -> Node:
        data: Node = {"id": f"cw{NUMBERS[node['label']]:09d}", "created": 1_715_673_600_000, "text": node["label"]}
        data |= {"note": node["note"]} if "note" in node else {}
        data |= {"hyperlink": node["link"], "hyperlinkTitle": ""} if "link" in node else {}
        data |= {"priority": 1} if "icons" in node else {}
        return {"data": data, "children": [made(below) for below in node.get("children", [])]}

    return json.dumps(
        {"root": made(ROOT), "template": "default", "theme": "fresh-blue", "version": "1.4.43"}, ensure_ascii=False
    )


def novamind() -> str:
    topics = []
    for node in every(ROOT):
        run = f'<text-run font-size="14.00">{escape(node["label"], quote=False)}</text-run>'
        run = f'<hyperlink url="{node["link"]}">{run}</hyperlink>' if "link" in node else run
        more = (
            f'<notes xml:space="preserve"><text-run>{escape(node["note"])}</text-run></notes>' if "note" in node else ""
        )
        more += '<adornments><adornment id="a1" resource-ref="question.png"/></adornments>' if "icons" in node else ""
        topics.append(
            f'<topic id="t{NUMBERS[node["label"]]}"><rich-text xml:space="preserve">\n        {run}\n      </rich-text>{more}</topic>'
        )

    def topic(node: Node, below: str) -> str:
        number = NUMBERS[node["label"]]
        return f'<topic-node id="n{number}" type="Topic" topic-ref="t{number}"><topic-node-view is-expanded="True" location="0,{number}"/><sub-topics>{below}</sub-topics></topic-node>'

    ends = f'<link-line-data start-topic-node-ref="n{NUMBERS[FROM]}" end-topic-node-ref="n{NUMBERS[TO]}"><start-terminator type="0"/><end-terminator type="1"/></link-line-data>'
    line = f'<link-lines><topic-node id="l1" type="LinkLine" topic-ref="tl">{ends}</topic-node></link-lines>'
    topics.append(f'<topic id="tl"><rich-text><text-run>{LABEL}</text-run></rich-text></topic>')
    return f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<document title="Atelier"><maps><map id="m1">{nested(ROOT, topic)}{line}</map></maps><topics>{"".join(topics)}</topics></document>'


def vym() -> str:
    paths: dict[str, str] = {}

    def branch(node: Node, path: str) -> str:
        paths[node["label"]] = path
        url = f' url="{node["link"]}"' if "link" in node else ""
        note = f'<vymnote  fonthint="undef">{escape(node["note"], quote=False)}</vymnote>' if "note" in node else ""
        flag = "<standardflag>questionmark</standardflag>" if "icons" in node else ""
        below = "".join(branch(child, f"{path},bo:{n}") for n, child in enumerate(node.get("children", [])))
        tag = "mapcenter" if node is ROOT else "branch"
        heading = f'<heading  textMode="plainText"  textColor="#000000"  text="{attr(node["label"])}" />'
        return f'<{tag} hideLink="false"{url} uuid="{{{uuid(node["label"]).lower()}}}">{heading}{note}{flag}{below}</{tag}>\n'

    body = branch(ROOT, "mc:0")
    link = f'<xlink  color="#0000ff" width="1" penstyle="Qt::DashLine" type="Bezier" beginID="{paths[FROM]}" endID="{paths[TO]}" styleBegin="None" styleEnd="HeadFull" />'
    return f'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE vymmap>\n<vymmap  version="2.8.19" date="2024-05-14" branchCount="{len(NUMBERS)}">\n{body}{link}\n</vymmap>'


def mindmeister() -> str:
    def made(node: Node) -> Node:
        shared: Node = {
            "id": 900 + NUMBERS[node["label"]],
            "title": node["label"],
            "rank": None,
            "pos": [None, None],
            "floating": False,
        }
        shared |= {
            "icon": "status_help" if "icons" in node else None,
            "note": node.get("note"),
            "link": node.get("link"),
        }
        return shared | {"children": [made(below) for below in node.get("children", [])]}

    link = {"id": 1, "from_id": 900 + NUMBERS[FROM], "to_id": 900 + NUMBERS[TO], "label": LABEL}
    return json.dumps(
        {"map_version": "3.0", "layout": 0, "root": made(ROOT), "connections": [link]}, ensure_ascii=False
    )


def freeplane() -> str:
    def topic(node: Node, below: str) -> str:
        link = f' LINK="{node["link"]}"' if "link" in node else ""
        own = (
            f'<arrowlink SHAPE="CUBIC_CURVE" DESTINATION="{oid(TO)}" MIDDLE_LABEL="{attr(LABEL)}" STARTARROW="NONE" ENDARROW="DEFAULT"/>'
            if node["label"] == FROM
            else ""
        )
        own += '<icon BUILTIN="help"/>' if "icons" in node else ""
        own += (
            f'<richcontent TYPE="NOTE" CONTENT-TYPE="xml/">\n<html>\n  <head/>\n  <body>\n    <p>{escape(node["note"], quote=False)}</p>\n  </body>\n</html></richcontent>'
            if "note" in node
            else ""
        )
        side = ' POSITION="right"' if node in ROOT["children"] else ""
        return f'<node TEXT="{attr(node["label"])}"{side} ID="{oid(node["label"])}" CREATED="1715673600000" MODIFIED="1715673600000"{link}>{own}\n{below}</node>\n'

    def oid(label: str) -> str:
        return f"ID_{1_000_000 + NUMBERS[label]}"

    return (
        f'<map version="freeplane 1.11.5">\n<!--To view this file, download free mind mapping software Freeplane from https://www.freeplane.org -->\n{nested(ROOT, topic)}'
        + "</map>\n"
    )


def freemind_8() -> str:
    def topic(node: Node, below: str) -> str:
        link = f' LINK="{node["link"]}"' if "link" in node else ""
        own = (
            f'<arrowlink DESTINATION="Freemind_Link_{NUMBERS[TO]}" ENDARROW="Default" ID="Freemind_Arrow_Link_1" STARTARROW="None"/>'
            if node["label"] == FROM
            else ""
        )
        own += '<icon BUILTIN="help"/>' if "icons" in node else ""
        own += (
            f'<hook NAME="accessories/plugins/NodeNote.properties"><text>{escape(node["note"], quote=False)}</text></hook>'
            if "note" in node
            else ""
        )
        return f'<node ID="Freemind_Link_{NUMBERS[node["label"]]}" TEXT="{attr(node["label"])}"{link}>\n{own}{below}</node>\n'

    ascii_only = nested(ROOT, topic).encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f'<map version="0.8.1">\n<!-- To view this file, download free mind mapping software FreeMind from http://freemind.sourceforge.net -->\n{ascii_only}</map>\n'


def xmind_json() -> str:
    def made(node: Node) -> Node:
        topic: Node = {"id": uuid(node["label"]).lower(), "title": node["label"], "titleUnedited": True}
        topic |= (
            {
                "notes": {
                    "plain": {"content": node["note"]},
                    "realHTML": {"content": f"<div>{escape(node['note'])}</div>"},
                }
            }
            if "note" in node
            else {}
        )
        topic |= {"href": node["link"]} if "link" in node else {}
        topic |= {"markers": [{"markerId": "symbol-question"}]} if "icons" in node else {}
        below = [made(child) for child in node.get("children", [])]
        return topic | ({"children": {"attached": below}} if below else {})

    link = {
        "id": uuid(FROM)[:-1].lower() + "f",
        "end1Id": uuid(FROM).lower(),
        "end2Id": uuid(TO).lower(),
        "title": LABEL,
    }
    sheet = {
        "id": "f1",
        "class": "sheet",
        "title": "Atelier",
        "rootTopic": made(ROOT) | {"class": "topic"},
        "relationships": [link],
    }
    return json.dumps([sheet], ensure_ascii=False)


def xmind_8() -> str:
    def topic(node: Node, below: str) -> str:
        link = f' xlink:href="{node["link"]}"' if "link" in node else ""
        own = f'<children><topics type="attached">{below}</topics></children>' if below else ""
        own += '<marker-refs><marker-ref marker-id="symbol-question"/></marker-refs>' if "icons" in node else ""
        own += (
            f"<notes><html><xhtml:p>{escape(node['note'])}</xhtml:p></html><plain>{escape(node['note'], quote=False)}</plain></notes>"
            if "note" in node
            else ""
        )
        return f'<topic id="{uuid(node["label"])}"{link} timestamp="1715673600000"><title>{escape(node["label"], quote=False)}</title>{own}</topic>'

    names = 'xmlns="urn:xmind:xmap:xmlns:content:2.0" xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:svg="http://www.w3.org/2000/svg" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:xlink="http://www.w3.org/1999/xlink"'
    link = f'<relationship end1="{uuid(FROM)}" end2="{uuid(TO)}" id="r1"><title>{LABEL}</title></relationship>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="no"?><xmap-content {names} version="2.0"><sheet id="s1">{nested(ROOT, topic)}<title>Atelier</title><relationships>{link}</relationships></sheet></xmap-content>'


WARNING = '<?xml version="1.0" encoding="UTF-8"?><xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0"><sheet><topic><title>Warning</title></topic></sheet></xmap-content>'


def main() -> None:
    texts = {
        "atelier.xmmap": mindmanager(), "atelier.mup": mindmup(), "atelier.wxml": wisemapping(),
        "atelier-sciareto.mmd": sciareto(), "atelier.km": kityminder(), "atelier.mm": freeplane(), "atelier-freemind8.mm": freemind_8(),
    }  # fmt: skip
    for name, text in texts.items():
        (FOLDER / name).write_text(text, "utf-8", newline="\n")
    archives = {
        "atelier.mmap": packed(Document_xml=mindmanager()), "atelier.smmx": packed(document__mindmap_xml=simplemind()),
        "atelier.itmz": packed(mapdata_xml=ithoughts()), "atelier.mindnode.zip": packed(atelier_mindnode__contents_xml=mindnode()),
        "atelier.nm5": packed(content_xml=novamind()), "atelier.vym": packed(map_xml=vym()), "atelier.mind": packed(map_json=mindmeister()),
        "atelier.xmind": packed(content_json=xmind_json(), content_xml=WARNING, metadata_json="{}"), "atelier-xmind8.xmind": packed(content_xml=xmind_8(), meta_xml="<meta/>"),
    }  # fmt: skip
    for name, data in archives.items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
