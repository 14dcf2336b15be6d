"""A map imported, corrected, edited and imported again, in another format: what is told, and where corrections are."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from graph import actions
from graph.model import Actor, Thing
from graph.store import open_store
from graph.store.base import Store
from graph.versions import lineage
from ingest.batch import FileReport, import_files
from ingest.files import Input
from ingest.fragment import ImportMeta

ACTOR = Actor("facilitatrice")
BRANCHES = {
    "Commerces": ["Ouvrir une épicerie associative dans l’ancienne poste", "Relancer le marché du dimanche matin"],
    "Jeunesse": ["Prêter la salle des fêtes aux jeunes le vendredi soir"],
}
Branches = dict[str, list[str]]


def _mm(branches: Branches) -> bytes:
    inner = ""
    for at, (branch, ideas) in enumerate(branches.items()):
        nodes = "".join(f"<node ID='ID_20{at}{n:06}' TEXT='{idea}'/>" for n, idea in enumerate(ideas))
        inner += f"<node ID='ID_10{at:06}' TEXT='{branch}'>{nodes}</node>"
    return f"<map version='1.0.1'><node ID='ID_1' TEXT='Propositions pour le bourg'>{inner}</node></map>".encode()


def _xmind(branches: Branches) -> bytes:
    def topic(title: str, children: list[dict[str, object]]) -> dict[str, object]:
        return {"id": title.lower().replace(" ", "-"), "title": title, "children": {"attached": children}}

    root = topic(
        "Propositions pour le bourg", [topic(b, [topic(i, []) for i in ideas]) for b, ideas in branches.items()]
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("content.json", json.dumps([{"id": "s", "title": "Carte", "rootTopic": root}]))
        archive.writestr("metadata.json", "{}")
    return held.getvalue()


def _import(store: Store, file: Path, data: bytes, document: str = "") -> FileReport:
    file.write_bytes(data)
    (report,) = import_files(store, [Input(file, named=True)], ImportMeta(document=document), ACTOR)
    assert not report.refused, report.reason
    return report


def _named(store: Store, text: str) -> list[Thing]:
    return [t for t in store.rows(["proposal"], limit=100) if text in t.label]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path / 'store.db'}")


def test_corrections_follow_a_map_that_is_edited_and_saved_in_another_format(store: Store, tmp_path: Path) -> None:
    first = _import(store, tmp_path / "carte.mm", _mm(BRANCHES))
    assert first.version == {}
    actions.rename(store, ACTOR, _named(store, "épicerie")[0].id, "Épicerie à la poste")
    actions.reject(store, ACTOR, _named(store, "marché")[0].id)
    lost = actions.confirm(store, ACTOR, _named(store, "salle des fêtes")[0].id)
    edited = {
        "Vie du bourg": ["Planter des arbres sur la place"],
        "Commerces": [BRANCHES["Commerces"][1], BRANCHES["Commerces"][0]],
    }
    newer = _xmind(edited)
    second = _import(store, tmp_path / "carte.xmind", newer, "carte.mm")
    assert second.version["since"] == "carte.mm"
    assert second.version["counts"] == {"added": 2, "removed": 2, "moved": 1, "reworded": 0}
    assert second.version["waiting"] == 1
    assert [w.decision.id for w in lineage.waiting(store)] == [lost.id]
    assert len(_named(store, "Épicerie à la poste")) == 2
    assert _named(store, "marché") == []

    again = _import(store, tmp_path / "carte.xmind", newer)
    assert (again.outcome, again.version) == ("unchanged", {})
    store.remove("carte.mm", ACTOR)
    assert [t.label for t in _named(store, "poste")] == ["Épicerie à la poste"]
    assert store.verify().ok
    back = _import(store, tmp_path / "carte.mm", _mm(BRANCHES), "carte.xmind")
    assert back.outcome == "new"
    assert {d.state for d in store.decisions()} == {"active"}
    assert [t.confirmed for t in _named(store, "salle des fêtes")] == [True]
    store.close()
