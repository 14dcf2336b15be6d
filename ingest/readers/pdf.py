"""PDF with a text layer: a map where the pages are drawn as one, else lines by page, then the grammar of notes."""

from __future__ import annotations

import io
import logging
import time
from bisect import bisect_right
from dataclasses import dataclass

from graph.errors import InputRefused
from ingest.bounds.limits import check_size
from ingest.document import Block, BlockKind, Document, Ledger, LeftOut, RawFile
from ingest.flatmap.drawn.read import MOST_PAGES, PageMap, map_content, page_map
from ingest.language import detect
from ingest.maps.maptree import MapContent, map_document
from ingest.notes.read import has_content, read_notes
from ingest.readers.pdf_lines import PdfLine, join_pages, page_lines
from ingest.readers.text import title_of
from ingest.registry import Rank

MAX_PAGES = 1_000
_MOST_PIECES = 2_000  # of the content of a page; a made-up file repeats one without end
MAX_SECONDS = 120.0
_MIN_CHARS = 10  # per page on average: less is a scan with stray marks


@dataclass(frozen=True)
class PdfReader:
    name: str = "pdf"
    label: str = "PDF avec texte (.pdf)"
    extensions: tuple[str, ...] = (".pdf",)
    carries: tuple[str, ...] = ("text", "headings", "bullets", "tables", "pages", "drawn maps (tree)")
    loses: tuple[str, ...] = ("images", "scanned pages", "columns that cross", "links", "form fields")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        return b"%PDF-" in raw.data[:1024]

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        lines, images, maps = _pages(raw)
        if maps:
            return _map_document(raw, map_content(maps), images)
        text, titles = join_pages(lines)
        pages = text.split("\x0c")
        if sum(len(p.strip()) for p in pages) < _MIN_CHARS * len(pages):
            raise InputRefused(
                raw.name, "this PDF holds pictures of pages and no text; it needs character recognition first"
            )
        blocks = read_notes(text, markup=False, titles=titles)
        if not has_content(blocks):
            raise InputRefused(raw.name, "no text found on any page")
        _set_places(blocks, pages)
        return Document(
            raw, "pdf", "pdf@1", text, blocks, title=title_of(blocks), language=detect(text), text_is_file=False,
            ledger=_ledger(pages, images, blocks),
        )  # fmt: skip


def _map_document(raw: RawFile, content: MapContent, images: int) -> Document:
    """Pages that are drawn as a map."""
    if images:
        content.ledger.left_out.append(_pictures(images))
    return map_document(raw, "pdf", "pdf@2", content)


def _pages(raw: RawFile) -> tuple[list[list[PdfLine]], int, list[PageMap]]:
    """The lines of each page, the number of pictures, the map of each page where all are drawn as maps.

    Every failure of the library is a refusal.
    """
    import pdfplumber  # loaded on first use: it takes a second
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    pages: list[list[PdfLine]] = []
    maps: list[PageMap] = []
    images = 0
    began = time.monotonic()
    try:
        with pdfplumber.open(io.BytesIO(raw.data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise InputRefused(raw.name, f"more than {MAX_PAGES} pages")
            for number, page in enumerate(document.pages, 1):
                if time.monotonic() - began > MAX_SECONDS:
                    raise InputRefused(raw.name, f"reading took more than {MAX_SECONDS:.0f} s", f"page {number}")
                if len(page.page_obj.contents or ()) > _MOST_PIECES:
                    raise InputRefused(raw.name, f"a page in more than {_MOST_PIECES:,} pieces", f"page {number}")
                pages.append(page_lines(page, number))
                if len(maps) == number - 1 < MOST_PAGES and (drawn := page_map(page, number)):
                    maps.append(drawn)
                images += len(page.images)
                page.close()
    except (PDFPasswordIncorrect, PdfminerException) as error:
        encrypted = "Password" in repr(error) or "Password" in repr(error.__cause__)
        raise InputRefused(
            raw.name, "this PDF is encrypted" if encrypted else f"damaged PDF ({_short(error)})"
        ) from None
    except InputRefused:
        raise
    except Exception as error:  # noqa: BLE001 - the edge to a library that raises anything on hostile bytes; reported
        raise InputRefused(raw.name, f"damaged PDF ({type(error).__name__}: {_short(error)})") from None
    if not pages:
        raise InputRefused(raw.name, "the PDF has no page")
    return pages, images, maps if len(maps) == len(pages) else []


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _set_places(blocks: list[Block], pages: list[str]) -> None:
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    for block in blocks:
        block.place = f"page {bisect_right(starts, block.start)}"


def _pictures(count: int) -> LeftOut:
    return LeftOut("images", "pages", count, "pictures are not read")


def _ledger(pages: list[str], images: int, blocks: list[Block]) -> Ledger:
    left = [_pictures(images)] if images else []
    empty = [n for n, page in enumerate(pages, 1) if not page.strip()]
    for n in empty[:50]:
        left.append(LeftOut("page", f"page {n}", 1, "no text on this page (a picture?)"))
    furniture = sum(b.kind is BlockKind.FURNITURE for b in blocks)
    if furniture:
        left.append(LeftOut("page furniture", "pages", furniture, "page numbers and running headers are not read"))
    kept = {"pages": len(pages) - len(empty), "characters": sum(not c.isspace() for p in pages for c in p)}
    return Ledger({"pages": len(pages), "images": images}, kept, left)


READER = PdfReader()
