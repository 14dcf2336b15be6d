"""Mes données: which spellings are looked for and masked, chosen and read before anything is erased."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from app_pages import app_store, run_page
from app_pages import shown as page_shown
from streamlit.testing.v1 import AppTest

from graph import actions
from graph.model import Actor, Role
from graph.persons.unnamed import SETTING
from graph.store.base import Store
from tests.fragments import build
from views import state

LINES = "[person:Rose Aubier] propose un verger. [person:Rose|Rose Aubier] plante. La rose du verger se vend."
BARE = "un seul mot serait masqué partout"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with pytest.MonkeyPatch.context() as patch:
        for opened in app_store(tmp_path_factory.mktemp("people"), patch):
            opened.write(build("verger.txt", LINES, keys=("rose aubier",)), Actor())
            opened.write(build("jardin.txt", "[person:Lilas] taille. Le lilas fleurit.", keys=("lilas",)), Actor())
            yield opened


def ask(name: str, also: str = "") -> AppTest:
    at = run_page("mes-donnees")
    at.text_input(key="mydata-name").set_value(name)
    return at.text_input(key="mydata-also").set_value(also).run()


def shown(at: AppTest) -> str:
    return page_shown(at, ("markdown", "info", "success", "warning", "error"))


def widgets(found: Any, begins: str) -> list[Any]:
    return [widget for widget in found if str(widget.key).startswith(begins)]


def spellings(at: AppTest) -> Any:
    return widgets(at.multiselect, "mydata-names-")[0]


def test_with_every_spelling_taken_away_nothing_can_be_erased(store: Store) -> None:
    at = ask("Rose Aubier", "Rose")
    spellings(at).set_value([]).run()
    assert not at.exception
    assert "Aucune écriture" in shown(at)
    assert not widgets(at.checkbox, "mydata-read-")
    spellings(at).set_value(["Rose"]).run()
    assert BARE in shown(at), "and one is put back"


def test_a_spelling_that_is_added_goes_too_and_is_read_again(store: Store) -> None:
    at = ask("Rose Aubier", "Rose")
    spellings(at).set_value(["Rose Aubier"]).run()
    widgets(at.checkbox, "mydata-read-")[0].check().run()
    at.text_input(key="mydata-also").set_value("Rose, verger").run()
    assert spellings(at).value == ["Rose Aubier", "Rose", "verger"]
    assert [box.value for box in widgets(at.checkbox, "mydata-read-")] == [False]


def test_what_was_read_of_fewer_places_is_read_again_when_there_are_more(store: Store) -> None:
    at = ask("Rose Aubier", "Rose")
    spellings(at).set_value(["Rose Aubier"]).run()
    widgets(at.checkbox, "mydata-read-")[0].check().run()
    assert widgets(at.text_input, "mydata-again-")
    spellings(at).set_value(["Rose Aubier", "Rose"]).run()
    assert [box.value for box in widgets(at.checkbox, "mydata-read-")] == [False]
    assert not widgets(at.text_input, "mydata-again-")


def test_the_spellings_stay_where_those_that_are_left_find_nothing(store: Store) -> None:
    at = ask("Zélie Fontaubert", "Rose")
    spellings(at).set_value(["Zélie Fontaubert"]).run()
    assert not at.exception
    assert not at.error
    assert "Rien ne nomme" in shown(at) or "Zélie Fontaubert" in shown(at)
    spellings(at).set_value(["Zélie Fontaubert", "Rose"]).run()
    assert widgets(at.checkbox, "mydata-read-")


def test_a_name_of_one_word_is_warned_of_though_it_is_the_only_one(store: Store) -> None:
    assert BARE in shown(ask("Lilas"))
    assert BARE not in shown(ask("Rose Aubier"))


def test_who_cannot_erase_is_not_asked_what_to_mask(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.publish(store, Actor(), [info.id for info in store.sources()])
    monkeypatch.setenv(SETTING, "")
    monkeypatch.setattr(state, "actor", lambda: Actor("Ada", Role.RESEARCHER))
    at = ask("Rose Aubier", "Rose")
    assert "Rose Aubier" in shown(at)
    assert BARE not in shown(at)
    assert not widgets(at.multiselect, "mydata-names-")
