"""Learn how likely a careful reader calls a passage a proposal, a finding or a deed, from labelled French clauses.

    python tests/benchmarks/train_likely.py LABELLED.json… [--folds 6] [--write]

LABELLED.json holds ``[{"group": source, "name": file, "text": …, "labels": [[start, end, label], …]}, …]``; a label
holds P where the clause is a proposal, F where it is a finding, A where it tells what was done, ``?`` where its reader
was not sure, and is empty where it is nothing of these; ``"kinds": ["proposal", …]`` beside them where its reader did
not look for all three. Cross-validated by group: nothing is judged by weights that saw another text of its source.
Prints what the rules alone and the rules with the model read rightly; `--write` learns from all and writes the weights.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT)]

from ingest import nlp  # noqa: E402
from ingest.document import RawFile  # noqa: E402
from ingest.extract import rules  # noqa: E402
from ingest.extract.reading import Reading  # noqa: E402
from ingest.extract.said.clauses import clauses, readable, sentences  # noqa: E402
from ingest.extract.said.judged import MEASURES, passage_at  # noqa: E402
from ingest.extract.said.likely import KINDS, NO_RULE, SCALE, WEIGHTS, LikelyModel, Passage, adapted  # noqa: E402
from ingest.extract.said.wording import plain, words_of  # noqa: E402
from ingest.registry import read_document  # noqa: E402
from ontology.lexicon import lexicon  # noqa: E402

_PERSONS = words_of("fr", "first_names", "names") | words_of("fr", "common_names", "last")
# Of one word: « La Rochelle » would take « la » away.
_PLACES = {
    plain(line)
    for concern, name in (("communes", "large"), ("places", "regions"), ("places", "departments"))
    for line in str(lexicon("fr", concern)[name]).splitlines()
    if " " not in line
}
_NAMES = _PERSONS | _PLACES
LETTER = {"proposal": "P", "finding": "F", "action": "A"}
_LEAST_SOURCES = 3  # a word that fewer sources use is not learnt: it may be a name
_RIDGE = 1.0
_STEPS, _RATE = 300, 0.1
_SURE, _UNSURE = 1.0, 0.5
_MEANING = 3.0  # how much larger the vector of a passage counts: its numbers are small beside 0 and 1
_SMALLEST = 0.02  # smaller weights are left out of the file
_STEPS_ASIDE = (-0.1, -0.05, 0.0, 0.05, 0.1)  # beside the measures that are used
_MIN_SHARED = 0.5  # of the characters that a statement and a clause cover, so many must be common


@dataclass(frozen=True)
class Example:
    """A labelled clause: as the model sees it for each kind, with what the rules say."""

    group: str
    name: str
    label: str | None  # None: not labelled, it only tells how much its document holds
    kinds: frozenset[str]  # that its reader looked for
    passages: dict[str, Passage]
    rules: dict[str, str]

    def is_read(self, kind: str) -> bool:
        return self.rules[kind] != NO_RULE

    def is_labelled(self, kind: str) -> bool:
        return self.label is not None and kind in self.kinds

    def is_right(self, kind: str) -> bool:
        return LETTER[kind] in (self.label or "")

    def is_sure(self) -> bool:
        return "?" not in (self.label or "")


def examples(document: dict[str, Any]) -> Iterator[Example]:
    """The clauses of a document with their labels, as the rules alone read them."""
    reading = _read_by_rules(document["text"])
    labels = {(start, end): label for start, end, label in document["labels"]}
    looked_for = frozenset(document.get("kinds", KINDS))
    for block in readable(reading.document):
        for clause in (c for s in sentences(block) for c in clauses(s)):
            first, last = clause.first, clause.last
            seen, by = {}, {}
            for kind in KINDS:
                at, by[kind] = _read_as(reading, kind, clause.span()) or (clause.span(), NO_RULE)
                inside = [i for i in range(first, last) if at[0] <= block.offsets[i] < at[1]] or [first, last - 1]
                passage = passage_at(reading, block, inside[0], inside[-1] + 1)
                if passage is not None:
                    seen[kind] = passage
            if len(seen) == len(KINDS):
                label = labels.get(clause.span())
                yield Example(document["group"], document["name"], label, looked_for, seen, by)


def _read_by_rules(text: str) -> Reading:
    document = read_document(RawFile("labelled.md", text.encode()))
    reading = Reading(document, parses=nlp.analyse(document))
    for rule in rules(document.language):
        getattr(rule, "read", rule.run)(reading)
    return reading


def _read_as(reading: Reading, kind: str, span: tuple[int, int]) -> tuple[tuple[int, int], str] | None:
    for statement in reading.of_kind(kind):
        start, end = statement.at.start, statement.at.end
        common = min(end, span[1]) - max(start, span[0])
        if common > 0 and common >= _MIN_SHARED * min(end - start, span[1] - span[0]):
            return (start, end), statement.at.rule.partition(".")[2].partition("@")[0]
    return None


def learn(kind: str, known: Sequence[Example]) -> LikelyModel:
    """A logistic regression with a ridge, by Adam."""
    labelled = [e for e in known if e.is_labelled(kind)]
    passages = [e.passages[kind] for e in labelled]
    right = np.array([e.is_right(kind) for e in labelled], float)
    sure = np.array([_SURE if e.is_sure() else _UNSURE for e in labelled])
    names = _names(labelled, kind)
    rows, columns, values = _sparse(labelled, kind, names)
    meaning = np.array([p.meaning for p in passages])
    count, width = len(passages), len(names)

    def scores(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        words = np.bincount(rows, weights=weights[columns] * values, minlength=count)
        return np.asarray(words + meaning @ weights[width:-1] * _MEANING + weights[-1])

    weights, mean, spread = (np.zeros(width + meaning.shape[1] + 1) for _ in range(3))
    for step in range(1, _STEPS + 1):
        error = (1 / (1 + np.exp(-scores(weights))) - right) * sure
        slope = np.concatenate(
            [
                np.bincount(columns, weights=error[rows] * values, minlength=width) + _RIDGE * weights[:width],
                meaning.T @ error * _MEANING + _RIDGE * weights[width:-1],
                [error.sum()],
            ]
        )
        mean, spread = 0.9 * mean + 0.1 * slope, 0.999 * spread + 0.001 * slope * slope
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
    kept = {n: round(float(w), 3) for n, w in zip(names, weights, strict=False) if abs(w) >= _SMALLEST}
    of_meaning = [round(float(w) * _MEANING, 3) for w in weights[width:-1]]
    return LikelyModel(round(float(weights[-1]), 3), round(float(right.mean()), 3), kept, of_meaning)


def _names(labelled: Sequence[Example], kind: str) -> list[str]:
    """What holds of passages of enough sources, with the names of place and register."""
    sources: dict[str, set[str]] = defaultdict(set)
    fixed: Counter[str] = Counter()
    for example in labelled:
        passage = example.passages[kind]
        for name in passage.words:
            sources[name].add(example.group)
        fixed.update([*passage.place(example.rules[kind]), *(f"register {n}" for n in passage.register)])
    known = {n for n, of in sources.items() if len(of) >= _LEAST_SOURCES and _NAMES.isdisjoint(n.split()[1:])}
    return sorted(known | {n for n, c in fixed.items() if c > 2})


def _sparse(
    labelled: Sequence[Example], kind: str, names: Sequence[str]
) -> tuple[NDArray[np.int_], NDArray[np.int_], NDArray[Any]]:
    """Rows, columns and values of the matrix of `LikelyModel.score`."""
    number = {n: i for i, n in enumerate(names)}
    cells: list[tuple[int, int, float]] = []
    for row, example in enumerate(labelled):
        passage = example.passages[kind]
        words = [number[w] for w in sorted(passage.words) if w in number]
        cells += [(row, c, 1 / math.sqrt(max(1, len(words)))) for c in words]
        cells += [(row, number[n], 1.0) for n in passage.place(example.rules[kind]) if n in number]
        cells += [(row, number[f"register {n}"], SCALE * x) for n, x in passage.register.items()]
    rows, columns, values = zip(*cells, strict=True)
    return np.array(rows), np.array(columns), np.array(values)


def judged(kind: str, model: LikelyModel, known: Sequence[Example]) -> Iterator[tuple[Example, float]]:
    """Every clause with its probability within its document."""
    documents: dict[str, list[Example]] = defaultdict(list)
    for example in known:
        documents[example.name].append(example)
    for read in documents.values():
        yield from zip(read, adapted([model.score(e.passages[kind], e.rules[kind]) for e in read], model), strict=True)


def report(kind: str, found: Sequence[tuple[Example, float]]) -> None:
    """Precision, recall and F1 over what was labelled surely: of the rules alone, by the measure of what is kept."""
    sure = [(e, p) for e, p in found if e.is_labelled(kind) and e.is_sure()]
    wanted = sum(e.is_right(kind) for e, _ in sure)
    own = MEASURES[kind]
    tried = [
        (0.0, 2.0),
        *((own.least + d, 2.0) for d in _STEPS_ASIDE),
        *((own.least, own.enough + d) for d in _STEPS_ASIDE),
    ]
    for least, enough in tried:
        kept = [e for e, p in sure if p >= (least if e.is_read(kind) else enough)]
        right = sum(e.is_right(kind) for e in kept)
        precision, recall = right / max(1, len(kept)), right / max(1, wanted)
        f1 = 2 * right / max(1, len(kept) + wanted)
        print(f"  least {least:.2f} enough {enough:.2f}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {wanted}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    documents = [d for path in options.labelled for d in json.loads(path.read_text(encoding="utf-8"))]
    known = [e for d in documents for e in examples(d)]
    groups = sorted({e.group for e in known})
    part = {g: i % options.folds for i, g in enumerate(groups)}
    sets: dict[str, Callable[[Example], bool]] = {
        "all": lambda e: True,
        **{s: (lambda e, s=s: e.group.startswith(s)) for s in sorted({g.partition(":")[0] for g in groups})},
    }
    for kind in KINDS:
        found: list[tuple[Example, float]] = []
        for fold in range(options.folds):
            model = learn(kind, [e for e in known if part[e.group] != fold])
            found += judged(kind, model, [e for e in known if part[e.group] == fold])
        for name, belongs in sets.items():
            print(f"{kind}, {name}: {len({e.name for e in known if belongs(e)})} documents")
            report(kind, [(e, p) for e, p in found if belongs(e)])
    if options.write:
        learnt = {kind: learn(kind, known) for kind in KINDS}
        shape = {
            k: {"bias": m.bias, "share": m.share, "weights": m.weights, "meaning": m.meaning} for k, m in learnt.items()
        }
        WEIGHTS.write_text(json.dumps(shape, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
