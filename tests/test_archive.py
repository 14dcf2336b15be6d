"""An archive of documents is opened as the files it holds; what is hostile in it is told and left out."""

from __future__ import annotations

import io
import stat
import time
import zipfile
from pathlib import Path

import pytest

from graph.export.zipped import archive
from graph.store import ROOT
from ingest.bounds.archive import Upload, opened
from ingest.bounds.entry_names import read_names
from ingest.files import base_name

VARIANTS = ROOT / "tests" / "variants"


def names(data: bytes, name: str = "lot.zip") -> dict[str, str]:
    """The files of an archive, with why each is refused."""
    return {upload.name: upload.refused for upload in opened(name, data)}


def test_the_members_of_an_archive_keep_their_names_and_bytes() -> None:
    files = {"Ateliers 2026/été.md": b"# A", "b.csv": b"a;b\n1;2\n"}
    assert {u.name: u.data for u in opened("lot.zip", archive(files))} == files


@pytest.mark.parametrize("path", sorted(VARIANTS.glob("*")), ids=lambda p: p.name)
def test_a_map_that_is_an_archive_is_left_whole(path: Path) -> None:
    data = path.read_bytes()
    assert [(u.name, u.data, u.refused) for u in opened(path.name, data)] == [(path.name, data, "")]


def test_what_systems_leave_in_an_archive_is_passed_over() -> None:
    litter = {
        "__MACOSX/._a.md": b"x",
        ".DS_Store": b"x",
        "dossier/Thumbs.db": b"x",
        "~$a.docx": b"x",
        ".git/config": b"x",
    }
    assert names(archive({**litter, "a.md": b"# A"})) == {"a.md": ""}


@pytest.mark.parametrize("name", ["../a.md", "/etc/a.md", "x/../../a.md", "C:/a.md", "..\\a.md"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    found = list(opened("lot.zip", archive({name: b"x", "b.md": b"# B"})))
    assert [bool(u.refused) for u in found] == [True, False]
    assert found[0].data == b""


def test_an_archive_in_an_archive_is_not_opened() -> None:
    inner = archive({"a.md": b"# A"})
    assert "by itself" in names(archive({"dedans.zip": inner, "b.md": b"# B"}))["dedans.zip"]


def test_links_and_passwords_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        link = zipfile.ZipInfo("lien.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("b.md", "# B")
    found = names(out.getvalue())
    assert "not followed" in found["lien.md"]
    locked = bytearray(archive({"secret.md": b"# S", "b.md": b"# B"}))
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "password" in names(bytes(locked))["secret.md"]


def test_of_two_files_of_one_name_the_first_is_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.md", "# One")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("a.md", "# Two")
    first, last = opened("lot.zip", out.getvalue())
    assert "two files of this name" in first.refused
    assert last.data == b"# Two"


def test_a_bomb_an_empty_and_a_damaged_archive_are_one_line_each() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("bombe.txt", b"0" * 60_000_000)
    began = time.process_time()
    for data in (out.getvalue(), archive({}), archive({"a.md": b"# A" * 99})[:60]):
        (only,) = opened("lot.zip", data)
        assert only.refused
        assert "\n" not in only.refused
    assert time.process_time() - began < 5


def test_names_of_older_systems_are_read() -> None:
    def named(raw: bytes) -> bytes:
        return archive({"0123": b"# A"}).replace(b"0123", raw)

    assert list(names(named("dé.m".encode("cp850")))) == ["dé.m"]
    assert list(names(named("ù.m".encode()))) == ["ù.m"]


@pytest.mark.parametrize("encoding", ["cp850", "cp1252"])
@pytest.mark.parametrize(
    "typed",
    [
        ["Réunion du 4 mars/idées d'été.md"], ["étude.csv"], ["ateliers à venir.md", "forêt, île et Noël.csv"],
        ["Élus.md"], ["où loger ?.md"], ["ça commence.txt"], ["PROCÈS-VERBAL.docx"],
    ],
)  # fmt: skip
def test_names_of_windows_and_of_dos_are_told_apart(encoding: str, typed: list[str]) -> None:
    assert read_names([name.encode(encoding) for name in typed]) == typed


def test_one_name_settles_how_the_others_of_its_archive_are_written() -> None:
    typed = ["Mairie – suivi.md", "l’école.md", "Réunion.md"]
    assert read_names([name.encode("cp1252") for name in typed]) == typed
    assert read_names(["é".encode(), "b.md"]) == ["é", "b.md"]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x00b.md", "\u202eevil.md", "..", "", "é" * 500 + ".md", "\ud800.md"]
)
def test_a_name_is_never_a_path_nor_more_than_a_screen_shows(name: str) -> None:
    base = base_name(name)
    assert base
    assert len(base) <= 230
    assert base.isprintable()
    assert "/" not in base
    assert base.strip(".")


def test_what_a_person_chose_goes_with_the_file() -> None:
    raw = Upload("x/a.csv", b"a;b\n", reader="text", columns={"a": "label"}).raw
    assert (raw.name, raw.reader, raw.columns) == ("a.csv", "text", {"a": "label"})
