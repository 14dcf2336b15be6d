"""The store protocol: a dozen verbs that every store answers alike (tests/test_store.py runs on all of them)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from graph.decided.identity import Claim
from graph.model import (
    Actor,
    Decision,
    Filter,
    Fragment,
    Hit,
    Hop,
    Job,
    Link,
    Mention,
    Passage,
    Source,
    SourceInfo,
    Thing,
    Tied,
    VerifyReport,
    Visibility,
    WriteReport,
)
from graph.persons.forgetting import Masker
from graph.persons.spellings import Variant
from graph.questions.counted import UNSURE_BELOW, First, Linked, Unread, Unsure
from graph.questions.kept import Placed

NO_FILTER = Filter()


class Store(Protocol):
    """A graph that lasts. Ids given to any verb may be those of merged members; answers carry canonical ids.

    Nothing here returns the whole graph: every list has a limit or is bounded by one source.
    """

    url: str  # as it may be shown and logged: without a password
    credentials: Mapping[str, str]  # what a process of ours needs in its environment to open `url`

    # --- writing -----------------------------------------------------------------------------------------------------
    def write(self, fragment: Fragment, actor: Actor) -> WriteReport:
        """Check the fragment and write it in one transaction; writing it again changes nothing.

        Raises EvidenceError for a node or relation without evidence or whose span does not hold, OntologyError for an
        unknown kind or relation. A fragment for bytes already stored replaces what those bytes brought before.
        """

    def remove(self, source: str, actor: Actor) -> Mapping[str, int]:
        """Remove a source (id, unique beginning of the id, file name or sha256) and all that rests on it alone.

        Returns what went, by kind. Raises NotFound. Decisions stay in the log.
        """

    def set_visibility(self, sources: Sequence[str], visibility: Visibility, actor: Actor) -> int:
        """Publish sources or take them back, all or none; returns how many were not so already. Raises NotFound.

        It is no part of what a source brought: its fingerprint stays, and a later import keeps what was published so.
        """

    def close(self) -> None: ...

    # --- things ------------------------------------------------------------------------------------------------------
    def get(self, thing: str) -> Thing | None:
        """The thing with this id, or None; rejected things answer None."""

    def things(self, ids: Iterable[str]) -> dict[str, Thing]:
        """Many at once, keyed by the id that was asked."""

    def rows(
        self,
        kinds: Sequence[str],
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        offset: int = 0,
        min_evidence: int = 0,
        attribute: tuple[str, str] | None = None,
    ) -> list[Thing]:
        """Things of these kinds within the filter, by number of sources, then evidence, then label, then id.

        Counts in the answer are within the filter. `attribute`: of these, only those that have it, by name and value.
        """

    def names(self, kinds: Sequence[str], *, limit: int) -> list[tuple[str, str, tuple[str, ...]]]:
        """Id, label and other names of the first things of these kinds, in the order of `rows`."""

    def count_rows(self, kinds: Sequence[str], where: Filter = NO_FILTER, *, min_evidence: int = 0) -> int: ...

    def search(self, text: str, kinds: Sequence[str] = (), *, limit: int = 20, where: Filter = NO_FILTER) -> list[Hit]:
        """Every word of the query must match, the last one as a prefix too. Labels, aliases and passages are searched.

        Order: exact label, then prefix of the label, then share of the label's words, evidence count, id; where an
        alias fares better than the label, it counts.
        """

    def evidence(self, thing: str, where: Filter = NO_FILTER, *, limit: int = 50) -> list[Mention]:
        """Where a thing is said, by source date, then position."""

    def sentences(self, thing: str, where: Filter = NO_FILTER) -> dict[str, int]:
        """How often each source says a thing; those that do not are left out."""

    def claims(self, ids: Iterable[str], where: Filter = NO_FILTER) -> Mapping[str, list[Claim]]:
        """What sources within the filter say of each thing, by the id that was asked; those that say the same are one.

        A thing of which none of them says anything is left out.
        """

    # --- links -------------------------------------------------------------------------------------------------------
    def neighbours(
        self,
        thing: str,
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        min_passages: int = 1,
        stated_only: bool = False,
    ) -> list[Link]:
        """What a thing is linked to (`a` is the thing), strongest first: passages, then id. Text kinds never appear."""

    def links(self, ids: Sequence[str], where: Filter = NO_FILTER) -> list[Link]:
        """All links among these things, each pair once with a < b."""

    def degrees(self, ids: Sequence[str], where: Filter = NO_FILTER) -> dict[str, int]:
        """How many things each of these is linked to."""

    def around(
        self,
        things: Sequence[str],
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        min_passages: int = 1,
    ) -> dict[str, Tied]:
        """What these things together are linked to, themselves included; of each, its `limit` strongest links count."""

    def steps(
        self, things: Sequence[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, *, limit: int = 200
    ) -> dict[str, dict[str, int]]:
        """What each of these things is linked to, its `limit` strongest links, and the degree of that, of any kind.

        By the id that was asked; ids that are not there are left out.
        """

    def why(self, a: str, b: str, where: Filter = NO_FILTER, *, limit: int = 20) -> list[Hop]:
        """The reasons for the link between two things, stated relations first, best confidence first."""

    def whys(
        self, pairs: Sequence[tuple[str, str]], where: Filter = NO_FILTER, *, limit: int = 20
    ) -> dict[tuple[str, str], list[Hop]]:
        """The same of several pairs, by the pair that was asked."""

    def shared(
        self, kinds_a: Sequence[str], kinds_b: Sequence[str], where: Filter = NO_FILTER, *, limit: int = 500
    ) -> list[tuple[str, str, int]]:
        """Pairs of things (a < b where the kinds are the same) that share passages, with how many, most first."""

    # --- counted for pages, so that none walks everything -------------------------------------------------------------
    def doubtful(
        self, kinds: Sequence[str], where: Filter = NO_FILTER, *, below: float = UNSURE_BELOW, limit: int = 200
    ) -> First[Thing]:
        """Things of these kinds that nobody confirmed and that were read with less confidence than `below`.

        The heaviest first (questions.counted.weight), then by id; counts and confidence are within the filter.
        """

    def unplaced(self, where: Filter = NO_FILTER, *, below: float = UNSURE_BELOW, limit: int = 200) -> First[Unsure]:
        """The blocks whose parent was guessed with less confidence than `below`, the least sure first, then by id."""

    def linked(
        self, ids: Sequence[str], kinds: Sequence[str], where: Filter = NO_FILTER
    ) -> dict[str, dict[str, Linked]]:
        """By the id that was asked, then by kind, how many things it is linked to; what has no link is left out."""

    def unread(self, where: Filter = NO_FILTER) -> list[Unread]:
        """For each source with passages that could say something, how many nothing was read from; by source id."""

    def count_within(self, kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        """For each of these filters, how many things it leaves of each of these kinds; no kind without any."""

    # --- asked of many at once, where a page would ask of one after the other -----------------------------------------
    def firsts(self, ids: Iterable[str], where: Filter = NO_FILTER) -> dict[str, Mention]:
        """The first of what `evidence` gives of each, by the id that was asked; what is said nowhere is left out."""

    def strongest(
        self,
        ids: Iterable[str],
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        stated_only: bool = False,
    ) -> dict[str, list[Link]]:
        """The `neighbours` of each, by the id that was asked; what has none is left out."""

    def blocks(self, ids: Iterable[str]) -> dict[str, tuple[str, Passage]]:
        """What `passage` gives of each, by the id that was asked."""

    def said_in(self, blocks: Iterable[str]) -> list[Mention]:
        """Of `mentions`, those that stand in these blocks, by source, then position."""

    def texts(self, sources: Iterable[str]) -> dict[str, str]:
        """The text of each of these sources, by its whole id, without the bytes that a `source` brings."""

    # --- sources -----------------------------------------------------------------------------------------------------
    def sources(self, where: Filter = NO_FILTER) -> list[SourceInfo]: ...

    def source(self, source: str) -> Source:
        """One source whole, text and bytes included. Raises NotFound."""

    def fragment(self, source: str) -> Fragment:
        """All that one source brought, exactly as it was written: another store makes the same of it. Raises NotFound.

        Who imported it and when are not part of it.
        """

    def passages(self, source: str) -> list[Passage]:
        """The blocks of a source in reading order."""

    def passage(self, passage: str) -> tuple[str, Passage] | None:
        """The block with this id and the id of its source, or None; search answers passages too."""

    def mentions(self, source: str) -> list[Mention]:
        """Everything said in one source, by position; `node` is the canonical id."""

    # --- decisions ---------------------------------------------------------------------------------------------------
    def decide(
        self, decision: Decision, *, seen_version: int | None = None, seen: Mapping[str, int] | None = None
    ) -> Decision:
        """Append a decision and apply it; `seen` are the versions seen of the other things that a merge joins.

        `seen_version` is that of the target: of a thing, or of what people said of a source (overlay.text_version).
        Raises Stale when one of them changed since, NotFound, DecisionError for what no store can apply.
        """

    def undo(self, decision: str, actor: Actor, reason: str = "") -> Decision:
        """Append the decision that deactivates one. Raises NotFound, DecisionError when it is already undone."""

    def decisions(self) -> list[Decision]:
        """The log in order, with the present state of each."""

    def edited_trees(self, where: Filter = NO_FILTER) -> list[str]:
        """The ids of the sources whose tree a person corrected: search finds their blocks as they were read."""

    def adopt(self, decisions: Sequence[Decision]) -> int:
        """Append the decisions of another store as they are, in their order, and apply them; returns how many were new.

        Ids that are in the log already are passed over, so that adopting twice changes nothing. A decision about what
        is not there waits for it. Raises DecisionError for one that no store can apply: nothing is then adopted.
        Sources that people described, or added to, follow one by one; run again after an interruption, it ends that.
        """

    def masker(self) -> Masker:
        """What masks every name that was forgotten here; imports pass through it."""

    def forget(self, ids: Sequence[str], variants: Sequence[Variant], actor: Actor) -> Mapping[str, int]:
        """Mask these names wherever they stand, now and in what is imported later; it cannot be undone.

        `ids` are those of the things that go: what was decided about them leaves the log, which is otherwise masked
        like the rest. Returns how many sources, decisions and jobs held a name. Run again after an interruption, it
        ends what was begun.
        """

    # --- whole store -------------------------------------------------------------------------------------------------
    def acts(self) -> int:
        """A number that grows with every write: whatever was read under the same one is still what the store answers.

        Jobs are no part of it.
        """

    def stamps(self) -> list[Placed]:
        """Each source with a number that is another once what it says, or what that is answered as, may be otherwise.

        Whatever was read within a filter is still what the store answers there while the filter leaves the same sources
        under the same stamps; the log of corrections is no part of it, nor is who sees a source. Where only the nodes
        of a stakeholder are others (Thing.members, ids that answer as it), the upper half of the number stays.
        """

    def actors(self) -> list[str]:
        """The names under which people changed anything here, each once, in order."""

    def counts(self) -> Mapping[str, object]:
        """{"nodes": {kind: n}, "relations": {type: n}, "documents", "sources", "decisions"}; the graph alone."""

    def verify(self) -> VerifyReport:
        """Prove every span against its text, every text against its hash, both ends of every relation, the index."""

    def backup(self, path: Path) -> None:
        """Write a consistent copy that opens as a store. Refuses to overwrite."""

    # --- imports under way -------------------------------------------------------------------------------------------
    def save_job(self, job: Job, *, seen: int | None = None) -> None:
        """Write the row of an import, or with `seen` that of a note (graph.notes) over this version; names are masked.

        Raises Stale where the version there (its option `version`; 0 without a row) is another: nothing is written.
        """

    def job(self, job: str) -> Job | None: ...

    def jobs(self, limit: int = 20) -> list[Job]:
        """The latest first."""
