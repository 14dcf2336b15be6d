"""How likely a careful reader would call a passage what a rule calls it: learnt from labelled sentences.

The rules know how proposals, findings and deeds are worded. What a text speaks of they do not know: « Les dossiers
doivent être complets » is wished in no workshop. A logistic regression weighs the words of a passage, their meaning (by
the vectors of the language model), where it stands and which rule read it, if one did. Its weights
(`likely_weights.json`) are made by ``tests/benchmarks/train_likely.py``; no word that fewer than three sources use is
among them, so that no name is.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from operator import mul
from pathlib import Path

WEIGHTS = Path(__file__).with_name("likely_weights.json")
KINDS = ("proposal", "finding", "action")
NO_RULE = "-"
PRIOR = 60  # passages that the share of all texts counts for beside those of the document itself
_ROUNDS = 6
_LEAST, _MOST = 0.01, 0.9  # the share of passages of the kind in a document stays between these
_WORD = re.compile(r"[a-zœ]+|\d+|[?!:;«»()\[\]*_%€/#@>|]")
_MIN_HEADING_WORD = 4
_REGISTER = {
    "you": re.compile(r"\b(?:vous|votre|vos)\b"),
    "we": re.compile(r"\b(?:nous|notre|nos)\b"),
    "one": re.compile(r"\bon\b"),
    "duty": re.compile(r"\b(?:doit|doivent|article|alinea)\b"),
    "code": re.compile(r"[{}<>=_]|https?:"),
    "wish": re.compile(r"\b(?:faut|faudrait|souhait\w+|propos\w+|demand\w+|aimer\w+|besoin|manque)\b"),
    "done": re.compile(r"\b(?:a ete|ont ete|avons)\b"),
    "meeting": re.compile(r"\b(?:atelier|reunion|seance|participants?|habitants?|commune|mairie|elus?|quartier)\b"),
}
SCALE = 1.0  # shares of the register beside words


@dataclass(frozen=True)
class Passage:
    """A passage to be judged. `plain` and `heading` are plain text, `meaning` is the mean vector of the words.

    `register` holds shares of the document.
    """

    plain: str
    ending: str
    kind: str
    mode: str
    item: bool
    heading: str
    meaning: Sequence[float]
    register: Mapping[str, float]

    @cached_property
    def words(self) -> frozenset[str]:
        """What holds of its wording."""
        words = ["0" if w.isdigit() else w for w in _WORD.findall(self.plain)]
        held = {f"w {w}" for w in words} | {f"b {a} {b}" for a, b in pairwise(words)}
        held |= {f"o{i} {w}" for i, w in enumerate(words[:3])}
        held |= {f"h {w}" for w in _WORD.findall(self.heading) if len(w) >= _MIN_HEADING_WORD}
        held.add(f"length {min(7, int(math.log2(len(words) + 1)))}")
        held.add(f"ends {self.ending if not self.ending.isalnum() else 'a'}")
        return frozenset(held)

    def place(self, rule: str) -> tuple[str, ...]:
        """What holds of where it stands and of the rule that read it, by its bare name; `NO_RULE` where none did."""
        read = () if rule == NO_RULE else ("read", f"read {self.kind} {self.mode}")
        return (f"rule {rule}", f"kind {self.kind}", f"mode {self.mode} {self.item}", *read)


def register(lines: Iterable[str]) -> dict[str, float]:
    """Of plain lines: the share that speaks to a reader, of duties, of a meeting … 0 to 1, doubled and cut there."""
    lines = list(lines)
    return {
        name: min(1.0, 2 * sum(bool(sign.search(line)) for line in lines) / max(1, len(lines)))
        for name, sign in _REGISTER.items()
    }


@dataclass(frozen=True, slots=True)
class LikelyModel:
    """The weights for one kind of statement.

    `share`: of the passages learnt from, how many were of the kind.
    """

    bias: float
    share: float
    weights: Mapping[str, float]
    meaning: Sequence[float]

    def score(self, passage: Passage, rule: str) -> float:
        """The logarithm of the odds that the passage is of the kind, in a text like those learnt from."""
        known = [self.weights[w] for w in passage.words if w in self.weights]
        total = self.bias + math.fsum(known) / math.sqrt(max(1, len(known)))
        total += sum(self.weights.get(name, 0.0) for name in passage.place(rule))
        total += sum(self.weights.get(f"register {n}", 0.0) * x * SCALE for n, x in passage.register.items())
        return total + math.fsum(map(mul, self.meaning, passage.meaning))


def adapted(scores: Sequence[float], model: LikelyModel) -> list[float]:
    """Probabilities from the scores of all passages of a document, by the share of the kind that it seems to hold.

    Expectation and maximisation of the prior (Saerens, Latinne and Decaestecker 2002), held by `PRIOR` passages.
    """
    prior, own = model.share, list[float]()
    for _ in range(_ROUNDS):
        shift = _log_odds(prior) - _log_odds(model.share)
        own = [_logistic(s + shift) for s in scores]
        prior = min(_MOST, max(_LEAST, (sum(own) + PRIOR * model.share) / (len(own) + PRIOR)))
    return own


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


@cache
def model(kind: str) -> LikelyModel:
    """The shipped weights for one of `KINDS`."""
    return LikelyModel(**json.loads(WEIGHTS.read_text(encoding="utf-8"))[kind])
