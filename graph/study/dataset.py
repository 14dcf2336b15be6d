"""A dataset that can be cited: tables with a codebook, texts, rules, digest; persons under pseudonyms by default."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.errors import OutputRefused
from graph.export import export
from graph.export.csv import write_table
from graph.export.selection import Selection, Wanted
from graph.export.zipped import archive
from graph.model import Actor, Decision, DecisionKind, Fragment, Mention, Thing
from graph.store import open_store
from graph.store.base import Store
from graph.study import iramuteq, rdf
from graph.study.codebook import LANGUAGES, codebook, tables
from graph.study.corpus import corpus_digest
from graph.study.names import names_of
from graph.study.pseudonyms import Pseudonyms
from graph.study.readme import readme
from ontology import load

Progress = Callable[[float, str], object]  # share done 0-1, what is being done; may raise to cancel
Row = Sequence[object]
_NAMING = (DecisionKind.RENAME, DecisionKind.MERGE)  # they give a thing its label


@dataclass(frozen=True, slots=True)
class Dataset:
    """What was written: where, the digest of the corpus, rows by table, and whether names are in it."""

    path: Path
    digest: str
    rows: dict[str, int]
    files: tuple[str, ...]
    named: bool


def no_progress(_: float, __: str) -> None:
    """For callers that show none."""


def write_dataset(
    store: Store, path: Path, *, named: bool = False, whole: Store | None = None, progress: Progress = no_progress
) -> Dataset:
    """Write the dataset into a new folder, or a new .zip file. The same graph gives the same bytes, in any store.

    Persons are under pseudonyms, in texts too, unless `named`. For a role that reads a part (`store`) of all there is,
    `whole` says who is a person and what was corrected; the log itself is then left out.

    Raises OutputRefused where something is in the way.
    """
    whole = store if whole is None else whole
    zipped = path.suffix.lower() == ".zip"
    if path.exists() and (zipped or not path.is_dir() or any(path.iterdir())):
        raise OutputRefused(str(path), "there is something already: choose another name")
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory())) if zipped else path
            folder.mkdir(parents=True, exist_ok=True)
            digest = corpus_digest(store, whole)
            shown = store if named else _without_names(store, whole, stack, progress)
            log = shown.decisions() if whole is store else []
            rows = _write(shown, log, folder, digest, named, progress)
            files = _listed(folder)
            if zipped:
                path.write_bytes(archive({f"{path.stem}/{name}": (folder / name).read_bytes() for name in files}))
    except OSError as error:
        raise OutputRefused(str(path), error.strerror or "cannot be written") from None
    progress(1.0, "")
    return Dataset(path, digest, rows, tuple(files), named)


def _without_names(store: Store, whole: Store, stack: ExitStack, progress: Progress) -> Store:
    """A copy of the graph in which every person is a number, proven as any graph is; gone when the stack closes.

    Of the sources of `store`, as `whole` has them: what a role reads may have lost its decisions, or its offsets.
    """
    folder = stack.enter_context(TemporaryDirectory())
    copy = open_store(f"sqlite:///{Path(folder) / 'pseudonyms.db'}")
    stack.callback(copy.close)
    progress(0.0, "names")
    rewrite = Pseudonyms(names_of(whole))
    infos = sorted(store.sources(), key=lambda info: info.id)
    for done, info in enumerate(infos):
        progress(0.5 * done / len(infos), info.format)
        copy.write(rewrite.fragment(whole.fragment(info.id)), Actor())
    copy.adopt([rewrite.decision(decision) for decision in _corrections(store, whole)])
    return copy


def _corrections(store: Store, whole: Store) -> list[Decision]:
    """The log; for what a role reads, those in force, under the labels that it reads: no draft gives one."""
    log = whole.decisions()
    if store is whole:
        return log
    log = [d for d in log if d.state != "undone" and d.kind != DecisionKind.UNDO]
    read = store.things(d.target for d in log if d.kind in _NAMING)
    kept = (d for d in log if d.kind not in _NAMING or d.target in read)
    return [replace(d, value={**d.value, "label": read[d.target].label}) if d.kind in _NAMING else d for d in kept]


def _write(
    store: Store, log: Sequence[Decision], folder: Path, digest: str, named: bool, progress: Progress
) -> dict[str, int]:
    tables_of = _Tables(store, log)
    rows: dict[str, int] = {}
    for at, (name, columns) in enumerate(tables().items()):
        progress(0.5 + 0.03 * at, name)
        counted = _Counted(tables_of.rows(name))
        write_table(folder / f"{name}.csv", columns, counted)
        rows[name] = counted.count
    _texts(store, folder)
    progress(0.8, "graph")
    for extension in (".graphml", ".gexf"):
        export(store, folder / f"graph{extension}")
    selection = Selection(store, Wanted())
    rdf.write_themes(selection, folder / "themes.ttl", digest)
    rdf.write_graph(selection, folder / "graph.nt")
    progress(0.95, "iramuteq")
    iramuteq.write(store, folder / "iramuteq.txt")
    for language in LANGUAGES:
        (folder / f"codebook.{language}.md").write_text(codebook(language), "utf-8")
        told = readme(language, digest, rows, store.sources(), named=named)
        (folder / f"README.{language}.md").write_text(told, "utf-8")
    sums = "".join(f"{_sha256(folder / name)}  {name}\n" for name in _listed(folder))
    (folder / "SHA256SUMS").write_text(sums, "utf-8")
    return rows


class _Counted:
    """Rows counted while they are written."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row


class _Tables:
    """The rows of each table, one source in memory at a time, in an order that depends on the graph alone."""

    def __init__(self, store: Store, log: Sequence[Decision]) -> None:
        self._store, self._log = store, log
        self._sources = sorted(store.sources(), key=lambda info: (info.date, info.id))
        self._selection = Selection(store, Wanted())

    def rows(self, table: str) -> Iterator[Row]:
        made: dict[str, Callable[[], Iterator[Row]]] = {
            "sources": self._of_sources,
            "passages": self._passages,
            "statements": lambda: self._of_role("statement"),
            "things": lambda: self._of_role("thing", "event", "act"),
            "mentions": self._mentions,
            "relations": self._relations,
            "evidence": self._evidence,
            "decisions": self._decisions,
            "rules": self._rules,
        }
        return made[table]()

    def _fragments(self) -> Iterator[Fragment]:
        return (self._store.fragment(info.id) for info in self._sources)

    def _of_sources(self) -> Iterator[Row]:
        for info in self._sources:
            s = self._store.source(info.id)
            counts = (info.chars, info.passages, s.sha256, text_name(s.id))
            yield s.id, s.document, s.name, s.title, s.format, s.language, s.reader, *_held(s), *counts

    def _passages(self) -> Iterator[Row]:
        for info in self._sources:
            for p in self._store.passages(info.id):
                tree = (p.order, p.kind, p.level, p.parent or "", p.parent_confidence, p.start, p.end)
                yield p.id, info.id, *tree, p.place, p.label, _json(p.attributes)

    def _of_role(self, *roles: str) -> Iterator[Row]:
        kinds = load().of_role(*roles)
        for t in self._selection.things():
            if t.kind in kinds:
                yield _thing(t)

    def _mentions(self) -> Iterator[Row]:
        for m in self._every_mention():
            yield m.node, m.source, m.passage, m.start, m.end, m.quote, m.rule, m.confidence

    def _every_mention(self) -> Iterator[Mention]:
        for info in self._sources:
            yield from self._store.mentions(info.id)

    def _relations(self) -> Iterator[Row]:
        for fragment, ends, relation in self._every_relation():
            yield ends[0], relation.type, ends[1], fragment.source.id, _json(relation.attributes)

    def _evidence(self) -> Iterator[Row]:
        for fragment, ends, relation in self._every_relation():
            for e in relation.evidence:
                said = (e.start, e.end, e.quote, e.rule, e.confidence)
                yield ends[0], relation.type, ends[1], fragment.source.id, *said

    def _every_relation(self) -> Iterator[tuple[Fragment, tuple[str, str], Any]]:
        """Each relation with the things that its ends are now; those of a rejected thing are left out."""
        for fragment in self._fragments():
            own = {p.id: p.id for p in fragment.passages}
            asked = {end for r in fragment.relations for end in (r.from_id, r.to_id)} - set(own)
            now = own | {id_: thing.id for id_, thing in self._store.things(asked).items()}
            for r in fragment.relations:
                if r.from_id in now and r.to_id in now:
                    yield fragment, (now[r.from_id], now[r.to_id]), r

    def _decisions(self) -> Iterator[Row]:
        for d in self._log:
            yield d.id, d.at, d.actor, d.kind, d.target, _json(d.value), _json(d.anchor), d.reason, d.state

    def _rules(self) -> Iterator[Row]:
        mentions = Counter(m.rule for m in self._every_mention())
        evidence = Counter(e.rule for _, _, r in self._every_relation() for e in r.evidence)
        for rule in sorted({*mentions, *evidence}):
            name, _, version = rule.partition("@")
            yield name, version, mentions[rule], evidence[rule]


def _held(s: Any) -> tuple[str, ...]:
    return s.meeting, s.date, s.place, str(s.visibility)


def _thing(t: Thing) -> Row:
    counts = (t.evidence_count, t.source_count, t.confidence, int(t.confirmed))
    return t.id, t.kind, t.label, " | ".join(t.aliases), _json(t.attributes), *counts


def text_name(source: str) -> str:
    """Where the text of a source is in the dataset."""
    return f"texts/{source.partition(':')[2]}.txt"


def _texts(store: Store, folder: Path) -> None:
    (folder / "texts").mkdir()
    for info in store.sources():
        # As bytes: text mode would change the ends of lines, and with them every offset.
        (folder / text_name(info.id)).write_bytes(store.source(info.id).text.encode("utf-8"))


def _listed(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(dict(value), ensure_ascii=False, sort_keys=True) if value else ""
