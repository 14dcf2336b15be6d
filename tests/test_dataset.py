"""The citable dataset: nobody is named in it, every span of it holds, and any store gives the same bytes."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SKOS
from typer.testing import CliRunner

from graph import actions
from graph.cli import main as cli
from graph.errors import OutputRefused
from graph.export.cells import plain_cell
from graph.model import Actor, Fragment, Passage, Role, Source
from graph.persons.visible import seen_by
from graph.store import open_store
from graph.store.base import Store
from graph.study.codebook import LANGUAGES, codebook, tables
from graph.study.corpus import corpus_digest
from graph.study.dataset import text_name, write_dataset
from graph.study.iramuteq import modality
from graph.study.names import Names
from graph.study.pseudonyms import Pseudonyms
from ontology import load
from tests.fragments import autumn, build, spring

NAMES = ("Élise", "Morvan", "Brinchemont", "Odile", "Ferroul")
LETTER = """
[person:Odile Brinchemont] écrit à [person:Élise Morvan] sur la [theme:mobilité], odile.brinchemont@courriel.example.
BRINCHEMONT;Odile;présidente;06 12 34 56 78
Mme Brinchemont parle du [theme:pédibus] ; la cabane des Morvan attend. Une rose n’a pas d’Odile.
[organisation:Cabinet Brinchemont] : le [theme:logement] d’abord.
L’avis de [organisation:Nadia Ferroul] compte, dit-on. Mme Ferroul viendra.
"""


def fill(store: Store) -> Store:
    """Three documents and every kind of correction that may name a person."""
    actor = Actor("Odile Brinchemont")
    letter = build(
        "lettre-odile-brinchemont.txt",
        LETTER,
        title="Lettre d’Odile Brinchemont",
        date="2031-09-01",
        keys=("Élise Morvan",),
    )
    for fragment in (spring(), autumn(), letter):
        store.write(fragment, actor)
    people = {thing.label: thing.id for thing in store.rows(["person"])}
    actions.rename(store, actor, people["Odile Brinchemont"], "Odile Brinchemont-Lacaze", "dite Odile")
    bodies = {thing.label: thing.id for thing in store.rows(["organisation"])}
    actions.change_kind(store, actor, bodies["Nadia Ferroul"], "person", "c’est une personne")
    themes = {thing.label: thing.id for thing in store.rows(["theme"])}
    actions.merge(store, actor, [themes["pédibus"], themes["cantine"]], "vu avec Élise Morvan")
    actions.reject(store, actor, themes["logement"])
    return store


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return fill(open_store(f"sqlite:///{tmp_path_factory.mktemp('dataset') / 'store.db'}"))


@pytest.fixture(scope="module")
def folder(filled: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "set"
    write_dataset(filled, path)
    return path


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{name: plain_cell(cell) for name, cell in row.items()} for row in csv.DictReader(file)]


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- nobody is named -------------------------------------------------------------------------------------------------


def test_no_file_names_a_person_nor_how_to_reach_one(folder: Path) -> None:
    nobody_is_named(folder)
    text = (folder / text_name(source_of(folder, "sur la mobilité"))).read_text("utf-8")
    assert "[courriel]" in text
    assert "[téléphone]" in text
    assert "Une rose" in text


def nobody_is_named(folder: Path) -> None:
    for name, data in files(folder).items():
        text = data.decode("utf-8").casefold()
        for word in (*NAMES, "lacaze", "courriel.example", "06 12"):
            assert word.casefold() not in text, f"{word} in {name}"


def source_of(folder: Path, words: str) -> str:
    return next(row["source"] for row in rows(folder, "passages") if words in row["label"])


def test_a_person_has_one_pseudonym_everywhere(folder: Path) -> None:
    people = [row for row in rows(folder, "things") if row["kind"] == "person"]
    text = (folder / text_name(source_of(folder, "sur la mobilité"))).read_text("utf-8").splitlines()
    odile, elise = text[0].split(" écrit à ")[0], text[0].split(" écrit à ")[1].split(" sur ")[0]
    assert {odile, elise} <= {row["label"] for row in people}
    assert text[1].startswith(f"{odile};{odile};présidente")
    assert f"Mme {odile}" in text[2]
    assert f"la cabane des {elise}" in text[2]
    march = (folder / text_name(source_of(folder, "anime l’échange"))).read_text("utf-8")
    assert f"{elise} anime l’échange" in march
    assert text[3] == f"Cabinet {odile} : le logement d’abord."


def test_ids_do_not_come_from_names(filled: Store, folder: Path) -> None:
    named = {t.id for t in filled.rows(["person"])}
    named |= {t.id for t in filled.rows(["organisation"]) if "Brinchemont" in t.label}
    members = {m for id_ in named for m in filled.things([id_])[id_].members}
    text = b"".join(files(folder).values()).decode("utf-8")
    assert not [id_ for id_ in named | members if id_ in text]


def test_with_names_the_texts_are_those_of_the_sources(filled: Store, tmp_path: Path) -> None:
    done = write_dataset(filled, tmp_path / "named", named=True)
    assert done.named
    for info in filled.sources():
        assert (done.path / text_name(info.id)).read_bytes().decode("utf-8") == filled.source(info.id).text


def test_what_a_researcher_takes_names_nobody_and_holds_the_corrections_but_no_word_of_a_draft(tmp_path: Path) -> None:
    actor = Actor("Odile Brinchemont")
    with closing(fill(open_store(f"sqlite:///{tmp_path / 'store.db'}"))) as whole:
        whole.write(build("brouillon.txt", "Un [theme:belvédère] sur les toits."), actor)
        themes = {thing.label: thing.id for thing in whole.rows(["theme"])}
        actions.merge(whole, actor, [themes["belvédère"], next(id_ for t, id_ in themes.items() if "obilité" in t)])
        sources = {info.name: info.id for info in whole.sources()}
        letter = sources["lettre-odile-brinchemont.txt"]
        actions.describe(whole, actor, letter, {"place": "Salle Odile Brinchemont", "date": "2031-09-30"})
        actions.publish(whole, actor, [letter, sources["octobre.txt"]])
        folder = write_dataset(seen_by(whole, Actor(role=Role.RESEARCHER)), tmp_path / "set", whole=whole).path
    nobody_is_named(folder)
    assert "belv" not in b"".join(files(folder).values()).decode("utf-8")
    described = next(row for row in rows(folder, "sources") if row["id"] == letter)
    assert described["date"] == "2031-09-30"
    assert described["place"].startswith("Salle Personne_")
    labels = {row["label"] for row in rows(folder, "things") if row["kind"] == "theme"}
    assert "logement" not in labels
    assert len({"pédibus", "cantine"} & labels) == 1
    assert rows(folder, "decisions") == []


# --- what it states holds --------------------------------------------------------------------------------------------


def test_every_quotation_is_the_slice_that_it_says(folder: Path) -> None:
    texts = {row["id"]: (folder / row["text_file"]).read_bytes().decode("utf-8") for row in rows(folder, "sources")}
    for table in ("mentions", "evidence"):
        found = rows(folder, table)
        assert found
        for row in found:
            assert texts[row["source"]][int(row["start"]) : int(row["end"])] == row["quote"]
    for row in rows(folder, "passages"):
        assert 0 <= int(row["start"]) <= int(row["end"]) <= len(texts[row["source"]])


def test_every_id_leads_to_a_row(folder: Path) -> None:
    things = {row["id"] for table in ("things", "statements") for row in rows(folder, table)}
    passages = {row["id"] for row in rows(folder, "passages")}
    assert {row["thing"] for row in rows(folder, "mentions")} <= things
    assert {row["passage"] for row in rows(folder, "mentions")} <= passages
    for row in rows(folder, "relations"):
        assert {row["from"], row["to"]} <= things | passages
    known = {f"{row['rule']}@{row['version']}" for row in rows(folder, "rules")}
    assert {row["rule"] for row in rows(folder, "mentions")} <= known


def test_corrections_are_in_force_and_told(folder: Path) -> None:
    labels = {row["label"] for row in rows(folder, "things")}
    assert "logement" not in labels  # rejected
    assert len({"pédibus", "cantine"} & labels) == 1  # merged
    told = rows(folder, "decisions")
    assert [row["kind"] for row in told] == ["rename", "kind", "merge", "reject"]
    assert {row["actor"] for row in told} == {"Contributeur_1"}
    assert {row["state"] for row in told} == {"active"}


def test_every_table_has_the_columns_of_the_codebook(folder: Path) -> None:
    for name, columns in tables().items():
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert tuple(next(csv.reader(file))) == columns
    for language in LANGUAGES:
        told = codebook(language)
        assert all(f"| `{key}` |" in told for key in (*load().kinds, *load().relations))


def test_the_hashes_and_the_digest_are_those_of_the_files_and_of_the_corpus(filled: Store, folder: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    found = files(folder)
    assert {name: hashlib.sha256(found[name]).hexdigest() for name in sums} == sums
    assert set(found) - set(sums) == {"SHA256SUMS"}
    for language in LANGUAGES:
        assert corpus_digest(filled) in found[f"README.{language}.md"].decode("utf-8")


def test_the_same_graph_gives_the_same_bytes_in_any_store(
    new_store: Callable[[], Store], filled: Store, folder: Path, tmp_path: Path
) -> None:
    other = new_store()
    for info in reversed(filled.sources()):
        other.write(filled.fragment(info.id), Actor("someone else"))
    other.adopt(filled.decisions())
    write_dataset(other, tmp_path / "again")
    assert files(tmp_path / "again") == files(folder)


# --- other formats ---------------------------------------------------------------------------------------------------


def test_the_themes_are_a_thesaurus(folder: Path) -> None:
    graph = Graph().parse(folder / "themes.ttl")
    concepts = {str(label) for _, _, label in graph.triples((None, SKOS.prefLabel, None))}
    assert concepts == {row["label"] for row in rows(folder, "things") if row["kind"] == "theme"}
    assert len(set(graph.subjects(RDF.type, SKOS.ConceptScheme))) == 1


def test_every_mention_is_in_the_linked_data(folder: Path) -> None:
    graph = Graph().parse(folder / "graph.nt", format="nt")
    exact = [str(o) for _, p, o in graph if str(p).endswith("oa#exact")]
    assert sorted(exact) == sorted(row["quote"] for row in rows(folder, "mentions"))


def test_the_corpus_for_iramuteq_has_a_line_of_variables_before_each_text(folder: Path) -> None:
    blocks = (folder / "iramuteq.txt").read_text("utf-8").strip().split("\n\n")
    for block in blocks:
        head, *body = block.split("\n")
        assert head.startswith("**** *source_")
        assert all(part.count("_") == 1 and part.startswith("*") for part in head.split()[1:])
        assert body
        assert "*" not in "".join(body)
    assert any("*meeting_atelierdemars *date_20310314 *year_2031" in block for block in blocks)
    assert any("*speaker_cabinetpersonne" in block for block in blocks)
    assert modality("Œuvre d’été, n° 3") == "oeuvredeten3"


# --- where it is written ---------------------------------------------------------------------------------------------


def test_the_command_writes_a_zip_and_tells_what_is_in_it(filled: Store, tmp_path: Path) -> None:
    path = tmp_path / "corpus.zip"
    done = CliRunner().invoke(cli.build("dataset"), ["dataset", str(path), "--store", filled.url, "--json"])
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    with zipfile.ZipFile(path) as archive:
        assert {f"corpus/{name}" for name in answer["files"]} == set(archive.namelist())
    assert answer["digest"] == corpus_digest(filled)
    again = CliRunner().invoke(cli.build("dataset"), ["dataset", str(path), "--store", filled.url])
    assert again.exit_code == 1
    assert len(again.stderr.strip().splitlines()) == 1


def test_what_is_there_is_never_written_over(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("à moi", "utf-8")
    with pytest.raises(OutputRefused):
        write_dataset(filled, tmp_path)
    with pytest.raises(OutputRefused):
        write_dataset(filled, tmp_path / "notes.txt" / "below")
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_an_empty_store_gives_an_empty_dataset(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'empty.db'}")
    assert not any(write_dataset(store, tmp_path / "set").rows.values())
    store.close()


def test_the_cells_of_a_row_and_the_names_of_columns_lose_their_names_too() -> None:
    names = Names()
    names.add("document:1", "person:1", "person:1", ["Odile Brinchemont"])
    text = "Odile Brinchemont\toui"
    row = {"cells": [["Qui", 0, 17], ["Avis de Odile Brinchemont", 18, 21]], "Odile Brinchemont": "oui"}
    passage = Passage("passage:1", 0, "row", 0, len(text), text, attributes=row)
    source = Source("source:1", "document:1", "votes.csv", "0" * 64, "csv", text)
    made = Pseudonyms(names).fragment(Fragment(source, (passage,), (), ()))
    attributes = made.passages[0].attributes
    assert [made.source.text[a:b] for _, a, b in attributes["cells"]] == ["Personne_1", "oui"]
    assert "Brinchemont" not in repr(made)
