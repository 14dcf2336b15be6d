"""Measure, kind by kind, what share of what is read is right, for the pages that show it, in graph/review/.

``python -m tests.quality.precision`` reads the practice documents whose authors did not write the rules (`cross_`,
`read2_`), with the language model, and writes the file; ``--print`` only prints it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from graph.review.trust import PRECISION
from ingest import nlp
from ingest.document import RawFile
from ingest.extract import extract
from ingest.output import to_json
from ingest.registry import read_document
from tests.quality import about_score, span_score, who_score

HERE = Path(__file__).parent
PREFIXES = ("cross_", "read2_")
FEWEST = 15  # readings of a kind under which no share is told
ABOUT = {"themes": "theme", "figures": "figure", "resources": "resource", "events": "event"}
HEAD = "# Written by `python -m tests.quality.precision`, from {documents} practice documents (cross_, read2_).\n"


def measured() -> tuple[int, dict[str, tuple[int, int]]]:
    """How many documents, and for each kind (right, given)."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    documents = 0
    for file in sorted((HERE / "gold").glob("*.json")):
        if file.name.startswith(PREFIXES):
            documents += 1
            for kind, (hits, n) in _document(file.stem, json.loads(file.read_text("utf-8"))).items():
                right[kind] += hits
                given[kind] += n
    return documents, {kind: (right[kind], given[kind]) for kind in sorted(given)}


def _document(stem: str, gold: dict[str, Any]) -> dict[str, tuple[int, int]]:
    path = next(p for p in (HERE / "docs").iterdir() if p.stem == stem)
    document = read_document(RawFile(path.name, path.read_bytes()))
    analysed = nlp.analyse(document)
    if "_who_" in stem:
        return _who(to_json(extract(document, analysed), {})["stakeholders"], gold["stakeholders"])
    if "_about_" in stem:
        read = to_json(extract(document, analysed), {})
        return {kind: about_score.counts(m, read[m], gold[m])[:2] for m, kind in ABOUT.items()}
    rows = span_score.counts(path, gold, model=True)
    return {kind: rows[field][:2] for kind, field in span_score.FIELDS.items()}


def _who(given: list[dict[str, Any]], gold: list[dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """A stakeholder is right when the gold names it, as the same kind."""
    matched = {i for i, j in who_score.pairs(given, gold) if given[i]["kind"] == gold[j]["kind"]}
    total = Counter(item["kind"] for item in given)
    hits = Counter(item["kind"] for i, item in enumerate(given) if i in matched)
    return {kind: (hits[kind], n) for kind, n in total.items()}


def as_toml(documents: int, found: dict[str, tuple[int, int]]) -> str:
    """The file: the shares, then how many readings each rests on."""
    told = {kind: (hits, n) for kind, (hits, n) in found.items() if n >= FEWEST}
    shares = "".join(f"{kind} = {hits / n:.2f}\n" for kind, (hits, n) in told.items())
    counts = "".join(f"{kind} = {n}\n" for kind, (_, n) in told.items())
    return f"{HEAD.format(documents=documents)}\n[precision]\n{shares}\n[readings]\n{counts}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--print", action="store_true", dest="only_print")
    text = as_toml(*measured())
    if asked.parse_args().only_print:
        print(text)
    else:
        PRECISION.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
