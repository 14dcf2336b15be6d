"""The pages of the meetings through the app's own router: what they show, what publishing and editing do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from app_pages import app_store, run_page, shown
from course_graph import SPRING, autumn, fill, node, spring, write
from streamlit.testing.v1 import AppTest

from graph import actions
from graph.course.dates import impossible_dates
from graph.course.meetings import meetings
from graph.errors import PermissionDenied
from graph.model import Actor, Role
from graph.questions.answers import find
from graph.store.base import Store
from graph.synthesis.kept import keep, kept
from graph.text import fold
from views import state
from views.meetings import series


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from app_store(tmp_path, monkeypatch)


@pytest.fixture
def told(empty: Store) -> Store:
    fill(empty)
    return empty


def test_the_series_shows_cards_a_picture_and_the_same_as_a_table(told):
    at = run_page("reunions")
    said = shown(at)
    for name in ("Atelier du printemps", "Atelier de l’été", "Atelier de l’automne", "18 mars 2026"):
        assert name in said
    picture = unquote(said.split("data:image/svg+xml,", 3)[-1])
    assert "Cars" in unquote(said)
    assert "<svg" in picture
    assert "apparaît le 24 septembre 2026" in said
    assert "s’efface après le 20 juin 2026" in said


def test_a_theme_is_followed_from_its_link_and_another_one_is_chosen(told):
    at = run_page("reunions", thing=find(told, "cars").id)
    assert at.selectbox(key="follow").value == find(told, "cars").id
    at.selectbox(key="follow").select(find(told, "habitat").id).run()
    assert not at.exception
    assert find(told, "habitat").id in at.query_params["thing"]


def test_a_meeting_has_its_date_place_participants_documents_and_themes(told):
    at = run_page("reunions", m=meetings(told.sources())[0].id)
    said = shown(at)
    for word in ("Atelier du printemps", "18 mars 2026", "Brume", "Odile Brinchemont", "Anime ou préside",
                 "Présidente", "printemps.txt", "Cars", "Brouillon"):  # fmt: skip
        assert word in said


def test_what_became_of_a_proposal_shows_both_sentences(told):
    said = shown(run_page("reunions", tab="became"))
    assert "Ouvrir une ligne de car vers la gare de Brume" in said
    assert "La ligne de car vers la gare de Brume est ouverte depuis mai" in said
    assert "Faite, semble-t-il" in said
    assert "presque les mêmes mots" in said


def test_publishing_tells_what_will_appear_then_does_it_and_takes_it_back(told):
    first = meetings(told.sources())[0]
    at = run_page("reunions", m=first.id)
    at.button(key="publish").click().run()
    assert "1 personne sera vue sous son nom" in shown(at)
    assert "Odile Brinchemont" in at.warning[0].value
    assert not meetings(told.sources())[0].published
    at.button(key="do-publish").click().run()
    assert not at.exception
    assert meetings(told.sources())[0].published
    at.button(key="withdraw").click().run()
    at.button(key="do-withdraw").click().run()
    assert not meetings(told.sources())[0].published


def test_a_participant_is_not_asked_to_import_initiatives(told, monkeypatch):
    assert "Importez un tableau" in shown(run_page("carte"))
    actions.publish(told, Actor("Ada"), [info.id for info in told.sources()])
    monkeypatch.setenv(state.ROLE, "participant")
    said = shown(run_page("carte"))
    assert "Aucune initiative dans ce qui est publié" in said
    assert "Importez" not in said


def test_a_participant_sees_published_meetings_only_and_no_button_to_publish(told, monkeypatch):
    first = meetings(told.sources())[0]
    told.set_visibility([info.id for info in first.sources], "published", Actor())
    monkeypatch.setattr(state, "actor", lambda: Actor("participante", Role.PARTICIPANT))
    at = run_page("reunions", tab="list")
    assert "Atelier du printemps" in shown(at)
    assert "Atelier de l’été" not in shown(at)
    at = run_page("reunions", m=first.id)
    assert not [button for button in at.button if button.key == "publish"]
    assert "cars" in fold(shown(at))


def test_a_date_that_cannot_be_and_a_shared_day_are_told_where_they_are(empty):
    spring(empty)
    autumn(empty, "2026-02-30")
    said = shown(run_page("reunions", tab="list"))
    assert "La date « 2026-02-30 » n’existe pas au calendrier" in said.replace("\u00a0", " ")
    assert "date illisible" in said
    autumn(empty, "2026-03-18")
    assert "Une autre réunion a lieu le même jour" in shown(run_page("reunions", tab="list"))


def test_a_document_whose_own_date_cannot_be_is_named_with_what_it_writes(empty):
    text = "Réunion du 31 février 2026, puis le 45 mars, les 31 avril, 31 juin, 32 mai et 31 septembre.\n"
    write(empty, "compte-rendu.txt", text, "", "2026-02", [], [])
    said = shown(run_page("reunions")).replace("\u00a0", " ")
    assert "« 31 février 2026 », « 45 mars », « 31 avril », « 31 juin », « 32 mai », et 1 de plus" in said
    assert "une date qui ne peut pas être" in said


def test_of_many_documents_without_a_date_the_first_are_looked_at_once_and_the_page_says_how_many(empty, monkeypatch):
    monkeypatch.setattr(series, "_LOOKED_AT", 2)
    read = []
    monkeypatch.setattr(series, "impossible_dates", lambda text: read.append(text) or impossible_dates(text))
    for n in range(3):
        write(empty, f"lettre-{n}.txt", f"Lettre {n} of February 31, 2026.\n", "", "2026-02", [], [])
    at = run_page("reunions")
    assert "February 31, 2026" in shown(at)
    assert "2 des 3 documents sans date entière" in shown(at)
    write(empty, "autre.txt", "Une réunion.\n", "", "2026-02-03", [], [])
    at.run()
    assert "February 31, 2026" in shown(at)
    assert len(read) == 2, "what was written elsewhere has no document read again"


def test_a_link_to_a_meeting_that_is_gone_says_so(told):
    assert "n’est pas, ou plus, dans le graphe" in shown(run_page("reunions", m="meeting:nowhere"))


def test_the_topics_of_the_next_meeting_are_merged_and_stand_out_by_the_rule(told):
    said = shown(run_page("prochaine"))
    assert "1 sujet ressort" in said
    assert said.count("Parler des horaires du marché à la prochaine réunion") == 1
    assert "Un sujet ressort quand deux réunions l’ont gardé" in said


def test_a_topic_that_stands_out_nowhere_is_not_called_one_of_the_others(empty):
    spring(empty)
    assert "1 sujet, qui ne ressort pas encore" in shown(run_page("prochaine"))


def test_a_meeting_that_its_document_writes_small_begins_with_a_capital_wherever_it_is_named(empty):
    for number, day in ((2, "2026-01-05"), (3, "2026-02")):
        text = f"{SPRING}\n{number}"
        said = node(text, "theme", "Vélo", "vélos", "vélos")
        write(empty, f"atelier-{number}.txt", text, f"atelier n° {number}", day, [said], [])
    for params in ({}, {"tab": "list"}, {"m": meetings(empty.sources())[0].id}):
        assert "Atelier n° 2" in shown(run_page("reunions", **params))
        assert "atelier n° 2" not in shown(run_page("reunions", **params))


def test_figures_that_contradict_each_other_are_together_and_can_be_asked_for(told):
    at = run_page("reperes")
    said = shown(at)
    assert "2 chiffres qui se contredisent" in said
    assert "52 % des trajets du canton" in said
    assert "2 chiffres qui se contredisent" in shown(run_page("reperes", show="contradict"))
    at.text_input(key="find-figures").input("personne ne dit cela").run()
    assert "Aucun résultat" in shown(at)


def test_figures_whose_origin_is_said_are_counted_one_by_one_and_the_rest_of_a_list_counts_figures(told, monkeypatch):
    text = "Selon le Foyer, 52 % des trajets du canton font moins de 5 km.\nLe marché réunit 40 étals."
    known = {"value": "52 %", "unit": "%", "statement": "des trajets du canton font moins de 5 km"}
    nodes = [
        node(text, "figure", "52 % des trajets du canton font moins de 5 km", source="le Foyer", **known),
        node(text, "figure", "Le marché réunit 40 étals", value="40"),
    ]
    write(told, "hiver.txt", text, "Atelier d’hiver", "2026-12-02", nodes, [])
    monkeypatch.setattr("views.meetings.figures._STEP", 1)
    at = run_page("reperes")
    assert {"Tous 4", "Origine dite 1"} <= set(at.segmented_control(key="figures-show").options)
    assert at.button(key="more-figures").label == "Voir la suite (3 sur 4)"


def test_a_theme_says_which_meetings_it_went_through(told):
    said = shown(run_page("themes", thing=find(told, "cars").id))
    assert "Réunions traversées" in said
    assert "Atelier de l’été" in said


# --- the synthesis ---------------------------------------------------------------------------------------------------


def test_a_synthesis_is_read_then_edited_and_the_edit_is_kept_and_marked(told):
    meeting = meetings(told.sources())[0].id
    at = run_page("synthese", m=meeting)
    said = shown(at).replace("\u00a0", " ")
    proposal = re.search(
        r'« Ouvrir une ligne de car vers la gare de Brume » — Roues Folles <a href="(.+?)">\[(\d+)\]', said
    )
    assert proposal
    assert f"at={SPRING.index('Ouvrir')}" in proposal[1]
    assert f'[{proposal[2]}] <a href="{proposal[1]}">printemps.txt, ' in said
    at = run_page("synthese", m=meeting, view="edit")
    key = f"meeting:{meeting}|fr"
    at.text_area[0].input(at.text_area[0].value + "Une phrase à moi.\n").run()
    at.button(key="keep").click().run()
    assert not at.exception
    assert kept(told, key).text.endswith("Une phrase à moi.\n")
    said = shown(run_page("synthese", m=meeting))
    assert "1 ligne écrite à la main" in said
    assert "écrit à la main" in said
    gone = next(thing for thing in told.rows(["proposal"]) if thing.label.startswith("Ouvrir"))
    actions.reject(told, Actor("Ada"), gone.id)
    again = shown(run_page("synthese", m=meeting))
    assert "1 ligne écrite à la main" in again, "what the graph gave before is nobody's writing"
    assert "état d’avant" in again


def test_a_line_by_hand_keeps_its_numbers_as_links_and_a_title_has_none(told):
    meeting = meetings(told.sources())[0].id
    made = run_page("synthese", m=meeting, view="edit").text_area[0].value
    keep(told, Actor("animatrice"), f"meeting:{meeting}|fr", f"# Bilan [2]\n{made}Une phrase à moi. [1] [2]\n")
    said = shown(run_page("synthese", m=meeting))
    assert "<h2>Bilan [2]" in said
    assert re.search(r'<p>Une phrase à moi\. <a href="[^"]+">\[1\]</a> <a href="[^"]+">\[2\]</a>', said)


def test_who_edits_second_is_told_and_keeps_what_was_typed(told):
    meeting = meetings(told.sources())[0].id
    at = run_page("synthese", m=meeting, view="edit")
    keep(told, Actor("une autre"), f"meeting:{meeting}|fr", "# Son texte\n")
    at.text_area[0].input("# Mon texte").run()
    at.button(key="keep").click().run()
    assert "a changé pendant que vous écriviez" in shown(at)
    assert at.text_area[0].value == "# Mon texte"
    assert kept(told, f"meeting:{meeting}|fr").text == "# Son texte\n"
    at.button(key="mine").click().run()
    assert kept(told, f"meeting:{meeting}|fr").text == "# Mon texte"


def test_a_document_is_given_its_meeting_and_date_on_its_page_and_keeps_what_was_read(told):
    source = next(info for info in told.sources() if info.meeting)
    before = told.fragment(source.id)
    at = run_page("sources", doc=source.id)
    at.text_input(key=f"describe-meeting-{source.id}").set_value("Rencontre du marché")
    for date, answer in (("30 février 2026", "n’est pas comprise"), ("3 mars 2026", "Rencontre du marché")):
        at.text_input(key=f"describe-date-{source.id}").set_value(date)
        next(button for button in at.button if button.label == "Enregistrer").click().run()
        assert answer in shown(at)
    now = next(info for info in told.sources() if info.id == source.id)
    assert (now.meeting, now.date, now.place) == ("Rencontre du marché", "2026-03-03", source.place)
    after = told.fragment(source.id)
    assert (after.nodes, after.relations, after.passages) == (before.nodes, before.relations, before.passages)
    assert told.verify().ok
    with pytest.raises(PermissionDenied):
        actions.describe(told, Actor("P", Role.PARTICIPANT), source.id, {"meeting": ""})


def test_the_proposals_of_a_meeting_are_offered_as_a_selection(told):
    at = run_page("synthese", m=meetings(told.sources())[0].id)
    links = [link.proto for link in at.get("page_link") if "propositions" in link.proto.label]
    assert len(links) == 1
    assert "pick=proposal" in links[0].query_string


def test_a_synthesis_of_what_is_gone_says_so(told):
    assert "n’est pas, ou plus, dans le graphe" in shown(run_page("synthese", m="meeting:nowhere"))


def test_a_selection_comes_from_its_link_and_has_cards(told):
    line = find(told, "Ouvrir une ligne de car vers la gare de Brume").id
    at = run_page("synthese", pick=f"{line},nonsense")
    assert "Ouvrir une ligne de car vers la gare de Brume" in shown(at)
    labels = [button.proto.label for button in at.get("download_button")]
    assert "Cartes A6 à découper (PDF)" in labels
    assert "Word (.docx)" in labels


@pytest.mark.parametrize("params", [{"m": "x"}, {"thing": "<b>"}, {"pick": "a,b,,"}, {"by": "nothing"}])
def test_a_synthesis_of_nonsense_asks_what_it_is_about(told, params):
    at = run_page("synthese", **params)
    assert not at.error
    assert "Synthèse" in shown(at)


def test_what_sessions_share_is_kept_apart_by_language_and_role(told, monkeypatch):
    def page() -> None:
        import streamlit as st

        from views import state
        from views.i18n import t
        from views.meetings.shared import computed

        st.text(computed("words", lambda: f"{t('common.meeting')}, {state.actor().role}"))

    at = AppTest.from_function(page, default_timeout=60)
    words = []
    for lang in ("fr", "en"):
        at.session_state["lang"] = lang
        words.append(at.run().text[0].value)
    monkeypatch.setattr(state, "actor", lambda: Actor(role=Role.PARTICIPANT))
    words.append(at.run().text[0].value)
    assert len(set(words)) == 3


def _tables_of_a_forum(store: Store) -> None:
    for title in ("Vieillir au village", "Les trajets du soir", "Le bois"):
        text = f"{title}\nOuvrir la halle le soir, pour parler de : {title}.\n"
        said = text.splitlines()[1].rstrip(".")
        write(store, f"{title}.txt", text, title, "2026-05-12", [node(text, "proposal", said)], [])


def test_tables_of_a_forum_are_said_to_be_one_meeting_and_taken_apart_again(empty):
    _tables_of_a_forum(empty)
    gone = next(m for m in meetings(empty.sources()) if m.name == "Le bois")
    at = run_page("reunions", tab="list")
    assert "même jour, même lieu" in shown(at)
    at.button(key="same-0").click().run()
    assert len(at.multiselect(key="same-picked").value) == 3
    at.selectbox(key="same-kept").select(next(m.id for m in meetings(empty.sources()) if m.name[:2] == "Vi")).run()
    at.button(key="same-do").click().run()
    assert not at.exception
    assert [(m.name, len(m.sources)) for m in meetings(empty.sources())] == [("Vieillir au village", 3)]
    assert "3 réunions n’en font plus qu’une" in shown(at)
    assert "Vieillir au village" in shown(run_page("reunions", m=gone.id)), "the link of a part leads to the whole"
    assert "<h2>Vieillir au village</h2>" in shown(run_page("synthese", m=gone.id)), "and so does that of its synthesis"
    assert "Vieillir au village" in shown(run_page("decisions"))
    at.button(key="undo-now").click().run()
    assert len(meetings(empty.sources())) == 3


def test_meetings_said_to_be_different_are_proposed_no_more_until_that_is_undone(empty):
    _tables_of_a_forum(empty)
    at = run_page("reunions", tab="list")
    at.button(key="same-not-0").click().run()
    assert not at.exception
    assert "3 réunions restent distinctes" in shown(at)
    assert not [button for button in at.button if button.key == "same-0"]
    assert len(meetings(empty.sources())) == 3
    at.button(key="undo-now").click().run()
    assert at.button(key="same-0")


def test_a_link_from_the_time_when_a_meeting_had_another_date_leads_to_it_once_that_is_undone(empty):
    autumn(empty, "")
    (info,) = empty.sources()
    taken = actions.describe(empty, Actor("Ada"), info.id, {"date": "2026-09-25"})
    dated = meetings(empty.sources())[0]
    actions.undo(empty, Actor("Ada"), taken.id)
    assert meetings(empty.sources())[0].id != dated.id
    assert "Habitat" in shown(run_page("reunions", m=dated.id))
    assert "<h2>Atelier de l’automne</h2>" in shown(run_page("synthese", m=dated.id))


def test_a_name_that_participants_read_is_the_one_kept_and_they_are_offered_nothing(empty, monkeypatch):
    _tables_of_a_forum(empty)
    public = meetings(empty.sources())[0]
    actions.publish(empty, Actor("Ada"), [info.id for info in public.sources])
    at = run_page("reunions")
    at.button(key="same-0").click().run()
    assert at.selectbox(key="same-kept").options == [o for o in at.selectbox(key="same-kept").options if "bois" in o]
    monkeypatch.setattr(state, "actor", lambda: Actor("participante", Role.PARTICIPANT))
    assert not [box for box in run_page("reunions").multiselect if box.key == "same-picked"]
