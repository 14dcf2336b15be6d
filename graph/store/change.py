"""One transaction that changes a store: the steps that every store brings, in the order that `writing` gives them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeAlias, TypeVar

from graph.decided.joining import corrections
from graph.decided.overlay import keys
from graph.derived.arrival import Deleted, Held
from graph.derived.linking import Links, retie
from graph.derived.prepare import Prepared
from graph.derived.proof import ProvableRows
from graph.derived.refresh import refresh, refresh_decided
from graph.model import Actor, Decision, DecisionKind, Fragment, Source, Visibility
from graph.persons.forgetting import Masker
from graph.persons.spellings import Variant

Act: TypeAlias = tuple[str, str, str]  # actor, verb, id of what was changed: never content


class Brought(Protocol):
    """What a fragment brings, as the rows of a store."""

    @property
    def ready(self) -> Prepared: ...


B = TypeVar("B", bound=Brought)
B_contra = TypeVar("B_contra", bound=Brought, contravariant=True)
T = TypeVar("T")


def utc_now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Change(Protocol[B_contra]):
    """The steps of one transaction; each asks or writes many things at once."""

    @property
    def rows(self) -> ProvableRows:
        """What is derived."""

    def links(self, new: Collection[str] = (), /) -> Links:
        """The stored links; nodes that are `new` have none yet."""

    # --- sources

    def named(self, asked: str) -> str:
        """The source with this id, file name, sha256 or unique beginning of an id. Raises NotFound, StoreError."""

    def held(self, source: Source) -> Sequence[Held]:
        """The stored sources with the same id or bytes."""

    def imported(self, places: Collection[str]) -> Mapping[str, tuple[str, str]]:
        """The stored sources with these ids, or of these documents: who imported each, and when."""

    def dated(self, source: str, at: str) -> None:
        """Say when a source was imported, once it is written anew for another reason."""

    def fragment(self, source: str) -> Fragment:
        """All that a source brought, with what people said of it; `source` is a full id that is there."""

    def masker(self) -> Masker:
        """What masks the names that are forgotten by now."""

    def remember(self, variants: Iterable[Variant]) -> None:
        """Keep these names, as keyed digests, among those that are forgotten."""

    def keys_of(self, sources: Sequence[str]) -> set[str]:
        """The ids of these sources, of their documents, and of the nodes they speak of."""

    def insert(self, brought: B_contra, visibility: str, actor: Actor, first: Collection[str]) -> None:
        """Write all of it; nodes of which this is the `first` that is said are written with what is derived."""

    def delete(self, source: str) -> Deleted:
        """Delete all that is a source's own, nodes that nothing else speaks of included."""

    def show(self, sources: Sequence[str], visibility: Visibility) -> list[str]:
        """Make these sources visible so; returns those that were not, in the order given."""

    def stamp(self, places: Collection[str]) -> None:
        """Give the sources with these ids, or of these documents, a new stamp (Store.stamps)."""

    def stamp_all(self) -> None:
        """Give every source a new stamp."""

    # --- nodes

    def existing(self, nodes: Sequence[str]) -> set[str]:
        """Those of these nodes that are there."""

    def kinds(self, nodes: Collection[str]) -> Counter[str]:
        """How many of these nodes are there, by the kind their sources give them."""

    def answering(self, nodes: Collection[str]) -> Mapping[str, str]:
        """The thing that each of these nodes answers as, rejected ones left out."""

    # --- corrections

    def decided(self) -> bool:
        """Whether there is any correction."""

    def logged(self, decisions: Sequence[str]) -> set[str]:
        """Those of these ids that are in the log of corrections."""

    def versions(self, nodes: Sequence[str]) -> Mapping[str, tuple[str, int]]:
        """The canonical id and the version of the thing of each node, those that are not there left out."""

    def append(self, decisions: Sequence[Decision]) -> None:
        """Add these to the log of corrections, found by what they name."""

    def rewrite(self, gone: Collection[str], changed: Sequence[Decision]) -> None:
        """Take these ids out of the log of corrections, and put these entries in place of those of the same id."""

    # --- acts

    def log(self, acts: Sequence[Act]) -> None:
        """Note who changed what, without forgotten names."""

    def unlog(self, objects: Iterable[str]) -> None:
        """Take out what was noted about these ids."""

    def unname(self, masked: Callable[[str], str]) -> None:
        """Mask the names under which people acted, and imported."""


class Changing(ABC, Generic[B]):
    """A store that can be changed."""

    @abstractmethod
    def _changing(self, work: Callable[[Change[B]], T]) -> T:
        """Do a change whole or not at all, after every change begun before it; `work` may be run again."""

    @abstractmethod
    def _asking(self, work: Callable[[ProvableRows], T]) -> T:
        """What is derived, read as of one moment."""

    @abstractmethod
    def _brought(self, ready: Prepared) -> B:
        """What a fragment brings to this store; all that is slow about it is done before a transaction opens."""


def redecide(change: Change[B], decisions: Collection[str]) -> None:
    """Bring everything up to date after these corrections came into the log, or were undone."""
    retie(change.links(), (), {}, refresh_decided(change.rows, decisions))
    # Trees are laid over blocks as they are read, from the log.
    change.stamp({key for d in corrections(change.rows, decisions)[0] for key in keys(d)})


def forget_decided(change: Change[B], log: Iterable[Decision], gone: Collection[str], kept: Iterable[Decision]) -> None:
    """The same after some of the `log` are `gone`, and those that are `kept` say something else."""
    moved = refresh_decided(change.rows, {d.id for d in kept if d.kind != DecisionKind.UNDO})
    moved |= refresh(change.rows, {node for d in log if d.id in gone for node in keys(d)}, ())
    retie(change.links(), (), {}, moved)
