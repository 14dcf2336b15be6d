"""The page that opens alone: nothing fetched, every text inert, the same places. And its CSV, the set-up."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pdfplumber
import pytest

from graph.model import Link, Thing
from views.explorer.lists import things_csv
from views.network import install
from views.network.export import standalone
from views.network.payload import Picture, columns, drawn_degrees
from views.network.poster import poster

ATTACKS = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    '<a href="javascript:alert(3)">href</a>',
    "=HYPERLINK('http://x.example')",
    "« Aînés » & œuvres \u2028 {{ 7*7 }} ${x}",
)


def _picture(labels: tuple[str, ...] = ATTACKS) -> Picture:
    kinds = ("theme", "proposal", "organisation", "figure", "event")
    things = [Thing(f"{k}:{i}", k, label) for i, (k, label) in enumerate(zip(kinds, labels, strict=True))]
    links = [
        Link(things[0].id, things[1].id, ("-about",), 3),
        Link(things[1].id, things[2].id, ("related",), 1, label=labels[1]),
        Link(things[2].id, things[3].id, (), 8, confidence=0.3),
    ]
    at = {t.id: (i * 100.5, -i * 40.0) for i, t in enumerate(things)}
    return Picture(things, links, {}, at, [things[0].id], "1", drawn_degrees(links))


def _data(page: str, name: str) -> list[dict[str, object]]:
    found = re.search(rf"{name} = new vis\.DataSet\((\[.*?\])\);", page, re.DOTALL)
    assert found, f"{name} are not in the page"
    rows: list[dict[str, object]] = json.loads(found[1])
    return rows


def test_the_exported_page_asks_nothing_of_another_machine() -> None:
    page = standalone(_picture(), "Mobilités").decode("utf-8")
    without_code = re.sub(r"<script type=\"text/javascript\">.*?</script>|/\*.*?\*/", "", page, flags=re.DOTALL)
    assert not re.search(r"<(link|script|img|iframe)\b[^>]*(src|href)=", without_code, re.IGNORECASE)
    assert "default-src 'none'" in page
    assert "cdn" not in re.sub(r"\"[^\"]*\"", "", "".join(re.findall(r"<(?:link|script)\b[^>]*>", page)))


def test_labels_and_headings_of_the_exported_page_stay_text() -> None:
    page = standalone(_picture(), ATTACKS[1]).decode("utf-8")
    assert "<img src=x" not in page
    assert "<script>alert(2)" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(2)" in page
    labels = "".join(str(node["label"]) for node in _data(page, "nodes"))
    assert "onerror" in labels, "the label is written whole, as text"


def test_a_title_with_href_does_not_turn_titles_into_markup() -> None:
    page = standalone(_picture(), "Mobilités").decode("utf-8")
    assert all("href" not in str(row.get("title", "")).lower() for row in _data(page, "nodes") + _data(page, "edges"))
    assert "tooltip_link" not in page
    assert "popup" not in page.split("new vis.DataSet", 1)[1], "pyvis' HTML tooltips are not in the page"


def test_the_exported_page_keeps_the_places_and_the_language() -> None:
    picture = _picture()
    page = standalone(picture, "Été à Brécy", "fr").decode("utf-8")
    assert {str(n["id"]): (n["x"], n["y"]) for n in _data(page, "nodes")} == picture.at
    assert '<html lang="fr">' in page
    assert "<title>Été à Brécy</title>" in page
    assert '"physics": {"enabled": false}' in page


def test_doubtful_links_are_dotted_and_frequent_ones_wide() -> None:
    edges = _data(standalone(_picture(), "x").decode("utf-8"), "edges")
    assert [(e["width"], e["dashes"]) for e in edges] == [(2.0, False), (1.25, [6, 4]), (4.0, [2, 3])]


def test_the_csv_of_what_is_shown_has_one_line_per_thing_and_link_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(things_csv(_picture()).decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + 5 + 3
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert ATTACKS[0] in rows[1]


def test_what_is_sent_to_the_component_is_plain_text_in_columns() -> None:
    sent = columns(_picture(), "fr")
    assert sent["nodes"]["label"] == list(ATTACKS)
    assert {len(column) for column in sent["nodes"].values()} == {5}
    assert {len(column) for column in sent["edges"].values()} == {3}
    assert json.loads(json.dumps(sent)) is not None


def test_a_directed_relation_is_drawn_the_way_it_is_stated() -> None:
    picture = _picture()
    links = [Link("theme:0", "proposal:1", ("-responds_to",), 1), Link("proposal:1", "organisation:2", ("opposes",), 1)]
    sent = columns(Picture(picture.things, links, {}, picture.at), "fr")["edges"]
    assert (sent["a"], sent["b"], sent["end"]) == ([1, 1], [0, 2], ["arrow", "bar"])


def test_a_poster_holds_every_name_and_the_numbers_of_its_kinds_on_one_page_of_a3() -> None:
    labels = ("Mobilité", "Ouvrir une ligne", "Roues Folles", "52 %", "<b>Été</b> \u2603")
    made = poster(_picture(labels), "Se déplacer " * 40, "5 éléments sur 9")
    with pdfplumber.open(io.BytesIO(made.data)) as read:
        assert [(round(page.width), round(page.height)) for page in read.pages] == [(1191, 842)]
        said = " ".join(word["text"] for word in read.pages[0].extract_words())
        inside = [c["x0"] >= 0 and c["x1"] <= page.width for page in read.pages for c in page.chars]
    assert all(inside)
    assert [
        label for label in ("Mobilité", "Roues Folles", "<b>Été</b>", "5 éléments sur 9") if label not in said
    ] == []
    assert made.replaced == 1
    assert poster(Picture([], [], {}, {}), "Rien", "").data.startswith(b"%PDF")


# --- set-up ---------------------------------------------------------------------------------------------------------


def test_the_set_up_declares_the_component_where_streamlit_looks_and_can_be_repeated(tmp_path: Path) -> None:
    first = install.declare(tmp_path)
    assert install.declare(tmp_path) == first
    assert (tmp_path / "maillage_network.pth").read_text("utf-8").strip() == str(install.ROOT.resolve())
    assert "Requires-Dist: streamlit" in (first / "METADATA").read_text("utf-8")
    listed = (first / "RECORD").read_text("utf-8").split()
    assert all((tmp_path / line.split(",")[0]).is_file() for line in listed)


def test_the_assets_are_ours_and_the_vis_network_of_pyvis_under_a_digest_of_both() -> None:
    folder = install.ASSETS / install.build()
    assert (folder / "vis-network.min.js").read_bytes() == install.vis_file().read_bytes()
    for source in install.SOURCES.glob("*.js"):
        assert (folder / source.name).read_bytes() == source.read_bytes()


@pytest.mark.parametrize("source", sorted(install.SOURCES.glob("*.js")), ids=lambda f: f.name)
def test_our_javascript_never_writes_markup_nor_fetches(source: Path) -> None:
    text = source.read_text("utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|https?://(?!www\.w3\.org)", text
    )
