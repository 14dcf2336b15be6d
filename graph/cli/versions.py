"""The commands of ``python -m graph`` about versions of documents, and the decisions that did not find their way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from graph.cli.console import one_line, opened, tell
from graph.cli.options import ACTOR, Json, Reason, Url

_SHOWN = 200  # changes told on a terminal


def versions(
    document: Annotated[str, typer.Argument(help="Id of a document, or id or file name of one of its versions")],
    store: Url = None,
    as_json: Json = False,
) -> None:
    """The versions of a document, oldest first: what each added, removed, moved, reworded; the decisions that wait."""
    from graph.versions import lineage

    with opened(store) as found:
        id_ = lineage.document_of(found, document)
        steps = [lineage.step_answer(step) for step in lineage.versions(found, id_)]
        waits = lineage.waiting_answer(lineage.waiting(found, id_))
        lines = [line for step in steps for line in _step_lines(step)]
        tell(as_json, {"document": id_, "versions": steps, "waiting": waits}, *lines, *_waiting_lines(waits))


def waiting(store: Url = None, as_json: Json = False) -> None:
    """The decisions that bear on nothing, or not on the newest version of their document: for `reattach` or `undo`."""
    from graph.versions import lineage

    with opened(store) as found:
        waits = lineage.waiting_answer(lineage.waiting(found))
        tell(as_json, {"waiting": waits}, *(_waiting_lines(waits) or ["no decision waits"]))


def reattach(
    decision: Annotated[str, typer.Argument(metavar="ID", help="Of the decision, or unique beginning of it")],
    thing: Annotated[str, typer.Argument(help="Id or label of what it is about now")],
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
) -> None:
    """Take a decision that waits about another thing: the same correction anew, and the former one undone."""
    from graph import actions
    from graph.questions import answers

    with opened(store) as found:
        target = answers.find(found, thing)
        taken = answers.decision(actions.reattach(found, ACTOR, decision, target.id, reason, target.version))
        tell(as_json, taken, f"{taken['kind']}: now about {one_line(target.label)}  [{taken['id']}]")


def _step_lines(step: Mapping[str, Any]) -> list[str]:
    title = f"{one_line(step['name'])} ({step['format']})  [{step['source']}]"
    if step["counts"] is None:
        return [title]
    lines = [f"  {'+'.join(c['what']):<15} {_words(c)}" for c in step["changes"][:_SHOWN]]
    rest = len(step["changes"]) + step["left_out"] - _SHOWN
    counts = ", ".join(f"{n} {what}" for what, n in step["counts"].items())
    return [
        title,
        f"  {step['same']} as before, {counts}",
        *lines,
        *([f"  and {rest} more: --json"] if rest > 0 else []),
    ]


def _words(change: Mapping[str, Any]) -> str:
    old, new = (one_line(str(change[name] or "")) for name in ("old", "new"))
    return f"{old}  ->  {new}" if "reworded" in change["what"] else new or old


def _waiting_lines(waits: list[dict[str, Any]]) -> list[str]:
    lines = []
    for w in waits:
        lines.append(f"waits: {w['decision'][:12]}  {w['kind']:<7} {one_line(w['label'])}")
        lines += [f"         perhaps {one_line(t['label'])}  [{t['id']}]" for t in w["closest"]]
    return lines


VERSIONS = (versions, waiting, reattach)
