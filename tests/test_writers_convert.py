"""`ingest convert`: any readable file in any writable format, refusals in one line, the ledger told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph import text_actions
from graph.errors import NotFound, OutputRefused
from graph.export.registry import writers
from graph.model import Actor
from graph.store import open_store
from graph.store.base import Store
from ingest.cli import app
from ingest.convert import convert, convert_source
from ingest.corrected import COUNTED
from ingest.document import RawFile
from ingest.extract.reading import Reading
from ingest.fragment import ImportMeta, to_fragment
from ingest.maps.outline import outline_of
from ingest.registry import read_document
from tests.fragments import spring
from tests.test_readers_maps import MM

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted((ROOT / "samples" / "ambresle").iterdir())
EXTENSIONS = [writer.extensions[0] for writer in writers()]


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["convert", *map(str, arguments)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    path = tmp_path / "carte.mm"
    path.write_text(MM, "utf-8")
    return path


def test_a_map_is_converted_and_what_does_not_go_along_is_told(map_file: Path, tmp_path: Path) -> None:
    code, told, _ = run(map_file, tmp_path / "carte.opml")
    assert code == 0
    assert "freemind -> opml" in told
    assert "not carried by opml: 1 relations" in told
    assert "<outline" in (tmp_path / "carte.opml").read_text("utf-8")


def test_the_ledger_is_one_json_document(map_file: Path, tmp_path: Path) -> None:
    code, told, _ = run(map_file, tmp_path / "carte.xmind", "--json")
    answer = json.loads(told)
    assert code == 0
    assert answer.keys() == {"file", "from", "to", "ledger", "left_out"}
    assert answer["ledger"].keys() == {"found", "kept", "left_out"}
    assert all(row.keys() == {"what", "where", "count", "why"} for row in answer["left_out"])


def test_a_file_is_not_replaced_unless_asked(map_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "carte.md"
    target.write_text("à garder", "utf-8")
    code, _, error = run(map_file, target)
    assert code == 1
    assert "carte.md" in error
    assert "--force" in error
    assert target.read_text("utf-8") == "à garder"
    assert run(map_file, target, "--force")[0] == 0
    assert target.read_text("utf-8").startswith("# ")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["carte.md", "carte.mm"], "nothing is left beside it"


@pytest.mark.parametrize(
    ("source", "target", "why"),
    [
        ("carte.mm", "carte.docx", "no format for .docx"),
        ("carte.mm", "carte", "without extension"),
        ("carte.mm", "no/folder/carte.mm", "No such file"),
        ("nothing.mm", "carte.md", "no such file"),
        ("broken.mm", "carte.md", "broken.mm"),
    ],
)
def test_what_cannot_be_done_is_one_line_with_the_file_and_the_reason(
    map_file: Path, tmp_path: Path, source: str, target: str, why: str
) -> None:
    (tmp_path / "broken.mm").write_text("<map><node", "utf-8")
    code, _, error = run(tmp_path / source, tmp_path / target)
    assert code == 1
    assert why in error
    assert len(error.strip().splitlines()) == 1


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: p.suffix + p.stem[:12])
def test_every_sample_is_an_outline_that_every_format_takes(sample: Path) -> None:
    """Notes, letters and tables too: their headings, items and rows."""
    outline = outline_of(read_document(RawFile(sample.name, sample.read_bytes())))
    assert sum(1 for _ in outline.walk()) > 3
    for writer in writers():
        assert writer.write(outline).data


def test_a_map_that_went_through_other_formats_is_the_same_tree(map_file: Path) -> None:
    raw = RawFile(map_file.name, map_file.read_bytes())
    tree = shown(raw)
    for extension in (".xmind", ".opml", ".wxml", ".mup", ".json", ".csv", ".org", ".md", ".mm"):
        raw = RawFile(f"carte{extension}", convert(raw, f"x{extension}").data)
        assert shown(raw) == tree, extension


def shown(raw: RawFile) -> list[tuple[int, str]]:
    """Levels and labels; where a format cannot have an empty one it has an ellipsis."""
    return [(level, topic.label or "…") for topic, _, level in outline_of(read_document(raw)).walk()]


def test_a_source_of_a_store_is_converted_from_the_bytes_it_keeps(tmp_path: Path, facilitator: Actor) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    fragment = spring()
    store.write(fragment, facilitator)
    made = convert_source(store, fragment.source.id, "notes.mm")
    assert b"Saint-Aubrac" in made.data
    with pytest.raises(NotFound):
        convert_source(store, "source:nothing", "notes.mm")
    with pytest.raises(OutputRefused):
        convert_source(store, fragment.source.id, "notes.exe")
    store.close()


def test_a_tree_that_people_put_right_is_what_goes_out_and_the_ledger_tells_it(
    map_file: Path, fresh_store: Store, facilitator: Actor
) -> None:
    raw = RawFile(map_file.name, map_file.read_bytes())
    source = to_fragment(Reading(read_document(raw)), ImportMeta()).source.id
    fresh_store.write(to_fragment(Reading(read_document(raw)), ImportMeta()), facilitator)
    assert COUNTED not in convert_source(fresh_store, source, "x.json").ledger.kept
    blocks = {p.label: p.id for p in fresh_store.passages(source)}
    text_actions.move(fresh_store, facilitator, blocks["Se déplacer"], "")
    text_actions.cut(fresh_store, facilitator, blocks["Vivre au échelle du bourg"], 1)
    text_actions.fuse(fresh_store, facilitator, blocks["secret"], blocks["Se soigner"])
    made = convert_source(fresh_store, source, "x.json")
    assert convert(raw, "x.json", fresh_store).data == made.data
    assert made.ledger.kept[COUNTED] == made.ledger.found[COUNTED] == 7
    out = outline_of(read_document(RawFile("x.json", made.data)))
    assert [(level, topic.label) for topic, _, level in out.walk() if topic.label] == [
        (1, "Se déplacer"), (2, "<img src=x onerror=alert(1)>"), (1, "Vivre"), (2, "Se soigner secret"),
        (1, "au échelle du bourg"),
    ]  # fmt: skip
    whole = next(topic for topic, *_ in out.walk() if topic.label == "Se soigner secret")
    assert (whole.links, whole.tags, whole.note) == (
        ["https://a.example"],
        ["santé", "aînés"],
        "Une note.\nDeux lignes.",
    )
    (link,) = out.cross_links
    assert link.from_id == whole.id, "a relation of what was taken in is one of what took it"


def test_corrections_of_a_file_that_reads_otherwise_by_now_are_told_and_not_laid(
    fresh_store: Store, facilitator: Actor
) -> None:
    fragment = spring()
    fresh_store.write(fragment, facilitator)
    block = fresh_store.passages(fragment.source.id)[1]
    text_actions.cut(fresh_store, facilitator, block.id, 1)
    made = convert_source(fresh_store, fragment.source.id, "x.json")
    assert [(x.what, x.where) for x in made.ledger.left_out][-1] == ("corrections of the tree", "the store")
