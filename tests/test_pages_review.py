"""The pages of review through the app's own router: what they ask, what an answer does, who may, what is undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

import pytest
from app_pages import AtOnce, run_page
from app_pages import shown as page_shown
from streamlit.testing.v1 import AppTest

from graph import actions
from graph.course.meetings import meetings, things_of
from graph.model import Actor, Role
from graph.persons.unnamed import SETTING
from graph.review.doubts import merges
from graph.review.trust import kinds, share_around, share_within
from graph.store.base import Store
from tests.fragments import build
from views import state
from views.kinds import IDEAS
from views.review import looking

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(small: Store) -> Open:
    return run_page


def shown(at: AppTest) -> str:
    return page_shown(at, ("markdown", "caption", "info", "success", "warning", "error"))


def one(widgets: Iterable[Any], begins: str) -> Any:
    """The widget whose key begins so."""
    (found,) = (widget for widget in widgets if str(widget.key).startswith(begins))
    return found


def test_a_doubtful_reading_is_confirmed_and_the_next_doubt_follows(open_page, ids, small):
    at = open_page("verifier", sort="reading")
    assert "Est-ce bien cela" in shown(at)
    at.button(key="review-confirm").click().run()
    assert not at.exception
    assert small.get(ids["light"]).confirmed
    assert at.query_params.get("d") in (None, [""])
    assert "Plus aucun doute" in shown(at)
    assert not at.error


def test_a_refusal_is_told_and_what_was_typed_stays(open_page, ids, small):
    at = open_page("verifier", d=ids["light"])
    actions.rename(small, Actor("une autre"), ids["light"], "Éclairer le chemin")
    at.button(key="review-reject").click().run()
    assert "a changé pendant que vous lisiez" in shown(at)
    assert small.get(ids["light"])


def test_any_thing_is_found_and_corrected(open_page, ids, small):
    at = open_page("verifier")
    at.text_input(key="review-find").set_value("covoiturage").run()
    at.button(key=f"open-{ids['carpool']}").click().run()
    at.text_input(key=f"rename-{ids['carpool']}").set_value("Trajets partagés").run()
    at.button(key="do-rename").click().run()
    assert small.get(ids["carpool"]).label == "Trajets partagés"
    at.text_input(key=f"join-{ids['carpool']}").set_value("mobilité").run()
    at.button(key=f"with-{ids['mobility']}").click().run()
    assert small.get(ids["mobility"]).label == "Trajets partagés"
    at = open_page("verifier", d=ids["carpool"])
    at.button(key="do-split").click().run()
    assert small.get(ids["mobility"]).label != small.get(ids["carpool"]).label


def test_a_doubtful_place_is_confirmed(open_page, ids, small):
    at = open_page("verifier", sort="place")
    at.button(key="review-confirm").click().run()
    assert not at.exception
    assert all(p.parent_confidence == 1 for p in small.passages(ids["atelier-mars.txt"]))


def test_a_reason_is_given_where_a_place_is_confirmed_and_is_not_that_of_the_next_decision(open_page, ids, small):
    at = open_page("verifier", sort="place")
    one(at.text_input, "why-").set_value("relu avec le groupe").run()
    at.button(key="review-confirm").click().run()
    assert small.decisions()[-1].reason == "relu avec le groupe"
    at = open_page("verifier", d=ids["carpool"])
    one(at.text_input, "why-").set_value("vu en réunion").run()
    at.text_input(key=f"rename-{ids['carpool']}").set_value("Trajets partagés").run()
    at.button(key="do-rename").click().run()
    assert small.decisions()[-1].reason == "vu en réunion"
    at.button(key="review-confirm").click().run()
    assert (small.decisions()[-1].kind, small.decisions()[-1].reason) == ("confirm", "")


def test_two_names_are_merged_or_kept_apart(open_page, ids, small):
    actions.rename(small, Actor(), ids["mobility"], "Covoiturages")
    at = open_page("verifier", sort="merge")
    at.button(key="review-apart").click().run()
    assert small.decisions()[-1].kind == "apart"
    assert "Plus aucun doute" in shown(at)
    actions.undo(small, Actor(), small.decisions()[-1].id)
    at = open_page("verifier", sort="merge", confirmed="1")
    assert "ne change rien ici" in shown(at)
    next(field for field in at.text_input if str(field.key).startswith("why-")).set_value("dit en réunion")
    at.button(key="review-merge").click().run()
    assert small.get(ids["mobility"]).id == small.get(ids["carpool"]).id
    assert small.decisions()[-1].reason == "dit en réunion"


def test_what_others_decide_of_two_names_is_seen_though_merges_are_not_looked_for_again(
    open_page, ids, small, monkeypatch
):
    monkeypatch.setattr(looking, "LARGE", 0)  # as of a large graph: they are looked for after an import only
    monkeypatch.setattr(looking.READERS, "give_way", bool)
    monkeypatch.setattr(looking, "threading", SimpleNamespace(Thread=AtOnce))
    searches = []
    monkeypatch.setattr(looking, "merges", lambda *asked: searches.append(asked) or merges(*asked))
    actions.rename(small, Actor(), ids["mobility"], "Covoiturages")
    at = open_page("verifier", sort="merge")
    assert "Covoiturages" in shown(at)
    actions.rename(small, Actor("une autre"), ids["mobility"], "Covoiturage à plusieurs")
    at.run()
    assert "Covoiturage à plusieurs" in shown(at)
    apart = actions.keep_apart(small, Actor("une autre"), [ids["mobility"], ids["carpool"]])
    assert "Plus aucun doute" in shown(at.run())
    actions.undo(small, Actor("une autre"), apart.id)
    assert "Covoiturage à plusieurs" in shown(at.run())
    actions.merge(small, Actor("une autre"), [ids["mobility"], ids["carpool"]])
    assert "Plus aucun doute" in shown(at.run())
    assert len(searches) == 1


def test_a_sentence_is_added_and_shown_in_its_text(open_page, ids, small):
    source = ids["atelier-mai.txt"]
    at = open_page("sources", doc=source, at="22", add="1")
    at.text_area(key="add-words-22").set_value("Le covoiturage vers la gare").run()
    at.selectbox(key="add-kind").set_value("finding").run()
    at.button(key="add-do").click().run()
    assert not at.exception
    assert [t.label for t in small.rows(["finding"]) if t.confirmed] == ["Le covoiturage vers la gare"]
    assert "add" not in at.query_params


def test_the_words_selected_in_a_text_are_those_of_the_form_where_they_stand_there(open_page, ids):
    asked = {"doc": ids["atelier-mai.txt"], "at": "22", "add": "1"}
    at = open_page("sources", **asked, words="covoiturage vers  la gare")
    assert [area.value for area in at.text_area] == ["covoiturage vers la gare"]
    at = open_page("sources", **asked, words="le vélo volant")
    assert [area.value for area in at.text_area] == ["Le covoiturage vers la gare a commencé avec Roues Folles."]


def test_a_thing_has_its_history_after_corrections_and_their_undoing(open_page, ids, small):
    assert "Personne n’a encore rien corrigé ici" in shown(open_page("decisions", thing=ids["carpool"]))
    renamed = actions.rename(small, Actor("Ada"), ids["carpool"], "Trajets partagés", "plus clair")
    actions.undo(small, Actor("Léo"), renamed.id)
    actions.confirm(small, Actor(), ids["mobility"])
    said = shown(open_page("decisions", thing=ids["carpool"]))
    assert "Historique de «\u00a0Covoiturage\u00a0»" in said
    assert ["plus clair" in said, "Ada" in said, "Léo" in said, "Mobilité" in said] == [True, True, True, False]
    assert "n’est pas, ou plus" in shown(open_page("decisions", thing="theme:nowhere"))


def test_words_that_the_passage_does_not_hold_are_told(open_page, ids):
    at = open_page("sources", doc=ids["atelier-mai.txt"], at="22", add="1")
    at.text_area(key="add-words-22").set_value("Le vélo volant").run()
    assert "Ces mots ne sont pas dans ce passage" in shown(at)
    assert at.button(key="add-do").disabled


def test_the_tree_is_put_right_block_by_block(open_page, ids, small):
    source = ids["atelier-mars.txt"]
    at = open_page("sources", doc=source, tab="plan")
    at.button(key="tree-start").click().run()
    assert "éclairage" in shown(at)
    at.button(key="tree-confirm").click().run()
    at.button(key="tree-outdent").click().run()
    assert not at.exception
    lifted = next(p for p in small.passages(source) if "éclairage" in p.label)
    assert (lifted.parent, lifted.parent_confidence) == (None, 1.0)
    at.button(key="undo-now").click().run()
    lifted = next(p for p in small.passages(source) if "éclairage" in p.label)
    assert lifted.parent is not None


def test_what_is_kept_of_a_person_is_shown_then_erased_by_the_second_confirmation(open_page, ids, small):
    at = open_page("mes-donnees")
    at.text_input(key="mydata-name").set_value("Odile Brinchemont").run()
    assert "1 endroit, dans 1 document" in shown(at)
    assert "mydata-do" not in {b.key for b in at.button}
    one(at.checkbox, "mydata-read-").check().run()
    assert at.button(key="mydata-do").disabled
    one(at.text_input, "mydata-again-").set_value("odile brinchemont").run()
    at.button(key="mydata-do").click().run()
    assert not at.exception
    assert small.get(ids["odile"]) is None
    assert "Brinchemont" not in small.source(ids["atelier-mars.txt"]).text


def test_a_spelling_that_is_a_common_word_is_told_and_can_be_left_out(open_page, small):
    lines = "[person:Rose Aubier] propose un verger. [person:Rose|Rose Aubier] plante. La rose du verger se vend."
    small.write(build("verger.txt", lines, keys=("rose aubier",)), Actor())
    (person,) = small.search("Rose Aubier", ["person"])
    at = open_page("mes-donnees")
    at.text_input(key="mydata-name").set_value("Rose Aubier")
    at.text_input(key="mydata-also").set_value("Rose").run()
    spelled = one(at.multiselect, "mydata-names-")
    assert spelled.value == ["Rose Aubier", "Rose"]
    assert "un seul mot serait masqué partout" in shown(at)
    spelled.set_value(["Rose Aubier"]).run()
    assert "un seul mot serait masqué partout" not in shown(at)
    one(at.checkbox, "mydata-read-").check().run()
    one(at.text_input, "mydata-again-").set_value("Rose Aubier").run()
    at.button(key="mydata-do").click().run()
    text = small.source("verger.txt").text
    assert "La rose du verger" in text
    assert "Aubier" not in text
    assert small.get(person.id) is None


def test_a_name_that_nobody_bears_may_be_a_common_word_and_that_is_told_before_it_is_erased(open_page, ids):
    at = open_page("mes-donnees")
    at.text_input(key="mydata-name").set_value("lycéens").run()
    assert "peut-être un mot courant" in shown(at)
    at.text_input(key="mydata-name").set_value("Odile Brinchemont").run()
    assert "peut-être un mot courant" not in shown(at)


def test_the_names_under_which_somebody_acted_are_shown_before_they_are_erased(open_page, ids, small):
    actions.rename(small, Actor("Zoé Tavernier"), ids["light"], "Éclairer le chemin")
    at = open_page("mes-donnees")
    at.text_input(key="mydata-name").set_value("Tavernier").run()
    assert re.search(r"1 nom sous lequel on a corrigé, importé ou publié\s: Zoé Tavernier", shown(at))
    assert "J’ai lu ce qui précède" in one(at.checkbox, "mydata-read-").label.replace("'", "’")


def test_only_facilitators_review_and_erase(open_page, ids, small, monkeypatch):
    actions.publish(small, Actor(), [ids["atelier-mai.txt"]])
    monkeypatch.setattr(state, "actor", lambda: Actor("Paul", Role.PARTICIPANT))
    for page in ("verifier", "importer", "decisions", "cypher"):
        assert "Ce que les ateliers ont dit" in shown(open_page(page)), "there is no such page"
    assert "aucun nom de personne ne se lit" in shown(open_page("mes-donnees"))
    monkeypatch.setenv(SETTING, "")
    at = open_page("mes-donnees")
    at.text_input(key="mydata-name").set_value("Odile Brinchemont").run()
    assert "Rien de ce qui est publié ne nomme" in shown(at), "a draft is not told of"
    assert not [c for c in at.checkbox if str(c.key).startswith("mydata-read")]


def test_confirmed_only_leaves_what_a_person_confirmed_on_every_page(open_page, ids, small):
    actions.confirm(small, Actor(), ids["carpool"])
    at = open_page("themes", confirmed="1")
    said = shown(at)
    assert "Covoiturage" in said
    assert "Mobilité" not in said
    assert "ce qui est confirmé" in said
    assert f"une personne en a relu et confirmé 1 sur {small.count_rows(['theme'])} " in said
    assert f"1 élément confirmé par une personne, sur {small.count_rows(kinds())} " in shown(open_page("liens"))
    for tab in ("text", "table"):
        said = shown(open_page("sources", confirmed="1", doc=ids["atelier-mars.txt"], tab=tab))
        assert [ids[thing].partition(":")[2] in said for thing in ("carpool", "mobility")] == [True, False]
    assert "ne change rien ici" in shown(open_page("decisions", confirmed="1"))


def test_the_page_of_a_theme_and_of_a_meeting_tell_how_much_of_what_they_count_is_confirmed(open_page, ids, small):
    (meeting, *_) = meetings(small.sources())
    said = [thing.id for thing in things_of(small, meeting, ["proposal"])]
    for confirmed in (0, 1):
        around = share_around(small, ids["carpool"], IDEAS)
        within = share_within(small, meeting.filters, ("theme", *IDEAS))
        assert (around.confirmed, within.confirmed) == (confirmed, confirmed)
        for page, share, link in (
            ("themes", around, {"thing": ids["carpool"]}),
            ("reunions", within, {"m": meeting.id}),
        ):
            words = "élément confirmé" if confirmed else "élément"
            told = shown(open_page(page, **link)).replace("\u00a0", " ")
            assert f"Sur cette page : {confirmed} {words}" in told
            assert share.total > 1
        actions.confirm(small, Actor(), next(p for p in said if ids["carpool"] in {x.b for x in small.neighbours(p)}))


def test_documents_are_told_apart_by_their_files_in_the_list_of_silences(open_page, ids):
    said = shown(open_page("sources", list="silence"))
    assert "<small>atelier-mars.txt</small>" in said
    assert "<small>atelier-mai.txt</small>" in said


def test_silent_passages_are_listed_with_their_share(open_page, ids):
    said = shown(open_page("sources", doc=ids["atelier-mai.txt"], tab="silence"))
    assert "n’ont rien donné" in said or "n’a rien donné" in said or "Quelque chose a été lu" in said
    assert "atelier-mars" in shown(open_page("sources", list="silence")) or "Se déplacer" in shown(
        open_page("sources", list="silence")
    )
