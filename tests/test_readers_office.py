# ruff: noqa: E501 - parts of files stand on the lines they come on
"""Word, LibreOffice and PowerPoint files: what is read, in which order, what is told, and what is refused."""

from __future__ import annotations

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind, Document
from ingest.maps.outline import outline_of, outline_text
from tests.office_files import odf, relations, zipped
from tests.reading import headings, labels, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SLIDE = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'


def levels(document: Document) -> list[tuple[str, int]]:
    return [(b.label, b.level) for b in document.blocks if b.kind in {BlockKind.HEADING, BlockKind.BULLET}]


def left_out(document: Document) -> dict[str, int]:
    return {x.what: x.count for x in document.ledger.left_out}


# --- Word -------------------------------------------------------------------------------------------------------------


def word(body: str, **parts: str | bytes) -> bytes:
    return zipped({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", **parts})


def para(text: str, style: str = "", extra: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{extra}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_french_style_names_without_a_style_part_give_headings_and_lists() -> None:
    body = (
        para("Le projet", "Titre")
        + para("Les lieux", "Titre1")
        + para("un banc", "Listepuces")
        + para("en bois", "Listepuces2")
    )
    assert levels(read("a.docx", word(body))) == [("Le projet", 1), ("Les lieux", 2), ("un banc", 1), ("en bois", 2)]


def test_the_outline_level_of_a_paragraph_makes_it_a_heading() -> None:
    body = para("Bilan", extra='<w:outlineLvl w:val="1"/>') + para("Du texte.", extra='<w:outlineLvl w:val="9"/>')
    assert levels(read("a.docx", word(body))) == [("Bilan", 2)]


def test_a_style_tied_to_a_level_of_a_list_is_that_deep() -> None:
    numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="2"><w:pStyle w:val="Point3"/></w:lvl></w:abstractNum></w:numbering>'
    styles = f'<w:styles {W}><w:style w:styleId="Point3"><w:name w:val="Point 3"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
    data = word(para("profond", "Point3"), **{"word/numbering.xml": numbering, "word/styles.xml": styles})
    assert levels(read("a.docx", data)) == [("profond", 3)]


def test_tracked_changes_keep_what_was_inserted_and_tell_what_was_deleted() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>On garde </w:t></w:r></w:ins><w:del ><w:r><w:delText>jamais</w:delText></w:r></w:del>"
        "<w:moveFrom ><w:r><w:t>le banc</w:t></w:r></w:moveFrom><w:r><w:t>la haie</w:t></w:r></w:p>"
        "<w:p><w:moveTo><w:r><w:t>le banc</w:t></w:r></w:moveTo></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p><w:r><w:t>ligne ôtée</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    document = read("a.docx", word(body))
    assert document.text == "On garde la haie\n\nle banc\n"
    assert left_out(document)["deleted text"] == 2
    assert left_out(document)["moved text"] == 1


def test_tables_in_tables_frames_and_content_controls_lose_no_text() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{para('dedans')}</w:tc></w:tr></w:tbl>"
    grid = f"<w:tbl><w:tr><w:tc>{para('a')}</w:tc><w:tc>{para('b')}{inner}</w:tc></w:tr><w:sdt><w:sdtContent><w:tr><w:tc>{para('c')}</w:tc><w:tc>{para('d')}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
    frame = f"<w:tbl><w:tr><w:tc>{para('Encadré', 'Titre2')}{para('Son texte.')}</w:tc></w:tr></w:tbl>"
    document = read("a.docx", word(grid + frame))
    assert labels(document, BlockKind.ROW) == ["a b dedans", "c d"]
    assert headings(document) == ["Encadré"]
    assert labels(document, BlockKind.PARAGRAPH) == ["Son texte."]


def test_a_table_of_contents_is_kept_aside_and_links_are_kept() -> None:
    body = (
        para("Les lieux 3", "TM1")
        + para("Les lieux", "Titre1")
        + '<w:p><w:hyperlink r:id="rId7"><w:r><w:t>le site</w:t></w:r></w:hyperlink></w:p>'
    )
    links = relations(
        ("rId7", "hyperlink", "https://exemple.org/a"),
        ("rId8", "image", "https://exemple.org/suivi.png"),
        outside=("rId7", "rId8"),
    )
    document = read("a.docx", word(body, **{"word/_rels/document.xml.rels": links}))
    assert labels(document, BlockKind.FURNITURE) == ["Les lieux 3"]
    assert [b.attributes["links"] for b in document.blocks if "links" in b.attributes] == [["https://exemple.org/a"]]
    assert left_out(document)["external links"] == 1


def test_footnotes_and_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{para('dans la boîte')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>Avant.</w:t></w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
        + para("Après.")
    )
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{para("une note")}</w:footnote></w:footnotes>'
    document = read("a.docx", word(body, **{"word/footnotes.xml": notes}))
    assert labels(document, BlockKind.PARAGRAPH) == ["Avant.", "dans la boîte", "Après."]
    assert labels(document, BlockKind.NOTE) == ["une note"]


def test_the_template_macros_and_pictures_of_a_document_are_told_and_never_opened() -> None:
    settings = relations(("rId1", "attachedTemplate", "http://exemple.org/modele.dotm"), outside=("rId1",))
    parts = {
        "word/_rels/settings.xml.rels": settings,
        "word/vbaProject.bin": b"\xd0\xcf",
        "word/media/image1.png": b"\x89PNG",
        "word/header1.xml": f"<w:hdr {W}/>",
    }
    document = read("a.docm", word(para("Bonjour."), **parts))
    assert left_out(document) == {"headers and footers": 1, "macros": 1, "images": 1, "external links": 1}


def test_a_strict_word_file_is_read_like_any_other() -> None:
    strict = word(para("Bilan", "Titre1"))
    body = zipped(
        {
            "word/document.xml": f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{para("Bilan", "Titre1")}</w:body></w:document>'
        }
    )
    assert headings(read("a.docx", body)) == headings(read("a.docx", strict)) == ["Bilan"]


def test_entities_in_a_word_part_are_refused() -> None:
    bad = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + f"<w:styles {W}>&e;</w:styles>"
    with pytest.raises(InputRefused, match=r"word/styles\.xml: the XML declares entities"):
        read("a.docx", word(para("x"), **{"word/styles.xml": bad}))


# --- LibreOffice ------------------------------------------------------------------------------------------------------


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def item(*content: str) -> str:
    return f"<text:list-item>{''.join(content)}</text:list-item>"


def test_headings_lists_and_paragraphs_of_an_odt() -> None:
    inner = f"<text:list>{item(p('en bois'))}</text:list>"
    body = (
        '<text:h text:outline-level="1">Le bourg</text:h><text:h text:style-name="Heading_20_2" text:outline-level="2">La place</text:h>'
        + p("On y passe<text:s text:c='2'/>souvent.<text:tab/>Oui<text:line-break/>vraiment.")
        + f"<text:list>{item(p('un banc'), inner)}{item(p('une haie'), p('de charmes'))}</text:list>"
    )
    document = read("a.odt", odf("text", body))
    assert levels(document) == [("Le bourg", 1), ("La place", 2), ("un banc", 1), ("en bois", 2), ("une haie", 1)]
    assert outline_text(document).splitlines() == [
        "Le bourg",
        "  La place",
        "    un banc",
        "      en bois",
        "    une haie",
    ]


def test_french_styles_make_headings_through_their_parents() -> None:
    styles = '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Titre_20_2"/><style:style style:name="P2" style:family="paragraph" style:parent-style-name="Liste_20_à_20_puces"/>'
    document = read(
        "a.odt", odf("text", p("Rencontre", "Title") + p("Les lieux", "P1") + p("un banc", "P2"), styles=styles)
    )
    assert levels(document) == [("Rencontre", 1), ("Les lieux", 2), ("un banc", 1)]


def test_notes_comments_boxes_and_deletions_of_an_odt() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion >" + p("supprimé") + "</text:deletion></text:changed-region></text:tracked-changes>"
        + p('Un fait<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>sa source</text:p></text:note-body></text:note> établi.'
            "<office:annotation ><text:p>ah bon</text:p></office:annotation>"
            "<draw:frame><draw:text-box><text:p>en marge</text:p></draw:text-box></draw:frame>")
        + p("La suite.")
    )  # fmt: skip
    document = read("a.odt", odf("text", body))
    assert labels(document, BlockKind.PARAGRAPH) == ["Un fait établi.", "en marge", "La suite."]
    assert labels(document, BlockKind.NOTE) == ["sa source"]
    assert left_out(document) == {"comments": 1, "deleted text": 1}
    assert "supprimé" not in document.text


def test_tables_of_an_odt_have_their_header_and_their_nested_text() -> None:
    def cell(*content: str) -> str:
        return f"<table:table-cell>{''.join(content)}</table:table-cell>"

    inner = f'<table:table table:name="T2"><table:table-row>{cell(p("dedans"))}</table:table-row></table:table>'
    body = f'<table:table table:name="T"><table:table-header-rows><table:table-row>{cell(p("Couleur"))}{cell(p("Forme"))}</table:table-row></table:table-header-rows><table:table-row>{cell(p("bleu"))}{cell(p("rond"), inner)}</table:table-row></table:table>'
    document = read("a.odt", odf("text", body))
    row = document.blocks[1]
    assert [(n, document.text[a:b]) for n, a, b in row.attributes["cells"]] == [
        ("Couleur", "bleu"),
        ("Forme", "rond dedans"),
    ]


def test_a_flat_odt_is_read_and_hostile_ones_are_refused() -> None:
    flat = '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:h text:outline-level="1">Bilan</text:h></office:text></office:body></office:document>'
    assert headings(read("a.fodt", flat)) == ["Bilan"]
    with pytest.raises(InputRefused, match="entities"):
        read("a.fodt", flat.replace("<office:document ", '<!DOCTYPE d [<!ENTITY a "aa">]><office:document ', 1))
    with pytest.raises(InputRefused, match="no text"):
        read("a.odt", odf("text", ""))


def test_lists_nested_without_end_are_refused() -> None:
    deep = "<text:list><text:list-item>" * 3_000 + "</text:list-item></text:list>" * 3_000
    with pytest.raises(InputRefused, match="nested deeper"):
        read("a.odt", odf("text", deep))


# --- PowerPoint -------------------------------------------------------------------------------------------------------


def shape(text: str, kind: str | None = None, at: tuple[int, int] | None = None) -> str:
    """`text`: one paragraph a line, a tab for each level; `kind`: the type of its placeholder, None for a box."""
    place = "" if kind is None else f'<p:ph type="{kind}"/>' if kind else '<p:ph idx="1"/>'
    off = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/></a:xfrm>' if at else ""
    lines = "".join(
        f'<a:p><a:pPr lvl="{len(x) - len(x.lstrip(chr(9)))}"/><a:r><a:t>{x.strip()}</a:t></a:r></a:p>'
        for x in text.split("\n")
    )
    return f"<p:sp><p:nvSpPr><p:cNvPr/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr><p:spPr>{off}</p:spPr><p:txBody>{lines}</p:txBody></p:sp>"


def slides(*contents: str, layouts: dict[int, str] | None = None, **more: str | bytes) -> bytes:
    """A presentation; `layouts`: the type of the layout of a slide, by its number."""
    listed = "".join(f'<p:sldId id="{n}" r:id="rId{n}"/>' for n, _ in enumerate(contents, 1))
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {SLIDE}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *((f"rId{n}", "slide", f"slides/slide{n}.xml") for n, _ in enumerate(contents, 1))
        ),
    }
    for n, content in enumerate(contents, 1):
        parts[f"ppt/slides/slide{n}.xml"] = f"<p:sld {SLIDE}><p:cSld><p:spTree>{content}</p:spTree></p:cSld></p:sld>"
    for n, kind in (layouts or {}).items():
        parts[f"ppt/slideLayouts/slideLayout{n}.xml"] = f'<p:sldLayout {SLIDE} type="{kind}"/>'
        parts[f"ppt/slides/_rels/slide{n}.xml.rels"] = relations(
            ("rId1", "slideLayout", f"../slideLayouts/slideLayout{n}.xml")
        )
    return zipped(parts | more)


def test_a_slide_is_a_heading_with_its_items_by_level() -> None:
    document = read("a.pptx", slides(shape("un banc\n\ten bois\nune haie", "") + shape("La place", "title")))
    assert outline_text(document).splitlines() == ["La place", "  un banc", "    en bois", "  une haie"]


def test_a_title_page_and_section_pages_stand_above_the_slides() -> None:
    data = slides(
        shape("Le bourg", "ctrTitle") + shape("mai", "subTitle"),
        shape("Dehors", "title"),
        shape("La place", "title"),
        layouts={1: "title", 2: "secHead"},
    )
    assert levels(read("a.pptx", data)) == [("Le bourg", 1), ("Dehors", 2), ("La place", 3)]


def test_boxes_are_read_from_top_to_bottom_and_left_to_right_whatever_their_order() -> None:
    boxes = (
        shape("trois", at=(0, 4_000_000)) + shape("deux", at=(5_000_000, 1_000_000)) + shape("un", at=(0, 1_100_000))
    )
    document = read("a.pptx", slides(boxes))
    assert labels(document, BlockKind.PARAGRAPH) == ["un", "deux", "trois"]


def test_a_slide_without_a_title_stands_under_no_other_slide() -> None:
    document = read("a.pptx", slides(shape("La place", "title"), shape("seul", "")))
    assert document.blocks[1].parent is None


def test_notes_tables_and_numbers_of_slides() -> None:
    grid = "<p:graphicFrame><p:nvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow='1'/><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Lieu</a:t></a:r></a:p></a:txBody></a:tc></a:tr><a:tr><a:tc><a:txBody><a:p><a:r><a:t>halle</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(("rId2", "notesSlide", "../notesSlides/notesSlide1.xml")),
        "ppt/notesSlides/notesSlide1.xml": f"<p:notes {SLIDE}><p:cSld><p:spTree>{shape('à dire vite', 'body')}{shape('1', 'sldNum')}</p:spTree></p:cSld></p:notes>",
    }
    document = read("a.pptx", slides(shape("La place", "title") + grid + shape("3", "sldNum"), **more))
    assert labels(document, BlockKind.ROW) == ["Lieu", "halle"]
    assert labels(document, BlockKind.PARAGRAPH) == ["à dire vite"]
    assert outline_of(document).roots[0].note.endswith("à dire vite")
    assert left_out(document) == {"furniture": 1}


def test_parts_that_a_presentation_names_again_are_told() -> None:
    def to_notes(number: int) -> dict[str, bytes | str]:
        target = ("rId2", "notesSlide", "../notesSlides/notesSlide1.xml")
        return {f"ppt/slides/_rels/slide{number}.xml.rels": relations(target)}

    listed = "".join(f'<p:sldId id="{n}" r:id="rId{1 + n % 2}"/>' for n in range(4))
    again = {
        "ppt/presentation.xml": f"<p:presentation {SLIDE}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/notesSlides/notesSlide1.xml": f"<p:notes {SLIDE}><p:cSld><p:spTree>{shape('à dire vite', 'body')}</p:spTree></p:cSld></p:notes>",
    }
    document = read(
        "a.pptx",
        slides(shape("La place", "title"), shape("La halle", "title"), **again, **to_notes(1), **to_notes(2)),
    )
    assert document.ledger.found["slides"] == 4
    assert left_out(document) == {"slides": 2, "speaker's notes": 1}


def test_parts_that_a_presentation_names_and_lacks_are_told() -> None:
    listed = "".join(f'<p:sldId id="{n}" r:id="rId{n}"/>' for n in (1, 2, 3, 9))  # the last has no relation
    frame = '<p:graphicFrame><p:nvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData><dgm:relIds r:dm="rId3"/></a:graphicData></a:graphic></p:graphicFrame>'
    lacking = {
        "ppt/presentation.xml": f"<p:presentation {SLIDE}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(*((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in (1, 2, 3))),
        "ppt/slides/_rels/slide1.xml.rels": relations(
            ("rId2", "notesSlide", "../notesSlides/notesSlide1.xml"), ("rId3", "diagramData", "../diagrams/data1.xml")
        ),
    }  # fmt: skip
    document = read("a.pptx", slides(shape("La place", "title") + frame, **lacking))
    assert document.ledger.found["slides"] == 4
    assert left_out(document) == {"slides": 3, "speaker's notes": 1, "diagrams": 1}
    assert {row.why for row in document.ledger.left_out} == {"named by the presentation, missing in the file"}


def test_a_diagram_is_a_tree_and_a_cycle_in_it_ends() -> None:
    def point(number: int, text: str, kind: str = "node") -> str:
        return (
            f'<dgm:pt modelId="{number}" type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        )

    links = "".join(
        f'<dgm:cxn srcId="{a}" destId="{b}" srcOrd="{n}"/>' for n, (a, b) in enumerate([(0, 1), (1, 3), (1, 2), (3, 1)])
    )
    data = f"<dgm:dataModel {SLIDE}><dgm:ptLst>{point(0, '', 'doc')}{point(1, 'Eau')}{point(2, 'puits')}{point(3, 'mare')}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    frame = '<p:graphicFrame><p:nvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr><a:graphic><a:graphicData><dgm:relIds r:dm="rId2"/></a:graphicData></a:graphic></p:graphicFrame>'
    more = {
        "ppt/slides/_rels/slide1.xml.rels": relations(("rId2", "diagramData", "../diagrams/data1.xml")),
        "ppt/diagrams/data1.xml": data,
    }
    assert levels(read("a.pptx", slides(frame, **more))) == [("Eau", 1), ("mare", 2), ("puits", 2)]


def test_a_presentation_without_text_or_with_a_climbing_part_is_refused() -> None:
    with pytest.raises(InputRefused, match="no text"):
        read("a.pptx", slides(""))
    away = {"ppt/_rels/presentation.xml.rels": relations(("rId1", "slide", "../../../../../etc/passwd"))}
    with pytest.raises(InputRefused, match="no text"):
        read("a.pptx", slides(shape("x", "title"), **away))


@pytest.mark.parametrize("tenth", range(1, 10))
def test_an_office_file_cut_anywhere_is_refused_in_one_line(tenth: int) -> None:
    for name, data in (
        ("a.docx", word(para("Bonjour"))),
        ("a.odt", odf("text", p("Bonjour"))),
        ("a.pptx", slides(shape("Bonjour", "title"))),
    ):
        with pytest.raises(InputRefused) as refused:
            read(name, data[: len(data) * tenth // 10])
        assert "\n" not in str(refused.value)


def test_a_bomb_in_an_office_archive_is_refused() -> None:
    with pytest.raises(InputRefused, match="bomb"):
        read("a.odt", odf("text", p("a" * 20_000_000)))


@pytest.mark.parametrize("name", ["~$notes.docx", "dossier/~$budget.xlsx"])
def test_the_lock_of_an_open_document_is_refused_by_name_and_its_owner_is_not_read(name: str) -> None:
    with pytest.raises(InputRefused, match="lock") as refused:
        read(name, b"\x06Odile " + b" " * 150)
    assert "Odile" not in str(refused.value)
