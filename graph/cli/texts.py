"""The commands of ``python -m graph`` on the text of a source: what people say of it, its tree and its corrections."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

import typer

from graph.cli.console import one_line, opened, tell
from graph.cli.options import ACTOR, Json, Reason, Url
from graph.errors import DecisionError
from graph.model import Decision, Passage
from graph.store.base import Store

SourceName = Annotated[str, typer.Argument(metavar="SOURCE", help="Id, unique beginning of the id, or file name")]
Block = Annotated[str, typer.Argument(metavar="BLOCK", help="Id, or words, of a block as `tree` lists them")]
_NAMED = 5  # places told where words stand several times


def add(
    source: SourceName,
    kind: Annotated[str, typer.Argument(metavar="KIND")],
    words: Annotated[str, typer.Argument(metavar="WORDS", help="As they stand in the source, verbatim")],
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
    label: Annotated[str, typer.Option(help="Another label than these words")] = "",
    at: Annotated[int | None, typer.Option(help="Where they begin, in characters, if they stand there twice")] = None,
    onto: Annotated[str, typer.Option(help="Id or label of a thing that it is one with")] = "",
) -> None:
    """Say that words of a source are a thing of this kind, which reading missed; undo with the id of the decision."""
    from graph import text_actions
    from graph.questions import answers

    with opened(store) as found:
        whole = found.source(source)
        start = _only_place(whole.text, words, at)
        other = answers.find(found, onto).id if onto else ""
        taken = text_actions.add(found, ACTOR, whole.id, (start, start + len(words)), kind, label, reason, onto=other)
        said = one_line(str(taken.value["label"]))
        tell(as_json, answers.decision(taken), f"added {said} ({kind})  [{taken.id}]")


def describe(
    source: SourceName,
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
    meeting: Annotated[str | None, typer.Option(help='The meeting that it reports; "" for none')] = None,
    date: Annotated[str | None, typer.Option(help="Its day (2026-03-18) or month (2026-03)")] = None,
    place: Annotated[str | None, typer.Option(help="Where it was held")] = None,
) -> None:
    """Say which meeting a source reports, when and where; what is not given stays as it was read."""
    from graph import actions
    from graph.questions import answers

    with opened(store) as found:
        given = {"meeting": meeting, "date": date, "place": place}
        said = {name: value for name, value in given.items() if value is not None}
        taken = actions.describe(found, ACTOR, found.source(source).id, said, reason)
        tell(as_json, answers.decision(taken), f"described {one_line(str(taken.anchor['label']))}  [{taken.id}]")


def _only_place(text: str, words: str, at: int | None) -> int:
    """Where these words stand. Raises DecisionError where they do not, or several times and `at` does not say which."""
    places = [found.start() for found in re.finditer(re.escape(words), text)] if words.strip() else []
    if at is not None:
        places = [n for n in places if n == at]
    if len(places) == 1:
        return places[0]
    if not places:
        raise DecisionError("these words do not stand there in the source")
    named = ", ".join(map(str, places[:_NAMED])) + (" …" if len(places) > _NAMED else "")
    raise DecisionError(f"these words stand {len(places)} times in the source: say which with --at ({named})")


def tree(source: SourceName, store: Url = None, as_json: Json = False) -> None:
    """The blocks of a source as people corrected them, indented, with the id of each: for `move`, `fuse` and `cut`."""
    with opened(store) as found:
        whole = found.source(source)
        blocks = found.passages(whole.id)
        rows = [{"id": p.id, "parent": p.parent, "kind": p.kind, "level": p.level, "label": p.label} for p in blocks]
        lines = [f"{'  ' * p.level}{one_line(p.label)}  [{p.id}]" for p in blocks]
        tell(as_json, {"source": whole.id, "blocks": rows}, *lines)


def move(
    source: SourceName,
    block: Block,
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
    under: Annotated[str, typer.Option(help="The block that it goes under; none for the first level")] = "",
    after: Annotated[str, typer.Option(help="The block that it follows there; none to come first")] = "",
) -> None:
    """Put a block of a source, with all under it, under another or at the first level."""
    from graph import text_actions

    def act(found: Store, blocks: list[Passage], target: str, seen: int) -> Decision:
        parent, sibling = (_block(blocks, asked) if asked else "" for asked in (under, after))
        return text_actions.move(found, ACTOR, target, parent, sibling, reason, seen)

    _change(store, as_json, source, block, act, "moved")


def fuse(
    source: SourceName,
    block: Block,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The block that it takes in")],
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
) -> None:
    """Make one block of two that reading had cut; what is under the second goes under the first."""
    from graph import text_actions

    def act(found: Store, blocks: list[Passage], target: str, seen: int) -> Decision:
        return text_actions.fuse(found, ACTOR, target, _block(blocks, other), reason, seen)

    _change(store, as_json, source, block, act, "fused")


def cut(
    source: SourceName,
    block: Block,
    words: Annotated[int, typer.Argument(metavar="N", help="How many of its words stay in the first part")],
    store: Url = None,
    as_json: Json = False,
    reason: Reason = "",
) -> None:
    """Make two blocks of one, after so many of its words."""
    from graph import text_actions

    def act(found: Store, _: list[Passage], target: str, seen: int) -> Decision:
        return text_actions.cut(found, ACTOR, target, words, reason, seen)

    _change(store, as_json, source, block, act, "cut")


def _change(
    url: str | None,
    as_json: bool,
    source: str,
    block: str,
    act: Callable[[Store, list[Passage], str, int], Decision],
    done: str,
) -> None:
    """Find a block, change its tree as it was seen, and tell it with the id that undoes it."""
    from graph import text_actions
    from graph.questions import answers

    with opened(url) as store:
        whole = store.source(source)
        seen, blocks = text_actions.version(store, whole.id), store.passages(whole.id)
        taken = act(store, blocks, _block(blocks, block), seen)
        label = one_line(str(taken.anchor["label"]))
        tell(as_json, answers.decision(taken), f"{done} {label}  [{taken.id}]")


def _block(blocks: list[Passage], asked: str) -> str:
    """The id of the block with this id, or these words. Raises DecisionError where none or several have them."""
    named = [p.id for p in blocks if asked == p.id] or [p.id for p in blocks if one_line(asked) == one_line(p.label)]
    if len(named) == 1:
        return named[0]
    told = f"{len(named)} blocks have these words; take an id" if named else "no block of this source has these words"
    raise DecisionError(f"{one_line(asked)}: {told}")


TEXTS = (add, describe, tree, move, fuse, cut)
