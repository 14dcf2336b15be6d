"""What nothing was read from: counted by passage, headings and furniture apart, alike in every store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph.cli import main as cli
from graph.errors import NotFound
from graph.model import Actor
from graph.review.silence import silence
from graph.store import open_store
from graph.store.base import Store
from ingest.document import RawFile
from ingest.extract import extract
from ingest.fragment import ImportMeta, to_fragment
from ingest.registry import read_document

NOTES = """# Veillée du four

Il faut créer un atelier de réparation de vélos à Saint-Loup.

Puis rien. Le vent était doux. La mairie de Valmont propose un local.

- xyz
"""


def put(store: Store, text: str, name: str = "veillee.md") -> str:
    document = read_document(RawFile(name, text.encode()))
    return store.write(to_fragment(extract(document), ImportMeta()), Actor("essai")).source


def test_the_silent_passages_are_those_that_no_mention_overlaps(fresh_store: Store) -> None:
    found = silence(fresh_store, put(fresh_store, NOTES))
    assert [p.label for p in found.silent] == ["Puis rien.", "xyz"]
    assert found.passages == 5
    assert found.share == 0.4
    assert found.headings == 1


def test_a_paragraph_of_sentences_counts_as_its_sentences(fresh_store: Store) -> None:
    found = silence(fresh_store, put(fresh_store, "Le vent était doux. La pluie est venue. Puis rien.\n", "a.txt"))
    assert found.passages == 3
    assert [p.label for p in found.silent] == ["Puis rien."]
    assert found.silent_characters == len("Puis rien.") < found.characters


def test_a_source_is_found_by_its_name_and_an_unknown_one_is_refused(fresh_store: Store) -> None:
    put(fresh_store, NOTES)
    assert silence(fresh_store, "veillee.md").passages == 5
    with pytest.raises(NotFound):
        silence(fresh_store, "autre.md")


def test_the_command_gives_one_json_document(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    store = open_store(url)
    put(store, NOTES)
    store.close()
    done = CliRunner().invoke(cli.build("silence"), ["silence", "veillee.md", "--store", url, "--json"])
    answer = json.loads(done.stdout)
    assert (answer["passages"], answer["silent"], answer["share"]) == (5, 2, 0.4)
    assert [p["label"] for p in answer["silent_passages"]] == ["Puis rien.", "xyz"]
    assert answer["silent_passages"][0]["kind"] == "sentence"
