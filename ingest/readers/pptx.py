"""PowerPoint slides (.pptx): titles as headings, text by its levels, tables, diagrams and speaker's notes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from graph.errors import InputRefused
from ingest.bounds.limits import MAX_NODES
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.language import detect
from ingest.office.parts import REL, Package, Relation, main_part, opened, shape_of
from ingest.rawcount import raw_counts
from ingest.readers.pptx_shapes import (
    PLACED_TEXT,
    TITLES,
    A,
    P,
    Places,
    Shape,
    diagram,
    links,
    paragraph_text,
    places,
    shapes,
    table,
    tables,
)  # fmt: skip
from ingest.readers.text import title_of
from ingest.registry import Rank
from ingest.rendering import Rendering

_MAIN = "ppt/presentation.xml"
_MAX_SLIDES = 2_000
_AGAIN = "the same part as another one, read once"
_MISSING = "named by the presentation, missing in the file"
_RAW = (("tables", rb"<a:tbl>"), ("images", rb"<p:pic>"), ("paragraphs", rb"<a:t>(?=[^<]*\S)"))
_COMMENT = (("comments", rb"<p\d*:cm "),)
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"


@dataclass
class _Deck:
    package: Package
    out: Rendering
    counts: Counter[str]
    level: int = 1  # of the titles of slides
    sections: bool = False
    layouts: dict[str, tuple[str, Places]] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)  # parts that belong to one slide
    left: Counter[tuple[str, str]] = field(default_factory=Counter)  # what is named and not read, and why

    def layout_of(self, relations: dict[str, Relation]) -> tuple[str, Places]:
        """The kind of layout that a slide has and where it places things, looked up once for all that share it."""
        name = _of_kind(relations, "slideLayout")
        if name not in self.layouts:
            root = self.package.part(name)
            self.layouts[name] = ("" if root is None else str(root.get("type", ""))), places(root)
        return self.layouts[name]

    def once(self, part: str, what: str) -> bool:
        """Whether a part is there and asked for the first time (a made-up file names one thousands of times); told."""
        why = _MISSING if part not in self.package.names else _AGAIN if part in self.read else ""
        self.read.add(part)
        self.left[what, why] += bool(why)
        return not why


@dataclass(frozen=True)
class PptxReader:
    name: str = "pptx"
    label: str = "PowerPoint (.pptx)"
    extensions: tuple[str, ...] = (".pptx", ".pptm", ".ppsx", ".potx")
    carries: tuple[str, ...] = ("headings", "paragraphs", "bullets", "tables", "speaker's notes", "diagrams", "links")
    loses: tuple[str, ...] = ("images", "charts", "comments", "animations", "page layout", "macros")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return bool(main_part(raw, _MAIN, "presentationml"))

    def read(self, raw: RawFile) -> Document:
        with opened(raw) as package:
            deck = _Deck(package, Rendering(), Counter())
            parts = _slides(deck)
            opening, sections = _kinds(deck, parts)
            for number, part in enumerate(parts, 1):
                deck.level = 1 if number == 1 and opening else 1 + opening + (bool(sections) and part not in sections)
                _slide(deck, part, number)
            comments = sum(raw_counts(package.data(n), _COMMENT).get("comments", 0) for n in _comments(package))
            left = package.left_out()
        text, blocks = deck.out.finish()
        if not blocks:
            raise InputRefused(raw.name, "the slides hold no text")
        if comments:
            left.append(LeftOut("comments", "slides", comments, "comments of reviewers are not read"))
        if furniture := deck.counts.pop("furniture", 0):
            left.append(LeftOut("furniture", "slides", furniture, "slide numbers, dates and footers are not read"))
        left += [LeftOut(what, "presentation", n, why) for (what, why), n in deck.left.items() if n]
        kept = Counter(str(p.kind) for p in deck.out.pieces)
        return Document(
            raw, "pptx", "pptx@1", text, blocks, title=title_of(blocks), language=detect(text), text_is_file=False,
            shape=shape_of(blocks), ledger=Ledger({k: n for k, n in deck.counts.items() if n}, dict(kept), left),
        )  # fmt: skip


def _comments(package: Package) -> list[str]:
    return [n for n in package.names if n.startswith("ppt/comments/") and n.endswith(".xml")]


def _slides(deck: _Deck) -> list[str]:
    """The parts of the slides in the order of the presentation, each once. Raises InputRefused for too many."""
    package = deck.package
    part = main_part(package.raw, _MAIN, "presentationml") or _MAIN
    main, relations = package.needed(part), package.relations(part)
    found = [relations.get(str(s.get(f"{REL}id", ""))) for s in main.iterfind(f"{P}sldIdLst/{P}sldId")]
    named = [r.target if r is not None and not r.outside else "" for r in found]
    deck.counts["slides"] = len(named)
    parts = [target for target in named if deck.once(target, "slides")]
    if len(parts) > _MAX_SLIDES:
        raise InputRefused(package.raw.name, f"more than {_MAX_SLIDES:,} slides", _MAIN)
    return parts


def _kinds(deck: _Deck, parts: list[str]) -> tuple[bool, set[str]]:
    """Whether the first slide is a title page, and the slides that open a section."""
    kinds = {part: deck.layout_of(deck.package.relations(part))[0] for part in parts}
    opening = len(parts) > 1 and kinds.get(parts[0]) == "title"
    return opening, {part for part, kind in kinds.items() if kind == "secHead"}


def _of_kind(relations: dict[str, Relation], kind: str) -> str:
    return next((r.target for r in relations.values() if r.kind == kind and not r.outside), "")


def _slide(deck: _Deck, part: str, number: int) -> None:
    package, out = deck.package, deck.out
    data = package.data(part)
    deck.counts.update(raw_counts(data, _RAW))
    deck.counts.pop("topics", None)
    root, relations = package.needed(part), package.relations(part)
    found = shapes(root, deck.layout_of(relations)[1])
    out.place = f"slide {number}"
    out.close(deck.level)
    title = next((s for s in found if s.role in TITLES and s.has_text), None)
    if title is not None:
        out.heading(" ".join(" ".join(paragraph_text(p) for p in title.paragraphs).split()), deck.level)
        out.carry("links", links(title.element, relations))
    if root.get("show") in {"0", "false"}:
        deck.counts["hidden slides"] += 1
    for shape in found:
        if shape is not title:
            _shape(deck, shape, relations)
    notes = _of_kind(relations, "notesSlide")
    if notes and deck.once(notes, "speaker's notes"):
        _notes(deck, package.needed(notes), number)
    if len(out.pieces) > MAX_NODES:
        raise InputRefused(package.raw.name, f"more than {MAX_NODES:,} paragraphs", out.place)


def _shape(deck: _Deck, shape: Shape, relations: dict[str, Relation]) -> None:
    if shape.role in {"sldNum", "dt", "ftr", "hdr"}:
        deck.counts["furniture"] += shape.has_text
        return
    for grid in tables(shape.element):
        deck.out.table(table(grid), header=_header(grid))
    for ids in shape.element.iter(f"{_DIAGRAM}relIds"):
        relation = relations.get(str(ids.get(f"{REL}dm", "")))
        named = relation.target if relation and not relation.outside else ""
        root = deck.package.part(named) if deck.once(named, "diagrams") else None
        for text, depth in diagram(root) if root is not None else ():
            deck.out.bullet(text, depth)
            deck.counts["topics of diagrams"] += 1
    for paragraph in shape.paragraphs:
        _paragraph(deck.out, shape, paragraph, relations)


def _header(grid: etree._Element) -> bool | None:
    properties = grid.find(f"{A}tblPr")
    return True if properties is not None and properties.get("firstRow") in {"1", "true"} else None


def _paragraph(out: Rendering, shape: Shape, paragraph: etree._Element, relations: dict[str, Relation]) -> None:
    text = paragraph_text(paragraph)
    if not text.strip():
        return
    properties = paragraph.find(f"{A}pPr")
    said = str(properties.get("lvl", "0")) if properties is not None else "0"
    level = int(said) if said in set("012345678") else 0
    marked = properties is not None and any(
        properties.find(f"{A}{m}") is not None for m in ("buChar", "buAutoNum", "buBlip")
    )
    plain = properties is not None and properties.find(f"{A}buNone") is not None
    if marked or level or (shape.role in PLACED_TEXT and not plain):
        out.bullet(text, level + 1)
    else:
        out.paragraph(text)
    if found := links(paragraph, relations):
        out.carry("links", found)


def _notes(deck: _Deck, root: etree._Element, number: int) -> None:
    """What the speaker has to say, below the slide."""
    deck.out.place = f"slide {number}, notes"
    for shape in shapes(root, {}):
        if shape.role == "body":
            for paragraph in shape.paragraphs:
                if text := paragraph_text(paragraph).strip():
                    deck.out.paragraph(text)
                    deck.out.carry("role", "speaker's notes")
                    deck.counts["speaker's notes"] += 1


READER = PptxReader()
