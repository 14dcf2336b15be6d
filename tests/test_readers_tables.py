# ruff: noqa: E501 - samples stand on the lines they come on
"""CSV, Word and PDF: cells with spans, headings in French styles, pages and refusals."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind, Document
from tests.reading import headings, labels, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def rows(document: Document) -> list[dict[str, str]]:
    found = []
    for block in document.blocks:
        if block.kind is BlockKind.ROW and not block.attributes.get("header"):
            found.append({name: document.text[a:b] for name, a, b in block.attributes["cells"]})
    return found


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_of_a_csv_is_guessed(separator: str) -> None:
    lines = [["nom", "commune"], ["Jardin du Lavoir", "Orvault-le-Vieux"], ["Repair café", "Brenon"]]
    document = read("x.csv", "\r\n".join(separator.join(line) for line in lines) + "\r\n")
    assert rows(document) == [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_quoted_cells_keep_their_line_breaks_and_index_the_file() -> None:
    text = 'titre;texte\r\n"Un banc";"Il faut ""vraiment""\r\nun banc ; à l\'ombre"\r\nDeux;ok\r\n'
    document = read("x.csv", text)
    assert document.text == text
    assert document.text_is_file
    assert [r["titre"] for r in rows(document)] == ["Un banc", "Deux"]
    assert rows(document)[0]["texte"] == 'Il faut ""vraiment""\r\nun banc ; à l\'ombre'


def test_ragged_rows_are_kept_and_reported() -> None:
    document = read("x.csv", "a;b\n1;2\n3\n4;5;6\n")
    assert len(rows(document)) == 3
    assert [x.where for x in document.ledger.left_out] == ["row 3", "row 4"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Nom;Prénom;Fonction", "participants"),
        ("nom;adresse;latitude;longitude", "initiatives"),
        ("id;title;body;votes", "proposals"),
        ("x;y", "generic"),
    ],
)
def test_the_kind_of_a_table_is_told_by_its_columns(header: str, kind: str) -> None:
    cells = ";".join(["q1"] * len(header.split(";")))
    assert read("x.csv", f"{header}\n{cells}\n").options["table"] == kind


def test_a_csv_in_windows_encoding_is_read() -> None:
    document = read("x.csv", "nom;prénom\nRuchet;Éléonore\n".encode("cp1252"))
    assert rows(document)[0]["prénom"] == "Éléonore"


def test_an_unclosed_quote_is_refused_with_its_line() -> None:
    with pytest.raises(InputRefused, match=r"line 2.*never closed"):
        read("x.csv", 'a;b\n"sans fin;2\n3;4\n')


def french_word_document() -> bytes:
    """A document as French Word writes it: style id Titre1, style name "heading 1"."""
    styles = f"""<w:styles {W}><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>
    <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="MonTitre"><w:name w:val="Mon titre"/><w:basedOn w:val="Titre2"/></w:style>
    <w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style></w:styles>"""
    body = f"""<w:document {W}><w:body>
    <w:p><w:pPr><w:pStyle w:val="Titre1"/></w:pPr><w:r><w:t>Bilan de la saison</w:t></w:r></w:p>
    <w:p><w:pPr><w:pStyle w:val="MonTitre"/></w:pPr><w:r><w:t>Les jardins</w:t></w:r></w:p>
    <w:p><w:r><w:t>On a </w:t></w:r><w:del><w:r><w:delText>perdu</w:delText></w:r></w:del><w:r><w:t>récolté.</w:t></w:r></w:p>
    <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>des courges</w:t></w:r></w:p>
    <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>des potimarrons</w:t></w:r></w:p>
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>NOM</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>FONCTION</w:t></w:r></w:p></w:tc></w:tr>
    <w:tr><w:tc><w:p><w:r><w:t>Ruchet</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>jardinière</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
    </w:body></w:document>"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", body)
        made.writestr("word/styles.xml", styles)
        made.writestr("[Content_Types].xml", "<Types/>")
    return out.getvalue()


def test_french_word_styles_give_heading_levels() -> None:
    document = read("bilan.docx", french_word_document())
    assert [(b.label, b.level) for b in document.blocks if b.kind is BlockKind.HEADING] == [
        ("Bilan de la saison", 1),
        ("Les jardins", 2),
    ]
    assert labels(document, BlockKind.PARAGRAPH) == ["On a récolté."]
    assert [(b.label, b.level) for b in document.blocks if b.kind is BlockKind.BULLET] == [
        ("des courges", 1),
        ("des potimarrons", 2),
    ]
    assert rows(document) == [{"NOM": "Ruchet", "FONCTION": "jardinière"}]


def test_a_document_written_by_a_library_is_read() -> None:
    made = docx.Document()
    made.add_heading("Réunion du 3 mai", 1)
    made.add_paragraph("Une phrase. Une autre phrase.")
    made.add_paragraph("un point", style="List Bullet")
    out = io.BytesIO()
    made.save(out)
    document = read("r.docx", out.getvalue())
    assert headings(document) == ["Réunion du 3 mai"]
    assert labels(document, BlockKind.SENTENCE) == ["Une phrase.", "Une autre phrase."]
    assert labels(document, BlockKind.BULLET) == ["un point"]
    assert not document.text_is_file


def pdf(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """A minimal PDF: for each page, (font size, vertical position, text) lines in Helvetica."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for lines in pages:
        stream = "".join(f"BT /F1 {size} Tf 50 {y} Td ({text}) Tj ET\n" for size, y, text in lines)
        kids.append(len(objects) + 1)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {len(objects) + 2} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>\nstream\n{stream}endstream")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{k} 0 R' for k in kids)}]>>"
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    return (body + end).encode("latin-1")


def test_a_pdf_gives_titles_by_size_paragraphs_and_pages() -> None:
    first = [
        (18, 780, "Lettre du quartier"),
        (10, 740, "Les habitants de la rue ont plante des arbres"),
        (10, 728, "au bord du canal pendant le mois de mars."),
        (14, 700, "Ce qui vient"),
        (10, 680, "Une visite du jardin aura lieu en juin."),
        (10, 40, "Lettre du quartier - page 1 sur 2"),
    ]
    second = [(10, 780, "Le comite se retrouve en septembre."), (10, 40, "Lettre du quartier - page 2 sur 2")]
    document = read("lettre.pdf", pdf([first, second]))
    assert headings(document) == ["Lettre du quartier", "Ce qui vient"]
    assert "Les habitants de la rue ont plante des arbres au bord du canal pendant le mois de mars." in labels(
        document, BlockKind.PARAGRAPH
    )
    assert len(labels(document, BlockKind.FURNITURE)) == 2
    assert next(b for b in document.blocks if "septembre" in b.label).place == "page 2"


def test_a_pdf_without_text_is_refused_with_a_sentence() -> None:
    with pytest.raises(InputRefused, match="pictures of pages"):
        read("scan.pdf", pdf([[], []]))


def test_a_damaged_pdf_is_refused_with_a_sentence() -> None:
    with pytest.raises(InputRefused, match=r"lettre\.pdf"):
        read("lettre.pdf", b"%PDF-1.4\n" + b"\x00\x01garbage" * 50)
