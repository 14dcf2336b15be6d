"""`graph export` and its door for pages: the whole graph or the surroundings of a thing, as graph or as map."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree
from typer.testing import CliRunner

from graph.cli import main as program
from graph.errors import NotFound, OutputRefused
from graph.export import GRAPHS, export, export_bytes
from graph.export.registry import writers
from graph.export.selection import Selection, Wanted
from graph.export.themes import outline_of_graph
from graph.model import Actor, Evidence, Filter, Relation
from graph.outline import Outline, Topic
from graph.store import open_store
from graph.store.base import Store
from ingest.document import RawFile
from ingest.maps.outline import outline_of
from ingest.registry import read_document
from tests.fragments import autumn, spring

EXTENSIONS = [extension for writer in writers() for extension in writer.extensions[:1]]


@pytest.fixture
def store(tmp_path: Path, facilitator: Actor) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    opened.write(nested(), facilitator)
    opened.write(autumn(), facilitator)
    yield opened
    opened.close()


def nested() -> Any:
    """The workshop of March, where the walking bus is narrower than mobility."""
    fragment = spring()
    ids = {node.label: node.id for node in fragment.nodes if node.kind == "theme"}
    start = fragment.source.text.index("pédibus")
    said = (Evidence(start, start + 7, "pédibus", "tests.writers@1"),)
    relations = (*fragment.relations, Relation(ids["pédibus"], "broader", ids["mobilité"], said))
    return type(fragment)(fragment.source, fragment.passages, fragment.nodes, relations)


def tree(store: Store, **wanted: Any) -> Outline:
    return outline_of_graph(Selection(store, Wanted(**wanted)))


def named(outline: Outline, label: str) -> Topic:
    return next(topic for topic, _, _ in outline.walk() if topic.label == label)


def labels(topic: Topic) -> list[str]:
    return [child.label for child in topic.children]


# --- the graph as a map -----------------------------------------------------------------------------------------------


def test_themes_are_roots_with_narrower_themes_and_statements_below(store: Store) -> None:
    outline = tree(store)
    mobility = named(outline, "mobilité")
    assert mobility in outline.roots
    assert "pédibus" in labels(mobility)
    below = [topic.label for topic, _, _ in Outline([mobility]).walk()]
    assert "Propositions" in below
    assert any("pourrait ouvrir un pédibus" in label for label in below)
    assert named(outline, "pédibus") not in outline.roots


def test_every_thing_of_the_graph_is_on_the_map_once(store: Store) -> None:
    selection = Selection(store, Wanted())
    things = [thing.id for thing in selection.things()]
    drawn = [topic.id for topic, _, _ in tree(store).walk()]
    assert len(drawn) == len(set(drawn))
    assert set(things) <= set(drawn)


def test_every_thing_carries_its_quotation_and_its_source(store: Store) -> None:
    note = named(tree(store), "cantine").note
    assert "« cantine »" in note
    assert "octobre.txt" in note
    assert "2031-10-03" in note


def test_sources_stand_at_the_end_with_meeting_and_date(store: Store) -> None:
    last = tree(store).roots[-1]
    assert last.label == "Sources"
    assert {child.attributes["file"] for child in last.children} == {"mars.txt", "octobre.txt"}
    assert any("Atelier de mars — 2031-03-14" in child.note for child in last.children)


def test_relations_that_the_tree_does_not_show_are_cross_links(store: Store) -> None:
    outline = tree(store)
    by_id = {topic.id: topic.label for topic, _, _ in outline.walk()}
    drawn = {(by_id[x.from_id][:20], x.label, by_id[x.to_id]) for x in outline.cross_links}
    assert ("La mairie pourrait o", "portée par", "mairie") in drawn
    assert not any(label == "relève de" for _, label, _ in drawn), "the tree shows it"


def test_around_one_thing_that_thing_is_the_root(store: Store) -> None:
    outline = tree(store, around="Cantine", depth=2)
    assert [root.label for root in outline.roots] == ["cantine"]
    assert outline.title == "cantine"
    shown = {topic.label for topic, _, _ in outline.walk()}
    assert "école" in shown
    assert "Saint-Aubrac" not in {t.label for t, _, _ in tree(store, around="logement").walk()}
    with pytest.raises(NotFound):
        tree(store, around="xylophone")


def test_kinds_and_meeting_choose(store: Store) -> None:
    only = {t.label for t, _, _ in tree(store, kinds=("theme",)).walk()}
    assert "cantine" in only
    assert "Élise Morvan" not in only
    october = {t.label for t, _, _ in tree(store, where=Filter(meeting="Atelier d’octobre")).walk()}
    assert "cantine" in october
    assert "logement" not in october


def test_words_that_are_not_the_graph_s_own_follow_the_language(store: Store) -> None:
    assert "Proposals" in {t.label for t, _, _ in outline_of_graph(Selection(store, Wanted()), "en").walk()}


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_every_format_is_written_and_read_again(store: Store, tmp_path: Path, extension: str) -> None:
    for around in ("", "Cantine"):
        files, _ = export(store, tmp_path / f"graphe{extension}", around=around)
        document = read_document(RawFile(files[0].name, files[0].read_bytes()))
        shown = "\n".join(topic.label for topic, _, _ in outline_of(document).walk())
        assert "cantine" in shown


def test_the_same_graph_is_the_same_bytes(store: Store) -> None:
    for extension in EXTENSIONS:
        assert export_bytes(store, extension) == export_bytes(store, extension)


def test_bytes_for_a_page_are_one_file_tables_in_a_zip(store: Store) -> None:
    name, data, _ = export_bytes(store, ".csv", around="cantine", name="cantine")
    assert name == "cantine.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["cantine.csv", "cantine-links.csv"]
        rows = list(csv.DictReader(io.StringIO(archive.read("cantine.csv").decode("utf-8-sig"))))
    assert rows[0]["label"] == "cantine"
    name, data, left_out = export_bytes(store, ".xmind")
    assert name == "graphe.xmind"
    assert data.startswith(b"PK")
    assert {row.what for row in left_out} >= {"attributes"}


def test_gexf_holds_the_graph_that_graphml_holds(store: Store, tmp_path: Path) -> None:
    for extension in (".gexf", ".graphml"):
        export(store, tmp_path / f"g{extension}")
    one, other = nx.read_gexf(tmp_path / "g.gexf", version="1.2draft"), nx.read_graphml(tmp_path / "g.graphml")
    assert set(one.nodes) == set(other.nodes)
    assert sorted(one.edges()) == sorted(other.edges())
    root = etree.parse(tmp_path / "g.gexf").getroot()
    assert {e.get("label") for e in root.iter("{*}edge")} >= {"about", "made_by", "mentions"}


def test_a_graph_around_one_thing_holds_only_links_between_what_it_shows(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "g.graphml", around="cantine")
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert 1 < len(graph) < len(list(Selection(store, Wanted()).things()))
    assert all(data.get("label") for _, data in graph.nodes(data=True)), "no node that an edge alone brought"


def test_a_kind_leaves_no_link_to_another_kind(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "g.graphml", kinds=("theme",))
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert {data.get("kind") for _, data in graph.nodes(data=True)} == {"theme"}


def test_what_cannot_be_written_is_refused_by_name(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match=r"v\.pdf"):
        export(store, tmp_path / "v.pdf")
    with pytest.raises(OutputRefused, match="No such file"):
        export(store, tmp_path / "no" / "v.mm")
    assert set(GRAPHS) <= set(EXTENSIONS)


@pytest.mark.parametrize("extension", GRAPHS)
def test_a_format_of_graphs_says_what_it_does_not_take_or_holds_in_another_way(store: Store, extension: str) -> None:
    _, _, left_out = export_bytes(store, extension)
    told = {row.what: row.count for row in left_out}
    things = list(Selection(store, Wanted()).things())
    beyond = sum(thing.evidence_count - 1 for thing in things)
    assert told["things"] == len(things)
    assert told["tree"] == 1  # the walking bus under mobility
    assert told["sentences"] >= beyond > 0
    assert told["sources"] == len(store.sources())


def test_tables_of_a_graph_in_one_zip_open_again_as_that_graph(store: Store) -> None:
    name, data, _ = export_bytes(store, ".csv")
    document = read_document(RawFile(name, data))
    things = {thing.id: thing.label for thing in Selection(store, Wanted()).things()}
    outline = outline_of(document)
    assert document.reader == "graph-tables@1"
    assert {topic.id: topic.label for topic in outline.roots} == things
    pairs = {frozenset((x.from_id, x.to_id)) for x in outline.cross_links}
    assert pairs == {frozenset((link.a, link.b)) for link in Selection(store, Wanted()).links()}
    assert {topic.attributes["kind"] for topic in outline.roots} == {
        t.kind for t in Selection(store, Wanted()).things()
    }


def test_the_command_says_what_it_wrote_and_left_out(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "cantine.opml"
    arguments = ["export", str(target), "--store", store.url, "--theme", "Cantine", "--depth", "2", "--json"]
    done = CliRunner().invoke(program.build("export"), arguments)
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert answer["files"] == [str(target)]
    assert "relations" in {row["what"] for row in answer["left_out"]}
    done = CliRunner().invoke(program.build("export"), ["export", str(target), "--store", store.url, "--theme", "xylo"])
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
