"""``python -m graph``: every command, its JSON, its exit code, and what it does not load."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graph.cli import main as program
from graph.model import Actor
from graph.store import open_store
from tests.fragments import autumn, build, spring

ROOT = Path(__file__).resolve().parents[1]


class Cli:
    """Runs the program on one store."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, *arguments: str, code: int = 0) -> str:
        command, *rest = arguments
        done = CliRunner().invoke(program.build(command), [command, "--store", self.url, *rest])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert done.exit_code == code, done.stderr
        if code == 1 and arguments[0] != "verify":
            assert len(done.stderr.strip().splitlines()) == 1, "one line says what is wrong"
        return done.stdout if code != 1 or arguments[0] == "verify" else done.stderr

    def json(self, *arguments: str, code: int = 0) -> Any:
        return json.loads(self(*arguments, "--json", code=code))


@pytest.fixture
def cli(tmp_path: Path, facilitator: Actor) -> Cli:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    store = open_store(url)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    store.close()
    return Cli(url)


def test_stats_depend_on_the_graph_alone(cli: Cli, tmp_path: Path, facilitator: Actor) -> None:
    found = cli.json("stats")
    assert set(found) == {"nodes", "relations", "documents", "sources", "decisions"}
    assert (found["nodes"]["theme"], found["nodes"]["passage"], found["relations"]["part_of"]) == (4, 9, 11)
    other = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    for fragment in (autumn(), spring(), spring()):
        other.write(fragment, facilitator)
    other.close()
    assert Cli(other.url).json("stats") == found
    assert "theme" in cli("stats")


def test_search_gives_id_kind_label_score_and_quote(cli: Cli) -> None:
    found = cli.json("search", "MOBILITES", "--kind", "theme", "--limit", "3")["results"]
    assert [set(hit) for hit in found] == [{"id", "kind", "label", "score", "quote"}]
    assert (found[0]["label"], found[0]["kind"]) == ("mobilité", "theme")
    assert cli.json("search", "xylophone") == {"results": []}
    assert "gadget" in cli("search", "x", "--kind", "gadget", code=1)


def test_show_takes_an_id_or_a_label(cli: Cli) -> None:
    found = cli.json("show", "Pédibus")
    assert set(found) == {"id", "kind", "label", "aliases", "attributes", "evidence", "neighbours"}
    assert cli.json("show", found["id"]) == found
    assert set(found["evidence"][0]) == {"source", "start", "end", "quote", "rule", "confidence"}
    about = [n for n in found["neighbours"] if n["type"] == "about"]
    assert {n["direction"] for n in about} == {"in"}
    assert set(about[0]) == {"type", "direction", "id", "kind", "label"}
    assert "xylophone" in cli("show", "xylophone", code=1)


def test_show_explains_a_passage_that_search_found(cli: Cli) -> None:
    hit = cli.json("search", "restent premier sujet", "--kind", "passage")["results"][0]
    found = cli.json("show", hit["id"])
    assert found["evidence"][0]["quote"] == hit["label"]
    assert {n["label"] for n in found["neighbours"]} == {"mobilité", "pédibus"}


def test_paths_take_ids_or_labels_and_give_a_sentence_per_hop(cli: Cli) -> None:
    found = cli.json("paths", "Cantine", "logement", "-k", "2")["paths"]
    assert len(found) == 2
    for path in found:
        assert set(path) == {"cost", "nodes", "hops"}
        assert len(path["hops"]) == len(path["nodes"]) - 1
        assert all(
            set(h) == {"from", "to", "type", "source", "start", "end", "quote"} and h["quote"] for h in path["hops"]
        )
    ids = [found[0]["nodes"][0]["id"], found[0]["nodes"][-1]["id"]]
    assert cli.json("paths", *ids, "-k", "2")["paths"] == found
    assert cli.json("paths", "logement", "Saint-Aubrac") == {"paths": []}
    assert "no path" in cli("paths", "logement", "Saint-Aubrac")
    assert "xylophone" in cli("paths", "xylophone", "logement", code=1)


def test_a_correction_is_taken_listed_and_undone(cli: Cli) -> None:
    before = cli.json("stats")
    renamed = cli.json("rename", "cantine", "Restauration scolaire", "--reason", "le mot du service")
    rejected = cli.json("reject", "logement")
    assert cli.json("show", "cantine")["label"] == "Restauration scolaire"
    assert "nothing found" in cli("show", rejected["target"], code=1)
    log = cli.json("decisions")["decisions"]
    assert [(d["kind"], d["state"], d["reason"]) for d in log] == [
        ("rename", "active", "le mot du service"),
        ("reject", "active", ""),
    ]
    assert "cantine -> Restauration scolaire" in cli("decisions")
    cli("undo", renamed["id"][:12])
    cli("undo", rejected["id"])
    assert cli.json("stats") == before | {"decisions": 4}
    assert cli.json("show", "cantine")["label"] == "cantine"
    assert "already" in cli("undo", renamed["id"], code=1)
    assert "characters" in cli("rename", "cantine", " ", code=1)


def test_remove_says_what_went(cli: Cli) -> None:
    assert cli.json("remove", "mars.txt")["removed"]["theme"] == 1
    assert cli.json("stats")["sources"] == 1
    assert "mars.txt" in cli("remove", "mars.txt", code=1)


def test_verify_fails_with_exit_code_one(cli: Cli) -> None:
    import sqlite3

    assert cli.json("verify")["ok"] is True
    con = sqlite3.connect(cli.url.removeprefix("sqlite:///"))
    con.execute("UPDATE mention SET quote = 'autre' WHERE quote = 'pédibus'")
    con.commit()
    con.close()
    found = cli.json("verify", code=1)
    assert found["ok"] is False
    assert found["problems"]
    assert "NOT ok" in cli("verify", code=1)


def test_backup_writes_a_store_once(cli: Cli, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    cli("backup", str(copy))
    assert Cli(f"sqlite:///{copy}").json("stats") == cli.json("stats")
    assert "never overwrites" in cli("backup", str(copy), code=1)


def test_csv_holds_every_thing_and_every_link_and_no_formula(cli: Cli, tmp_path: Path) -> None:
    hostile = ["=1+1", "+33 6", "-2", "@somme", "a,b;\"c\"", "<b>x</b>"]  # fmt: skip
    for thing, label in zip(("cantine", "logement", "mobilité", "pédibus", "école", "enfants"), hostile, strict=True):
        cli("rename", thing, "--", label) if label.startswith("-") else cli("rename", thing, label)
    written = cli.json("export", str(tmp_path / "valley.csv"))["files"]
    assert [Path(name).name for name in written] == ["valley.csv", "valley-links.csv"]
    things, links = (list(csv.DictReader(StringIO(Path(name).read_text("utf-8-sig")))) for name in written)
    stats = cli.json("stats")["nodes"]
    assert len(things) == sum(n for kind, n in stats.items() if kind not in {"document", "source", "passage"})
    assert not [cell for row in (*things, *links) for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t")]
    labels = {row["label"] for row in things}
    assert {"'=1+1", "'+33 6", "'-2", "'@somme", 'a,b;"c"', "<b>x</b>"} <= labels
    assert {row["type"] for row in links} == {"about", "made_by", "mentions"}
    assert all(row["quote"] for row in links)


def test_graphml_is_well_formed_and_holds_the_same_graph(cli: Cli, tmp_path: Path) -> None:
    import networkx as nx

    cli("rename", "cantine", '<script>alert("&")</script>')
    cli("export", str(tmp_path / "v.csv"))
    cli("export", str(tmp_path / "v.graphml"))
    ET.parse(tmp_path / "v.graphml")
    read = nx.read_graphml(tmp_path / "v.graphml", force_multigraph=True)
    with (tmp_path / "v.csv").open(encoding="utf-8-sig", newline="") as file:
        assert set(read.nodes) == {row["id"] for row in csv.DictReader(file)}
    with (tmp_path / "v-links.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sorted((row["from"], row["type"], row["to"]) for row in csv.DictReader(file))
    assert sorted((a, data["type"], b) for a, b, data in read.edges(data=True)) == rows
    assert '<script>alert("&")</script>' in {data["label"] for _, data in read.nodes(data=True)}


def test_an_unknown_format_is_refused(cli: Cli, tmp_path: Path) -> None:
    assert ".graphml" in cli("export", str(tmp_path / "v.pdf"), code=1)
    assert cli("export", str(tmp_path / "no" / "folder" / "v.csv"), code=1)


# --- wrong use, other stores, what is loaded --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [[], ["explode"], ["paths", "a"], ["search", "x", "--limit", "0"], ["stats", "x"]]
)
def test_wrong_use_is_exit_code_two(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "graph", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "mysql://x", "nonsense", "sqlite:///"])
def test_a_store_that_cannot_be_opened_is_one_line(url: str) -> None:
    Cli(url)("stats", code=1)
    Cli(url)("search", "x", code=1)


def test_the_store_may_come_from_the_environment(cli: Cli) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "graph", "stats", "--json"],
        cwd=ROOT,
        env={**os.environ, "MAILLAGE_STORE": cli.url},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == cli.json("stats")


@pytest.mark.parametrize("command", [c.__name__ for c in program.COMMANDS])
def test_every_command_explains_itself_and_takes_store_and_json(command: str) -> None:
    done = CliRunner().invoke(program.build(command), [command, "--help"])
    assert done.exit_code == 0
    assert "--store" in done.stdout
    assert "--json" in done.stdout


def test_stats_loads_nothing_heavy(cli: Cli) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "graph", "stats", "--store", cli.url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {line.rsplit("|", 1)[1].strip().split(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert loaded >= {"graph", "sqlite3"}
    assert loaded.isdisjoint({"spacy", "streamlit", "networkx", "neo4j", "pandas", "numpy", "pydantic", "typer"})


def test_labels_on_a_terminal_are_one_line_without_control_characters(tmp_path: Path, facilitator: Actor) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'x.db'}")
    store.write(build("x.txt", "Le [theme:mot\x1b[31m rouge]"), facilitator)
    store.close()
    assert "\x1b" not in Cli(store.url)("search", "mot")
