"""Forgetting a person: no trace in any answer or in the bytes of the file, offsets hold, later imports are masked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from graph import actions, text_actions
from graph.copy import copy
from graph.errors import DecisionError, NotFound, PermissionDenied, StoreError
from graph.model import Actor, Fragment, Job, Passage, Role, SourceInfo, Visibility
from graph.persons import privacy
from graph.persons.forgetting import Masker
from graph.persons.spellings import variants
from graph.persons.visible import seen_by
from graph.store import open_store
from graph.store.base import Store
from tests.dumps import answers
from tests.fragments import autumn, build, spring

NAME = "Élise Morvan"


def _workshop() -> Fragment:
    """A person named in every way that a document names one."""
    lines = """
    [person:Élise Morvan] ouvre l’atelier sur le [theme:logement].
    proposal> [person:MORVAN Élise|Élise Morvan] pourrait aider la [organisation:mairie] sur le [theme:logement].
    Présents : élise  morvan, Paul Serre.
    """
    given = build("atelier d’Élise Morvan.txt", lines, keys=(NAME,), title="Notes d’Élise MORVAN")
    author = tuple(replace(p, attributes={"author": NAME}) for p in given.passages[:1])
    return replace(given, passages=(*author, *given.passages[1:]))


def _forget(store: Store, actor: Actor, asked: str = NAME) -> dict[str, int]:
    return privacy.forget(store, actor, privacy.kept(store, asked))


def _everything(store: Store) -> str:
    told = [answers(store), store.decisions(), store.jobs(), [store.fragment(s.id) for s in store.sources()]]
    return repr(told).casefold()


def test_no_trace_is_left_and_offsets_hold(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(_workshop(), facilitator)
    fresh_store.write(autumn(), facilitator)
    person = fresh_store.search(NAME, ["person"])[0].id
    length = {s.id: s.chars for s in fresh_store.sources()}
    actions.rename(fresh_store, facilitator, person, "Élise Morvan-Petit")
    theme = fresh_store.search("logement", ["theme"])[0].id
    actions.rename(fresh_store, facilitator, theme, "Habiter", "demandé par Élise Morvan")
    fresh_store.save_job(Job("j", "done", ({"name": "Morvan Élise.txt"},), {}, NAME, "2031", "2031"))
    done = _forget(fresh_store, facilitator, person)
    assert done == {"source": 2, "decision": 2, "job": 1}
    assert "morvan" not in _everything(fresh_store)
    assert "élise" not in _everything(fresh_store)
    assert fresh_store.rows(["person"]) == []
    assert fresh_store.get(theme).label == "Habiter"  # type: ignore[union-attr]
    assert {s.id: s.chars for s in fresh_store.sources()} == length
    assert "█████ ██████" in fresh_store.source(fresh_store.sources()[0].id).text
    assert all(fresh_store.source(s.id).data == b"" for s in fresh_store.sources())
    assert fresh_store.search("morvan") == []
    assert fresh_store.verify().ok


def test_a_later_import_is_masked_before_it_is_stored(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(_workshop(), facilitator)
    _forget(fresh_store, facilitator)
    before = answers(fresh_store)
    assert fresh_store.write(_workshop(), facilitator).outcome == "unchanged"
    assert answers(fresh_store) == before
    fresh_store.write(build("suite.txt", "Élise  Mor-\nvan revient avec [person:Paul Serre]."), facilitator)
    assert [t.label for t in fresh_store.rows(["person"])] == ["Paul Serre"]
    assert "morvan" not in _everything(fresh_store)
    assert fresh_store.verify().ok


def test_no_byte_of_the_name_is_left_in_the_file_or_beside_it(tmp_path: Path, facilitator: Actor) -> None:
    path = tmp_path / "store.db"
    store = open_store(f"sqlite:///{path}")
    store.write(_workshop(), Actor("Élise"))
    store.write(spring(), facilitator)
    store.write(build("rien.txt", "Rien."), Actor(NAME))
    taken = actions.rename(store, facilitator, store.search(NAME, ["person"])[0].id, "Élise Morvan-Petit")
    actions.undo(store, facilitator, taken.id)
    quiet = next(info.id for info in store.sources() if info.name == "rien.txt")
    actions.describe(store, facilitator, quiet, {"meeting": "Chez MORVAN Élise Quillemont"})  # and nowhere else
    words = ("Morvan", "MORVAN", "morvan", "elise", "Élise", "Quillemont", "quillemont")
    needles = [word.encode(code) for word in words for code in ("utf-8", "utf-16le")]
    ids = [member.encode() for member in store.rows(["person"])[0].members]
    assert any(needle in _bytes(path) for needle in needles)
    privacy.forget(store, facilitator, privacy.kept(store, NAME, ["Élise", "Quillemont"]))
    assert [n for n in (*needles, *ids) if n in _bytes(path)] == []  # while it is open: the log beside it as well
    store.close()
    assert [n for n in (*needles, *ids) if n in _bytes(path)] == []


def test_who_bears_a_word_of_our_own_is_forgotten_and_every_correction_still_holds(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    store, other = new_store(), new_store()
    named = ("Kind", "Label", "Others", "Place", "Parent", "Theme", "Quote")
    store.write(spring(), facilitator)
    persons = " ".join(f"[person:{name}]," for name in named)
    store.write(build("suite.txt", f"{persons} de la [theme:cantine] au [theme:puits]."), Actor("Label"))
    source = next(info.id for info in store.sources() if info.name == "mars.txt")
    themes = [thing.id for thing in store.rows(["theme"])]
    at = store.source(source).text.index("pourrait")
    blocks = [p.id for p in store.passages(source)]
    actions.merge(store, facilitator, themes[:2])
    actions.keep_apart(store, facilitator, [themes[0], themes[3]])
    actions.change_kind(store, facilitator, store.rows(["organisation"])[0].id, "group")
    actions.describe(store, facilitator, source, {"place": "Label", "meeting": "Conseil"})
    text_actions.add(store, facilitator, source, (at, at + 8), "theme")
    text_actions.move(store, facilitator, blocks[3], blocks[1])
    before = [(d.id, d.state) for d in store.decisions()]
    privacy.forget(store, facilitator, privacy.kept(store, named[0], named[1:]))
    assert [(d.id, d.state) for d in store.decisions()] == before
    assert store.rows(["person"], limit=9)[0].label == "Élise Morvan"
    assert {info.imported_by for info in store.sources()} == {"█████", facilitator.name}
    assert next(info.place for info in store.sources() if info.id == source) == "█████"
    copy(store, other, facilitator)
    assert (store.verify().ok, other.verify().ok) == (True, True)


def test_what_is_decided_later_is_masked_and_a_file_that_lacks_the_name_keeps_its_bytes(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    store, other = new_store(), new_store()
    quiet = build("puits.txt", "Le [theme:puits] est à sec.")
    for each in (store, other):
        each.write(quiet, facilitator)
        each.write(_workshop(), facilitator)
    _forget(store, facilitator)
    for each, actor in ((store, Actor(NAME)), (other, facilitator)):
        _decide_with_the_name(each, quiet.source.id, actor)
    copy(other, store, facilitator)
    assert "morvan" not in _everything(store)
    info = next(info for info in store.sources() if info.id == quiet.source.id)
    assert (info.meeting, info.place) == ("Conseil", "Salle █████ ██████")
    assert store.source(info.id).data == quiet.source.data
    assert store.verify().ok
    for decision in reversed([d for d in store.decisions() if d.kind != "undo"]):
        actions.undo(store, facilitator, decision.id, f"dit {NAME}")
    assert store.fragment(info.id) == quiet
    assert "morvan" not in repr(store.decisions()).casefold()


def _decide_with_the_name(store: Store, source: str, actor: Actor) -> None:
    actions.describe(store, actor, source, {"place": f"Salle {NAME}", "meeting": "Conseil"}, f"selon {NAME}")
    actions.rename(store, actor, store.search("puits", ["theme"])[0].id, f"Le puits d’{NAME}")
    at = store.source(source).text.index("puits")
    for label, start in ((NAME, at), (f"Avis d’{NAME}", at - 3)):
        text_actions.add(store, actor, source, (start, at + 5), "theme", label)


def test_a_file_imported_for_a_meeting_at_somebody_s_keeps_its_bytes() -> None:
    given = build("puits.txt", "Le [theme:puits] est à sec.", place=f"Chez {NAME}", meeting=f"Salle {NAME}")
    masked = Masker(variants([NAME])).fragment(given)
    assert (masked.source.place, masked.source.meeting) == ("Chez █████ ██████", "Salle █████ ██████")
    assert masked.source.data == given.source.data


def _bytes(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(path.name + "*")))


def test_who_only_acted_is_found_and_forgotten(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(spring(), Actor("Zoé Tavernier"))
    fresh_store.remove("mars.txt", facilitator)
    shown = privacy.kept(fresh_store, "Tavernier Zoé")
    assert (shown.sources, shown.decisions, shown.actors) == (0, 0, ("Zoé Tavernier",))
    assert privacy.report(shown, ())["actors"] == ["Zoé Tavernier"]
    assert seen_by(fresh_store, Actor("x", Role.PARTICIPANT)).actors() == []
    privacy.forget(fresh_store, facilitator, shown)
    assert fresh_store.actors() == sorted([facilitator.name, "███ █████████"])
    with pytest.raises(NotFound):
        privacy.kept(fresh_store, "Zoé Tavernier")


def test_what_was_begun_under_a_forgotten_name_ends_without_it(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(_workshop(), facilitator)
    job = Job("j", "running", ({"name": "notes.txt", "state": "running"},), {"place": NAME}, NAME, "2031", "2031")
    fresh_store.save_job(job)
    _forget(fresh_store, facilitator)
    fresh_store.save_job(replace(job, state="done"))  # as a process writes that had read it before
    source = fresh_store.write(spring(), Actor(NAME)).source
    fresh_store.set_visibility([source], Visibility.PUBLISHED, Actor(NAME))
    assert [info.imported_by for info in fresh_store.sources() if info.id == source] == ["█████ ██████"]
    fresh_store.remove(source, Actor(NAME))
    assert fresh_store.actors() == sorted([facilitator.name, "█████ ██████"])
    assert (fresh_store.job("j").state, fresh_store.job("j").actor) == ("done", "█████ ██████")  # type: ignore[union-attr]
    assert "morvan" not in _everything(fresh_store)


def test_what_was_cut_short_is_ended_by_who_can_no_longer_tell_the_person(
    fresh_store: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh_store.write(_workshop(), facilitator)
    fresh_store.write(spring(), facilitator)
    person = fresh_store.search(NAME, ["person"])[0].id
    actions.rename(fresh_store, facilitator, person, "La voisine")
    text_actions.add(fresh_store, facilitator, fresh_store.sources()[0].id, (0, 12), "theme", f"Le puits d’{NAME}")
    known = variants([NAME])
    with monkeypatch.context() as patch:
        patch.setattr(fresh_store, "sources", _cut)
        with pytest.raises(StoreError, match="cut"):
            fresh_store.forget([person], known, facilitator)
    assert [str(d.kind) for d in fresh_store.decisions()] == ["add"], "what was said of the person is gone already"
    assert fresh_store.forget([], known, facilitator)["source"] == 2
    assert "morvan" not in _everything(fresh_store)
    assert [t.label for t in fresh_store.rows(["theme"]) if "puits" in t.label] == ["Le puits d’█████ ██████"]
    assert fresh_store.verify().problems == ()


def _cut() -> list[SourceInfo]:
    raise StoreError("cut")


def test_others_of_one_of_the_names_are_left_alone(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(_workshop(), facilitator)
    other = build("autre.txt", "[person:Élise Martin] et [person:Jean Morvan] parlent de la rose.")
    fresh_store.write(other, facilitator)
    _forget(fresh_store, facilitator)
    assert fresh_store.fragment(other.source.id) == fresh_store.fragment("autre.txt")
    assert {t.label for t in fresh_store.rows(["person"])} == {"Élise Martin", "Jean Morvan"}
    assert fresh_store.source("autre.txt").data == other.source.data


def test_all_hits_are_shown_first_and_nothing_is_changed_by_that(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(_workshop(), facilitator)
    before = answers(fresh_store)
    shown = privacy.kept(fresh_store, NAME)
    assert len(shown.found) == 3
    assert shown.beside == ()
    assert all("logement" in f.quote or "Présents" in f.quote for f in shown.found)
    assert answers(fresh_store) == before
    with pytest.raises(PermissionDenied):
        privacy.forget(fresh_store, Actor("x", Role.PARTICIPANT), shown)
    with pytest.raises(NotFound):
        privacy.kept(fresh_store, "Zoé Inconnue")
    with pytest.raises(DecisionError, match="letters"):
        privacy.kept(fresh_store, NAME, ["li"])


def test_documents_that_hold_the_name_beside_their_text_are_shown_by_name(
    fresh_store: Store, facilitator: Actor
) -> None:
    for name, lines, title in (
        ("titre.txt", "Le [theme:logement].", f"Carte de {NAME}"),
        ("texte.txt", f"Le [theme:logement], dit {NAME}.", f"Notes d’{NAME}"),
        ("rien.txt", "Le [theme:logement] encore.", "Carte"),
    ):
        fresh_store.write(build(name, lines, title=title), facilitator)
    shown = privacy.kept(fresh_store, NAME)
    assert [f.where for f in shown.beside] == privacy.report(shown, ())["beside_the_text"] == ["titre.txt"]
    assert [f.where for f in shown.found] == ["texte.txt"]


def test_a_name_in_two_cells_of_a_row_is_masked_in_both() -> None:
    text = "Morvan | Élise | mairie"
    cells = tuple(Passage(f"p{n}", n, "cell", a, b, text[a:b]) for n, (a, b) in enumerate([(0, 6), (9, 14), (17, 23)]))
    given = build("t.txt", "x")
    given = Fragment(replace(given.source, text=text, data=b""), cells)
    masked = Masker(variants([NAME])).fragment(given)
    assert [p.label for p in masked.passages] == ["██████", "█████", "mairie"]


def test_an_archive_that_holds_the_name_loses_its_bytes() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta.xml", "<author>Élise Morvan</author>")
    data = packed.getvalue()
    given = build("carte.txt", "rien")
    given = replace(given, source=replace(given.source, data=data, sha256=sha256(data).hexdigest()))
    assert Masker(variants([NAME])).fragment(given).source.data == b""
    assert Masker(variants(["Autre Personne"])).fragment(given) is given


def test_a_copy_forgets_as_well(new_store: Callable[[], Store], facilitator: Actor) -> None:
    one, other = new_store(), new_store()
    one.write(_workshop(), facilitator)
    _forget(one, facilitator)
    other.write(spring(), facilitator)
    copy(one, other, facilitator)
    other.write(autumn(), facilitator)
    assert "morvan" not in _everything(other)
    assert other.verify().ok
