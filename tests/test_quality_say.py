"""The floors of what is said, on the practice documents `say_*`: lowered only on purpose, in `floors_say.json`."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

QUALITY = Path(__file__).parent / "quality"
FLOORS = json.loads((QUALITY / "floors_say.json").read_text("utf-8"))


def span_score() -> ModuleType:
    spec = importlib.util.spec_from_file_location("span_score", QUALITY / "span_score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scores() -> dict[str, float]:
    score = span_score()
    counted = [score.counts(path, gold, model=False) for path, gold in score.documents("say_")]
    assert len(counted) >= 20
    return {field: score.f1([c[field] for c in counted]) for field in FLOORS}


@pytest.mark.parametrize("field", sorted(FLOORS))
def test_the_practice_documents_are_read_at_least_as_well_as_before(scores: dict[str, float], field: str) -> None:
    assert scores[field] >= FLOORS[field], f"{field}: {scores[field]:.3f}"


@pytest.mark.model
@pytest.mark.parametrize("session", ["read2_said", "read6_said"])
def test_documents_in_the_shapes_of_public_notes_stay_above_their_floors(session: str) -> None:
    score, floors = span_score(), json.loads((QUALITY / f"floors_{session}.json").read_text("utf-8"))
    counted = [score.counts(path, gold, model=True) for path, gold in score.documents(f"{session}_")]
    assert len(counted) >= 4
    found = {field: score.f1([c[field] for c in counted]) for field in floors}
    assert not {field: (found[field], floors[field]) for field in floors if found[field] < floors[field]}
