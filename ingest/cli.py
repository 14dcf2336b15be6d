"""The commands of ``python -m ingest``. Output for people or, with --json, one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from graph.errors import InputRefused, MaillageError
from graph.model import Actor
from graph.store import open_store
from ingest.batch import FileReport, guarded, import_files
from ingest.files import Input, collect, load
from ingest.fragment import ImportMeta

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
Store = Annotated[str | None, typer.Option("--store", help="Address of the store, e.g. sqlite:///data/maillage.db")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--columns", help="What a column of a table is, as role=name (again for each); remembered by add"),
]
Paths = Annotated[list[Path], typer.Argument(help="Files and folders")]


@app.callback()
def _root() -> None:
    """Workshop files into the graph of ideas."""


@app.command()
def up() -> None:
    """Set up .venv, load the samples into a new default store, serve the app (handled before this program loads)."""
    raise typer.Exit(2)


@app.command()
def add(
    paths: Paths,
    store: Store = None,
    as_json: Json = False,
    jobs: Annotated[int, typer.Option(help="Processes that read at the same time", min=1, max=64)] = 1,
    scheduler: Annotated[str, typer.Option(help="Dask scheduler whose workers read, e.g. tcp://host:8786")] = "",
    meeting: Annotated[str, typer.Option(help="Name of the meeting, for the whole batch")] = "",
    date: Annotated[str, typer.Option(help="Its date, YYYY-MM-DD")] = "",
    place: Annotated[str, typer.Option(help="Its place")] = "",
    columns: Columns = None,
    document: Annotated[
        str, typer.Option(help="Document of which this is a new version: its id, or the file name of a version")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; take what the texts say")] = False,
) -> None:
    """Import files, folders, and the files of zip archives, into the store."""
    from ingest.bounds.unpacked import unpacked
    from ingest.tables.column_memory import remember_chosen, with_remembered

    with one_line_errors(), unpacked(collect(paths)) as (files, refused):
        asked = _with_columns(files, columns)
        inputs = with_remembered(asked, store)
        meta = ImportMeta(document=document, meeting=meeting, date=_checked_date(date), place=place)
        if not (yes or as_json or meeting or date or place) and sys.stdin.isatty():
            meta = ask_meeting(inputs, meta)
        opened = open_store(store)
        run = partial(import_files, processes=jobs, scheduler=scheduler)
        reports = [*refused, *_with_progress(run, opened, inputs, meta, alive=jobs == 1)]
        opened.close()
        remember_chosen(asked, store)
    _print_reports(reports, as_json)
    raise typer.Exit(1 if any(r.refused for r in reports) else 0)


@app.command()
def extract(
    paths: Paths,
    out: Annotated[Path | None, typer.Option("--out", help="Write <stem>.json per file here")] = None,
    columns: Columns = None,
    as_json: Json = False,  # noqa: ARG001  always JSON; taken for the sake of scripts that pass it everywhere
) -> None:
    """Show what would be imported: one JSON per file into --out, or JSON lines."""
    from ingest.convert import write_new
    from ingest.output import folder_for, output_names

    refused = False
    with one_line_errors():
        inputs = _with_columns(collect(paths), columns)
        folder = folder_for(out) if out is not None else None
        for item, name in zip(inputs, output_names([i.path for i in inputs]), strict=True):
            found = guarded(item, partial(_extracted, item))
            if isinstance(found, FileReport):
                refused |= found.refused
                _say_why_not(found)
            elif folder is None:
                _write_out(found)
            else:
                write_new(folder / name, found.encode("utf-8", "replace"), force=True)
    raise typer.Exit(1 if refused else 0)


def _extracted(item: Input) -> str:
    """What would be imported of a file, as JSON. Raises InputRefused."""
    from ingest.output import to_json
    from ingest.pipeline import ledger, read_and_extract

    found = read_and_extract(item.load())
    return json.dumps(to_json(found, ledger(found)), ensure_ascii=False)


@app.command()
def outline(file: Annotated[Path, typer.Argument()], columns: Columns = None, as_json: Json = False) -> None:
    """Print the tree of any map or document."""
    from graph.export.jsontext import deep_json
    from ingest.maps.outline import outline_json, outline_text
    from ingest.registry import read_document

    with one_line_errors():
        (item,) = _with_columns([Input(file, named=True)], columns)
        document = read_document(item.load())
        _say_columns(document.options.get("columns"))
        shown = deep_json(outline_json(document)) if as_json else outline_text(document)
    _write_out(shown)


@app.command()
def convert(
    file: Annotated[Path, typer.Argument(help="Any file that can be read")],
    to: Annotated[Path, typer.Argument(help="Where to write; its extension says the format")],
    force: Annotated[bool, typer.Option("--force", help="Replace the file where there is one")] = False,
    as_json: Json = False,
    store: Annotated[str | None, typer.Option("--store", help="Take the tree as corrected in this store")] = None,
) -> None:
    """Write any map or document in another format, and say what does not go along."""
    from ingest.convert import convert as converted
    from ingest.convert import write_new

    with one_line_errors(), ExitStack() as ends:
        known = ends.enter_context(closing(open_store(store, create=False))) if store else None
        done = converted(load(file), to.name, known)
        write_new(to, done.data, force=force)
    if as_json:
        _write_out(json.dumps({"file": str(to), **done.to_json()}, ensure_ascii=False))
    else:
        _write_out("\n".join((*done.lines(), f"wrote {to}")))


@app.command()
def formats(as_json: Json = False) -> None:
    """What can be read and written, with what each format cannot carry."""
    from ingest.formats import rows

    table = rows()
    if as_json:
        _write_out(json.dumps({"formats": table}, ensure_ascii=False))
        return
    for row in table:
        ways = " and ".join(way for way, can in (("read", row["reads"]), ("written", row["writes"])) if can)
        _write_out(f"{row['name']:12} {ways:16} {' '.join(row['extensions']):24} {row['label']}")
        _write_out(f"{'':12} cannot carry: {'; '.join(row['loses']) or 'nothing known'}")
    _write_out(
        f"{len(table)} formats, {sum(r['reads'] for r in table)} read, {sum(r['writes'] for r in table)} written"
    )


@app.command(hidden=True)
def job(job_id: str, store: Store = None) -> None:
    """The process of one import (started by the app)."""
    from graph.store import store_url
    from ingest.job_worker import run_job

    with one_line_errors():
        run_job(store_url(store), job_id)


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Errors that a person can act on are one line on standard error, and exit status 1."""
    try:
        yield
    except MaillageError as error:
        print(hinted(str(error), error.hint if isinstance(error, InputRefused) else ""), file=sys.stderr)
        raise typer.Exit(1) from None


def hinted(reason: str, hint: str) -> str:
    """A reason with the command that helps on."""
    return f"{reason} (see: {hint})" if hint else reason


def _write_out(text: str) -> None:
    """Print, whatever the encoding of the terminal: a label may hold what it cannot show."""
    sys.stdout.buffer.write((text + "\n").encode("utf-8", "replace"))
    sys.stdout.flush()


def _with_columns(inputs: Sequence[Input], pairs: Sequence[str] | None) -> list[Input]:
    """The files, their columns read as ``--columns role=name`` says. Raises MaillageError."""
    from ingest.tables.columns import parsed

    chosen = parsed(pairs or ())
    return [replace(item, columns=chosen) for item in inputs] if chosen else list(inputs)


def _say_columns(roles: Any) -> None:
    """Which column of a table is read as what, apart from the tree."""
    said = [f"{role or 'no role'}={name}" for name, role in roles.items()] if isinstance(roles, dict) else []
    if said:
        print(f"columns: {', '.join(said)}", file=sys.stderr)


def _checked_date(date: str) -> str:
    from datetime import date as day

    if date:
        try:
            day.fromisoformat(date)
        except ValueError:
            raise typer.BadParameter(f"{date!r} is not a date written YYYY-MM-DD") from None
    return date


def ask_meeting(inputs: Sequence[Input], meta: ImportMeta) -> ImportMeta:
    """Ask meeting, date and place once per batch, pre-filled from the texts; empty: as each text says.

    Raises typer.BadParameter for an answer that is no date at the last of some attempts.
    """
    from ingest.jobs import preview

    readable = []
    for item in inputs[:20]:
        with suppress(InputRefused):  # refused again, and reported, when it is its turn
            readable.append(item.load())
    guess = preview([(raw.name, raw.data) for raw in readable])
    print("Meeting, date and place of these files (empty: as each text says)", file=sys.stderr)
    meeting, date, place = (_answer(what, guess[what]) for what in ("meeting", "date", "place"))
    return replace(meta, meeting=meeting, date=date, place=place)


def _answer(what: str, default: str, attempts: int = 3) -> str:
    """What is typed, or the default; a date that is none is asked again. Raises typer.BadParameter."""
    said = str(typer.prompt(what, default=default, show_default=True, err=True)).strip()
    if what != "date" or said == default:  # what the texts say may be a month
        return said
    try:
        return _checked_date(said)
    except typer.BadParameter as error:
        if attempts <= 1:
            raise
        print(error.message, file=sys.stderr)
    return _answer(what, default, attempts - 1)


def _with_progress(run: Any, store: Any, inputs: Sequence[Input], meta: ImportMeta, *, alive: bool) -> list[FileReport]:
    """Import under a bar. One that is `alive` is drawn by a thread, which keeps this process from being copied."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    reports: list[FileReport] = []
    with Progress(*columns, console=console, disable=not console.is_terminal, auto_refresh=alive) as bar:
        task = bar.add_task("", total=len(inputs))

        def progress(index: int, step: str) -> None:
            bar.update(task, description=f"{inputs[index].shown[:40]}: {step}", refresh=not alive)

        for report in run(store, inputs, meta, Actor(), progress=progress):
            reports.append(report)
            bar.advance(task)
    return reports


def _print_reports(reports: Sequence[FileReport], as_json: bool) -> None:
    if as_json:
        rows = [
            {"name": r.name, "outcome": r.outcome, "source": r.source, "counts": dict(r.counts),
             "ledger": dict(r.ledger), "reason": r.reason, "degraded": list(r.degraded), "version": dict(r.version)}
            for r in reports
        ]  # fmt: skip
        _write_out(json.dumps({"files": rows}, ensure_ascii=False))
    for r in reports:
        if r.reason:
            _say_why_not(r)
        elif not as_json:
            _write_out("\n".join(r.lines()))


def _say_why_not(report: FileReport) -> None:
    """One line on standard error; a file of a folder that no reader takes is only listed."""
    told = hinted(report.reason, report.hint)
    print(told if report.refused else f"left out: {told}", file=sys.stderr)


__all__ = ["app"]
