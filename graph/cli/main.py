"""The commands of ``python -m graph``. Each loads no more than its question needs."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from graph.cli.console import one_line, opened, tell, tell_progress, tell_stats
from graph.cli.corrections import CORRECTIONS
from graph.cli.meetings import MEETINGS
from graph.cli.options import ACTOR, Json, Url
from graph.cli.study import dataset
from graph.cli.texts import TEXTS
from graph.cli.versions import VERSIONS


def stats(store: Url = None, as_json: Json = False) -> None:
    """What the graph holds, by kind and by type of relation."""
    tell_stats(store, as_json)


def search(
    text: str,
    store: Url = None,
    as_json: Json = False,
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind; may be repeated")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 20,
) -> None:
    """Things and passages that hold every word, blind to case, accents and inflection."""
    from graph.questions import answers

    with opened(store) as found:
        answer = answers.search(found, text, kind or [], limit)
        lines = [f"{r['score']:.2f}  {r['kind']:<12} {one_line(r['label'])}  [{r['id']}]" for r in answer["results"]]
        tell(as_json, answer, *(lines or ["nothing found"]))


def show(thing: Annotated[str, typer.Argument(metavar="ID")], store: Url = None, as_json: Json = False) -> None:
    """A thing (id or label) or a passage (id), with its evidence and what it is linked to."""
    from graph.questions import answers

    with opened(store) as found:
        answer = answers.show(found, thing)
        lines = [f"{answer['kind']}: {one_line(answer['label'])}  [{answer['id']}]"]
        lines += [f"also: {one_line(', '.join(answer['aliases']))}"] if answer["aliases"] else []
        lines += [f"{name}: {one_line(str(value))}" for name, value in answer["attributes"].items()]
        lines += [f"  « {one_line(e['quote'])} »  {e['source']} {e['start']}-{e['end']}" for e in answer["evidence"]]
        arrows = {"in": "<-", "out": "->", "both": "--"}
        lines += [
            f"  {arrows[n['direction']]} {n['type']:<12} {n['kind']}: {one_line(n['label'])}  [{n['id']}]"
            for n in answer["neighbours"]
        ]
        tell(as_json, answer, *lines)


def paths(
    a: Annotated[str, typer.Argument(help="Id or label")],
    b: Annotated[str, typer.Argument(help="Id or label")],
    store: Url = None,
    as_json: Json = False,
    k: Annotated[int, typer.Option("-k", min=1, max=20, help="How many paths at most")] = 3,
) -> None:
    """How two things are linked, each hop with the sentence it rests on."""
    from graph.questions import answers

    with opened(store) as found:
        answer = answers.paths(found, a, b, k)
        lines: list[str] = []
        for path in answer["paths"]:
            lines.append(f"{path['cost']:.2f}  " + " — ".join(one_line(n["label"]) for n in path["nodes"]))
            lines += [f"      {hop['type']}: « {one_line(hop['quote'])} »" for hop in path["hops"]]
        tell(as_json, answer, *(lines or ["no path: nothing that was said links the two"]))


def remove(source: str, store: Url = None, as_json: Json = False) -> None:
    """Remove a source (id or beginning of it, file name, sha256) and all that rests on it alone."""
    from graph import actions

    with opened(store) as found:
        gone = actions.remove_source(found, ACTOR, source)
        tell(as_json, {"removed": dict(gone)}, "removed " + ", ".join(f"{n} {kind}" for kind, n in gone.items()))


def verify(store: Url = None, as_json: Json = False) -> None:
    """Prove every span, every fingerprint, every relation and the index. Exit code 1 when something does not hold."""
    with opened(store) as found:
        report = found.verify()
        answer = {"ok": report.ok, "checked": dict(report.checked), "problems": list(report.problems)}
        checked = ", ".join(f"{n} {name}" for name, n in report.checked.items())
        tell(as_json, answer, *(one_line(p) for p in report.problems), f"{'ok' if report.ok else 'NOT ok'}: {checked}")
    if not report.ok:
        raise typer.Exit(1)


def backup(file: Path, store: Url = None, as_json: Json = False) -> None:
    """Write a consistent copy that opens as a store; never overwrites."""
    with opened(store) as found:
        found.backup(file.absolute())
        tell(as_json, {"file": str(file)}, f"copied to {file}")


def export(
    file: Path,
    store: Url = None,
    as_json: Json = False,
    theme: Annotated[str, typer.Option(help="Only what surrounds this thing (id or label, a theme or any other)")] = "",
    depth: Annotated[int, typer.Option(min=1, max=3, help="How many steps from it")] = 1,
    meeting: Annotated[str, typer.Option(help="Only what this meeting said")] = "",
    kind: Annotated[list[str] | None, typer.Option(help="Only this kind; may be repeated")] = None,
) -> None:
    """Write the graph for other tools, by the extension of FILE: as a graph, or as a map.

    A graph: .csv (with FILE-links.csv beside it), .graphml, .gexf. A map: .mm .xmind .opml .canvas .wxml .mup .md .org
    .mermaid .puml .json.
    """
    from graph.export import export as write
    from graph.model import Filter

    with opened(store) as found:
        paths, left_out = write(
            found, file, Filter(meeting=meeting), around=theme, depth=depth, kinds=tuple(kind or ())
        )
        rows = [{"what": x.what, "where": x.where, "count": x.count, "why": x.why} for x in left_out]
        lines = [f"left out: {x.count} {x.what} ({x.why})" for x in left_out]
        files = [str(path) for path in paths]
        tell(as_json, {"files": files, "left_out": rows}, *(f"wrote {name}" for name in files), *lines)


def copy(
    to: Annotated[str, typer.Option("--to", help="Address of the store to write; made where there is none")],
    from_: Annotated[str | None, typer.Option("--from", "--store", help="Address of the store to read")] = None,
    as_json: Json = False,
) -> None:
    """Copy a graph into another store, decisions included; run again, it continues."""
    from graph.copy import copy as run
    from graph.store import open_store

    with opened(from_) as one, closing(open_store(to)) as other:
        done = run(one, other, ACTOR, tell_progress if sys.stderr.isatty() else lambda *_: None)
        told = f"{done.sources} sources ({done.new} new), {done.decisions} decisions ({done.new_decisions} new)"
        notes = f", {done.new_notes} notes" if done.new_notes else ""
        left = [f"{done.notes_left} syntheses were edited in both stores: the other one's stay"]
        tell(as_json, asdict(done), f"copied: {told}{notes}", *(left if done.notes_left else []))


def cypher(
    question: Annotated[str, typer.Argument(help="MATCH … RETURN …, or the key of a worked example")] = "",
    store: Url = None,
    as_json: Json = False,
    param: Annotated[list[str] | None, typer.Option(help="name=value for $name; may be repeated")] = None,
    limit: Annotated[int, typer.Option(min=1, max=5000, help="Rows at most")] = 500,
    seconds: Annotated[float, typer.Option(min=0.1, max=60, help="Time at most")] = 10,
) -> None:
    """A question that only reads, in Cypher, to a Neo4j store; without a question, the worked examples."""
    from graph.questions.cypher import Limits, ask, examples, known, shown, value_of

    if not question:
        rows = [{"key": e.key, "title": dict(e.title), "text": e.text, "with": dict(e.parameters)} for e in examples()]
        tell(as_json, {"examples": rows}, *(f"{e.key}: {e.title['en']}\n{e.text}\n" for e in examples()))
        return
    text, given = known(question)
    for name, mark, value in (asked.partition("=") for asked in param or ()):
        if not mark:
            raise typer.BadParameter(f"{name!r} is not written name=value")
        given[name] = value_of(value)
    with opened(store) as found:
        table = ask(found, ACTOR, text, given, Limits(seconds, limit))
        lines = ["\t".join(one_line(shown(cell)) for cell in row) for row in (table.columns, *table.rows)]
        answer = {"columns": table.columns, "rows": table.rows, "cut": table.cut}
        tell(as_json, answer, *lines, *([table.cut] if table.cut else []))


def silence(
    source: Annotated[str, typer.Argument(help="Id, unique beginning of the id, or file name")],
    store: Url = None,
    as_json: Json = False,
) -> None:
    """The passages of a document from which nothing was read."""
    from graph.review import silence as read

    with opened(store) as found:
        quiet = read.silence(found, source)
        told = f"{len(quiet.silent)} of {quiet.passages} passages say nothing that was read ({quiet.share:.0%})"
        lines = [f"  {p.kind:<10} {p.start}-{p.end}  {one_line(p.label)}" for p in quiet.silent]
        apart = (
            f"apart: {quiet.headings} headings ({len(quiet.silent_headings)} silent), {quiet.furniture} of furniture"
        )
        tell(as_json, read.answer(quiet), f"{one_line(quiet.source.name)}: {told}", *lines, apart)


COMMANDS = (
    stats,
    search,
    show,
    paths,
    *CORRECTIONS,
    *TEXTS,
    *VERSIONS,
    remove,
    verify,
    backup,
    export,
    dataset,
    copy,
    cypher,
    silence,
    *MEETINGS,
)


def build(asked: str = "") -> typer.Typer:
    """The program; with only the command that is asked for where there is one: building each costs milliseconds."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)  # without one, a program of a single command takes no command name
    chosen = [command for command in COMMANDS if command.__name__ == asked]
    for command in chosen or COMMANDS:
        app.command()(command)
    return app


def _root() -> None:
    """Questions to the graph of ideas, corrections, proof, copies."""
