"""LibreOffice slides (.odp, .fodp): titles as headings, lists by their levels, tables, text boxes, speaker's notes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from graph.errors import InputRefused
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.language import detect
from ingest.office.odf import (
    DRAW,
    HREF,
    OFFICE,
    PRESENTATION,
    STYLE,
    SVG,
    TEXT,
    is_odf,
    odf_content,
    odf_paragraphs,
    odf_text,
)
from ingest.office.odtbody import Body, Styles
from ingest.office.page_order import CENTIMETRE, reading_order
from ingest.office.parts import shape_of
from ingest.rawcount import raw_counts
from ingest.readers.text import title_of
from ingest.registry import Rank
from ingest.rendering import Rendering

_MAX_SLIDES = 2_000
_RAW = (
    ("tables", rb"<table:table [^>]"), ("images", rb"<draw:image[ >]"), ("comments", rb"<office:annotation[ >]"),
    ("paragraphs", rb"<text:p[ >]"),
)  # fmt: skip
_WHY = {"images": "pictures are not read", "comments": "comments of reviewers are not read"}
_FURNITURE = frozenset({"date-time", "footer", "header", "page-number"})
_LENGTH = re.compile(r"(?P<number>-?\d{1,6}(?:\.\d{1,9})?)(?P<unit>cm|mm|in|pt)")
_UNITS = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


@dataclass
class _Deck:
    body: Body
    counts: Counter[str]
    level: int = 1  # of the titles of slides

    @property
    def out(self) -> Rendering:
        return self.body.out


@dataclass(frozen=True)
class OdpReader:
    name: str = "odp"
    label: str = "LibreOffice Impress (.odp)"
    extensions: tuple[str, ...] = (".odp", ".otp", ".fodp")
    carries: tuple[str, ...] = ("headings", "paragraphs", "bullets", "tables", "text boxes", "speaker's notes", "links")
    loses: tuple[str, ...] = ("images", "charts", "comments", "animations", "page layout", "macros")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return is_odf(raw, "presentation")

    def read(self, raw: RawFile) -> Document:
        content = odf_content(raw)
        pages = list(content.root.iterfind(f"{OFFICE}body/{OFFICE}presentation/{DRAW}page"))
        if len(pages) > _MAX_SLIDES:
            raise InputRefused(raw.name, f"more than {_MAX_SLIDES:,} slides", "content.xml")
        deck = _Deck(Body(raw.name, Styles(content.root, content.styles), Rendering()), Counter(slides=len(pages)))
        deck.counts["hidden slides"] = len(_hidden(content.root) & {p.get(f"{DRAW}style-name") for p in pages})
        opening = len(pages) > 1 and _is_opening(pages[0])
        for number, page in enumerate(pages, 1):
            deck.level = 1 if number == 1 else 1 + opening
            _slide(deck, page, number)
        text, blocks = deck.out.finish()
        if not blocks:
            raise InputRefused(raw.name, "the slides hold no text")
        left = deck.body.left()
        if furniture := deck.counts.pop("furniture", 0):
            left.append(LeftOut("furniture", "slides", furniture, "slide numbers, dates and footers are not read"))
        found = Counter(raw_counts(content.data, _RAW)) + deck.counts
        found.pop("topics", None)
        left += [LeftOut(what, "slides", found[what], why) for what, why in _WHY.items() if what in found]
        told = {x.what for x in left}
        return Document(
            raw, "odp", "odp@1", text, blocks, title=title_of(blocks), language=detect(text), text_is_file=False,
            shape=shape_of(blocks),
            ledger=Ledger(
                dict(found), dict(Counter(str(p.kind) for p in deck.out.pieces)),
                left + [x for x in content.left if x.what not in told],
            ),
        )  # fmt: skip


def _hidden(root: etree._Element) -> set[str | None]:
    """The styles of slides that are not shown."""
    kinds = root.iter(f"{STYLE}drawing-page-properties")
    hidden = (kind.getparent() for kind in kinds if kind.get(f"{PRESENTATION}visibility") == "hidden")
    return {style.get(f"{STYLE}name") for style in hidden if style is not None}


def _class(shape: etree._Element) -> str:
    """What a shape is on its slide: "title", "subtitle", "outline", "notes"…, "" for one that was drawn there."""
    return str(shape.get(f"{PRESENTATION}class", ""))


def _is_opening(page: etree._Element) -> bool:
    """Whether a slide holds a title, a subtitle and no list: the title page."""
    classes = {_class(shape) for shape in page}
    return "title" in classes and "subtitle" in classes and "outline" not in classes


def _text(shape: etree._Element) -> str:
    return " ".join(" ".join(odf_text(p) for p in odf_paragraphs(shape)).split())


def _slide(deck: _Deck, page: etree._Element, number: int) -> None:
    out = deck.out
    out.place = f"slide {number}"
    out.close(deck.level)
    shapes = [s for s in page.iterchildren("*") if s.tag != f"{PRESENTATION}notes" and _class(s) not in _FURNITURE]
    deck.counts["furniture"] += sum(_class(s) in _FURNITURE and bool(_text(s)) for s in page)
    ordered = [shapes[n] for n in reading_order([_at(shape) for shape in shapes])]
    title = next((s for s in ordered if _class(s) == "title" and _text(s)), None)
    if title is not None:
        out.heading(_text(title), deck.level)
        out.carry("links", [str(a.get(HREF)) for a in title.iter(f"{TEXT}a") if a.get(HREF)])
    deck.body.write([shape for shape in ordered if shape is not title])
    out.place = f"slide {number}, notes"
    for shape in page.iterfind(f"{PRESENTATION}notes/*"):
        if _class(shape) == "notes":
            _notes(deck, shape)


def _notes(deck: _Deck, shape: etree._Element) -> None:
    """What the speaker has to say, below the slide."""
    for paragraph in odf_paragraphs(shape):
        if text := odf_text(paragraph).strip():
            deck.out.paragraph(text)
            deck.out.carry("role", "speaker's notes")
            deck.counts["speaker's notes"] += 1


def _at(shape: etree._Element) -> tuple[int, int]:
    """Top and left; a group stands where its first shape does."""
    placed = next((s for s in shape.iter() if s.get(f"{SVG}y")), shape)
    return _length(placed.get(f"{SVG}y")), _length(placed.get(f"{SVG}x"))


def _length(said: str | None) -> int:
    found = _LENGTH.match(said or "")
    return round(float(found["number"]) * _UNITS[found["unit"]] * CENTIMETRE) if found else 0


READER = OdpReader()
