"""LibreOffice texts (.odt, .fodt): headings by outline level or style, lists, tables, notes, text boxes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.errors import InputRefused
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.language import detect
from ingest.office.odf import OFFICE, is_odf, odf_content
from ingest.office.odtbody import Body, Styles
from ingest.office.parts import shape_of
from ingest.rawcount import raw_counts
from ingest.readers.text import title_of
from ingest.registry import Rank
from ingest.rendering import Rendering

_RAW = (
    ("headings", rb"<text:h[ >]"), ("paragraphs", rb"<text:p[ >]"), ("items", rb"<text:list-item[ >]"),
    ("tables", rb"<table:table [^>]"), ("notes", rb"<text:note[ >]"), ("comments", rb"<office:annotation[ >]"),
    ("images", rb"<draw:image[ >]"), ("deleted text", rb"<text:deletion[ >]"), ("formulas", rb"<math[ >]"),
)  # fmt: skip
_WHY = {
    "images": "pictures are not read",
    "comments": "comments of reviewers are not read",
    "deleted text": "text deleted under change tracking is not read",
}


@dataclass(frozen=True)
class OdtReader:
    name: str = "odt"
    label: str = "LibreOffice Writer (.odt)"
    extensions: tuple[str, ...] = (".odt", ".ott", ".fodt")
    carries: tuple[str, ...] = ("headings", "paragraphs", "bullets", "tables", "footnotes", "text boxes", "links")
    loses: tuple[str, ...] = ("images", "comments", "page layout", "deleted text", "headers and footers", "macros")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return is_odf(raw, "text")

    def read(self, raw: RawFile) -> Document:
        content = odf_content(raw)
        text_body = content.root.find(f"{OFFICE}body/{OFFICE}text")
        if text_body is None:
            raise InputRefused(raw.name, "the body of the text is missing", "content.xml")
        out = Rendering()
        body = Body(raw.name, Styles(content.root, content.styles), out)
        body.write(text_body)
        text, blocks = out.finish()
        if not blocks:
            raise InputRefused(raw.name, "the document holds no text")
        found = raw_counts(content.data, _RAW)
        found.pop("topics", None)
        left = [
            *body.left(),
            *[LeftOut(w, "content.xml", found[w], why) for w, why in _WHY.items() if w in found],
            *content.left,
        ]
        kept = Counter(str(p.kind) for p in out.pieces)
        return Document(
            raw, "odt", "odt@1", text, blocks, title=title_of(blocks), language=detect(text), text_is_file=False,
            shape=shape_of(blocks), ledger=Ledger(found, dict(kept), _merged(left)),
        )  # fmt: skip


def _merged(left: list[LeftOut]) -> list[LeftOut]:
    """Each thing told once: by the text where it shows it, by the archive otherwise."""
    first = {x.what: n for n, x in reversed(list(enumerate(left)))}
    return [x for n, x in enumerate(left) if first[x.what] == n]


READER = OdtReader()
