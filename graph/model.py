"""What the graph holds, as frozen data, and the ids derived from content. Imports only the standard library.

A `Fragment` is everything one source brings. A `Thing` is a node as a store answers it: merged and corrected.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


def make_id(kind: str, *parts: object) -> str:
    """The id of a node: its first kind and a digest of what makes its identity (design: never changes afterwards)."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"), digest_size=10)
    return f"{kind}:{digest.hexdigest()}"


class Visibility(StrEnum):
    """Who sees what a source brought: facilitators only until its meeting is published."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Role(StrEnum):
    FACILITATOR = "facilitator"
    PARTICIPANT = "participant"
    RESEARCHER = "researcher"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. Every write names one."""

    name: str = "local"
    role: Role = Role.FACILITATOR


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim piece of a source: ``quote == source.text[start:end]``, in code points; checked on every write.

    `rule` is "module.rule@version" of what read it, `confidence` between 0 and 1.
    """

    start: int
    end: int
    quote: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a source: heading, sentence, bullet, table row, map node.

    `label` is the slice with wraps, hyphenation and page furniture undone. `place` is the native place (node id, page,
    cell). `parent_confidence` is 1 where the file states the parent, less where it was guessed.
    """

    id: str
    order: int
    kind: str
    start: int
    end: int
    label: str
    level: int = 0
    parent: str | None = None
    place: str = ""
    parent_confidence: float = 1.0
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Node:
    """One thing as one source states it. Several sources may state the same id.

    `merge_key` is set for proper names only: nodes of one kind with the same merge key in several documents are one.
    """

    id: str
    kind: str
    label: str
    evidence: tuple[Evidence, ...]
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    merge_key: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One typed link as one source states it. Ends are node ids (or passage ids for a map's cross link)."""

    from_id: str
    type: str
    to_id: str
    evidence: tuple[Evidence, ...]
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One imported version of a document. Offsets everywhere count code points of `text`."""

    id: str
    document: str
    name: str
    sha256: str
    format: str
    text: str
    data: bytes = b""
    title: str = ""
    language: str = "fr"
    reader: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    meeting: str = ""
    date: str = ""
    place: str = ""
    visibility: Visibility = Visibility.DRAFT
    ledger: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fragment:
    """All that one source brings; a store writes it in one transaction or not at all."""

    source: Source
    passages: tuple[Passage, ...] = ()
    nodes: tuple[Node, ...] = ()
    relations: tuple[Relation, ...] = ()


# --- what a store answers -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a thing is named, with enough of the source to show it."""

    node: str
    source: str
    passage: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Thing:
    """A node as people meet it: merged across documents, renamed and re-kinded by the active decisions.

    `id` is the canonical id, `members` every id merged into it. `version` changes with each decision on it: an edit
    carries the version it saw.
    """

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    evidence_count: int = 0
    source_count: int = 0
    confidence: float = 1.0
    version: int = 0
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result, best first. `quote` is a sentence it rests on."""

    id: str
    kind: str
    label: str
    score: float
    quote: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two things joined in a picture: by stated relations, by shared passages, or both.

    `types` are relation types read from `a` to `b` (a leading "-" means from `b` to `a`); `passages` counts the
    distinct passages that mention both or state the relation; `confidence` is the best of its evidence.
    """

    a: str
    b: str
    types: tuple[str, ...]
    passages: int
    confidence: float = 1.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Tied:
    """How one thing is linked to several others: to how many of them, by how many passages, by a stated relation."""

    things: int
    passages: int
    stated: bool

    def and_also(self, other: Tied) -> Tied:
        """The same together with how it is linked to more of them."""
        return Tied(self.things + other.things, self.passages + other.passages, self.stated or other.stated)


@dataclass(frozen=True, slots=True)
class Hop:
    """One reason why two things are linked: a relation (or "mentions" for a shared passage) and its sentence."""

    from_id: str
    to_id: str
    type: str
    source: str
    start: int
    end: int
    quote: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Path:
    """An explained path: `nodes` from end to end, one hop between each two; `cost` as the rule on paths says."""

    cost: float
    nodes: tuple[Thing, ...]
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What every page filters by. Empty means no restriction; dates are ISO days, both ends included.

    `document` keeps all its versions, `source` one of them. `confirmed` keeps the things that a person confirmed, and
    the links between them; sources and passages stay.
    """

    meeting: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    visibility: Visibility | None = None
    confirmed: bool = False
    document: str = ""


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source without its text, with what it brought; `digest` is the fingerprint of all of it."""

    id: str
    document: str
    name: str
    title: str
    format: str
    language: str
    sha256: str
    meeting: str
    date: str
    place: str
    visibility: str
    chars: int
    passages: int
    counts: Mapping[str, int]
    ledger: Mapping[str, Any]
    imported_by: str
    imported_at: str
    digest: str = ""


class DecisionKind(StrEnum):
    """What a person may correct. MERGE is `same_as`; SPLIT takes apart what any rule or merge had joined.

    APART says that things are not the same, so that nobody is asked again; ADD that a piece of a source is a thing.
    MOVE, FUSE and CUT change the tree of a source: another parent or place, two blocks as one, one block as two.
    DESCRIBE says which meeting a source reports, when and where.
    """

    RENAME = "rename"
    REJECT = "reject"
    KIND = "kind"
    CONFIRM = "confirm"
    MERGE = "merge"
    SPLIT = "split"
    APART = "apart"
    ADD = "add"
    MOVE = "move"
    FUSE = "fuse"
    CUT = "cut"
    DESCRIBE = "describe"
    UNDO = "undo"


JOINING = (DecisionKind.MERGE, DecisionKind.SPLIT)  # they change which nodes are one thing
PAIRING = (DecisionKind.MERGE, DecisionKind.APART)  # they are about several things, each with its anchor
TREE = (DecisionKind.MOVE, DecisionKind.FUSE, DecisionKind.CUT)  # they are about the blocks of a source
WRITTEN = (DecisionKind.ADD, DecisionKind.DESCRIBE)  # they are laid over a source when it is written


@dataclass(frozen=True, slots=True)
class Decision:
    """A correction by a person, in an append-only log. `anchor` is what it was about, to find it again when ids move.

    `anchor` holds kind, label, source, start, end and quote of the target when the decision was taken. `value` holds,
    for a merge, `label` and `kind` of the whole and one anchor with its `id` for each of the `others`, which is all
    that keeping apart holds; for a split, the `parts`, each a list of ids; for trees see decided.tree; for a
    description the fields of a source that it changes; else the new `label` or `kind`. `state` is "active", "undone",
    or "waiting" when nothing answers to it at present.
    """

    id: str
    kind: str
    target: str
    value: Mapping[str, Any]
    anchor: Mapping[str, Any]
    actor: str
    at: str
    reason: str = ""
    state: str = "active"


@dataclass(frozen=True, slots=True)
class WriteReport:
    """What a write did: "new", "unchanged", or "replaced" when other rules gave another fragment for the same bytes.

    "unchanged" too where a copy of the same bytes brought another name only.
    """

    source: str
    outcome: str
    nodes: int = 0
    relations: int = 0
    passages: int = 0
    nodes_new: int = 0


@dataclass(frozen=True, slots=True)
class VerifyReport:
    checked: Mapping[str, int]
    problems: tuple[str, ...]

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Job:
    """An import as pages and commands follow it. `state`: waiting, running, done, failed, cancelled, interrupted.

    `files` holds one mapping per file: name, state, progress 0-1, step, report or error, source id.
    """

    id: str
    state: str
    files: tuple[Mapping[str, Any], ...]
    options: Mapping[str, Any]
    actor: str
    created: str
    updated: str
    pid: int = 0
