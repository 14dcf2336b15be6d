"""The commands that correct, tell what was decided, and forget."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph.cli.main import build as build_program
from graph.model import Actor
from graph.store import open_store
from tests.fragments import autumn, build, spring

Run = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, facilitator: Actor) -> Run:
    """Runs a command on a store of two workshops; answers its JSON, or its text where it fails or is asked to."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    store.close()

    def ask(*arguments: str, plain: bool = False) -> Any:
        done = CliRunner().invoke(build_program(), [*arguments, "--store", url, *([] if plain else ["--json"])])
        return done.output if plain or done.exit_code else json.loads(done.output)

    return ask


def test_corrections_are_taken_told_and_undone(run: Run, tmp_path: Path) -> None:
    before = run("stats")
    merged = run("merge", "cantine", "logement", "--reason", "même sujet")
    assert run("stats")["nodes"]["theme"] == before["nodes"]["theme"] - 1
    confirmed = run("confirm", "cantine")
    assert run("kind", "mairie", "group")["value"] == {"kind": "group"}
    assert len(run("split", "Élise Morvan")["value"]["parts"]) == 2
    assert [d["kind"] for d in run("history", "cantine")["decisions"]] == ["merge", "confirm"]
    assert "même sujet" in run("history", "logement", plain=True)
    told = run("undo", merged["id"])
    assert confirmed["id"][:12] in told
    assert len(told.strip().splitlines()) == 1
    run("undo", merged["id"], "--together")
    assert [d["state"] for d in run("history", "cantine")["decisions"]] == ["undone", "undone", "active", "active"]
    run("decisions", "--csv", str(tmp_path / "log.csv"))
    rows = list(csv.DictReader((tmp_path / "log.csv").read_text("utf-8-sig").splitlines()))
    assert [(r["kind"], r["reason"]) for r in rows][:2] == [("merge", "même sujet"), ("confirm", "")]
    assert run("verify")["ok"]


def test_what_cannot_be_done_is_one_line(run: Run) -> None:
    for arguments in (("merge", "cantine"), ("split", "cantine"), ("kind", "cantine", "passage"), ("history", "zzz")):
        assert len(run(*arguments).strip().splitlines()) == 1
    assert run("decisions") == {"decisions": []}


def test_forgetting_shows_everything_before_it_does_anything(run: Run) -> None:
    shown = run("forget", "Élise Morvan")
    assert (len(shown["hits"]), shown["done"]) == (2, {})
    assert "--yes" in run("forget", "Élise Morvan", plain=True)
    assert run("stats")["nodes"]["person"] == 1
    done = run("forget", "Élise Morvan", "--yes")
    assert done["done"] == {"decision": 0, "job": 0, "source": 2}
    assert "person" not in run("stats")["nodes"]
    assert run("search", "Morvan") == {"results": []}
    assert run("verify")["ok"]


def test_a_suggestion_comes_with_its_quotations_and_meetings(tmp_path: Path, facilitator: Actor) -> None:
    url = f"sqlite:///{tmp_path / 'near.db'}"
    store = open_store(url)
    for number, end in enumerate(("le samedi", "le samedi matin")):
        line = f"proposal> Ouvrir un local aux jeunes du bourg {end}."
        store.write(build(f"{number}.txt", line, meeting=f"Atelier {number}"), facilitator)
    store.close()
    done = CliRunner().invoke(build_program(), ["suggest", "--store", url, "--json"])
    (pair,) = json.loads(done.output)["suggestions"]
    assert [(t["meetings"], len(t["quotes"])) for t in pair["things"]] == [(1, 1), (1, 1)]


def test_what_pages_decide_commands_decide_too(run: Run) -> None:
    kept = run("apart", "cantine", "logement", "--reason", "deux sujets")
    assert (kept["kind"], kept["reason"]) == ("apart", "deux sujets")
    source = run("show", "cantine")["evidence"][0]["source"]
    blocks = run("tree", source)["blocks"]
    words = next(b["label"] for b in blocks if len(b["label"].split()) > 3)
    first = " ".join(words.split()[:2])
    added = run("add", source, "theme", first, "--label", "Ce qu’on a manqué")
    assert run("show", added["target"])["label"] == "Ce qu’on a manqué"
    cut = run("cut", source, words, "2")
    assert first in [b["label"] for b in run("tree", source)["blocks"]]
    second = cut["value"]["made"]
    run("move", source, second, "--under", first)
    assert next(b for b in run("tree", source)["blocks"] if b["id"] == second)["parent"] == cut["target"]
    assert run("move", source, second)["value"]["parent"] == {}
    run("fuse", source, first, second)
    assert words in [b["label"] for b in run("tree", source)["blocks"]]
    assert run("describe", source, "--meeting", "", "--date", "2026-03")["value"]["date"] == "2026-03"
    assert run("verify")["ok"]


def test_words_that_stand_nowhere_or_twice_are_told_in_one_line(run: Run) -> None:
    source = run("show", "cantine")["evidence"][0]["source"]
    assert "do not stand there" in run("add", source, "theme", "des mots que personne n’a écrits", plain=True)
    twice = run("add", source, "theme", "e", plain=True)
    assert "say which with --at" in twice
    for arguments in (("move", source, "nulle part"), ("cut", source, "nulle part", "1"), ("tree", "zzz")):
        assert len(run(*arguments).strip().splitlines()) == 1
