"""What the readers of OpenDocument files share: names, visible text of a paragraph, protected files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from graph.errors import InputRefused
from ingest.bounds.limits import check_size, parse_xml, zip_head, zip_names
from ingest.document import LeftOut, RawFile
from ingest.office.parts import Package, opened
from ingest.sniff import root_element
from ingest.xml.tree import within

_NS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TEXT, TABLE, STYLE, DRAW, PRESENTATION = (
    f"{{{_NS}:{name}:1.0}}" for name in ("office", "text", "table", "style", "drawing", "presentation")
)
SVG = f"{{{_NS}:svg-compatible:1.0}}"
HREF = "{http://www.w3.org/1999/xlink}href"
MANIFEST = f"{{{_NS}:manifest:1.0}}"
_MARKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_APART = frozenset({f"{TEXT}note", f"{OFFICE}annotation", f"{DRAW}frame", f"{DRAW}custom-shape", f"{TEXT}ruby-text",
                    f"{DRAW}text-box"})  # fmt: skip
_MOST_SPACES = 100
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_FRAMES = frozenset({f"{DRAW}frame", f"{DRAW}custom-shape", f"{DRAW}text-box"})
_ASIDE = frozenset({f"{TEXT}note", f"{OFFICE}annotation"})


@dataclass(frozen=True, slots=True)
class OdfContent:
    """The content of an OpenDocument file: as bytes, parsed, with the part of its styles, and what was left out."""

    data: bytes
    root: etree._Element
    styles: etree._Element | None
    left: list[LeftOut]


def odf_content(raw: RawFile) -> OdfContent:
    """The content of a file that is an archive, or one XML text. Raises InputRefused, for a protected one too."""
    if not raw.data.startswith(b"PK"):
        check_size(raw)
        return OdfContent(raw.data, parse_xml(raw.name, raw.data, "document"), None, [])
    with opened(raw) as package:
        refuse_protected(package)
        data = package.data("content.xml")
        return OdfContent(data, package.needed("content.xml"), package.part("styles.xml"), package.left_out())


def is_odf(raw: RawFile, kind: str) -> bool:
    """Whether a file, an archive or one XML text, is an OpenDocument one of this kind ("text"…). Never raises."""
    if not raw.data.startswith(b"PK"):
        return root_element(raw.data)[0] == "office:document" and f"<office:{kind}".encode() in raw.data
    if "content.xml" not in zip_names(raw):
        return False
    mimetype = zip_head(raw, "mimetype", 200).strip()
    if mimetype:
        return mimetype.startswith(f"application/vnd.oasis.opendocument.{kind}".encode())
    return f"<office:{kind}".encode() in zip_head(raw, "content.xml", 2_000_000)


def refuse_protected(package: Package) -> None:
    """Raise InputRefused where the content of an OpenDocument file is encrypted."""
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in manifest.iter(f"{MANIFEST}encryption-data")):
        raise InputRefused(package.raw.name, "protected by a password: save it without one, then import it again")


def odf_text(paragraph: etree._Element) -> str:
    """The visible text of one paragraph or heading: spans, links, tabs, line breaks and runs of spaces.

    Notes, comments and text boxes stand apart and are left to the caller.
    """
    out = [paragraph.text or ""]
    walk = etree.iterwalk(paragraph, events=("start", "end"))
    for event, node in walk:
        if node is paragraph:
            continue
        if event == "end":
            out.append(node.tail or "")
        elif node.tag in _APART:
            walk.skip_subtree()  # not walked through either: one may stand in the other a thousand times
        else:
            out.append(_mark(node) + (node.text or ""))
    return "".join(out)


def odf_paragraphs(holder: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell or a shape, each before those of the boxes tied to it; not those of notes and comments.

    A paragraph that stands in another one without a box is part of its text.
    """
    stack = [holder]
    while stack:
        element = stack.pop()
        if is_paragraph := element.tag in _PARAGRAPHS:
            yield element
        wanted = _FRAMES if is_paragraph else _PARAGRAPHS
        stack.extend(reversed(list(within(element, wanted, wanted | _ASIDE))))


def _mark(node: etree._Element) -> str:
    if node.tag == f"{TEXT}s":
        said = str(node.get(f"{TEXT}c", "1"))
        return " " * min(int(said) if said.isdecimal() and len(said) < 6 else 1, _MOST_SPACES)
    return _MARKS.get(str(node.tag), "")
