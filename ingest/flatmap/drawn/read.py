"""Pages of a PDF as maps: by the lines that tie labels, else by where the labels stand; None for running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.outline import CrossLink, Topic
from ingest.document import Ledger, LeftOut
from ingest.flatmap.drawn.labels import DrawnLabel, labels_of
from ingest.flatmap.drawn.links import Tie, ties_of
from ingest.flatmap.drawn.page import DrawnPage, Stroke, drawn_page
from ingest.flatmap.drawn.places import looks_placed, placed_tree
from ingest.flatmap.drawn.tree import SURE, Drawing, tied_tree
from ingest.html.markup import clean
from ingest.maps.maptree import MapContent

MOST_LABELS = 3_000
MOST_PAGES = 40  # more is a document, whatever its pages look like
_LEAST = 4  # labels of a map
_TIED = 0.6  # of the labels, and of their letters, hang together
_LONGEST = 2_000  # characters: a longer label is a paragraph
_CROSSINGS = 0.15  # of the strokes: more is the grid of a table


@dataclass(slots=True)
class PageMap:
    """The labels of a page and their trees."""

    page: DrawnPage
    labels: list[DrawnLabel]
    drawing: Drawing


def page_map(page: Any, number: int) -> PageMap | None:
    """The map that a pdfplumber page shows; None for running text, tables, and what holds too much."""
    drawn = drawn_page(page, number)
    made = _read(drawn) if drawn is not None else None
    return PageMap(drawn, *made) if drawn is not None and made is not None else None


def map_content(pages: Sequence[PageMap]) -> MapContent:
    """The maps of all pages, one after the other, with what could not be read of them."""
    content = MapContent([], ledger=Ledger())
    for page in pages:
        _add_page(content, page.page, page.labels, page.drawing)
    content.ledger.found = {"topics": sum(len(page.labels) for page in pages)}
    if guessed := sum(confidence < SURE for page in pages for confidence in page.drawing.confidence):
        why = "their parent was guessed from where they stand: to be confirmed"
        content.ledger.left_out.append(LeftOut("tree", "drawing", guessed, why))
    return content


def _read(page: DrawnPage) -> tuple[list[DrawnLabel], Drawing] | None:
    labels = labels_of(page)
    if labels is None or not _LEAST <= len(labels) <= MOST_LABELS or any(len(x.text) > _LONGEST for x in labels):
        return None
    solid = [stroke for stroke in page.strokes if not stroke.dashed]
    ties = ties_of(labels, solid or page.strokes)
    if not _is_grid(solid or page.strokes):
        drawing = tied_tree(labels, ties)
        if _is_tied(labels, drawing):
            drawing.related += _related(labels, page.strokes) if solid else []
            return labels, drawing
    placed = placed_tree(labels)
    return (labels, placed[0]) if placed and looks_placed(labels, *placed) else None


def _is_tied(labels: Sequence[DrawnLabel], drawing: Drawing) -> bool:
    """Whether most of a page hangs together, under a label with more than one below it."""
    held = [n for n, parent in enumerate(drawing.parents) if parent is not None]
    letters = sum(len(labels[n].text) for n in held)
    branches = len({drawing.parents[n] for n in held}) < len(held)
    most = len(held) + 1 >= _TIED * len(labels) and letters >= (_TIED - 0.1) * sum(len(x.text) for x in labels)
    return branches and len(held) >= _LEAST - 1 and most


def _is_grid(strokes: Sequence[Stroke]) -> bool:
    """Whether strokes along the axes cross each other often, as the rules of a table do and branches never."""
    flat, upright = [], []
    for stroke in strokes[:2_000]:
        (x0, y0), (x1, y1) = sorted(stroke.ends)
        if len(stroke.points) == 2 and abs(y0 - y1) < 1:
            flat.append((x0, x1, y0))
        elif len(stroke.points) == 2 and abs(x0 - x1) < 1:
            upright.append((x0, min(y0, y1), max(y0, y1)))
    upright = upright[:600]
    crossing = sum(
        any(x0 + 1 < x < x1 - 1 and top + 1 < y < bottom - 1 for x, top, bottom in upright) for x0, x1, y in flat[:600]
    )
    return crossing > max(1, _CROSSINGS * len(flat))


def _related(labels: Sequence[DrawnLabel], strokes: Sequence[Stroke]) -> list[tuple[int, int]]:
    """Dashed lines between two labels."""
    ties: list[Tie] = ties_of(labels, [stroke for stroke in strokes if stroke.dashed])
    return [(a, b) for tie in ties if len(tie.sides) == 2 for a, b in [tuple(tie.sides)]]


def _add_page(content: MapContent, page: DrawnPage, labels: Sequence[DrawnLabel], drawing: Drawing) -> None:
    made: dict[int, Topic] = {}
    for n in drawing.order:
        label, parent = labels[n], drawing.parents[n]
        topic = Topic(f"page {page.number}, {label.box.x0:.0f}:{label.box.top:.0f}, {n + 1}", clean(label.text))
        topic.position = {"x": str(round(label.box.x0)), "y": str(round(label.box.top))}
        topic.confidence = drawing.confidence[n] if parent is not None else 1.0
        made[n] = topic
        if parent is None and drawing.order[0] != n:
            topic.kind = "floating"
        (content.roots if parent is None else made[parent].children).append(topic)
    content.cross_links += [CrossLink(made[a].id, made[b].id, direction="none") for a, b in drawing.related]
    if page.turned:
        where = f"page {page.number}"
        content.ledger.left_out.append(LeftOut("letters", where, page.turned, "turned text is not read"))
