"""The SQLite file: whose it is, its migrations, its copy, and the proof that finds a single changed byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from graph import actions
from graph.errors import StoreError
from graph.model import Actor, Fragment, Visibility
from graph.store import open_store
from graph.store.sqlite.schema import APPLICATION_ID, MIGRATIONS, VERSION, apply_migration
from graph.store.sqlite.store import SQLiteStore
from graph.store.sqlite.words import add_functions
from tests.dumps import tables
from tests.fragments import autumn, build, spring

ON_FILES = pytest.mark.parametrize("new_store", ["sqlite"], indirect=True)


def _open(path: Path, **options: bool) -> SQLiteStore:
    store = open_store(f"sqlite:///{path}", **options)
    assert isinstance(store, SQLiteStore)
    return store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@pytest.fixture
def filled(path: Path, facilitator: Actor) -> Path:
    """A closed store with both workshops and one decision."""
    store = _open(path)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    store.close()
    return path


# --- whose file it is -------------------------------------------------------------------------------------------------


def test_a_store_that_is_not_there_is_made_only_when_asked(path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        _open(path, create=False)
    assert not path.exists()
    _open(path).close()
    _open(path, create=False).close()


def test_a_database_of_another_application_is_refused_untouched(path: Path) -> None:
    with sqlite3.connect(path) as con:
        con.execute("CREATE TABLE recipe (name TEXT)")
    con.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another application"):
        _open(path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\x00 cut short", b"\x00" * 4096])
def test_a_file_that_is_no_database_is_refused_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=path.name):
        _open(path)
    assert path.read_bytes() == content


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        _open(tmp_path)


def test_a_place_where_no_folder_can_be_made_is_told(path: Path) -> None:
    path.write_text("un fichier")
    with pytest.raises(StoreError, match=r"store\.db"):
        _open(path / "inside.db")


def test_a_store_of_a_newer_version_is_refused_untouched(filled: Path) -> None:
    with sqlite3.connect(filled) as con:
        con.execute(f"PRAGMA user_version = {VERSION + 1}")
    con.close()
    before = filled.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        _open(filled)
    assert filled.read_bytes() == before


def test_what_a_process_of_another_version_still_writes_is_refused_and_harms_nothing(filled: Path) -> None:
    store = _open(filled)
    before = tables(store)
    con = sqlite3.connect(filled, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="columns"):  # as it wrote when a trigger indexed the rows
        con.execute("INSERT INTO entry VALUES (7, 'a', 'theme', NULL, 'a', 'a', 1, 'a', 'a', 7)")
    con.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StoreError, match="another version"):
        store.remove(store.sources()[0].id, Actor("a"))
    con.execute(f"PRAGMA user_version = {VERSION}")
    con.close()
    assert tables(store) == before
    assert store.verify().ok
    store.close()


def test_a_truncated_store_is_told_in_one_line(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[: filled.stat().st_size // 2])
    try:
        store = _open(filled)
    except StoreError as told:
        problems = [str(told)]
    else:
        problems = list(store.verify().problems)
        store.close()
    assert problems
    assert all("\n" not in problem for problem in problems)


def test_every_migration_is_recorded_with_its_number(filled: Path) -> None:
    with sqlite3.connect(filled) as con:
        recorded = con.execute("SELECT number, name FROM migration ORDER BY number").fetchall()
        assert con.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert con.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert recorded == [(number, name) for number, (name, _) in enumerate(MIGRATIONS, 1)]


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_store_of_an_earlier_version_is_brought_up_to_date(filled: Path, tmp_path: Path, version: int) -> None:
    store = _open(filled)
    actions.rename(store, Actor("a"), store.rows(["theme"])[0].id, "Autre nom")
    before, found = tables(store), store.search("mobilité")
    store.close()
    earlier = _of_version(version, filled, tmp_path / "earlier.db")
    store = _open(earlier)
    assert tables(store) == before
    assert store.search("mobilité") == found
    again = store.fragment(store.sources()[0].id)
    store.remove(again.source.id, Actor("a"))
    store.write(again, Actor("a"))
    assert store.search("mobilité") == found, "what is written into it afterwards is found"
    assert store.verify().problems == ()
    store.close()


def _of_version(version: int, filled: Path, path: Path) -> Path:
    """A file as an earlier version wrote it: its tables, with what they hold of those of today."""
    con = sqlite3.connect(path, isolation_level=None)
    con.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    add_functions(con)
    for number in range(1, version + 1):
        apply_migration(con, number)
    con.execute("ATTACH ? AS now", (str(filled),))
    for (table,) in con.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
        if table.startswith(("fts", "sqlite_", "migration")):
            continue
        here, there = (
            [row[1] for row in con.execute(f"PRAGMA {schema}.table_info({table})")] for schema in ("main", "now")
        )
        shared = ", ".join(name for name in here if name in there)
        con.execute(f"INSERT INTO main.{table}({shared}) SELECT {shared} FROM now.{table}")
    con.execute("INSERT INTO fts(fts) VALUES ('rebuild')")  # from some version on, who writes rows indexes them
    con.close()
    return path


def test_tables_are_strict(filled: Path) -> None:
    with sqlite3.connect(filled) as con:
        loose = con.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
            " AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
    assert loose == []


def test_readers_cannot_write(filled: Path) -> None:
    store = _open(filled)
    with pytest.raises(StoreError, match="readonly"), store._reading() as con:
        con.execute("DELETE FROM source")
    assert len(store.sources()) == 2
    store.close()


def test_every_write_names_its_actor(filled: Path) -> None:
    store = _open(filled)
    store.remove("mars.txt", Actor("Nadia"))
    store.close()
    with sqlite3.connect(filled) as con:
        found = con.execute("SELECT actor, verb FROM act ORDER BY number").fetchall()
    assert found == [("facilitatrice", "write"), ("facilitatrice", "write"), ("Nadia", "remove")]


# --- table by table ---------------------------------------------------------------------------------------------------


@ON_FILES
def test_tables_are_equal_whatever_the_order_of_imports(
    new_store: Callable[[], SQLiteStore], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    for fragment in (spring(), autumn()):
        one.write(fragment, facilitator)
    for fragment in (autumn(), spring()):
        other.write(fragment, facilitator)
    assert tables(one) == tables(other)


@ON_FILES
def test_removal_leaves_no_row_behind(new_store: Callable[[], SQLiteStore], facilitator: Actor) -> None:
    store, never = new_store(), new_store()
    for fragment in (spring(), autumn()):
        store.write(fragment, facilitator)
    store.remove("mars.txt", facilitator)
    never.write(autumn(), facilitator)
    assert tables(store) == tables(never)
    assert store.verify().ok
    store.remove("octobre.txt", facilitator)
    assert all(rows == [] for rows in tables(store).values())


def test_what_was_removed_is_not_in_the_file_any_more(filled: Path, facilitator: Actor) -> None:
    store = _open(filled)
    store.remove("mars.txt", facilitator)
    store.close()
    raw = b"".join(p.read_bytes() for p in filled.parent.iterdir())
    assert "parlent de mobilité".encode() not in raw
    assert b"restent le premier sujet" in raw


# --- proof ------------------------------------------------------------------------------------------------------------


def test_a_sound_store_is_proven_and_counted(filled: Path) -> None:
    store = _open(filled)
    report = store.verify()
    assert report.problems == ()
    counts = store.counts()
    assert report.checked["mentions"] == counts["relations"]["mentions"]  # type: ignore[index]
    assert report.checked["sources"] == 2
    store.close()


TAMPERED = {
    "one letter of a text": "UPDATE source SET text = replace(text, 'vacant', 'vaquant') WHERE name = 'mars.txt'",
    "one letter of the same length": "UPDATE source SET text = replace(text, 'vacant', 'vacanT')",
    "the bytes": "UPDATE source SET data = x'789c030000000001'",
    "bytes that do not unpack": "UPDATE source SET data = x'00'",
    "a quote": "UPDATE mention SET quote = 'pédiBus' WHERE quote = 'pédibus'",
    "an offset": "UPDATE mention SET start = start + 1, end = end + 1 WHERE quote = 'pédibus'",
    "a rule": "UPDATE mention SET rule = 'other@1' WHERE quote = 'pédibus'",
    "a confidence": "UPDATE mention SET confidence = 0.5 WHERE quote = 'pédibus'",
    "a passage's label": "UPDATE passage SET label = 'autre' WHERE position = 1",
    "a passage's bounds": "UPDATE passage SET end = 9999 WHERE position = 1",
    "a meeting": "UPDATE source SET meeting = 'autre' WHERE name = 'mars.txt'",
    "a ledger": "UPDATE source SET ledger = '{\"kept\":1}' WHERE name = 'mars.txt'",
    "a claim's label": "UPDATE claim SET label = 'autre' WHERE label = 'pédibus'",
    "a lost mention": "DELETE FROM mention WHERE quote = 'pédibus'",
    "a lost relation": "DELETE FROM relation_span; DELETE FROM relation",
    "a relation without proof": "DELETE FROM relation_span",
    "an end that is gone": "UPDATE relation SET to_id = 'theme:0' WHERE type = 'made_by'",
    "a thing's label": "UPDATE thing SET label = 'autre' WHERE label = 'pédibus'",
    "a thing's count": "UPDATE thing SET evidence = 7 WHERE label = 'pédibus'",
    "a hidden thing": "UPDATE thing SET rejected = 1 WHERE label = 'pédibus'",
    "a lost thing": "DELETE FROM thing WHERE label = 'pédibus'",
    "a ghost": "INSERT INTO node VALUES ('theme:0', 'theme', '', 'theme:0', '{}')",
    "a wrong merge": "UPDATE node SET canonical = 'theme:0' WHERE id LIKE 'person:%'",
    "a lost index row": "DELETE FROM entry WHERE kind = 'theme'",
    "a lost passage in the index": "DELETE FROM entry WHERE kind = 'passage'",
    "the index itself": "INSERT INTO fts(fts, rowid, stems, forms, kind)"
    " SELECT 'delete', number, stems, forms, kind FROM entry ORDER BY number LIMIT 1",
    "a word in the index": "INSERT INTO fts(rowid, stems, forms) SELECT min(number), 'intrus', 'intrus' FROM entry",
    "a link": "UPDATE link SET passages = passages + 1",
    "a lost link": "DELETE FROM link",
    "why things are linked": "UPDATE link SET tally = '[{},{},{\"0.1\":1}]'",
    "how many links a thing has": "UPDATE linked SET degree = degree + 1",
    "a link of nothing": "INSERT INTO link VALUES (9998, 9999, 1, '[{},{},{\"1.0\":1}]')",
    "an order in the index": "UPDATE entry SET standing = standing + 5000 WHERE kind = 'theme'",
    "a number in the index": "UPDATE entry SET number = number + 5000 WHERE kind = 'theme'",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_tampered_with_is_found(filled: Path, what: str) -> None:
    con = sqlite3.connect(filled)
    con.executescript(f"PRAGMA foreign_keys = OFF; {TAMPERED[what]};")
    con.close()
    store = _open(filled)
    report = store.verify()
    store.close()
    assert not report.ok, what
    assert all("\n" not in problem for problem in report.problems)


def test_a_flipped_byte_in_the_file_is_found(filled: Path) -> None:
    raw = filled.read_bytes()
    at = raw.index(b"logement vacant")
    found = 0
    while at != -1:  # each copy in turn: text, labels, quotes, index
        filled.write_bytes(raw[:at] + b"L" + raw[at + 1 :])
        store = _open(filled)
        assert not store.verify().ok, f"byte {at}"
        store.close()
        found += 1
        filled.write_bytes(raw)
        at = raw.find(b"logement vacant", at + 1)
    assert found >= 4


# --- copies -----------------------------------------------------------------------------------------------------------


def test_a_backup_opens_as_a_store_and_never_overwrites(filled: Path, facilitator: Actor) -> None:
    store = _open(filled)
    copy = filled.parent / "backup" / "copy.db"
    store.backup(copy)
    other = _open(copy, create=False)
    assert tables(other) == tables(store)
    assert other.verify().ok
    other.remove("mars.txt", facilitator)
    assert len(store.sources()) == 2
    other.close()
    with pytest.raises(StoreError, match="never overwrites"):
        store.backup(copy)
    with pytest.raises(StoreError, match="never overwrites"):
        store.backup(filled)
    assert len(store.sources()) == 2
    store.close()


def test_two_processes_may_have_a_store_open(filled: Path, facilitator: Actor) -> None:
    one, other = _open(filled), _open(filled)
    one.write(build("juin.txt", "La [theme:forêt]"), facilitator)
    assert other.search("foret")[0].label == "forêt"
    other.write(_published(build("mai.txt", "La [theme:rivière]")), facilitator)
    assert one.search("riviere")[0].label == "rivière"
    one.close()
    other.close()


def _published(fragment: Fragment) -> Fragment:
    return replace(fragment, source=replace(fragment.source, visibility=Visibility.PUBLISHED))
