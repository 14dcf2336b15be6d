"""The types of initiatives of a store: those of the vocabulary, and what facilitators changed there.

Each change is a record with its actor and time, in one note of the store (graph.notes): the types are those of the
vocabulary with the changes that stand, in their order. Undoing a change is a change too; a copy of the store joins the
changes of both.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from graph import notes
from graph.actions import allow
from graph.decided.checking import checked_label
from graph.errors import DecisionError, NotFound, Stale
from graph.initiatives.catalogue import Types
from graph.model import Actor
from graph.store.base import Store
from graph.text import key
from ontology.initiatives import InitiativeType, initiative_types

NOTE = "initiative-types"  # the id of the row
MOST_CHANGES = 500
MOST_TYPES = 40
MOST_WORDS = 60
LONGEST = 80  # characters of a name, or of one of the other ways in which tables write it


class Did(StrEnum):
    ADD = "add"
    EDIT = "edit"
    REMOVE = "remove"
    RESET = "reset"  # back to the vocabulary
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the types. `key` is the type's, or for an undo the id of the change that no longer stands."""

    id: str
    did: str
    key: str
    fr: str
    en: str
    words: Sequence[str]
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class Kept:
    """The types of a store by key, and every change that made them; `undone` are the ids of those that were undone."""

    types: Types
    changes: tuple[Change, ...] = ()
    undone: frozenset[str] = frozenset()


def kept(store: Store) -> Kept:
    """The types of a store; `store` is the whole one, whatever the role."""
    row = store.job(NOTE)
    return _kept(row.options if row else {})


def _kept(options: notes.Options) -> Kept:
    return _made_of(tuple(Change(**one) for one in options.get("changes", ())))


def _made_of(changes: tuple[Change, ...]) -> Kept:
    undone = frozenset(change.key for change in changes if change.did == Did.UNDO)
    return Kept(_replayed([change for change in changes if change.id not in undone]), changes, undone)


def _replayed(changes: Sequence[Change]) -> Types:
    """The types after these changes; one about a type that is no longer there changes nothing."""
    types = dict(initiative_types())
    for change in changes:
        if change.did == Did.RESET:
            types = dict(initiative_types())
        elif change.did == Did.REMOVE:
            types.pop(change.key, None)
        elif change.did == Did.ADD or (change.did == Did.EDIT and change.key in types):
            before = types.get(change.key)
            types[change.key] = InitiativeType(
                change.key, change.fr, change.en, (change.fr, change.en, *change.words), before.glyph if before else ""
            )
    return types


def add(store: Store, actor: Actor, fr: str, en: str = "", words: Sequence[str] = ()) -> str:
    """Add a type and return its key; without an English name the French one stands in.

    Raises PermissionDenied, DecisionError (a name that is empty or too long, a word of another type, too many types).
    """
    made = _named(Did.ADD, "", fr, en, words)
    identity = key(made.fr).replace(" ", "-") or made.id[:8]

    def change(found: Kept) -> Change:
        types = found.types
        if len(types) >= MOST_TYPES:
            raise _too_many()
        if identity in types:
            raise DecisionError(f"{types[identity].fr}: there is a type of this name already")
        return _free(replace(made, key=identity), types)

    _change(store, actor, change)
    return identity


def edit(
    store: Store,
    actor: Actor,
    kind: str,
    fr: str,
    en: str = "",
    words: Sequence[str] = (),
    *,
    seen: InitiativeType | None = None,
) -> None:
    """Rename a type, and say how else tables write it; its former names stay among these words.

    `seen` is the type as it was read. Raises as `add`, NotFound, Stale (changed by another since).
    """
    made = _named(Did.EDIT, kind, fr, en, words)

    def change(found: Kept) -> Change:
        before = _known(found.types, kind, seen)
        former = [name for name in (before.fr, before.en) if name not in (made.fr, made.en)]
        others = {other: spec for other, spec in found.types.items() if other != kind}
        return _free(replace(made, words=list(dict.fromkeys((*made.words, *former)))), others)

    _change(store, actor, change)


def remove(store: Store, actor: Actor, kind: str, *, seen: InitiativeType | None = None) -> None:
    """Remove a type: its initiatives then stand under the words of their tables.

    Raises PermissionDenied, NotFound, Stale, DecisionError for the last type.
    """

    def change(found: Kept) -> Change:
        before = _known(found.types, kind, seen)
        if len(found.types) == 1:
            raise _none_left()
        return _named(Did.REMOVE, kind, before.fr, before.en)

    _change(store, actor, change)


def reset(store: Store, actor: Actor) -> None:
    """Go back to the types of the vocabulary. Raises PermissionDenied."""
    _change(store, actor, lambda _: _record(Did.RESET, ""))


def undo(store: Store, actor: Actor, change: str) -> None:
    """Take back one change and let the others stand.

    Raises PermissionDenied, NotFound, DecisionError (undone already; without it, types that could not be made).
    """

    def taken_back(found: Kept) -> Change:
        if change not in {one.id for one in found.changes if one.did != Did.UNDO}:
            raise NotFound(change)
        if change in found.undone:
            raise DecisionError(f"{change} is undone already")
        made = _record(Did.UNDO, change)
        _checked(found.types, _made_of((*found.changes, made)).types)
        return made

    _change(store, actor, taken_back)


def as_toml(types: Types) -> str:
    """The types as the file that ontology.initiatives reads, so that another installation begins with them."""

    def table(spec: InitiativeType) -> str:
        words = "|".join(dict.fromkeys(spec.words[2:]))
        values = {"fr": spec.fr, "en": spec.en, "words": words, "glyph": spec.glyph}
        lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
        return "\n".join((f"[types.{json.dumps(spec.key)}]", *lines))

    return "\n\n".join(map(table, types.values())) + "\n"


# --- what a change is ------------------------------------------------------------------------------------------------


def _change(store: Store, actor: Actor, make: Callable[[Kept], Change]) -> None:
    """Append a change to what is there at that moment: of two made at once both stand, or the second is refused."""
    allow(actor, "change the types of initiatives")

    def more(options: notes.Options) -> notes.Options:
        found = _kept(options)
        if len(found.changes) >= MOST_CHANGES:
            raise DecisionError(f"{MOST_CHANGES} changes of the types of initiatives at most")
        made = replace(make(found), actor=actor.name)
        return {"changes": [*options.get("changes", ()), asdict(made)]}

    notes.change(store, actor, NOTE, more)


def _record(did: Did, kind: str) -> Change:
    return Change(uuid.uuid4().hex, did, kind, "", "", [], "", datetime.now(UTC).isoformat(timespec="microseconds"))


def _named(did: Did, kind: str, fr: str, en: str, words: Sequence[str] = ()) -> Change:
    """A change with its names checked. Raises DecisionError."""
    french = checked_label(fr, LONGEST)
    listed = [checked_label(word, LONGEST) for word in words if word.strip()]
    if len(listed) > MOST_WORDS:
        raise DecisionError(f"{MOST_WORDS} words for one type at most")
    if any("|" in word for word in (french, en, *listed)):
        raise DecisionError("the name of a type holds no « | »")
    return replace(_record(did, kind), fr=french, en=checked_label(en or french, LONGEST), words=listed)


def _free(made: Change, others: Types) -> Change:
    """The change, where none of its words names another type. Raises DecisionError."""
    taken = {key(word): spec.fr for spec in others.values() for word in spec.words}
    for word in (made.fr, made.en, *made.words):
        if key(word) in taken:
            raise _taken(word, taken[key(word)])
    return made


def _checked(before: Types, after: Types) -> None:
    """Refuse types that no other change could make, but for what is wrong with them already (a copy joins changes).

    Raises DecisionError.
    """
    if not after:
        raise _none_left()
    if len(after) > max(MOST_TYPES, len(before)):
        raise _too_many()
    known = _shared(before)
    for word, (written, name) in _shared(after).items():
        if word not in known:
            raise _taken(written, name)


def _shared(types: Types) -> dict[str, tuple[str, str]]:
    """The words of two types, folded: as the second writes it, and the name of the first."""
    first: dict[str, InitiativeType] = {}
    found: dict[str, tuple[str, str]] = {}
    for spec in types.values():
        for word in spec.words:
            owner = first.setdefault(key(word), spec)
            if owner.key != spec.key:
                found.setdefault(key(word), (word, owner.fr))
    return found


def _taken(word: str, name: str) -> DecisionError:
    return DecisionError(f"{word}: this is how « {name} » is written")


def _too_many() -> DecisionError:
    return DecisionError(f"{MOST_TYPES} types of initiatives at most: remove one first")


def _none_left() -> DecisionError:
    return DecisionError("one type of initiatives stays")


def _known(types: Types, kind: str, seen: InitiativeType | None) -> InitiativeType:
    if kind not in types:
        raise NotFound(kind)
    if seen and types[kind] != seen:
        raise Stale("this type was changed by someone else since you opened it")
    return types[kind]
