"""The sample territory: complete, coherent, invented, and importable by the command that people use."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pdfplumber
import pytest
from app_pages import run_page
from docx import Document as Docx
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from app import PAGES
from graph import actions
from graph.cli import main as graph_commands
from graph.course.attendance import participants
from graph.course.meetings import meetings
from graph.errors import PermissionDenied
from graph.export import export_bytes
from graph.initiatives import types
from graph.model import Actor, Fragment, Role
from graph.persons import unnamed
from graph.questions.answers import find
from graph.questions.rows import every
from graph.store import open_store
from graph.store.base import Store
from graph.text import fold
from ingest.cli import app as ingest_commands
from ingest.up import ROLES
from views import state

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples" / "ambresle"
FILES = sorted(SAMPLES.iterdir())
TEXTS = [f for f in FILES if f.suffix in {".md", ".txt", ".csv", ".mm"}]
ROLL = "liste-des-participants.csv"
MAP = "2026-02-05_carte-mentale"
TYPES = {
    "équipement en libre-service",
    "culture et loisirs numériques",
    "le numérique dans ma poche",
    "accompagnement aux démarches",
    "formation",
}
COMMUNES = (
    "Vernelay-sur-Ambresle",
    "Port-Ambresle",
    "Saint-Aubrin-des-Prés",
    "La Tournelière",
    "Hautes-Bruyelles",
    "Fonterolles",
    "Moncreuil",
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def text_of(file: Path) -> str:
    """What a person reads in the file."""
    if file.suffix == ".docx":
        document = Docx(str(file))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    if file.suffix == ".xmind":
        return zipfile.ZipFile(file).read("content.json").decode("utf-8")
    if file.suffix == ".pdf":
        with pdfplumber.open(file) as pages:
            return "\n".join(page.extract_text() for page in pages.pages)
    return file.read_bytes().decode("utf-8")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_samples_show_every_format_of_the_readme() -> None:
    assert len(FILES) >= 9
    assert {".md", ".txt", ".csv", ".docx", ".pdf", ".mm", ".xmind"} <= {f.suffix for f in FILES}
    readme = (ROOT / "docs" / "samples.md").read_text("utf-8")
    assert set(re.findall(r"\| `([^`]+)`", readme)) == {f.name for f in FILES}


@pytest.mark.parametrize("file", TEXTS, ids=lambda f: f.name)
def test_a_text_sample_is_utf8_with_unix_lines(file: Path) -> None:
    data = file.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert "\ufffd" not in data.decode("utf-8")


def test_the_same_people_come_back_from_file_to_file() -> None:
    rows = list(csv.DictReader((SAMPLES / "liste-des-participants.csv").open(encoding="utf-8"), delimiter=";"))
    texts = [text_of(f).casefold() for f in FILES]
    recurring = [r for r in rows if sum(r["Nom"].casefold() in text for text in texts) >= 3]
    assert len(rows) >= 15
    assert len(recurring) >= 10


@pytest.mark.parametrize("commune", COMMUNES)
def test_a_commune_of_the_territory_is_named_in_three_files_or_more(commune: str) -> None:
    assert sum(commune in re.sub(r"\s+", " ", text_of(f)) for f in FILES) >= 3


def test_every_date_falls_on_the_day_of_the_week_that_is_written() -> None:
    pattern = re.compile(rf"({'|'.join(DAYS)}) (\d{{1,2}}) ({'|'.join(MONTHS)}) (20\d\d)", re.IGNORECASE)
    meetings = set()
    for file in FILES:
        for day, number, month, year in pattern.findall(re.sub(r"\s+", " ", text_of(file))):
            when = date(int(year), MONTHS.index(month.lower()) + 1, int(number))
            assert DAYS[when.weekday()] == day.lower(), f"{file.name}: {day} {when}"
            meetings.add(when)
    assert len([m for m in meetings if date(2025, 6, 1) <= m <= date(2026, 6, 1)]) >= 3


def test_initiatives_have_the_five_types_and_a_place_each() -> None:
    rows = list(csv.DictReader((SAMPLES / "initiatives-numeriques.csv").open(encoding="utf-8"), delimiter=";"))
    assert {row["type"] for row in rows} == TYPES
    for row in rows:
        assert row["commune"] in COMMUNES
        assert 46 < float(row["latitude"]) < 47
        assert 0 < float(row["longitude"]) < 2


def test_the_three_maps_hold_the_same_topics_in_the_same_order() -> None:
    tree = ElementTree.parse(SAMPLES / f"{MAP}.mm")
    from_freeplane = [node.get("TEXT") for node in tree.iter("node")]

    def labels(topic: dict[str, object]) -> list[str]:
        children = topic.get("children", {"attached": []})["attached"]
        return [topic["title"], *(label for child in children for label in labels(child))]

    sheets = json.loads(zipfile.ZipFile(SAMPLES / f"{MAP}.xmind").read("content.json"))
    assert labels(sheets[0]["rootTopic"]) == from_freeplane

    # In the flat text a line that ends with a space goes on; blank lines mean nothing.
    lines = [x for x in (SAMPLES / f"{MAP}_a-plat.txt").read_text("utf-8").split("\n") if x]
    flat = "".join(line if line.endswith(" ") else f"{line}\n" for line in lines).splitlines()
    assert flat == from_freeplane
    assert max(map(len, lines)) <= 30
    assert len(from_freeplane) > 50


def test_links_lead_nowhere() -> None:
    for file in FILES:
        for host in re.findall(r"https?://([^/\s>)\"]+)", text_of(file)):
            assert host.endswith(".example"), f"{file.name}: {host}"


def told(module: str, command: str, *arguments: str) -> Any:
    """What a command answers as JSON, asked in this process: starting another costs more than the answer."""
    commands = graph_commands.build(command) if module == "graph" else ingest_commands
    done = CliRunner().invoke(commands, [command, *arguments, "--json"])
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store with the samples, imported by the command."""
    store = f"sqlite:///{tmp_path_factory.mktemp('samples') / 'samples.db'}"
    first = run("ingest", "add", str(SAMPLES), "--yes", "--store", store)
    assert first.returncode == 0, first.stderr
    return store


def test_the_samples_import_in_one_command_twice_with_one_result(imported: str) -> None:
    store = imported
    counted = told("graph", "stats", "--store", store)
    assert counted["sources"] == len(FILES)
    for kind in ("theme", "person", "organisation", "territory", "proposal", "finding", "question", "figure", "event"):
        assert counted["nodes"].get(kind, 0) > 0, f"the samples hold no {kind}"
    assert counted["nodes"].get("initiative", 0) >= 20
    assert run("ingest", "add", str(SAMPLES), "--yes", "--store", store).returncode == 0
    assert told("graph", "stats", "--store", store) == counted
    assert told("graph", "verify", "--store", store)["ok"] is True


def test_the_two_map_files_have_one_outline() -> None:
    def tree(topic: dict[str, object]) -> tuple[object, list[object]]:
        return topic["label"], [tree(child) for child in topic["children"]]

    outlines = [told("ingest", "outline", str(SAMPLES / f"{MAP}{e}")) for e in (".mm", ".xmind")]
    first, second = ([tree(root) for root in outline["roots"]] for outline in outlines)
    assert first == second
    assert outlines[0]["cross_links"] == outlines[1]["cross_links"]
    assert len(outlines[0]["cross_links"]) == 3


# --- what a participant meets -----------------------------------------------------------------------------------------


RENAMED, PLACE = "Aude Fontrevel", "Salle Solène Guivarro"
BODY = "Coopérative Le Fil Commun"  # that decisions say is a person
UNUSED, USED = "Relais des clairières", "Formation avec Yacine Bellamri"  # types of initiatives
DRAFT = "2025-12"  # how the name of the one document begins that is not published


@pytest.fixture
def published(imported: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A copy of the samples, corrected, then published but for one document, at the address that the pages open."""
    url = f"sqlite:///{tmp_path / 'published.db'}"
    with closing(open_store(imported)) as whole:
        whole.backup(tmp_path / "published.db")
    monkeypatch.setenv("MAILLAGE_STORE", url)
    state._opened.cache_clear()
    store = state.whole()
    correct(store)
    actions.publish(store, Actor(), [info.id for info in store.sources() if not info.name.startswith(DRAFT)])
    yield store
    state._opened.cache_clear()
    unnamed.empty()


def correct(store: Store) -> None:
    """Names that no source gives a person, each said by a correction of its own kind."""
    actions.rename(store, Actor(), find(store, "Jeanne Auvernet").id, RENAMED)
    actions.change_kind(store, Actor(), find(store, BODY).id, "person")
    (roll,) = [info.id for info in store.sources() if info.name == ROLL]
    actions.describe(store, Actor(), roll, {"place": PLACE})
    types.add(store, Actor(), UNUSED)
    types.edit(store, Actor(), "training", USED)


def only_in(store: Store, draft: str) -> list[str]:
    """The names, folded, of what one source says and no other one, in its labels or its text."""

    def labels(fragment: Fragment) -> set[str]:
        return {fold(name) for node in fragment.nodes for name in (node.label, *node.aliases)}

    others = [store.fragment(info.id) for info in store.sources() if info.id != draft]
    elsewhere = " ".join([" ".join((*labels(other), *fold(other.source.text).split())) for other in others])
    return sorted(label for label in labels(store.fragment(draft)) if label not in elsewhere)


def everything(at: AppTest) -> str:
    """All that a page sends to the browser, folded: labels, tooltips, HTML, data of components, addresses."""
    found, waiting = [], [at._tree]
    while waiting:
        block = waiting.pop()
        if getattr(block, "proto", None) is not None:
            found.append(block.proto.SerializeToString().decode("utf-8", "ignore"))
        waiting += getattr(block, "children", {}).values()
    return fold("\n".join(found))


def unpacked(data: bytes) -> str:
    """The words of a file, of every part of an archive."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def test_a_participant_meets_no_name_and_no_draft_of_the_samples_on_any_page_nor_in_any_export(
    published: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = find(published, BODY)
    persons = [person for person in every(published, ["person"]) if person.id != called.id]
    spelled = {name for person in persons for name in (person.label, *person.aliases)}
    surnames = {name.split()[-1] for name in spelled if len(name.split()) > 1}
    assert RENAMED in spelled
    spelled |= {called.label, *called.aliases}
    named = re.compile(rf"\b(?:{'|'.join(re.escape(fold(n)) for n in sorted(spelled | surnames))})\b")
    theme, body = (published.rows([kind], limit=1)[0].id for kind in ("theme", "organisation"))
    (roll,) = [info.id for info in published.sources() if info.name == ROLL]
    (draft,) = [info for info in published.sources() if info.visibility == "draft"]
    drafted = [fold(draft.name), fold(UNUSED), *only_in(published, draft.id)]
    assert len(drafted) > 20
    meeting = next(m for m in meetings(published.sources()) if participants(published, m)).id
    shown = {
        "reseau": {"c": persons[0].id, "s": persons[0].id}, "liens": {"a": persons[0].id, "b": body},
        "themes": {"thing": theme}, "acteurs": {"thing": persons[0].id, "tab": "said"},
        "sources": {"doc": roll}, "reunions": {"m": meeting}, "synthese": {"m": meeting},
    }  # fmt: skip
    assert named.search(everything(run_page("acteurs", thing=persons[0].id)))
    monkeypatch.setenv(state.ROLE, "participant")
    assert tuple(Role) == ROLES
    own = [spec.url_path for spec in PAGES if Role.PARTICIPANT in spec.roles]
    assert {"importer", "verifier", "decisions", "cypher", "etude"}.isdisjoint(own)
    told_by = {}
    for page in own:
        sent = told_by[page] = everything(run_page(page, **shown.get(page, {})))
        assert len(sent) > 1_000
        assert not named.findall(sent), page
        assert not [words for words in drafted if words in sent], page
        assert not re.search("do-publish|correct-|example-remove|describe-", sent), page
    assert "salle personne_" in told_by["sources"]
    assert "formation avec personne_" in told_by["carte"]
    assert "ce que les ateliers ont dit" in everything(run_page("importer"))

    for extension in (".graphml", ".md"):
        written = unpacked(export_bytes(state.store(), extension)[1])
        assert len(written) > 1_000
        assert not named.findall(fold(written)), extension
        assert not [words for words in drafted if words in fold(written)], extension
    assert not state.store().search(persons[0].label)
    with pytest.raises(PermissionDenied):
        actions.confirm(published, state.actor(), theme)
