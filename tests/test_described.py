"""What people say of a document (meeting, date, place) is a decision: undone, kept, copied, forgotten like others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph import actions
from graph.copy import copy
from graph.decided.described import read_of
from graph.errors import DecisionError, NotFound, Stale, StoreError
from graph.model import Actor, Decision, DecisionKind, Filter, Fragment, SourceInfo
from graph.persons import privacy
from graph.persons.forgetting import Masker
from graph.persons.spellings import variants
from graph.store import open_store
from graph.store.base import Store
from graph.store.edited import EditedVerbs
from graph.store.sqlite.store import SQLiteStore
from ingest.batch import as_known
from ingest.files import Input
from ingest.fragment import ImportMeta
from tests.dumps import answers
from tests.fragments import autumn, build, spring

WRONG = "Atelier de printemps"


@pytest.fixture
def valley(fresh_store: Store, facilitator: Actor) -> Store:
    fresh_store.write(spring(), facilitator)
    fresh_store.write(autumn(), facilitator)
    return fresh_store


def _march(store: Store) -> SourceInfo:
    return next(info for info in store.sources() if info.name == "mars.txt")


def _fields(store: Store) -> tuple[str, str, str]:
    info = _march(store)
    return info.meeting, info.date, info.place


def test_a_description_is_a_decision_and_undoing_it_gives_back_what_was_read(valley: Store) -> None:
    before, read, ada = answers(valley), _fields(valley), Actor("Ada")
    source = _march(valley).id
    taken = actions.describe(valley, ada, source, {"meeting": "Conseil", "place": "", "date": read[1]}, "mal lu")
    assert dict(taken.value) == {k: v for k, v in (("meeting", "Conseil"), ("place", "")) if v != read[2]}
    assert (taken.actor, taken.reason, valley.decisions()[-1].state) == ("Ada", "mal lu", "active")
    assert _fields(valley) == ("Conseil", read[1], "")
    assert [info.id for info in valley.sources(Filter(meeting="Conseil"))] == [source]
    assert _march(valley).imported_by != "Ada", "who corrects did not import"
    later = actions.describe(valley, Actor("Léo"), source, {"date": "2026-04"})
    assert _fields(valley) == ("Conseil", "2026-04", "")
    actions.undo(valley, ada, taken.id)
    assert _fields(valley) == (read[0], "2026-04", read[2]), "the other's correction stays"
    actions.undo(valley, ada, later.id)
    assert answers(valley) == before
    assert valley.verify().ok


def test_what_was_said_outlasts_reading_anew_and_what_was_emptied_stays_empty(
    valley: Store, facilitator: Actor
) -> None:
    source = _march(valley).id
    taken = actions.describe(valley, facilitator, source, {"meeting": "", "date": "2026-03-19"})
    assert valley.write(spring(), facilitator).outcome == "unchanged"
    other_rules = replace(spring(), source=replace(spring().source, meeting="Autre lecture", place="Ici"))
    valley.write(other_rules, facilitator)
    assert _fields(valley) == ("", "2026-03-19", "Ici")
    valley.remove(source, facilitator)
    assert valley.decisions()[-1].state == "waiting"
    valley.write(spring(), facilitator)
    assert (_fields(valley)[:2], valley.decisions()[-1].state) == (("", "2026-03-19"), "active")
    actions.undo(valley, facilitator, taken.id)
    assert _fields(valley) == _said(spring())
    assert valley.verify().ok


def _said(fragment: Fragment) -> tuple[str, str, str]:
    return fragment.source.meeting, fragment.source.date, fragment.source.place


def test_an_import_that_says_nothing_reads_again_what_was_read_beneath_what_was_said(
    valley: Store, facilitator: Actor, tmp_path: Path
) -> None:
    (tmp_path / "mars.txt").write_bytes(spring().source.data)
    actions.describe(valley, facilitator, _march(valley).id, {"meeting": "", "date": "2026"})
    known = as_known(valley, Input(tmp_path / "mars.txt", named=True), ImportMeta(place="Ailleurs"))
    assert (known.meeting, known.date, known.place) == (*_said(spring())[:2], "Ailleurs")


def test_a_newer_version_that_reads_the_same_is_described_alike_and_one_that_says_otherwise_is_believed(
    valley: Store, facilitator: Actor
) -> None:
    info = _march(valley)
    actions.describe(valley, facilitator, info.id, {"meeting": "Conseil", "date": "2026-03-19"})
    newer = build("mars2.txt", spring().source.text + "\nEncore.", document=info.document)
    own = replace(newer.source, meeting=spring().source.meeting, date="2026-10-01", place="")
    valley.write(replace(newer, source=own), facilitator)
    found = next(i for i in valley.sources() if i.name == "mars2.txt")
    assert (found.meeting, found.date) == ("Conseil", "2026-10-01")
    valley.remove(info.id, facilitator)
    assert valley.decisions()[-1].state == "active"


def test_the_second_of_two_people_is_told_and_nonsense_is_refused(valley: Store, facilitator: Actor) -> None:
    info = _march(valley)
    actions.describe(valley, facilitator, info.id, {"meeting": "Conseil"}, seen=info.digest)
    with pytest.raises(Stale):
        actions.describe(valley, Actor("Léo"), info.id, {"meeting": "Comité"}, seen=info.digest)
    wrong: tuple[Mapping[str, str], ...] = (
        {"date": "2026-02-30"}, {"date": "hier"}, {"meeting": "x" * 301}, {"place": "deux\nlignes"}, {},
        {"meeting": "Conseil"},
    )  # fmt: skip
    for said in wrong:
        with pytest.raises(DecisionError):
            actions.describe(valley, facilitator, info.id, said)
    with pytest.raises(NotFound):
        actions.describe(valley, facilitator, "source:nowhere", {"meeting": "Conseil"})
    assert _fields(valley)[0] == "Conseil"


def test_a_date_that_is_no_day_is_left_alone_by_who_corrects_the_rest(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(date="un mardi de mars"), facilitator)
    form = {"meeting": "Conseil", "date": "un mardi de mars", "place": " Saint-Aubrac "}
    taken = actions.describe(fresh_store, facilitator, _march(fresh_store).id, form)
    assert dict(taken.value) == {"meeting": "Conseil"}
    assert _fields(fresh_store) == ("Conseil", "un mardi de mars", "Saint-Aubrac")
    with pytest.raises(DecisionError, match="no day"):
        actions.describe(fresh_store, facilitator, _march(fresh_store).id, {"date": "un jeudi"})


def test_a_description_and_its_undoing_are_written_whole_or_not_at_all(tmp_path: Path, facilitator: Actor) -> None:
    path = tmp_path / "store.db"
    store = open_store(f"sqlite:///{path}")
    store.write(spring(), facilitator)
    source = _march(store).id
    full = "CREATE TRIGGER full BEFORE INSERT ON source BEGIN SELECT RAISE(ABORT, 'no room'); END"
    _run(path, full)
    with pytest.raises(StoreError, match="no room"):
        actions.describe(store, facilitator, source, {"meeting": "Conseil"})
    assert (store.decisions(), _fields(store)) == ([], _said(spring()))
    _run(path, "DROP TRIGGER full")
    taken = actions.describe(store, facilitator, source, {"meeting": "Conseil"})
    _run(path, full)
    with pytest.raises(StoreError, match="no room"):
        actions.undo(store, facilitator, taken.id)
    assert ([d.state for d in store.decisions()], _fields(store)[0]) == (["active"], "Conseil")
    assert store.verify().ok
    store.close()


def _run(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute(sql)
        con.commit()


def test_what_is_said_or_forgotten_while_an_import_is_prepared_holds_when_it_ends(
    valley: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring = valley._brought  # type: ignore[attr-defined]
    others: list[Callable[[], object]] = [
        lambda: actions.describe(valley, facilitator, _march(valley).id, {"meeting": "Conseil"}),
        lambda: valley.forget((), variants(["Zéphyrine Quillemont"]), facilitator),
    ]

    def meanwhile(ready: object) -> object:
        monkeypatch.setattr(valley, "_brought", bring)
        others.pop(0)()
        return bring(ready)

    monkeypatch.setattr(valley, "_brought", meanwhile)
    valley.write(replace(spring(), source=replace(spring().source, place="Ici")), facilitator)
    assert _fields(valley) == ("Conseil", spring().source.date, "Ici")
    monkeypatch.setattr(valley, "_brought", meanwhile)
    valley.write(build("rien.txt", "Zéphyrine Quillemont parle de la [theme:cantine]."), facilitator)
    assert "Quillemont" not in repr(valley.source("rien.txt"))
    assert valley.verify().ok


def test_a_described_source_is_masked_and_made_ready_before_anybody_waits_for_it(
    valley: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.describe(valley, facilitator, _march(valley).id, {"meeting": "Conseil"})
    valley.forget((), variants(["Zéphyrine Quillemont"]), facilitator)
    waited_for = _noted(valley, monkeypatch)
    valley.write(replace(spring(), source=replace(spring().source, place="Ici")), facilitator)
    assert waited_for == [False]
    assert _fields(valley) == ("Conseil", spring().source.date, "Ici")


def test_a_source_of_which_people_speak_is_made_ready_before_anybody_waits_for_it(
    new_store: Callable[[], Store], facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = new_store(), new_store()
    for each in (store, other):
        each.write(spring(), facilitator)
    store.forget((), variants(["Zéphyrine Quillemont"]), facilitator)
    waited_for = _noted(store, monkeypatch)
    taken = actions.describe(store, facilitator, _march(store).id, {"meeting": "Conseil"})
    actions.undo(store, facilitator, taken.id)
    assert (waited_for, _fields(store)) == ([False, False], _said(spring()))
    actions.describe(other, facilitator, _march(other).id, {"meeting": "Commission"})
    assert store.adopt(other.decisions()) == 1
    assert (waited_for, _fields(store)[0]) == ([False, False, False], "Commission")
    assert store.verify().ok


def _noted(store: Store, patch: pytest.MonkeyPatch) -> list[bool]:
    """Whether others wait, each time that a source is made ready from now on."""
    bring, change = store._brought, store._changing  # type: ignore[attr-defined]
    waited_for: list[bool] = []
    changing: list[object] = []

    def one_at_a_time(work: Callable[[object], object]) -> object:
        def within(given: object) -> object:
            changing.append(given)
            try:
                return work(given)
            finally:
                changing.pop()

        return change(within)

    def noted(ready: object) -> object:
        waited_for.append(bool(changing))
        return bring(ready)

    patch.setattr(store, "_changing", one_at_a_time)
    patch.setattr(store, "_brought", noted)
    return waited_for


def test_what_is_said_or_forgotten_while_a_description_is_made_ready_holds_when_it_is_taken(
    valley: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring = valley._brought  # type: ignore[attr-defined]
    others: list[Callable[[], object]] = [
        lambda: actions.describe(valley, facilitator, _march(valley).id, {"place": "Là"}),
        lambda: valley.forget((), variants(["Élise Morvan"]), facilitator),
    ]

    def meanwhile(ready: object) -> object:
        monkeypatch.setattr(valley, "_brought", bring)
        others.pop(0)()
        return bring(ready)

    monkeypatch.setattr(valley, "_brought", meanwhile)
    valley.decide(_description(valley, facilitator, "Conseil"))
    assert _fields(valley) == ("Conseil", spring().source.date, "Là")
    monkeypatch.setattr(valley, "_brought", meanwhile)
    valley.decide(_description(valley, facilitator, "Commission"))
    assert _fields(valley)[0] == "Commission"
    assert "Morvan" not in repr(valley.source(_march(valley).id).text)
    assert valley.verify().ok


def _description(store: Store, actor: Actor, meeting: str) -> Decision:
    """That a source reports this meeting, by somebody who did not look at what others said of it."""
    march = _march(store)
    place = {"source": march.id, "document": march.document, "read": read_of(store.source(march.id))}
    anchor = {"kind": "source", "label": march.name, **place}
    return actions.record(actor, DecisionKind.DESCRIBE, march.id, {"meeting": meeting}, anchor, "")


def test_what_is_said_of_a_version_or_forgotten_in_it_leaves_when_it_was_imported(
    valley: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {info.id: (info.imported_by, info.imported_at) for info in valley.sources()}
    for module in ("sqlite", "neo4j"):
        monkeypatch.setattr(f"graph.store.{module}.brought.utc_now", lambda: "2099-01-01T00:00:00+00:00")
    taken = actions.describe(valley, facilitator, _march(valley).id, {"meeting": "Conseil"})
    valley.forget((), variants(["Élise Morvan"]), facilitator)
    actions.undo(valley, facilitator, taken.id)
    assert {info.id: (info.imported_by, info.imported_at) for info in valley.sources()} == before


def test_a_copy_holds_it_and_undoes_it_whichever_comes_first(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    one, other = new_store(), new_store()
    for store in (one, other):
        store.write(spring(), facilitator)
    taken = actions.describe(one, facilitator, _march(one).id, {"meeting": "Conseil", "place": ""})
    copy(one, other, facilitator)
    assert answers(one) == answers(other)
    assert _fields(other)[0] == "Conseil"
    actions.undo(other, facilitator, taken.id)
    assert _fields(other) == _said(spring())
    copy(other, one, facilitator)
    assert answers(one) == answers(other)


def test_a_person_named_in_a_meeting_a_reason_or_a_file_name_is_forgotten_there_too(
    valley: Store, facilitator: Actor
) -> None:
    info = _march(valley)
    name = "Zéphyrine Quillemont"
    actions.describe(valley, facilitator, info.id, {"meeting": f"Chez {name}"}, f"demandé par {name}")
    privacy.forget(valley, facilitator, privacy.kept(valley, name))
    whole = repr((valley.sources(), valley.source(info.id), valley.decisions(), valley.jobs()))
    assert "Quillemont" not in whole
    assert _fields(valley)[0].startswith("Chez █")
    assert valley.verify().ok
    actions.undo(valley, facilitator, valley.decisions()[-1].id)
    assert _fields(valley) == _said(spring())


class _Disturbed:
    """A store below, where somebody describes a source in the midst of its proof."""

    others: Callable[[], object] | None = None

    def masker(self) -> Masker:
        others, self.others = self.others, None
        if others:
            others()
        return super().masker()  # type: ignore[misc, no-any-return]


def test_what_is_said_during_a_proof_is_no_fault(tmp_path: Path, facilitator: Actor) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    other = open_store(url)
    source = other.write(spring(), facilitator).source
    actions.describe(other, facilitator, source, {"meeting": "Conseil"})
    proved = type("Proved", (EditedVerbs, _Disturbed, *SQLiteStore.__bases__[1:]), {})(url)
    proved.others = lambda: actions.describe(other, facilitator, source, {"meeting": "Bureau"})
    assert proved.verify().problems == ()
    assert _fields(proved)[0] == "Bureau", "it was said meanwhile"
    proved.close()
    other.close()


def test_an_adoption_that_was_cut_short_is_ended_by_the_next(
    new_store: Callable[[], Store], facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = new_store(), new_store()
    for each in (store, other):
        each.write(spring(), facilitator)
        each.write(autumn(), facilitator)
    for info in other.sources():
        actions.describe(other, facilitator, info.id, {"meeting": "Conseil"})
    with monkeypatch.context() as patch:
        bring, brought = store._brought, list[object]()  # type: ignore[attr-defined]

        def once(ready: object) -> object:
            if brought:
                raise StoreError("cut")
            brought.append(ready)
            return bring(ready)

        patch.setattr(store, "_brought", once)
        with pytest.raises(StoreError, match="cut"):
            store.adopt(other.decisions())
    assert [info.meeting for info in store.sources()].count("Conseil") == 1, "each source is a transaction of its own"
    assert store.adopt(other.decisions()) == 0
    assert answers(store) == answers(other)
    assert store.verify().ok
