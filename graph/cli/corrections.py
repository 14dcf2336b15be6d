"""The commands of ``python -m graph`` that correct the graph, tell what was corrected, and forget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from graph.cli.console import one_line, opened, tell
from graph.cli.options import ACTOR, Json, Reason, Url
from graph.model import Decision, Thing
from graph.store.base import Store

About = Annotated[str, typer.Argument(metavar="ID", help="Id or label")]


def correct_one(
    store: str | None,
    as_json: bool,
    thing: str,
    act: Callable[[Store, Thing], Decision],
    told: Callable[[Thing, Decision], str],
) -> None:
    """Find a thing, take a decision about it as it was seen, and tell it with the id that undoes it."""
    from graph.questions import answers

    with opened(store) as found:
        target = answers.find(found, thing)
        taken = act(found, target)
        tell(as_json, answers.decision(taken), f"{told(target, taken)}  [{taken.id}]")


def _about_one(name: str, act: str, told: str, help_: str) -> Callable[..., None]:
    """A command that says one word of a thing; `act` is a function of graph.actions, `told` has its {label}."""

    def command(thing: About, store: Url = None, as_json: Json = False, reason: Reason = "") -> None:
        from graph import actions

        def take(found: Store, t: Thing) -> Decision:
            taken: Decision = getattr(actions, act)(found, ACTOR, t.id, reason, t.version)
            return taken

        correct_one(store, as_json, thing, take, lambda t, _: told.format(label=one_line(t.label)))

    return _named(command, name, help_)


def _about_one_with(name: str, act: str, metavar: str, told: str, help_: str) -> Callable[..., None]:
    """The same with a value, which `told` has as {value}; {kind} is the one that the thing had."""

    def command(
        thing: About,
        value: Annotated[str, typer.Argument(metavar=metavar)],
        store: Url = None,
        as_json: Json = False,
        reason: Reason = "",
    ) -> None:
        from graph import actions

        def take(found: Store, t: Thing) -> Decision:
            taken: Decision = getattr(actions, act)(found, ACTOR, t.id, value, reason, t.version)
            return taken

        said = one_line(value)
        correct_one(
            store, as_json, thing, take, lambda t, _: told.format(label=one_line(t.label), value=said, kind=t.kind)
        )

    command.__annotations__["value"] = Annotated[str, typer.Argument(metavar=metavar)]  # a name of this scope alone
    return _named(command, name, help_)


def _named(command: Callable[..., None], name: str, help_: str) -> Callable[..., None]:
    command.__name__, command.__doc__ = name, help_
    return command


rename = _about_one_with(
    "rename", "rename", "LABEL", "renamed {label} to {value}",
    "Give a thing another label; undo with the id of the decision.",
)  # fmt: skip
kind = _about_one_with(
    "kind", "change_kind", "KIND", "{label} is a {value}, no {kind}",
    "Say that a thing is of another kind; its id and links stay.",
)  # fmt: skip
reject = _about_one(
    "reject", "reject", "rejected {label}", "Take a thing out of every answer; undo with the id of the decision."
)
confirm = _about_one("confirm", "confirm", "confirmed {label}", "Say that a thing is right as it is.")


Several = Annotated[list[str], typer.Argument(metavar="ID ID…", help="Ids or labels; the first gives its name")]


def merge(things: Several, store: Url = None, as_json: Json = False, reason: Reason = "") -> None:
    """Say that two things or more are one, under the name and kind of the first; undo with the id of the decision."""
    from graph import actions

    _correct_several(store, as_json, things, reason, actions.merge, "merged {n} things as {label}")


def apart(things: Several, store: Url = None, as_json: Json = False, reason: Reason = "") -> None:
    """Say that two things or more are not the same: nobody is asked again; undo with the id of the decision."""
    from graph import actions

    _correct_several(store, as_json, things, reason, actions.keep_apart, "{n} things stay apart, {label} among them")


def _correct_several(
    store: str | None, as_json: bool, things: list[str], reason: str, act: Callable[..., Decision], told: str
) -> None:
    from graph.questions import answers

    with opened(store) as found:
        targets = [answers.find(found, thing) for thing in things]
        seen = {t.id: t.version for t in targets}
        taken = act(found, ACTOR, [t.id for t in targets], reason, seen=seen)
        said = told.format(n=len(seen), label=one_line(targets[0].label))
        tell(as_json, answers.decision(taken), f"{said}  [{taken.id}]")


def suggest(
    store: Url = None,
    as_json: Json = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most")] = 50,
) -> None:
    """Things that may be one, with the reason: for `merge` to decide."""
    from graph.review.suggest import said
    from graph.review.suggest import suggest as find_pairs

    with opened(store) as found:
        meetings = {info.id: info.meeting for info in found.sources()}

        def side(thing: Thing) -> dict[str, object]:
            quotes, count = said(found, thing, meetings)
            return {"id": thing.id, "kind": thing.kind, "label": thing.label, "quotes": quotes, "meetings": count}

        pairs = find_pairs(found, limit)
        rows = [
            {
                "score": p.score,
                "reason": p.reason,
                "things": [side(thing) for thing in p.things],
            }
            for p in pairs
        ]
        lines = [
            f"{p.score:.2f}  {p.reason:<12} " + "  =  ".join(f"{one_line(x.label)}  [{x.id}]" for x in p.things)
            for p in pairs
        ]
        tell(as_json, {"suggestions": rows}, *(lines or ["nothing to suggest"]))


def split(
    thing: About,
    apart: Annotated[list[str] | None, typer.Argument(metavar="[MEMBER…]", help="Taken out together")] = None,
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
) -> None:
    """Take members out of a merged thing; without any, each of its members stands alone."""
    from graph import actions

    correct_one(
        store,
        as_json,
        thing,
        lambda found, t: actions.split(found, ACTOR, t.id, apart or (), reason, t.version),
        lambda t, taken: f"split {one_line(t.label)} in {len(taken.value['parts'])}",
    )


def decisions(
    store: Url = None,
    as_json: Json = False,
    csv: Annotated[Path | None, typer.Option(help="Write the log to this file, one row per decision")] = None,
) -> None:
    """The log of corrections, oldest first, with the present state of each."""
    from graph.questions import answers
    from graph.review import record as review

    with opened(store) as found:
        taken = found.decisions()
        log = [answers.decision(d) for d in taken]
        lines = [_decision_line(d) for d in log]
        if csv:
            review.write_log(csv, taken)
            lines = [f"wrote {csv}"]
        tell(as_json, {"decisions": log}, *(lines or ["no decision"]))


def history(thing: About, store: Url = None, as_json: Json = False) -> None:
    """What was decided about a thing (id, also of one that was rejected; or label), oldest first."""
    from graph.questions import answers
    from graph.review import record as review

    with opened(store) as found:
        log = [answers.decision(d) for d in review.history(found, thing)]
        lines = [f"{_decision_line(d)}  {one_line(d['actor'])}  {one_line(d['reason'])}".rstrip() for d in log]
        tell(as_json, {"decisions": log}, *(lines or ["no decision"]))


def forget(
    person: Annotated[str, typer.Argument(help="Id or name")],
    store: Url = None,
    as_json: Json = False,
    also: Annotated[list[str] | None, typer.Option(help="Another spelling; may be repeated")] = None,
    only: Annotated[bool, typer.Option("--only", help="Only the spellings given with --also")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Forget for good; without it, what would go is shown")] = False,
) -> None:
    """Mask a person in texts, log and index, for good, and in whatever is imported later. Shows all hits first."""
    from graph.persons import privacy

    with opened(store) as found:
        kept = privacy.kept(found, person, also or (), only=only)
        rows = [{"where": f.where, "start": f.start, "end": f.end, "quote": f.quote} for f in kept.found]
        lines = [f"  {one_line(f.where)} {f.start}-{f.end}  « {one_line(f.quote)} »" for f in kept.found]
        lines += [f"  {one_line(f.where)}  beside its text: its file, title or author" for f in kept.beside]
        about = f"{len(rows)} hits in {kept.sources} sources, {kept.decisions} decisions, {kept.jobs} imports"
        acted = f"; names under which something was changed: {one_line(', '.join(kept.actors))}" if kept.actors else ""
        answer = {"names": list(kept.names), "ids": list(kept.ids), "hits": rows, "sources": kept.sources}
        answer["beside_the_text"] = [f.where for f in kept.beside]
        answer |= {"decisions": kept.decisions, "jobs": kept.jobs, "actors": list(kept.actors), "done": {}}
        if yes:
            answer["done"] = privacy.forget(found, ACTOR, kept)
        end = "forgotten" if yes else "nothing was changed; --yes forgets them for good, and cannot be undone"
        names = one_line(", ".join(kept.names))
        tell(as_json, answer, f"spelled: {names}", *lines, about + acted, end)


def undo(
    decision: Annotated[str, typer.Argument(metavar="ID")],
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
    together: Annotated[bool, typer.Option("--together", help="Undo what depends on it as well")] = False,
) -> None:
    """Deactivate a decision (id or unique beginning of it); the graph is then as before it.

    Later decisions that depend on it (about the whole after a merge, about a part after a split) are named first.
    """
    from graph import actions
    from graph.questions import answers

    with opened(store) as found:
        taken = answers.decision(actions.undo(found, ACTOR, decision, reason, together=together))
        tell(as_json, taken, f"undone {taken['target']}")


def _decision_line(d: Mapping[str, Any]) -> str:
    about = one_line(str(d["anchor"].get("label", d["target"])))
    given = f" -> {one_line(d['value']['label'])}" if "label" in d["value"] else ""
    return f"{d['id'][:12]}  {d['at']}  {d['state']:<8} {d['kind']:<7} {about}{given}"


CORRECTIONS = (rename, reject, suggest, merge, apart, split, kind, confirm, decisions, history, undo, forget)
