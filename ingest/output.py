"""A reading as the JSON of ``ingest extract`` (design: the contract that scores are taken from), and its files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from graph.errors import OutputRefused
from ingest.document import BlockKind, Document
from ingest.extract.reading import Reading, Span, Statement


def to_json(reading: Reading, ledger: dict[str, Any] | None = None) -> dict[str, Any]:
    """One document's findings; every span indexes its text, given as "text" where the format is not a text format."""
    document = reading.document
    return {
        "source": _source(reading),
        "text": None if document.text_is_file else document.text,
        "sections": [asdict(s) for s in reading.sections],
        "nodes": _nodes(document),
        "themes": [_themed(t.id, t.label, t.aliases, t.score, t.mentions) for t in reading.themes],
        "stakeholders": [
            {"id": s.id, "name": s.name, "aliases": s.aliases, "kind": s.kind, "mentions": [_at(m) for m in s.mentions]}
            for s in reading.stakeholders
        ],
        "proposals": [_proposal(s) for s in reading.of_kind("proposal")],
        "findings": [_statement(s) for s in reading.of_kind("finding")],
        "questions": [_statement(s) for s in reading.of_kind("question")],
        "actions_done": [_statement(s) for s in reading.of_kind("action")],
        "figures": [_fields(f, "value", "statement", "source", "year", "unit") for f in reading.figures],
        "resources": [_fields(x, "title", "url", "author", "date") for x in reading.resources],
        "people": [_fields(p, "name", "function", "organisation", "status") for p in reading.attendees],
        "events": [_fields(e, "name", "date", "place") for e in reading.events],
        "initiatives": [_fields(i, "name", "type", "where", "by") for i in reading.initiatives],
        "relations": _relations(reading),
        "ledger": ledger if ledger is not None else document.ledger.to_json(),
    }


def _source(reading: Reading) -> dict[str, Any]:
    document = reading.document
    main = next((e.date for e in reading.events if e.main), None)
    return {
        "path": document.raw.name,
        "sha256": document.raw.sha256,
        "format": document.format,
        "language": document.language,
        "title": document.title,
        "date": main,
        "chars": len(document.text),
    }


def _nodes(document: Document) -> list[dict[str, Any]]:
    topics = [b for b in document.blocks if b.kind is BlockKind.TOPIC]
    return [
        {
            "id": str(b.order),
            "parent": None if b.parent is None else str(b.parent),
            "text": b.label,
            "start": b.start,
            "end": b.end,
            "level": b.level,
            "confidence": b.parent_confidence,
        }
        for b in topics
    ]


def _at(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _themed(ident: str, label: str, aliases: list[str], score: float, mentions: list[Span]) -> dict[str, Any]:
    return {"id": ident, "label": label, "aliases": aliases, "score": score, "mentions": [_at(m) for m in mentions]}


def _statement(s: Statement) -> dict[str, Any]:
    out: dict[str, Any] = {"id": s.id, **_at(s.at), "text": s.text, "rule": s.at.rule, "confidence": s.at.confidence}
    return out | {"themes": s.themes, "made_by": s.made_by}


def _proposal(s: Statement) -> dict[str, Any]:
    return _statement(s) | {"kind": s.subkind or "proposal", "strength": s.strength or "explicit"}


def _fields(found: Any, *names: str) -> dict[str, Any]:
    return {"id": found.id} | {n: getattr(found, n) for n in names} | _at(found.at) | {"rule": found.at.rule}


def _relations(reading: Reading) -> list[dict[str, Any]]:
    rows = [{"source": r.source, "type": r.type, "target": r.target, **_at(r.at)} for r in reading.relations]
    for s in reading.statements:
        for kind, targets in (
            ("about", s.themes), ("made_by", s.made_by), ("concerns", s.concerns), ("responds_to", s.responds_to),
        ):  # fmt: skip
            rows += [{"source": s.id, "type": kind, "target": t, **_at(s.at)} for t in targets]
    return rows


def folder_for(out: Path) -> Path:
    """The folder, made if it is not there. Raises OutputRefused."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(str(out), error.strerror or "cannot be made a folder") from None
    return out


def output_names(paths: Sequence[Path]) -> list[str]:
    """<stem>.json for each; the full name where two stems are equal; with a number where that is taken too.

    >>> output_names([Path("a/note.md"), Path("b/note.md"), Path("b/note.txt"), Path("b/plan.md")])
    ['note.md.json', 'note.md-2.json', 'note.txt.json', 'plan.json']
    """
    stems = Counter(path.stem for path in paths)
    wanted = [path.stem if stems[path.stem] == 1 else path.name for path in paths]
    taken, used = set(wanted), set[str]()
    names: list[str] = []
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))
    for name in wanted:
        numbered = (f"{name}-{n}" for n in numbers[name])
        free = name if name not in used else next(other for other in numbered if other not in taken)
        used.add(free)
        taken.add(free)
        names.append(f"{free}.json")
    return names
