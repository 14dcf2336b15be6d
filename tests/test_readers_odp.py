# ruff: noqa: E501 - slides stand on the lines they come on
"""LibreOffice slides: titles, lists, boxes in the order of reading, tables, speaker's notes, and what is told."""

from __future__ import annotations

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind
from ingest.maps.outline import outline_text
from tests.map_reading import left
from tests.office_files import odf
from tests.reading import labels, read


def frame(content: str, kind: str = "", at: tuple[float, float] = (1, 1)) -> str:
    said = f' presentation:class="{kind}"' if kind else ""
    return (
        f'<draw:frame{said} svg:x="{at[0]}cm" svg:y="{at[1]}cm"><draw:text-box>{content}</draw:text-box></draw:frame>'
    )


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def listed(*items: str) -> str:
    return "<text:list>" + "".join(f"<text:list-item>{item}</text:list-item>" for item in items) + "</text:list>"


def page(*shapes: str, style: str = "dp1", notes: str = "") -> str:
    below = f"<presentation:notes>{frame(notes, 'notes')}</presentation:notes>" if notes else ""
    return f'<draw:page draw:style-name="{style}">{"".join(shapes)}{below}</draw:page>'


def test_a_slide_is_a_heading_with_its_lists_by_level_under_the_title_page() -> None:
    body = frame(listed(p("un banc"), listed(p("en bois")), p("une haie")), "outline", (1, 5))
    slides = page(frame(p("mai"), "subtitle", (1, 9)), frame(p("Le bourg"), "title")) + page(
        body, frame(p("La place"), "title")
    )
    assert outline_text(read("a.odp", odf("presentation", slides))).splitlines() == [
        "Le bourg",
        "  La place",
        "    un banc",
        "      en bois",
        "    une haie",
    ]


def test_boxes_are_read_from_top_to_bottom_whatever_their_order_and_their_unit() -> None:
    group = f"<draw:g>{frame(p('trois'), at=(1, 12))}</draw:g>"
    two = frame(p("deux"), at=(9, 4)).replace("9cm", "90mm").replace("4cm", "1.6in")
    picture = (
        f'<draw:frame svg:x="1cm" svg:y="14cm"><draw:image xlink:href="x.png">{p("légende")}</draw:image></draw:frame>'
    )
    document = read("a.odp", odf("presentation", page(picture, group, two, frame(p("un"), at=(1, 4)))))
    assert labels(document, BlockKind.PARAGRAPH) == ["un", "deux", "trois", "légende"]


def test_tables_links_notes_and_what_is_no_content_of_a_slide() -> None:
    grid = "<draw:frame><table:table table:name='T'><table:table-row><table:table-cell><text:p>halle</text:p></table:table-cell></table:table-row></table:table></draw:frame>"
    linked = frame(p('<text:a xlink:href="https://exemple.org">le plan</text:a>'), at=(1, 8))
    styles = '<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    slide = page(
        frame(p("La place"), "title"), grid, linked, frame(p("3"), "page-number"), style="dp2", notes=p("à dire vite")
    )
    document = read("a.odp", odf("presentation", slide, styles=styles))
    assert labels(document, BlockKind.ROW) == ["halle"]
    assert next(b for b in document.blocks if b.label == "le plan").attributes["links"] == ["https://exemple.org"]
    assert next(b for b in document.blocks if b.label == "à dire vite").attributes["role"] == "speaker's notes"
    assert left(document) == {"furniture": 1}
    assert document.ledger.found["hidden slides"] == 1


def test_slides_saved_as_one_xml_text_are_read_and_empty_or_deep_ones_are_refused() -> None:
    names = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for n, u in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    flat = f'<?xml version="1.0"?><office:document {names}><office:body><office:presentation><draw:page><draw:frame><draw:text-box><text:p>Bilan</text:p></draw:text-box></draw:frame></draw:page></office:presentation></office:body></office:document>'
    assert outline_text(read("a.fodp", flat)) == "Bilan"
    with pytest.raises(InputRefused, match="the slides hold no text"):
        read("a.odp", odf("presentation", page(frame(""))))
    with pytest.raises(InputRefused, match="nested deeper"):
        read("a.odp", odf("presentation", page("<draw:g>" * 3_000 + "</draw:g>" * 3_000)))
