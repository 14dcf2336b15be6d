"""What a file is by its content, where no reader takes it: so that a refusal names the format, and text stays text."""

from __future__ import annotations

import re

from ingest.bounds.limits import zip_names
from ingest.decoding import narrowed
from ingest.document import RawFile

_HEAD = 16_384
_ABOVE_ROOT = re.compile(  # asked once, at the start: what no end follows is not looked for from each of its places
    rb"(?:\s++|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!(?i:DOCTYPE)[^\[>]*+(?:\[.*?\]\s*)?>)*+", re.S
)
_ELEMENT = re.compile(rb"<(?![?!])([A-Za-z_][\w.:-]*)([^<>]{0,2000})")
_JSON = re.compile(  # not a note that begins with [[a link]], nor a task: « [ ] appeler »
    rb"^\s*(?:\{\s*(?:\"|\})|\[\s*(?:\{|\[\s*(?:[\"\[{\]]|-?\d+(?:\.\d+)?\s*[,\]])|\"|\]\s*\Z|-?\d+\s*,))"
)
_ROOTS = {
    "opml": "OPML outline", "cmap": "CmapTools map", "mxfile": "draw.io diagram", "mxGraphModel": "draw.io diagram",
    "graphml": "GraphML graph", "gexf": "GEXF graph", "html": "HTML page", "svg": "SVG picture", "rss": "RSS feed",
    "vymmap": "VYM map", "simplemind-mindmaps": "SimpleMind map", "xmap-content": "bare XMind content",
}  # fmt: skip
_HTML_IN_TEXT = frozenset("a b br center code dd details div dl em h1 h2 h3 h4 h5 h6 hr i img p picture span".split())
_ARCHIVES = (
    ("content.json", "XMind map"), ("document.xml", "MindManager map"), ("document/mindmap.xml", "SimpleMind map"),
    ("mapdata.xml", "iThoughts map"), ("map.json", "MindMeister map"), ("word/document.xml", "Word document"),
    ("ppt/presentation.xml", "PowerPoint presentation"), ("xl/workbook.xml", "Excel workbook"),
    ("content.xml", "OpenDocument or map archive"),
)  # fmt: skip
_JSON_MARKS = (
    (b'"ThoughtIdA"', "TheBrain links"), (b'"formatVersion"', "MindMup map"), (b'"ideas"', "MindMup map"),
    (b'"fromNode"', "JSON Canvas"), (b'"excalidraw"', "Excalidraw drawing"), (b'"idBoard"', "Trello board"),
    (b'"root"', "KityMinder map"),
)  # fmt: skip
JSON_KINDS = frozenset(name for _, name in _JSON_MARKS[1:]) | {"JSON data"}  # formats of one JSON value a file
_MAGIC = (
    (b"%PDF", "PDF"), (b"{\\rtf", "RTF document"), (b"\x89PNG", "PNG picture"), (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"\xd0\xcf\x11\xe0", "old Office document (.doc, .xls, .ppt)"), (b"bplist", "binary plist"),
    (b"\x1f\x8b", "gzip archive"), (b"7z\xbc\xaf", "7z archive"), (b"Rar!", "RAR archive"),
    (b"SQLite format", "SQLite file"),
)  # fmt: skip
_SKIPPED = rb"(?:\s+|%%[^\n]{0,2000}\n|---[ \t]*\r?\n(?:[^\n]{0,2000}\n){0,100}?---[ \t]*\r?\n)*+"
_MERMAID = re.compile(
    _SKIPPED + rb"(?:(?P<fence>```+|~~~+)[ \t]*mermaid[ \t]*\r?\n" + _SKIPPED + rb")?mindmap[ \t]*(?:\r|\n|\Z)"
)
_FLOWCHART = re.compile(  # not a graph of DOT, nor a sentence: a direction stands there alone, or arrows below it
    _SKIPPED + rb"(?:(?P<fence>```+|~~~+)[ \t]*mermaid[ \t]*\r?\n" + _SKIPPED + rb")?"
    rb"(?:flowchart(?:-elk)?|graph)"
    rb"(?:[ \t]+(?:TB|TD|BT|RL|LR)[ \t]*(?:;|\r?\n|\Z)|[ \t]*\r?\n(?=[^\n]*(?:--|==|-\.)|[^\n]*\n[^\n]*(?:--|==|-\.)))"
)
_NO_MIND_MAP = "Mermaid diagram that is no mind map"
_DIAGRAMS = frozenset({".mmd", ".mermaid"})
_TITLE = re.compile(r"^title:[ \t]*(.+)", re.M)
_FENCED_END = re.compile(rb"[ \t]*(?:```+|~~~+)[ \t]*\s*\Z")
_MERMAID_OTHER = re.compile(  # a word that may begin a note counts with what only a diagram has behind it
    _SKIPPED
    + rb"""(?:(?:sequenceDiagram|(?:class|state)Diagram(?:-v2)?|erDiagram|requirementDiagram|quadrantChart|gitGraph
        |(?:xychart|sankey|block|packet|architecture)-beta|C4(?:Context|Container|Component|Dynamic|Deployment))
        [ \t]*(?::|\r|\n|\Z)
    |(?:gantt|journey|timeline)[ \t]*\r?\n\s*+(?:title|section|dateFormat)[ \t]
    |pie\b[ \t]*(?:showData[ \t]*)?(?:title[ \t][^\r\n]{0,500})?\r?\n\s*+"[^"\r\n]{0,500}"[ \t]*:)""",
    re.X,
)
_MERMAID_KIND = re.compile(  # the first word of a file that is named as a diagram
    _SKIPPED
    + rb"""(?:(?:sequence|class|state|er|requirement)Diagram|quadrantChart|gitGraph|gantt|journey|timeline|kanban|pie
    |info|treemap|radar|xychart|sankey|block|packet|architecture|zenuml|C4\w+)(?:-v2|-beta)?(?=[\s:]|\Z)""",
    re.X,
)
_TEXTS = (  # at the top of the text only: notes in Markdown may hold any of these in a code block
    (re.compile(rb"(?:\s+|'[^\n]{0,2000}\n)*+@start(?:mindmap|wbs|uml)"), "PlantUML diagram"),
    (
        re.compile(
            rb"(?:\s+|'[^\n]{0,2000}\n)*+@start(?:board|chart|chen|chronology|creole|ditaa|dot|ebnf|files|flow|gantt|git"
            rb"|hcl|jcckit|json|latex|math|nwdiag|packetdiag|project|regex|salt|sprites|tree|yaml)\b"
        ),
        "PlantUML diagram that is no mind map",
    ),
    (_MERMAID_OTHER, _NO_MIND_MAP),
    (re.compile(rb"[^\n]{0,200}[Mm]ind [Mm]ap[^\n]{0,200}\n> __version__=`"), "SciaReto map"),
)


def root_element(data: bytes) -> tuple[str, str]:
    """The name and the attributes of the first element of an XML text, ("", "") where it is none. Never raises."""
    head = data[:_HEAD]
    if b"<\x00" in head[:8] or b"\x00<" in head[:8]:
        head = head.replace(b"\x00", b"")  # UTF-16: names are ASCII
    head = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()
    if not head.startswith(b"<"):
        return "", ""
    above = _ABOVE_ROOT.match(head)
    found = _ELEMENT.match(head, above.end() if above else 0)
    return (found.group(1).decode("ascii", "replace"), found.group(2).decode("utf-8", "replace")) if found else ("", "")


def is_wisemapping(data: bytes) -> bool:
    """Whether an XML text is a map of WiseMapping, whose root is named as FreeMind's. Never raises."""
    element, attributes = root_element(data)
    head = data[:_HEAD].replace(b"\x00", b"")
    return element == "map" and bool(re.search(r"version=[\"'](?:tango|pela|beta)", attributes) or b"<topic" in head)


def is_mermaid(data: bytes) -> bool:
    """Whether a text is a Mermaid mind map, alone or as the only thing in a code block of Markdown. Never raises."""
    return _is_alone(_MERMAID, data)


def is_flowchart(data: bytes) -> bool:
    """Whether a text is a Mermaid flowchart, alone or as the only thing in a code block. Never raises."""
    return _is_alone(_FLOWCHART, data)


def flowchart_body(text: str) -> tuple[str, str]:
    """The title that a flowchart's front matter gives, and its statements."""
    data = text.encode("utf-8", "replace")
    found = _FLOWCHART.match(data)
    at, fence = (found.end(), found["fence"] or b"") if found else (0, b"")
    title = _TITLE.search(data[:at].decode("utf-8", "replace"))
    body = data[at:]
    if fence:
        body = body[: body.rfind(b"\n" + fence) + 1]
    return (title[1].strip("\"' ") if title else ""), body.decode("utf-8", "replace")


def _is_alone(pattern: re.Pattern[bytes], data: bytes) -> bool:
    found = pattern.match(narrowed(data[:_HEAD]))
    if not found or not found["fence"]:
        return found is not None
    data = narrowed(data)
    last = data.rstrip().rfind(b"\n") + 1
    return data.count(found["fence"]) == 2 and _FENCED_END.match(data, last) is not None


def foreign(raw: RawFile) -> str:
    """The name of a format that is not plain text, or "" where the content may be notes. Never raises."""
    data = raw.data
    if data.startswith(b"PK\x03\x04"):
        return _archive(raw)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    element = root_element(data)[0]
    if element:
        return _xml(element, data)
    return _text(raw)


def _text(raw: RawFile) -> str:
    """The name of a format of plain text, "" where it may be notes."""
    head = narrowed(raw.data[:_HEAD])
    if _JSON.match(head):
        return _json(head)
    for is_one, name in ((is_mermaid, "Mermaid mind map"), (is_flowchart, "Mermaid flowchart")):
        if is_one(raw.data):
            return name
    if raw.extension in _DIAGRAMS and _MERMAID_KIND.match(head):
        return _NO_MIND_MAP
    return next((name for pattern, name in _TEXTS if pattern.match(head)), "")


def telling_part(raw: RawFile) -> str:
    """The entry by which an archive is one of a known format, "" where it is none. Never raises."""
    names = {n.lower() for n in zip_names(raw)}
    return next((member for member, _ in _ARCHIVES if member in names), "")


def _archive(raw: RawFile) -> str:
    if part := telling_part(raw):
        return dict(_ARCHIVES)[part]
    return "zip archive" if zip_names(raw) else "damaged zip archive"


def _xml(element: str, data: bytes) -> str:
    if element == "map":
        return "WiseMapping map" if is_wisemapping(data) else "FreeMind or Freeplane map"
    known = _ROOTS.get(element) or _ROOTS.get(element.lower())
    declared = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<?xml", b"<!DOCTYPE", b"<!doctype"))
    if known:
        return known
    if element.lower() in _HTML_IN_TEXT and not declared:
        return ""
    return f"XML ({element})" if declared or b"</" + element.encode() in data[-2_000:] else ""


def _json(head: bytes) -> str:
    return next((name for mark, name in _JSON_MARKS if mark in head), "JSON data")
