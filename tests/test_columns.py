"""Columns chosen by a person: remembered beside the store, applied to the next table, said by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.errors import MaillageError
from ingest.cli import app
from ingest.document import RawFile
from ingest.extract import extract
from ingest.files import Input
from ingest.recognise import recognise
from ingest.registry import read_document
from ingest.tables.column_memory import (
    MOST_KEPT,
    choice_for,
    memory_path,
    remember,
    remember_chosen,
    remembered,
    with_remembered,
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


def table(folder: Path, name: str, header: str) -> Input:
    path = folder / name
    path.write_text(f"{header}\nUn banc;Malo\n", "utf-8")
    return Input(path, named=True)


@pytest.mark.parametrize(
    "rows",
    [
        "N°;Description;Contact\n1;Une navette vers la gare;Odile Brinchemont\n2;Un banc à l'école;Roues Folles\n",
        "No;Details;Contact\n1;A shuttle to the station;Odile Brinchemont\n2;A bench near the school;Roues Folles\n",
    ],
    ids=["fr", "en"],
)
def test_what_a_person_says_is_a_proposal_is_one_and_is_of_who_they_say(rows: str) -> None:
    head = rows.split("\n", maxsplit=1)[0].split(";")
    chosen = {head[1]: "proposal", head[2]: "maker"}
    raw = RawFile("idees.csv", rows.encode(), columns=chosen)
    assert [c.role for c in recognise(raw).columns] == ["", "proposal", "maker"]
    found = extract(read_document(raw))
    names = {s.id: s.name for s in found.stakeholders}
    assert [names[m] for p in found.statements for m in p.made_by] == ["Odile Brinchemont", "Roues Folles"]


def test_a_choice_is_kept_for_tables_of_the_same_columns_in_any_order_and_case(url: str) -> None:
    remember(["Quoi", "Qui"], {"Quoi": "label"}, url)
    assert choice_for(["qui", "QUOI"], remembered(url)) == {"Quoi": "label"}
    assert choice_for(["Quoi", "Qui", "Où"], remembered(url)) == {}


def test_the_next_file_of_the_same_columns_has_the_choice_and_a_new_choice_wins(tmp_path: Path, url: str) -> None:
    first, second = table(tmp_path, "a.csv", "Quoi;Qui"), table(tmp_path, "b.csv", "Quoi;Qui")
    other = table(tmp_path, "c.csv", "Lieu;Jour")
    chosen = Input(first.path, named=True, columns={"Quoi": "label"})
    remember_chosen([chosen, Input(other.path, named=True, columns={"Quoi": "label"})], url)
    assert [i.columns for i in with_remembered([second, other], url)] == [{"Quoi": "label"}, {}]
    again = Input(second.path, named=True, columns={"Qui": "author"})
    assert with_remembered([again], url) == [again]


def test_a_choice_is_forgotten_when_an_empty_one_takes_its_place(url: str) -> None:
    remember(["Quoi"], {"Quoi": "label"}, url)
    remember(["Quoi"], {}, url)
    assert remembered(url) == {}


def test_only_the_latest_choices_are_kept(url: str) -> None:
    path = memory_path(url)
    rows = ",".join(f'{{"columns": ["c{n}"], "roles": {{"c{n}": "label"}}}}' for n in range(MOST_KEPT))
    path.write_text(f'{{"choices": [{rows}]}}', "utf-8")
    remember(["Quoi"], {"Quoi": "label"}, url)
    assert len(remembered(url)) == MOST_KEPT
    assert choice_for(["c0"], remembered(url)) == {}


def test_a_damaged_memory_is_told_in_one_line_and_not_overwritten(url: str) -> None:
    memory_path(url).write_text("{oups", "utf-8")
    with pytest.raises(MaillageError, match=r"store\.db\.columns\.json.*broken JSON"):
        remember(["Quoi"], {"Quoi": "label"}, url)
    assert memory_path(url).read_text("utf-8") == "{oups"


def test_roles_that_do_not_exist_are_not_taken_from_the_memory(url: str) -> None:
    memory_path(url).write_text('{"choices": [{"columns": ["a"], "roles": {"a": "code", "b": "label"}}, 3]}', "utf-8")
    assert remembered(url) == {("a",): {"b": "label"}}


def test_the_address_of_a_server_gives_a_file_whose_name_tells_no_password() -> None:
    one = memory_path("neo4j://ana:secret@example.org:7687/neo4j")
    assert one == memory_path("neo4j://luc:autre@example.org:7687/neo4j")
    assert "secret" not in str(one)


def test_the_outline_says_which_column_is_read_as_what_and_follows_the_choice(tmp_path: Path) -> None:
    item = table(tmp_path, "a.csv", "Quoi;Qui")
    run = CliRunner().invoke(app, ["outline", str(item.path), "--columns", "label=Quoi", "--columns", "author=Qui"])
    assert run.exit_code == 0
    assert "Un banc" in run.output.splitlines()
    assert "columns: label=Quoi, author=Qui" in run.output


def test_an_unknown_role_is_refused_in_one_line(tmp_path: Path) -> None:
    item = table(tmp_path, "a.csv", "Quoi;Qui")
    run = CliRunner().invoke(app, ["outline", str(item.path), "--columns", "couleur=Quoi"])
    assert run.exit_code == 1
    assert "write role=name" in run.output
