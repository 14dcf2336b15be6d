"""A map that was printed to PDF is read as a tree, by its lines or by its places; running text stays text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from drawn_layouts import LAYOUTS, LOOKS, printable
from flat_renderings import Node, tree_of
from reportlab.pdfgen.canvas import Canvas

from ingest.document import BlockKind, Document, RawFile
from ingest.maps.outline import outline_json
from ingest.readers.pdf import READER
from tests.reading import check

OWN = printable(tree_of(Path(__file__).parent / "variants" / "expected.json"))
WIDE = [Node("Repas partagés", -1, 0)] + [
    Node(f"{word} {n}" if n else word, parent, depth)
    for word, parent, depth, count in (
        ("Cuisine", 0, 1, 1),
        ("Salle des fêtes du bourg", 0, 1, 1),
        ("Convives", 0, 1, 1),
    )
    for n in range(count)
]
WIDE += [Node(f"piste {n} pour que chacun y trouve sa place et revienne", 1 + n % 3, 2) for n in range(12)]


def read_page(data: bytes) -> Document:
    document = READER.read(RawFile("carte.pdf", data))
    check(document)
    return document


def pairs(document: Document) -> list[tuple[str, str]]:
    blocks = document.blocks
    return sorted((b.label, "" if b.parent is None else blocks[b.parent].label) for b in blocks)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("nodes", [OWN, WIDE], ids=["own", "wide"])
def test_a_drawn_map_has_its_tree_back(layout: str, nodes: list[Node]) -> None:
    document = read_page(LAYOUTS[layout](nodes))
    assert pairs(document) == sorted((n.label, nodes[n.parent].label if n.parent >= 0 else "") for n in nodes)
    guessed = [b for b in document.blocks if b.parent_confidence < 1]
    assert bool(guessed) is not bool(LOOKS[layout].lines)
    assert sum(x.count for x in document.ledger.left_out if x.what == "tree") == len(guessed)


def page(*lines: tuple[float, float, str], strokes: tuple[tuple[float, ...], ...] = (), dashed: int = 0) -> bytes:
    """Words at their places, lines from point to point, the last `dashed` of them dashed."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800), invariant=1)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    for n, stroke in enumerate(strokes):
        canvas.setDash(*((3, 2) if n >= len(strokes) - dashed else ()))
        canvas.line(*stroke)
    canvas.save()
    return out.getvalue()


SMALL = ((50.0, 400.0, "Jardin"), (250.0, 500.0, "Outils"), (250.0, 400.0, "Semences"), (250.0, 300.0, "Compost"))
BRANCHES = ((90, 404, 248, 504), (90, 404, 248, 404), (90, 404, 248, 304))


def test_a_dashed_line_between_two_topics_is_a_relation() -> None:
    shown = outline_json(read_page(page(*SMALL, strokes=(*BRANCHES, (252, 496, 252, 414)), dashed=1)))
    assert [root["label"] for root in shown["roots"]] == ["Jardin"]
    assert [topic["label"] for topic in shown["roots"][0]["children"]] == ["Outils", "Semences", "Compost"]
    assert shown["cross_links"] == [["Outils", "Semences", None]] or shown["cross_links"] == [
        ["Semences", "Outils", None]
    ]


def test_a_topic_that_no_line_ties_floats() -> None:
    shown = outline_json(read_page(page(*SMALL, (60.0, 700.0, "Idée en vrac"), strokes=BRANCHES)))
    assert [(root["label"], root["kind"]) for root in shown["roots"]] == [
        ("Jardin", "topic"),
        ("Idée en vrac", "floating"),
    ]


def test_a_line_that_stops_short_of_its_topic_makes_a_doubtful_parent() -> None:
    shown = outline_json(read_page(page(*SMALL, strokes=(*BRANCHES[:2], (90, 404, 236, 310)))))
    doubtful = [t["label"] for t in shown["roots"][0]["children"] if t.get("parent_confidence", 1) < 0.8]
    assert doubtful == ["Compost"]


def test_paragraphs_columns_and_ruled_tables_are_no_maps() -> None:
    prose = [
        (50.0, 760.0 - 14 * n, f"Le comité a retenu la proposition numéro {n} pour le quartier du port.")
        for n in range(14)
    ]
    cells = [(60.0 + 120 * (n % 4), 700.0 - 24 * (n // 4), f"case {n}") for n in range(24)]
    rules = [(50, 716 - 24 * n, 530, 716 - 24 * n) for n in range(7)] + [
        (50 + 120 * n, 716, 50 + 120 * n, 572) for n in range(5)
    ]
    columns = [
        (50.0 + 260 * (n % 2), 740.0 - 14 * (n // 2), f"Une phrase de la colonne {n % 2}, la {n}e.") for n in range(24)
    ]
    for data in (page(*prose), page(*cells, strokes=tuple(rules)), page(*cells), page(*columns)):
        document = read_page(data)
        assert not [b for b in document.blocks if b.kind is BlockKind.TOPIC]
