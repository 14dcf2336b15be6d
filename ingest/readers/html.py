"""Web pages and what word processors save as such (.html): headings, lists, tables and paragraphs."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lxml import etree, html

from graph.errors import InputRefused
from ingest.bounds.limits import check_nodes, check_size
from ingest.decoding import decode_declared, looks_binary
from ingest.document import BlockKind, Document, Ledger, LeftOut, RawFile, Shape
from ingest.html.blocks import Blocks
from ingest.html.markup import clean, maybe_html
from ingest.language import detect
from ingest.rawcount import raw_counts
from ingest.readers.text import title_of
from ingest.registry import Rank
from ingest.sniff import root_element

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_FRAGMENTS = frozenset(
    "head body p div section article main header footer nav aside figure details h1 h2 h3 h4 h5 h6 ul ol dl table"
    " blockquote pre form fieldset address meta title link style script center span a b i em strong font br hr".split()
)
_RAW_COUNTS = (
    ("headings", rb"(?i)<h[1-6][\s>]"), ("items", rb"(?i)<li[\s/>]"), ("rows", rb"(?i)<tr[\s/>]"),
    ("images", rb"(?i)<img[\s/]"), ("links", rb"(?i)<a\s[^>]{0,2000}?href"),
)  # fmt: skip


@dataclass(frozen=True)
class HtmlReader:
    name: str = "html"
    label: str = "Page web (.html)"
    extensions: tuple[str, ...] = (".html", ".htm", ".xhtml")
    carries: tuple[str, ...] = (
        "headings",
        "paragraphs",
        "sentences",
        "bullets",
        "tables",
        "quotations",
        "notes",
        "links",
    )
    loses: tuple[str, ...] = ("images", "styles", "scripts", "forms", "hidden parts", "page layout")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        element = root_element(raw.data)[0].lower()
        if element == "html" or (element and re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<!doctype\s+html", raw.data, re.I)):
            return True
        return raw.extension in self.extensions and element in _FRAGMENTS and not looks_binary(raw.data)

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        text, losses = decode_page(raw)
        return page_document(raw, text, losses, "html", "html@1")


def decode_page(raw: RawFile) -> tuple[str, list[LeftOut]]:
    """The page as text: by its byte-order mark, the charset that it declares, or its content."""
    found = None if raw.data.startswith(_BOMS) else _CHARSET.search(raw.data[:4_096])
    decoded = decode_declared(raw, found[1].decode("ascii", "replace") if found else "")
    return decoded.text, list(decoded.losses)


def parse_page(name: str, text: str) -> etree._Element:
    """The page's root element. Raises InputRefused for a page without content, or nested or grown without end."""
    parser = html.HTMLParser(huge_tree=True, no_network=True)
    source = _DECLARATION.sub("", text).replace("\x00", "")
    try:
        root: etree._Element = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputRefused(name, f"no page to read ({' '.join(str(error).split())[:100]})") from None
    if any("depth" in entry.message for entry in parser.error_log):
        raise InputRefused(name, "elements nested too deep", "page")
    check_nodes(name, sum(1 for _ in root.iter()) // 20)
    return root


def page_document(raw: RawFile, text: str, losses: list[LeftOut], form: str, reader: str) -> Document:
    """The document of a page, whoever holds it."""
    root = parse_page(raw.name, text)
    walked = Blocks()
    rendering = walked.run(root)
    check_nodes(raw.name, len(rendering.pieces))
    rendered, blocks = rendering.finish()
    if not any(b.kind is not BlockKind.FURNITURE for b in blocks):
        raise InputRefused(raw.name, "the page shows no text")
    ledger = Ledger(raw_counts(text.encode("utf-8", "replace"), _RAW_COUNTS), left_out=losses)
    ledger.found["characters"] = len("".join(maybe_html(text).split()))  # by another way than the walk
    ledger.kept["characters"] = len("".join(rendered.split()))
    for kind, what in ((BlockKind.HEADING, "headings"), (BlockKind.BULLET, "items"), (BlockKind.ROW, "rows")):
        ledger.kept[what] = sum(b.kind is kind for b in blocks)
    ledger.kept["links"] = sum(len(b.attributes.get("links", ())) for b in blocks)
    ledger.left_out += [
        LeftOut(what, "page", n, "not shown as text, or not read") for what, n in walked.left.items() if n
    ]
    title = next((clean("".join(e.itertext())) for e in root.iter("title")), "")
    outlined = ledger.kept["items"] + ledger.kept["headings"] >= sum(b.kind is BlockKind.PARAGRAPH for b in blocks)
    return Document(
        raw, form, reader, rendered, blocks, title=(title or title_of(blocks))[:200], language=detect(rendered),
        text_is_file=False, shape=Shape.ITEMS if outlined else Shape.NOTES, ledger=ledger,
    )  # fmt: skip


READER = HtmlReader()

__all__ = ["READER", "HtmlReader", "decode_page", "page_document", "parse_page"]
