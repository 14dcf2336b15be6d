"""What every writer on disk must do, whichever format it writes; and labels that try to be more than labels."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from graph.errors import OutputRefused
from graph.export.cells import looks_calculated
from graph.export.holds import PARTS
from graph.export.registry import Writer, Written, writer_for, writers
from graph.outline import Boundary, CrossLink, Outline, Topic
from ingest.document import RawFile
from ingest.formats import rows
from ingest.maps.outline import outline_of
from ingest.registry import choose, read_document
from tests.outlines import MARKS

ROOT = Path(__file__).resolve().parent.parent
ALL = list(writers())
NAMED = {writer.name: writer for writer in ALL}
by_format = pytest.mark.parametrize("writer", ALL, ids=lambda w: w.name)

HOSTILE = (
    *MARKS, '"><script>alert(1)</script>', "<img src=x onerror=alert(1)>", "</text></node>", "]]><evil/>",
    "<!ENTITY x 'y'>",
    "&xxe;", "a\x00b\x0bc\x1b[31m", "lone \ud800 surrogate", "\ufffe", "deux\nlignes", "\r\n@endmindmap\n@startuml",
    "* a\n* b", "\n# titre", '"]\n  evil["x', "n1[evil]", "%%{init: {'theme': 'x'}}%%", "%%{init}%%",
    "!include /etc/passwd",
    "%load_json('x')", "!theme x", "$x = 1", "[[javascript:alert(1) x]]", "[[elisp:(delete) x]]",
    "#+INCLUDE: x", "#+BEGIN_SRC",
    ":PROPERTIES:", ":END:", "* TODO x :a:", "CLOCK: x", "![x](http://x/y.png)", "[x]: http://x",
    "```\nx\n```", "~~~",
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1", " =1", '"=1', "'=1", "＝1", "＋1", "－1", "＠x", "﹦1",
    "\u200b=1",
    "=HYPERLINK(\"http://x\")", "  +x", "x" * 5000,
)  # fmt: skip


def hostile() -> Outline:
    """A map whose every text is hostile."""
    made = [
        Topic(
            f"t{n}", text, note=text, details=text, icons=[text], tags=[text], attributes={text: text}, author=text,
            links=[text, "javascript:alert(1)", " java\nscript:alert(2)", "data:text/html,<b>", "https://exemple.org/?a&b"],
            style={"background": text, "text": "#12345", "shape": '"/><x'}, dates={"created": text}, sheet=text,
            position={"x": text, "y": float("nan")},
        )
        for n, text in enumerate(HOSTILE)
    ]  # fmt: skip
    root = Topic("root", "racine", children=made)
    links = [CrossLink(f"t{n}", "root", text, "both") for n, text in enumerate(HOSTILE)]
    return Outline([root], links, [Boundary(("t0", "t1"), HOSTILE[0])], '"><script>\n@endmindmap')


def text_of(writer: Writer, outline: Outline) -> str:
    return writer.write(outline).data.decode("utf-8")


# --- contract ---------------------------------------------------------------------------------------------------------


def test_fourteen_formats_are_written() -> None:
    assert len(ALL) >= 14
    extensions = [extension for writer in ALL for extension in writer.extensions]
    assert len(set(extensions)) == len(extensions)
    asked = ".mm .xmind .opml .canvas .wxml .mup .md .org .mermaid .puml .graphml .gexf .csv .json".split()
    assert {writer_for(f"x{extension}").name for extension in asked} == {writer.name for writer in ALL}


def test_every_module_with_a_writer_is_found() -> None:
    files = (ROOT / "graph" / "export" / "writers").glob("*.py")
    assert sum("\nWRITER" in file.read_text("utf-8") for file in files) == len(ALL)


@by_format
def test_a_writer_says_what_it_carries_and_loses(writer: Writer) -> None:
    assert writer.name
    assert writer.label
    assert writer.loses
    assert all(e.startswith(".") and e == e.lower() for e in writer.extensions)
    assert set(writer.carries) <= {"topics", "tree", *PARTS}
    assert not set(writer.carries) & set(writer.loses)


@by_format
def test_the_same_map_is_the_same_bytes_and_is_not_changed(writer: Writer) -> None:
    outline = hostile()
    before = deepcopy(outline)
    first = writer.write(outline)
    assert outline.roots[0].children[3].label == before.roots[0].children[3].label
    assert [vars_of(t) for t, _, _ in outline.walk()] == [vars_of(t) for t, _, _ in before.walk()]
    assert writer.write(before) == first


def vars_of(topic: Topic) -> tuple[object, ...]:
    return (topic.id, topic.label, topic.note, topic.links, topic.tags, topic.attributes, topic.kind, topic.style)


@by_format
def test_a_map_with_nothing_but_labels_loses_nothing(writer: Writer) -> None:
    """One root, plain topics: every format holds them, those that are graphs as edges."""
    outline = Outline([Topic("a", "Fête", children=[Topic("b", "Repas"), Topic("c", "Danse")])], title="Fête")
    assert {row.what for row in writer.write(outline).left_out} <= {"tree"}


@by_format
def test_a_loss_is_told_with_its_count_and_its_reason(writer: Writer) -> None:
    for row in writer.write(hostile()).left_out:
        assert row.count > 0
        assert row.what
        assert row.why


@by_format
def test_a_map_without_topics_and_one_of_two_thousand_levels_are_written(writer: Writer) -> None:
    assert writer.write(Outline([])).data
    top = topic = Topic("t0", "a")
    for n in range(1, 2_000):
        topic.children.append(Topic(f"t{n}", "a"))
        topic = topic.children[0]
    assert writer.write(Outline([top])).data


@by_format
def test_repeated_and_missing_ids_are_made_unique(writer: Writer) -> None:
    roots = [Topic("a", "un"), Topic("a", "deux"), Topic("", "trois"), Topic('"<x', "quatre")]
    data = writer.write(Outline(roots, [CrossLink("a", '"<x'), CrossLink("a", "nowhere")])).data
    assert data == writer.write(Outline(roots, [CrossLink("a", '"<x')])).data


def test_an_extension_that_no_format_has_is_refused_by_name() -> None:
    with pytest.raises(OutputRefused, match=r"carte\.docx: no format for \.docx; known: .*\.xmind"):
        writer_for("dossier/carte.docx")
    with pytest.raises(OutputRefused, match="without extension"):
        writer_for("carte")


def test_formats_lists_what_is_read_and_written_in_one_table() -> None:
    table = {row["name"]: row for row in rows()}
    assert {name for name, row in table.items() if row["writes"]} == set(NAMED)
    assert all(row.keys() == {"name", "label", "extensions", "carries", "loses", "reads", "writes"} for row in rows())
    assert table["xmind"]["reads"]
    assert len(table) >= 35


def test_every_format_that_is_written_has_a_reader_of_the_same_name() -> None:
    assert not [row["name"] for row in rows() if row["writes"] and not row["reads"]]


# --- safety -----------------------------------------------------------------------------------------------------------


@by_format
def test_hostile_labels_give_a_file_that_is_still_of_its_format(writer: Writer) -> None:
    data = writer.write(hostile()).data
    assert choose(RawFile(f"x{writer.extensions[0]}", data)).name == writer.name


@by_format
def test_addresses_that_run_code_are_not_passed_on(writer: Writer) -> None:
    topic = Topic("a", "x", links=["JavaScript:alert(1)", "\x01java\tscript:x", "vbscript:x", "data:text/html,x"])
    written = writer.write(Outline([topic]))
    assert b"script:" not in _unpacked(written.data).lower()
    assert b"data:text" not in _unpacked(written.data)
    assert sum(row.count for row in written.left_out if row.what == "links") == 4


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("name", ["freemind", "opml", "wisemapping", "graphml", "gexf"])
def test_labels_open_no_element(name: str) -> None:
    root = etree.fromstring(NAMED[name].write(hostile()).data)
    plain = etree.fromstring(NAMED[name].write(Outline([Topic("a", "x", note="n", children=[Topic("b", "y")])])).data)
    assert {e.tag for e in root.iter()} - {e.tag for e in plain.iter()} <= {
        etree.QName(root.nsmap.get(None), tag).text if root.nsmap.get(None) else tag
        for tag in ("icon", "attribute", "arrowlink", "link", "relationship", "attvalues", "attvalue")
    }


@pytest.mark.parametrize("name", ["canvas", "mindmup", "json-tree"])
def test_labels_stay_inside_their_strings(name: str) -> None:
    assert isinstance(json.loads(text_of(NAMED[name], hostile())), dict)


def test_no_cell_of_a_table_is_calculated() -> None:
    table = list(csv.reader(io.StringIO(text_of(NAMED["csv"], hostile()).removeprefix("\ufeff"))))
    assert len(table) == len(HOSTILE) + 2
    for row in table:
        for cell in row:
            assert cell.startswith("'") or not looks_calculated(cell), cell


def test_mermaid_has_one_quoted_label_per_line_and_nothing_else() -> None:
    first, *lines = text_of(NAMED["mermaid"], hostile()).splitlines()
    assert first == "mindmap"
    assert len(lines) == len(HOSTILE) + 1
    for line in lines:
        assert re.fullmatch(r' +n\d+\["[^"\[\](){}<>`%]+"\]', line), line


def test_plantuml_has_one_star_line_per_topic_and_nothing_for_its_preprocessor() -> None:
    first, *lines, last = text_of(NAMED["plantuml"], hostile()).splitlines()
    assert (first, last) == ("@startmindmap", "@endmindmap")
    for line in lines:
        assert re.match(r"\*+ \S", line), line
        label = re.sub(r"<U\+[0-9A-F]{4,6}>", "", line.lstrip("*"))
        assert not re.search(r"[!%$~\\@<>`]|\[\[|\]\]|\*\*|//|__|--|\"\"|;$", label), line


def test_markdown_labels_hold_no_mark() -> None:
    lines = text_of(
        NAMED["markdown"], Outline([Topic("a", "x", children=[Topic(str(n), t) for n, t in enumerate(HOSTILE)])])
    )
    for line in lines.splitlines():
        said = re.sub(r"\\[!-/:-@\[-`{-~]", "", line)
        assert "<" not in said
        assert "`" not in said
        assert not re.search(r"\]\(|\]\[|!\[|\*\*|^ *[-+*>] |^=+$|^-+$|\|", said), line
        assert not said or said.startswith(("# ", "## "))


def test_org_labels_open_no_block_drawer_or_link() -> None:
    outline = hostile()
    for topic in outline.roots[0].children:
        topic.links, topic.attributes = [], {}
    for line in text_of(NAMED["org"], outline).splitlines():
        assert not re.match(r"\s*(?:#\+|:[\w-]+:\s*$|[-+] |\d+[.)] |CLOCK:)", line), line
        assert "[[" not in line
        assert "<<" not in line
        label = re.sub(r"^\*+ ", "", line)
        assert not re.match(r"(?:TODO|DONE|COMMENT) |\[#", label), line


def test_freeplane_calculates_no_label() -> None:
    root = etree.fromstring(NAMED["freemind"].write(hostile()).data)
    for node in root.iter("node"):
        assert not node.get("TEXT", "").startswith("=") or node.get("FORMAT") == "NO_FORMAT"
        assert not node.get("TEXT", "").lower().startswith("<html")
    assert not any(a.get("VALUE", "").startswith("=") for a in root.iter("attribute"))


def test_outlines_show_labels_that_look_like_html_as_text() -> None:
    """Readers of OPML take text for HTML: what looks like a tag must come out as text."""
    root = etree.fromstring(NAMED["opml"].write(hostile()).data)
    for element in root.iter("outline"):
        shown = element.get("text", "")
        assert not re.search(r"<(?!/?span>)[a-z!/]", shown, re.I), shown


def test_canvas_cards_load_and_link_nothing_but_addresses() -> None:
    for node in json.loads(text_of(NAMED["canvas"], hostile()))["nodes"]:
        assert not re.search(r"!\[|\[\[|\]\(|<[a-zA-Z/!?]", node["text"]), node["text"]


def test_the_width_and_height_of_a_box_are_said_to_be_left_out() -> None:
    placed = Topic("a", "Halle", position={"x": 1, "y": 2, "width": 200, "height": 90})
    written = writer_for("carte.graphml").write(Outline([placed], [], [], "Carte"))
    assert [(row.what, row.count) for row in written.left_out] == [("sizes", 1)]


@pytest.mark.parametrize("extension", [".graphml", ".gexf"])
def test_a_graph_with_places_is_the_same_after_each_trip(extension: str) -> None:
    placed = Topic("a", "Halle", position={"x": 1.5, "y": -2}, attributes={"poids": "3", "x": "est"})
    written = [writer_for(f"carte{extension}").write(Outline([placed], [], [], "Carte"))]
    for _ in range(3):
        read = outline_of(read_document(RawFile(f"carte{extension}", written[-1].data)))
        written.append(writer_for(f"carte{extension}").write(read))
    assert len({one.data for one in written}) == 1
    assert not written[-1].left_out


def test_roots_without_a_sheet_float_on_one_in_xmind_and_keep_their_relations() -> None:
    """A board, or the rows of a table: a sheet for each lost what joins them."""
    roots = [Topic("a", "Halle"), Topic("b", "Quai"), Topic("c", "Four")]
    written, read = _as_xmind(Outline(roots, [CrossLink("a", "c", "nourrit")]))
    assert [(row.what, row.count) for row in written.left_out] == [("roots", 2)]
    assert [(r.label, r.kind, r.sheet) for r in read.roots] == [
        ("Halle", "topic", "1"), ("Quai", "floating", "1"), ("Four", "floating", "1"),
    ]  # fmt: skip
    assert [(x.from_id, x.to_id, x.label) for x in read.cross_links] == [("a", "c", "nourrit")]


@pytest.mark.parametrize(("kind", "kinds"), [("tree", ["topic"] * 3), ("graph", ["topic", "floating", "topic"])])
def test_sheets_stay_sheets_in_xmind(kind: str, kinds: list[str]) -> None:
    """In a tree, two sheets of one name are two; in a graph, the topics of a page are on one."""
    roots = [Topic(id_, id_, sheet=sheet) for id_, sheet in (("a", "Plan"), ("b", "Plan"), ("c", "Budget"))]
    _, read = _as_xmind(Outline(roots, kind=kind))
    assert [r.sheet for r in read.roots] == ["Plan", "Plan", "Budget"]
    assert [r.kind for r in read.roots] == kinds


def _as_xmind(outline: Outline) -> tuple[Written, Outline]:
    written = NAMED["xmind"].write(outline)
    return written, outline_of(read_document(RawFile("carte.xmind", written.data)))
