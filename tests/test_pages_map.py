"""The page of the map of initiatives: what it shows, filters, tells of bad places; what is typed is imported."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from app_pages import app_store, run_page, shown
from streamlit.testing.v1 import AppTest

from graph.initiatives import types
from graph.model import Actor, Source, Visibility
from graph.store.base import Store
from ingest import geocoder
from ingest.document import RawFile
from ingest.extract import initiatives
from ingest.extract.reading import Reading
from ingest.fragment import ImportMeta, to_fragment
from ingest.registry import read_document
from ingest.typed import typed_initiative
from views.i18n import NBSP
from views.initiatives.picture import CREDIT, TILES

ATTACK = "<img src=x onerror=alert(1)> **gras**"
TABLE = f"""nom;type;adresse;commune;structure;latitude;longitude;description
Permanence;démarches;2 rue Haute;Rouen;CCAS de Rouen;49.44;1.09;Le mardi
Atelier;formation;;Rouen;CCAS de Rouen;;;Avec inscription
Échangé;formation;;Le Havre;Foyer du Port;0.11;49.49;
Folle;réemploi;;Le Havre;Foyer du Port;146.5;1900;
Appli;application;;;;;;
{ATTACK};formation;;Rouen;{ATTACK};49.45;1.1;{ATTACK}
"""
Open = Callable[..., AppTest]


def fill(store: Store) -> None:
    """The table as the rule on initiatives reads it, without the language model."""
    reading = Reading(read_document(RawFile("lieux.csv", TABLE.encode())))
    initiatives.run(reading)
    store.write(to_fragment(reading, ImportMeta()), Actor())


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    yield from app_store(tmp_path, monkeypatch)


@pytest.fixture
def open_map(store: Store) -> Open:
    fill(store)

    def run(**params: str) -> AppTest:
        return run_page("carte", **params)

    return run


def said(at: AppTest) -> str:
    return shown(at, ("caption", "info", "warning", "error", "success"))


def drawn(at: AppTest) -> dict[str, Any]:
    """What is sent to the map."""
    data: dict[str, Any] = json.loads(at.get("bidi_component")[0].proto.json)
    return data


def test_list_and_map_hold_the_same_and_what_has_no_place_is_told(open_map: Open) -> None:
    at = open_map()
    assert sorted(drawn(at)["points"]["name"]) == sorted([ATTACK, "Atelier", "Folle", "Permanence", "Échangé"])
    assert "6 initiatives" in said(at)
    assert "1 initiative n’a pas de lieu connu" in said(at)
    for told in (
        "Latitude et longitude étaient échangées",
        "Coordonnées impossibles (146.5, 1900)",
        "centre de la commune (Rouen)",
    ):
        assert told in said(at)


def test_what_is_said_is_never_markup(open_map: Open) -> None:
    shown = said(open_map(q=ATTACK, near=ATTACK, thing=ATTACK, commune=ATTACK, types=ATTACK))
    assert "onerror" in shown
    assert "<img src=x" not in shown.replace("\\<", "")  # Markdown is escaped so


def test_filters_are_in_the_address_and_nonsense_there_is_no_filter(open_map: Open) -> None:
    assert drawn(open_map(types="training", commune="rouen"))["points"]["name"] == [ATTACK, "Atelier"]
    everything = open_map(types="x,y", commune="z", structure="'", km="-3", p="99999", near="", q="foyer du port")
    assert drawn(everything)["points"]["name"] == ["Échangé", "Folle"]


def test_a_place_gives_distances_and_says_how_it_was_found(open_map: Open) -> None:
    at = open_map(near="8 place du Vieux, Le Havre", km="20")
    assert drawn(at)["points"]["name"] == ["Folle", "Échangé"]
    assert "Placée au centre de la commune (Le Havre)" in said(at)
    assert drawn(at)["origin"]["km"] == 20
    assert f"{NBSP}m" in said(at)
    assert "aucun endroit connu" in said(open_map(near="zzz"))
    assert "ne sont pas des coordonnées" in said(open_map(near="146.5, 1900"))


def test_only_places_to_check_may_be_listed(open_map: Open) -> None:
    assert sorted(drawn(open_map(check="1"))["points"]["name"]) == ["Atelier", "Folle", "Échangé"]


def test_the_chosen_one_has_its_card_with_who_runs_it(open_map: Open, store: Store) -> None:
    thing = next(t.id for t in store.rows(["initiative"]) if t.label == "Permanence")
    at = open_map(thing=thing)
    assert drawn(at)["chosen"] == thing
    assert "portée par" in said(at)
    assert "acteurs?thing=organisation" in said(at)
    assert "caché" in said(open_map(thing=thing, types="training"))
    assert "pas, ou plus" in said(open_map(thing="initiative:no"))


def test_counts_by_commune_lead_to_what_they_count(open_map: Open) -> None:
    page = said(open_map())
    assert "commune=rouen&amp;types=training" in page
    assert "Sans commune" in page


def test_english_is_whole(open_map: Open) -> None:
    page = said(open_map(lang="en"))
    assert "Latitude and longitude were exchanged" in page
    assert "lieu" not in page.replace("lieux.csv", "")


def test_no_tile_server_is_asked_unless_one_is_configured(open_map: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(open_map())["tiles"] is None
    monkeypatch.setenv(TILES, "javascript:alert(1)/{z}/{x}/{y}")
    assert drawn(open_map())["tiles"] is None
    monkeypatch.setenv(TILES, "https://tuiles.example/{z}/{x}/{y}.png")
    monkeypatch.setenv(CREDIT, "© Tuiles")
    data = drawn(open_map())
    assert data["tiles"] == {"url": "https://tuiles.example/{z}/{x}/{y}.png"}
    assert "© Tuiles" in data["words"]["foot"]
    assert data["towns"]["name"] == []


def field(at: AppTest, name: str) -> Any:
    """A field of the form of a type."""
    (found,) = [each for each in at.text_input if str(each.key).startswith(f"types-{name}-")]
    return found


def test_what_is_typed_of_a_type_outlives_the_changes_of_others(open_map: Open, store: Store) -> None:
    at = open_map(edit="types", type="training")
    field(at, "fr").input("Apprendre").run()
    types.add(store, Actor("animateur"), "Jardin")
    at.run()
    assert field(at, "fr").value == "Apprendre"
    types.edit(store, Actor("animateur"), "training", "Cours")
    field(at, "words").input("leçon")
    at.button(key="types-keep").click().run()
    assert "a changé ce type" in said(at)
    assert (field(at, "fr").value, field(at, "words").value) == ("Apprendre", "leçon")
    at.button(key="types-keep").click().run()
    assert types.kept(store).types["training"].fr == "Apprendre"
    assert field(at, "fr").value == "Apprendre"
    assert not at.exception


def test_a_link_that_asks_for_what_is_gone_says_so(open_map: Open, store: Store) -> None:
    assert not open_map(types="training", commune="rouen").warning
    types.remove(store, Actor(), "training")
    at = open_map(types="phone,training", commune="atlantis")
    (warned,) = [each.value for each in at.warning]
    assert "training" in warned
    assert "atlantis" in warned
    assert "phone" not in warned


def test_a_facilitator_adds_renames_and_removes_types_and_takes_a_change_back(open_map: Open, store: Store) -> None:
    at = open_map(edit="types")
    field(at, "fr").input("Réemploi et réparation")
    field(at, "words").input("réemploi ; ressourcerie")
    at.button(key="types-keep").click().run()
    assert [kind["name"] for kind in drawn(at)["types"]][5:] == ["Réemploi et réparation"]
    assert field(at, "fr").value == ""
    at.selectbox(key="types-which").select("training").run()
    assert "training" in at.query_params["type"]  # one value, or a list of one
    field(at, "fr").input("Services sur le téléphone")
    at.button(key="types-keep").click().run()
    assert "désigne déjà le type" in said(at)
    assert field(at, "fr").value == "Services sur le téléphone"
    at.button(key="types-remove").click().run()
    assert "formation" in [kind["name"].lower() for kind in drawn(at)["types"]][5:]
    removal = types.kept(store).changes[-1].id
    at.button(key=f"types-undo-{removal}").click().run()
    assert "Formation" in [kind["name"] for kind in drawn(at)["types"]][:5]
    assert not at.exception


def test_an_empty_store_and_one_without_initiatives_say_what_to_do(store: Store) -> None:
    at = run_page("carte")
    assert "Rien à explorer" in said(at)


def test_a_geocoder_is_off_by_default_and_only_a_web_address_turns_it_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert geocoder.ask("2 rue Haute, Rouen") is None
    monkeypatch.setenv(geocoder.VARIABLE, "file:///etc/hostname")
    assert geocoder.configured() == ""
    for broken in ("http://[", "ftp://a.example", "a.example"):
        monkeypatch.setenv(geocoder.VARIABLE, broken)
        assert geocoder.configured() == geocoder.service() == ""


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"features": [{"geometry": {"coordinates": [1.1, 49.4]}, "properties": {"label": "A", "score": 0.9}}]}, "A"),
        ({"features": [{"geometry": {"coordinates": [1.1, 49.4]}, "properties": {"label": "A", "score": 0.1}}]}, None),
        ({"features": [{"geometry": {"coordinates": [1]}}]}, None),
        ({"features": [{"geometry": {"coordinates": [float("nan"), 49.4]}, "properties": {"label": "A"}}]}, None),
        ({"features": []}, None),
        ([1], None),
        ({"features": [{"geometry": None, "properties": "x"}]}, None),
    ],
)
def test_what_a_geocoder_answers_is_checked(answer: object, found: str | None) -> None:
    first = geocoder._first(answer)
    assert (first[1] if first else None) == found


@pytest.mark.parametrize(
    "answer",
    [
        b"this is no HTTP\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n" + 50_000 * b"[",
        b'HTTP/1.0 200 OK\r\n\r\n{"features": [{"geometry": {"coordinates": [1' + 400 * b"0" + b", 2]}}]}",
    ],
)
def test_a_geocoder_that_answers_nonsense_knows_nothing(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        asked = Thread(target=_answer_once, args=(server, answer), daemon=True)
        asked.start()
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        monkeypatch.setenv(geocoder.VARIABLE, f"http://127.0.0.1:{server.getsockname()[1]}/search")
        assert geocoder.ask("2 rue Haute, Rouen") is None
        asked.join(60)


def _answer_once(server: socket.socket, answer: bytes) -> None:
    connection, _ = server.accept()
    with connection:
        connection.recv(65_536)
        connection.sendall(answer)


def test_what_is_typed_is_a_document_that_the_initiative_rests_on() -> None:
    values = {"name": "Café; du coin", "type": "Formation", "commune": "Rouen", "structure": "Foyer"}
    upload = typed_initiative(values, "Café (saisie)")
    reading = Reading(read_document(upload.raw))
    initiatives.run(reading)
    (made,) = reading.initiatives
    assert (made.name, made.type, made.where, made.by) == ("Café; du coin", "Formation", "Rouen", "Foyer")
    assert '"Café; du coin";Formation' in reading.slice(made.at.start, made.at.end)
    only_a_name = Reading(read_document(typed_initiative({"name": "Appli"}, "x").raw))
    initiatives.run(only_a_name)
    assert [x.name for x in only_a_name.initiatives] == ["Appli"]


def test_what_takes_the_place_of_a_document_is_of_its_meeting_and_seen_by_the_same_people() -> None:
    old = Source("s", "d", "a.csv", "0" * 64, "csv", "", meeting="Atelier", date="2026-05-03", place="mairie")
    for seen in Visibility:
        meta = ImportMeta.like(replace(old, visibility=seen))
        assert (meta.meeting, meta.date, meta.place, meta.visibility) == ("Atelier", "2026-05-03", "mairie", seen)
