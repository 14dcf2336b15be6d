"""What documents are about, held against practice documents with gold: floors that are lowered only on purpose."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

QUALITY = Path(__file__).parent / "quality"
sys.path.insert(0, str(QUALITY))

from about_score import MEASURES, f1, gold_of, halves, read  # noqa: E402

FLOORS = json.loads((QUALITY / "floors_about.json").read_text("utf-8"))


@pytest.mark.model
@pytest.mark.parametrize(("half", "index"), [("tuned", 0), ("reported", 1)])
def test_the_measures_stay_above_their_floors(half: str, index: int) -> None:
    scores = f1(halves()[index])
    below = {m: (scores[m], FLOORS[half][m]) for m in MEASURES if scores[m] < FLOORS[half][m]}
    assert not below


def test_the_rules_alone_stay_above_their_floors() -> None:
    scores = f1([*halves()[0], *halves()[1]], model=False)
    below = {m: (scores[m], FLOORS["rules alone"][m]) for m in MEASURES if scores[m] < FLOORS["rules alone"][m]}
    assert not below


@pytest.mark.parametrize("stem", [*halves()[0], *halves()[1]])
def test_gold_spans_quote_the_text(stem: str) -> None:
    text = read(stem, model=False).document.text
    for figure in gold_of(stem)["figures"]:
        assert " ".join(text[figure["start"] : figure["end"]].split()) == figure["quote"]


@pytest.mark.parametrize("stem", [*halves()[0], *halves()[1]])
def test_every_span_found_lies_in_the_text(stem: str) -> None:
    reading = read(stem, model=False)
    size = len(reading.document.text)
    spans = [m for t in reading.themes for m in t.mentions]
    spans += [x.at for x in (*reading.figures, *reading.resources, *reading.events)]
    assert spans
    assert all(0 <= s.start < s.end <= size for s in spans)
