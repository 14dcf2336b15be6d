"""The floors of who: practice documents read as they are, with and without the language model."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.output import to_json
from ingest.registry import read_document

QUALITY = Path(__file__).parent / "quality"
FLOORS = json.loads((QUALITY / "floors_who.json").read_text("utf-8"))
DOCUMENTS = sorted((QUALITY / "docs").glob("who_*"))
READ2 = sorted((QUALITY / "docs").glob("read2_who_*"))
R5 = sorted((QUALITY / "docs").glob("r5_who_*"))
R7 = sorted((QUALITY / "docs").glob("r7_who_*"))
CROSS = sorted((QUALITY / "docs").glob("cross_who_*"))


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("who_score", QUALITY / "who_score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scores(documents: list[Path], *, model: bool) -> dict[str, float]:
    scorer = _scorer()
    rows: dict[str, list[Any]] = {}
    for path in documents:
        document = read_document(RawFile(path.name, path.read_bytes()))
        read = to_json(extract(document, nlp.analyse(document) if model else {}))
        gold = json.loads((QUALITY / "gold" / f"{path.stem}.json").read_text("utf-8"))
        for measure, row in scorer.counts(read, gold).items():
            rows.setdefault(measure, []).append(row)
    return {measure: scorer.f1(found) for measure, found in rows.items()}


def _below(scores: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    return {m: round(scores[m], 3) for m, floor in floors.items() if scores[m] < floor}


def test_practice_documents_are_there() -> None:
    assert len(DOCUMENTS) >= 12


def test_who_is_read_above_the_floors_without_a_model() -> None:
    assert not _below(_scores(DOCUMENTS, model=False), FLOORS["without_model"])


@pytest.mark.model
def test_who_is_read_above_the_floors_with_the_model() -> None:
    assert not _below(_scores(DOCUMENTS, model=True), FLOORS["with_model"])


def test_documents_written_before_the_rules_were_read_stay_above_their_floors() -> None:
    assert len(CROSS) >= 8
    assert not _below(_scores(CROSS, model=False), FLOORS["cross_without_model"])


def test_roll_calls_front_matter_plural_titles_and_slipped_initials_stay_above_their_floors() -> None:
    assert len(READ2) >= 3
    assert not _below(_scores(READ2, model=False), FLOORS["read2_without_model"])


def test_colleges_plenary_sessions_forums_and_initialled_speakers_stay_above_their_floors() -> None:
    assert len(R5) >= 4
    assert not _below(_scores(R5, model=False), FLOORS["r5_without_model"])


def test_lists_under_keys_communes_and_repeated_cells_stay_above_their_floors() -> None:
    assert len(R7) >= 4
    assert not _below(_scores(R7, model=False), FLOORS["r7_without_model"])
