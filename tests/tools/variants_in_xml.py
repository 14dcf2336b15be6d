# ruff: noqa: E501 - the files are written as long as the applications write them
"""The map of tests/variants as the applications that save XML write it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from tests.tools.variant_map import FROM, LABEL, NUMBERS, ROOT, TO, Node, attr, every, nested, uuid


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


def freeplane() -> str:
    def arrow(to: str) -> str:
        return f'<arrowlink SHAPE="CUBIC_CURVE" DESTINATION="{oid(to)}" MIDDLE_LABEL="{attr(LABEL)}" STARTARROW="NONE" ENDARROW="DEFAULT"/>'

    def note(text: str) -> str:
        return f'<richcontent TYPE="NOTE" CONTENT-TYPE="xml/">\n<html>\n  <head/>\n  <body>\n    <p>{text}</p>\n  </body>\n</html></richcontent>'

    def topic(node: Node, below: str) -> str:
        side = ' POSITION="right"' if node in ROOT["children"] else ""
        dates = ' CREATED="1715673600000" MODIFIED="1715673600000"'
        inside = _parts(node, arrow, note)
        return f'<node TEXT="{attr(node["label"])}"{side} ID="{oid(node["label"])}"{dates}{_link(node)}>{inside}\n{below}</node>\n'

    def oid(label: str) -> str:
        return f"ID_{1_000_000 + NUMBERS[label]}"

    comment = "To view this file, download free mind mapping software Freeplane from https://www.freeplane.org "
    return f'<map version="freeplane 1.11.5">\n<!--{comment}-->\n{nested(ROOT, topic)}</map>\n'


def freemind_8() -> str:
    def arrow(to: str) -> str:
        return f'<arrowlink DESTINATION="{oid(to)}" ENDARROW="Default" ID="Freemind_Arrow_Link_1" STARTARROW="None"/>'

    def note(text: str) -> str:
        return f'<hook NAME="accessories/plugins/NodeNote.properties"><text>{text}</text></hook>'

    def topic(node: Node, below: str) -> str:
        inside = _parts(node, arrow, note)
        return f'<node ID="{oid(node["label"])}" TEXT="{attr(node["label"])}"{_link(node)}>\n{inside}{below}</node>\n'

    def oid(label: str) -> str:
        return f"Freemind_Link_{NUMBERS[label]}"

    ascii_only = nested(ROOT, topic).encode("ascii", "xmlcharrefreplace").decode("ascii")
    comment = " To view this file, download free mind mapping software FreeMind from http://freemind.sourceforge.net "
    return f'<map version="0.8.1">\n<!--{comment}-->\n{ascii_only}</map>\n'


def _link(node: Node) -> str:
    return f' LINK="{node["link"]}"' if "link" in node else ""


def _parts(node: Node, arrow: Callable[[str], str], note: Callable[[str], str]) -> str:
    """What stands inside a node of FreeMind's family: the arrow to its relation's end, its icon, its note."""
    own = arrow(TO) if node["label"] == FROM else ""
    own += '<icon BUILTIN="help"/>' if "icons" in node else ""
    return own + (note(escape(node["note"], quote=False)) if "note" in node else "")
