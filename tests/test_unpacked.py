"""A zip archive on the command line is the files that it holds; one that is a format of its own stays whole."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingest.bounds.unpacked import unpacked
from ingest.cli import app
from ingest.files import Input
from tests.map_reading import archive

VARIANTS = Path(__file__).parent / "variants"
NOTES = "# Atelier du lavoir\n\nIl faudrait un banc. Qui vient mardi ?\n"


def test_the_files_of_an_archive_are_taken_under_their_own_names(tmp_path: Path) -> None:
    lot = tmp_path / "lot.zip"
    lot.write_bytes(
        archive({"notes/a.md": NOTES, "b.mm": (VARIANTS / "atelier.mm").read_bytes(), "__MACOSX/b.mm": b"x"})
    )
    with unpacked([Input(lot, named=True)]) as (files, refused):
        assert [(item.shown, item.load().data[:6]) for item in files] == [("a.md", b"# Atel"), ("b.mm", b"<map v")]
        folder = files[0].path.parent
    assert not refused
    assert not folder.exists()


@pytest.mark.parametrize(
    "name", ["atelier.xmind", "atelier.docx", "atelier.mindnode.zip", "atelier.thebrain.zip", "atelier.md"]
)
def test_a_file_that_is_a_format_is_left_whole(name: str) -> None:
    item = Input(VARIANTS / name, named=True)
    with unpacked([item]) as (files, refused):
        assert files == [item]
    assert not refused


def test_what_an_archive_may_not_hold_is_refused_by_name(tmp_path: Path) -> None:
    lot, bomb = tmp_path / "lot.zip", tmp_path / "bombe.zip"
    lot.write_bytes(archive({"../../a.md": NOTES, "b.md": NOTES, "c.zip": archive({"d.md": NOTES})}))
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", b" " * 40_000_000)
    with unpacked([Input(lot, named=True), Input(bomb, named=True)]) as (files, refused):
        assert [item.shown for item in files] == ["b.md"]
    assert [(r.name, r.outcome) for r in refused] == [
        ("a.md", "refused"),
        ("c.zip", "refused"),
        ("bombe.zip", "refused"),
    ]
    assert all("\n" not in r.reason and r.reason.startswith(("lot.zip: ", "bombe.zip: ")) for r in refused)


def test_add_imports_each_file_of_an_archive(tmp_path: Path) -> None:
    (tmp_path / "lot.zip").write_bytes(archive({"a.md": NOTES, "b.txt": "Un marché le samedi. Il faudrait un café."}))
    done = CliRunner().invoke(
        app, ["add", str(tmp_path / "lot.zip"), "--json", "--store", f"sqlite:///{tmp_path}/base.db"]
    )
    assert done.exit_code == 0, done.output
    assert [(f["name"], f["outcome"]) for f in json.loads(done.stdout)["files"]] == [("a.md", "new"), ("b.txt", "new")]
