"""``python -m graph …``: questions to a store, corrections, proof, copies. Loads no more than a question needs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from graph import answers
from graph.errors import MaillageError
from graph.model import Actor
from graph.store import open_store
from graph.store.base import Store
from ontology import OntologyError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Questions to the graph of ideas, corrections, proof, copies.",
)  # fmt: skip
Url = Annotated[str | None, typer.Option("--store", help="Address of the store, e.g. sqlite:///data/maillage.db")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document")]
Reason = Annotated[str, typer.Option(help="Why; kept in the log")]
ACTOR = Actor()


@contextmanager
def _opened(url: str | None) -> Iterator[Store]:
    """The store, which must be there; what goes wrong becomes one line on standard error and exit code 1."""
    try:
        store = open_store(url, create=False)
        try:
            yield store
        finally:
            store.close()
    except (MaillageError, OntologyError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        raise typer.Exit(1) from None


def _tell(as_json: bool, answer: Mapping[str, Any], *lines: str) -> None:
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for line in lines:
        print(line)


@app.command()
def stats(store: Url = None, as_json: Json = False) -> None:
    """What the graph holds, by kind and by type of relation."""
    with _opened(store) as opened:
        found: Mapping[str, Any] = opened.counts()
        lines = [f"{found['documents']} documents, {found['sources']} sources, {found['decisions']} decisions"]
        for part in ("nodes", "relations"):
            lines += [f"{part}:", *(f"  {name:<14} {n:>7}" for name, n in found[part].items())]
        _tell(as_json, found, *lines)


@app.command()
def search(
    text: str,
    store: Url = None,
    as_json: Json = False,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind; may be repeated")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
) -> None:
    """Things and passages that hold every word, blind to case, accents and inflection."""
    with _opened(store) as opened:
        answer = answers.search(opened, text, kind or [], limit)
        lines = [f"{r['score']:.2f}  {r['kind']:<12} {_one_line(r['label'])}  [{r['id']}]" for r in answer["results"]]
        _tell(as_json, answer, *(lines or ["nothing found"]))


@app.command()
def show(thing: Annotated[str, typer.Argument(metavar="ID")], store: Url = None, as_json: Json = False) -> None:
    """A thing (id or label) or a passage (id), with its evidence and what it is linked to."""
    with _opened(store) as opened:
        answer = answers.show(opened, thing)
        lines = [f"{answer['kind']}: {_one_line(answer['label'])}  [{answer['id']}]"]
        lines += [f"also: {_one_line(', '.join(answer['aliases']))}"] if answer["aliases"] else []
        lines += [f"{name}: {_one_line(str(value))}" for name, value in answer["attributes"].items()]
        lines += [f"  « {_one_line(e['quote'])} »  {e['source']} {e['start']}-{e['end']}" for e in answer["evidence"]]
        arrows = {"in": "<-", "out": "->", "both": "--"}
        lines += [
            f"  {arrows[n['direction']]} {n['type']:<12} {n['kind']}: {_one_line(n['label'])}  [{n['id']}]"
            for n in answer["neighbours"]
        ]
        _tell(as_json, answer, *lines)


@app.command()
def paths(
    a: Annotated[str, typer.Argument(help="Id or label")],
    b: Annotated[str, typer.Argument(help="Id or label")],
    store: Url = None,
    as_json: Json = False,
    k: Annotated[int, typer.Option("-k", min=1, max=20, help="How many paths at most")] = 3,
) -> None:
    """How two things are linked, each hop with the sentence it rests on."""
    with _opened(store) as opened:
        answer = answers.paths(opened, a, b, k)
        lines: list[str] = []
        for path in answer["paths"]:
            lines.append(f"{path['cost']:.2f}  " + " — ".join(_one_line(n["label"]) for n in path["nodes"]))
            lines += [f"      {hop['type']}: « {_one_line(hop['quote'])} »" for hop in path["hops"]]
        _tell(as_json, answer, *(lines or ["no path: nothing that was said links the two"]))


@app.command()
def rename(
    thing: Annotated[str, typer.Argument(metavar="ID")],
    label: str,
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
) -> None:
    """Give a thing another label; undo with the id of the decision."""
    from graph import actions

    with _opened(store) as opened:
        target = answers.find(opened, thing)
        taken = answers.decision(actions.rename(opened, ACTOR, target.id, label, reason, target.version))
        _tell(
            as_json,
            taken,
            f"renamed {_one_line(target.label)} to {_one_line(taken['value']['label'])}  [{taken['id']}]",
        )


@app.command()
def reject(
    thing: Annotated[str, typer.Argument(metavar="ID")], store: Url = None, as_json: Json = False, reason: Reason = ""
) -> None:
    """Take a thing out of every answer; undo with the id of the decision."""
    from graph import actions

    with _opened(store) as opened:
        target = answers.find(opened, thing)
        taken = answers.decision(actions.reject(opened, ACTOR, target.id, reason, target.version))
        _tell(as_json, taken, f"rejected {_one_line(target.label)}  [{taken['id']}]")


@app.command()
def decisions(store: Url = None, as_json: Json = False) -> None:
    """The log of corrections, oldest first, with the present state of each."""
    with _opened(store) as opened:
        log = [answers.decision(d) for d in opened.decisions()]
        lines = [_decision_line(d) for d in log]
        _tell(as_json, {"decisions": log}, *(lines or ["no decision"]))


@app.command()
def undo(
    decision: Annotated[str, typer.Argument(metavar="ID")],
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
) -> None:
    """Deactivate a decision (id or unique beginning of it); the graph is then as before it."""
    from graph import actions

    with _opened(store) as opened:
        taken = answers.decision(actions.undo(opened, ACTOR, decision, reason))
        _tell(as_json, taken, f"undone {taken['target']}")


@app.command()
def remove(source: str, store: Url = None, as_json: Json = False) -> None:
    """Remove a source (id or beginning of it, file name, sha256) and all that rests on it alone."""
    from graph import actions

    with _opened(store) as opened:
        gone = actions.remove_source(opened, ACTOR, source)
        _tell(as_json, {"removed": dict(gone)}, "removed " + ", ".join(f"{n} {kind}" for kind, n in gone.items()))


@app.command()
def verify(store: Url = None, as_json: Json = False) -> None:
    """Prove every span, every fingerprint, every relation and the index. Exit code 1 when something does not hold."""
    with _opened(store) as opened:
        report = opened.verify()
        answer = {"ok": report.ok, "checked": dict(report.checked), "problems": list(report.problems)}
        checked = ", ".join(f"{n} {name}" for name, n in report.checked.items())
        _tell(
            as_json, answer, *(_one_line(p) for p in report.problems), f"{'ok' if report.ok else 'NOT ok'}: {checked}"
        )
    if not report.ok:
        raise typer.Exit(1)


@app.command()
def backup(file: Path, store: Url = None, as_json: Json = False) -> None:
    """Write a consistent copy that opens as a store; never overwrites."""
    with _opened(store) as opened:
        opened.backup(file.absolute())
        _tell(as_json, {"file": str(file)}, f"copied to {file}")


@app.command()
def export(file: Path, store: Url = None, as_json: Json = False) -> None:
    """Write the graph for other tools: FILE.csv (with FILE-links.csv beside it) or FILE.graphml."""
    from graph.export import export as write

    with _opened(store) as opened:
        files = [str(path) for path in write(opened, file)]
        _tell(as_json, {"files": files}, *(f"wrote {name}" for name in files))


def _decision_line(d: Mapping[str, Any]) -> str:
    about = _one_line(str(d["anchor"].get("label", d["target"])))
    given = f" -> {_one_line(d['value']['label'])}" if "label" in d["value"] else ""
    return f"{d['id'][:12]}  {d['at']}  {d['state']:<8} {d['kind']:<7} {about}{given}"


def _one_line(text: str) -> str:
    """Text of users on a terminal: white space collapsed, control characters shown as a mark."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


if __name__ == "__main__":
    app(prog_name="python -m graph")
