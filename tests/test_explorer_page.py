"""The Explorer through Streamlit's own test runner: one selection in three views, all of it in the address."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small_graph import ATTACK, fill
from streamlit.testing.v1 import AppTest

from graph.model import Actor
from graph.store import open_store
from tests.fragments import build
from views.explorer import card

RUN = "import app\napp.main('reseau')\n"


@pytest.fixture
def ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A store with two small documents, which the application opens; the ids of what is in it."""
    url = f"sqlite:///{tmp_path / 'graph.db'}"
    monkeypatch.setenv("MAILLAGE_STORE", url)
    store = open_store(url)
    yield fill(store)
    store.close()


@pytest.fixture
def opened(ids: dict[str, str]) -> Callable[..., AppTest]:
    """Opens the page at an address."""

    def run(**address: str) -> AppTest:
        at = AppTest.from_string(RUN, default_timeout=30)
        for name, value in address.items():
            at.query_params[name] = value
        return _calm(at.run())

    return run


def _calm(at: AppTest) -> AppTest:
    assert not at.exception, at.exception
    assert not at.error, [e.value for e in at.error]
    return at


def _sent(at: AppTest) -> dict[str, Any]:
    """What the component was given to draw."""
    found: dict[str, Any] = json.loads(at.get("bidi_component")[0].proto.json)
    return found


def _labels(at: AppTest) -> list[str]:
    return list(_sent(at)["nodes"]["label"])


def _html(at: AppTest) -> str:
    return "\n".join(str(block.proto.body) for block in at.get("html"))


def _do(at: AppTest, what: str, value: Any) -> AppTest:
    """What the browser sends when the reader acts on the picture."""
    return _acts(at, {"what": what, "value": value})


def _acts(at: AppTest, *acts: dict[str, Any]) -> AppTest:
    """What the browser sends when the reader acts faster than it does."""
    states = at._tree.get_widget_states()  # there is no public way to fire an event of a component
    fired = states.widgets.add()
    fired.id = f"$$STREAMLIT_INTERNAL_KEY_{at.get('bidi_component')[0].proto.id}__events"
    fired.json_trigger_value = json.dumps([{"event": "act", "value": act} for act in acts])
    return _calm(at._run(states))


def test_it_opens_on_themes_and_what_joins_them_with_nothing_chosen(opened: Callable[..., AppTest]) -> None:
    at = opened()
    assert {"Mobilité", "Covoiturage"} <= set(_labels(at))
    assert len(_labels(at)) <= 40
    assert any("Choisissez un élément" in m.value for m in at.markdown)


def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_STORE", f"sqlite:///{tmp_path / 'empty.db'}")
    at = _calm(AppTest.from_string(RUN, default_timeout=30).run())
    assert "Rien à explorer" in at.info[0].value


def test_choosing_shows_the_sentence_in_its_context_with_a_way_to_its_document(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    at = _do(opened(), "select", ids["carpool"])
    assert at.query_params["s"] == ids["carpool"]
    assert "<mark>covoiturage</mark>" in _html(at)
    assert "Ouvrir une ligne de" in _html(at)
    assert f"doc={ids['atelier-mars.txt'].replace(':', '%3A')}" in _html(at)
    assert _sent(at)["selected"] == ids["carpool"]


def test_links_are_listed_by_relation(opened: Callable[..., AppTest], ids: dict[str, str]) -> None:
    page = _html(opened(s=ids["line"]))
    for words in ("au sujet de", "portée par", "répond à"):
        assert f"<dt>{words}</dt>" in page


def test_an_edge_lists_the_sentences_behind_it(opened: Callable[..., AppTest], ids: dict[str, str]) -> None:
    at = _do(opened(c=ids["line"]), "edge", [ids["line"], ids["wheels"]])
    assert at.query_params["e"] == f"{ids['line']},{ids['wheels']}"
    assert "portée par" in _html(at)
    assert "propose l’association Roues Folles" in _html(at)


def test_a_choice_and_an_unfolding_that_come_together_unfold_once(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    chosen = {"what": "select", "value": ids["wheels"], "number": "1"}
    at = _acts(opened(c=ids["line"]), chosen, {"what": "expand", "value": ids["wheels"], "number": "2"})
    assert (at.query_params["x"], at.query_params["s"]) == (ids["wheels"], ids["wheels"])


def test_unfolding_adds_neighbours_and_moves_nothing(opened: Callable[..., AppTest], ids: dict[str, str]) -> None:
    at = opened(c=ids["odile"])
    before = _sent(at)["nodes"]
    places = dict(zip(before["id"], zip(before["x"], before["y"], strict=True), strict=True))
    after = _sent(_do(at, "expand", ids["wheels"]))["nodes"]
    now = dict(zip(after["id"], zip(after["x"], after["y"], strict=True), strict=True))
    assert len(now) > len(places)
    assert {i: now[i] for i in places} == places
    folded = _sent(_do(at, "expand", ids["wheels"]))["nodes"]
    assert set(folded["id"]) == set(places)


def test_a_hidden_kind_goes_from_the_picture_but_keeps_its_count(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    at = opened(c=ids["mobility"])
    kinds = {k["key"]: i for i, k in enumerate(_sent(at)["kinds"])}
    assert kinds["finding"] in _sent(at)["nodes"]["kind"]
    at = _do(at, "hide", ["finding", "no such kind"])
    assert at.query_params["k"] == "finding"
    assert kinds["finding"] not in _sent(at)["nodes"]["kind"]
    assert _sent(at)["counts"]["finding"] >= 1


def test_depth_and_least_evidence_are_in_the_address_and_bounded(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    near = opened(c=ids["odile"])
    far = _do(near, "depth", 3)
    assert far.query_params["d"] == "3"
    assert len(_labels(far)) > 2
    strict = _do(opened(c=ids["carpool"]), "least", 2)
    assert all(n >= 2 for n in _sent(strict)["edges"]["passages"])
    assert _sent(opened(d="99", m="-4", n="123456789", k="person,,;"))["depth"] == 3


def test_what_was_dragged_is_in_the_address_and_opens_there_again(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    at = opened(c=ids["odile"])
    first = _sent(at)["pinning"]
    at = _acts(at, {"what": "drag", "number": "1", "pins": [[ids["wheels"], -140, 61], [ids["odile"], 5, 7]]})
    assert at.query_params["p"] == f"{ids['wheels']}~-140~61,{ids['odile']}~5~7"
    again = opened(c=ids["odile"], p=at.query_params["p"])
    assert _sent(again)["pins"] == [[ids["wheels"], -140, 61], [ids["odile"], 5, 7]]
    assert f"p={ids['wheels'].replace(':', '%3A')}~-140~61" in _html(again), "links within the view keep it"
    at.query_params.pop("p")
    undone = _sent(_calm(at.run()))
    assert undone["pins"] == []
    assert undone["pinning"] > first, "the way back of the browser puts things back"
    next(b for b in again.button if b.label == "Centrer ici").click().run()
    assert "p" not in again.query_params, "another picture has other places"


@pytest.mark.parametrize(
    ("what", "value"), [("depth", {"d": "2"}), ("filter", {"meeting": "Atelier de mars"})], ids=["depth", "filter"]
)
def test_what_was_dragged_goes_home_when_another_picture_is_laid_out(
    opened: Callable[..., AppTest], ids: dict[str, str], what: str, value: dict[str, str]
) -> None:
    at = opened(c=ids["odile"], p=f"{ids['wheels']}~-140~61")
    assert _sent(at)["pins"], what
    for name, asked in value.items():
        at.query_params[name] = asked
    _calm(at.run())
    assert "p" not in at.query_params
    assert _sent(at)["pins"] == []
    at.query_params["p"] = f"{ids['wheels']}~7~8"
    assert _sent(_calm(at.run()))["pins"] == [[ids["wheels"], 7, 8]], "what is dragged there stays"


def test_places_that_make_no_sense_are_left_out_and_the_latest_twelve_kept(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    bad = [["x", 1], [ids["odile"], "a", 2], [ids["odile"], 1.5, 2], [3, 4, 5], None, [ids["odile"], 10**6, -(10**6)]]
    at = _do(opened(c=ids["odile"]), "pins", bad)
    assert at.query_params["p"] == f"{ids['odile']}~20000~-20000"
    at = _do(at, "pins", [[f"theme:{n}", n, n] for n in range(20)])
    assert at.query_params["p"].startswith("theme:8~8~8,")
    assert _sent(opened(c=ids["odile"], p=f"unknown~1~2,{ids['odile']}~3~4~,{ids['wheels']}~3~4"))["pins"] == [
        [ids["wheels"], 3, 4]
    ]


def test_all_the_sentences_of_a_thing_are_in_the_address_until_another_is_chosen(
    opened: Callable[..., AppTest], ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card, "QUOTES_FIRST", 1)
    at = opened(s=ids["carpool"])
    at.button(key="quotes-more").click().run()
    assert at.query_params["all"] == "1"
    assert _html(_calm(at)).count('class="quote') == _html(opened(s=ids["carpool"], all="1")).count('class="quote') > 1
    assert "all" not in _do(at, "select", ids["mobility"]).query_params


@pytest.mark.parametrize("what", ["select", "edge", "expand", "hide", "depth", "least", "more", "pins", "", "drop"])
def test_nonsense_from_the_browser_is_passed_over(opened: Callable[..., AppTest], what: str) -> None:
    at = opened()
    for value in (None, {"a": 1}, ["x"], "x" * 5000, [["a"], 3], True, "<script>"):
        at = _do(at, what, value)
        assert "Mobilité" in _labels(at)


def test_filters_that_hide_everything_say_so_and_offer_the_way_back(opened: Callable[..., AppTest]) -> None:
    at = opened(m="8")
    assert "cachent tous les éléments" in at.info[0].value
    next(b for b in at.button if b.label == "Tout afficher").click().run()
    assert "Mobilité" in _labels(_calm(at))


def test_search_is_blind_to_accents_and_inflection_and_centres(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    at = opened()
    at.text_input(key="explorer-search").set_value("MOBILITES").run()
    assert _calm(at).query_params["c"] == ids["mobility"]
    assert _sent(at)["centres"] == [ids["mobility"]]


def test_a_search_without_result_says_so(opened: Callable[..., AppTest]) -> None:
    at = opened()
    at.text_input(key="explorer-search").set_value('zzz *" OR 1=1 --').run()
    assert "Aucun résultat" in _calm(at).info[0].value


@pytest.mark.parametrize("bad", ["theme:unknown", "<script>", "a,b,c", "%00", "é" * 400])
def test_an_unknown_id_in_the_address_gives_a_message_and_the_rest(opened: Callable[..., AppTest], bad: str) -> None:
    for name in ("c", "s", "x"):
        at = opened(**{name: bad})
        assert "dans le graphe" in at.warning[0].value
        assert "Mobilité" in _labels(at)


def test_outline_and_table_show_the_same_things_as_links(opened: Callable[..., AppTest], ids: dict[str, str]) -> None:
    shown = set(_sent(opened(c=ids["mobility"], d="2"))["nodes"]["id"])
    for view in ("plan", "tableau"):
        page = _html(opened(c=ids["mobility"], d="2", v=view))
        linked = {i for i in ids.values() if f"s={i.replace(':', '%3A')}" in page}
        assert shown <= linked


def test_the_native_filters_of_outline_and_table_write_the_same_address(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    at = opened(c=ids["mobility"], v="plan")
    at.slider(key="explorer-least").set_value(2).run()
    assert _calm(at).query_params["m"] == "2"
    at = opened(c=ids["mobility"], v="tableau", k="finding")
    assert at.session_state["explorer-kinds"]
    assert "finding" not in at.session_state["explorer-kinds"]


def test_labels_that_look_like_markup_stay_text_in_every_view(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    for view in ("reseau", "plan", "tableau"):
        at = opened(c=ids["attack"], s=ids["attack"], v=view)
        assert "<img src=x" not in _html(at).lower()
        assert not [m.value for m in at.markdown if "<img" in m.value or "](http" in m.value.replace("\\]", "")]
    assert ATTACK in _labels(opened(c=ids["attack"]))


def test_never_more_than_five_hundred_things_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'wide.db'}"
    monkeypatch.setenv("MAILLAGE_STORE", url)
    store = open_store(url)
    lines = [f"proposal> Piste {i} pour la [theme:mobilité]." for i in range(620)]
    store.write(build("large.txt", "\n".join(lines)), Actor())
    store.close()
    at = AppTest.from_string(RUN, default_timeout=60)
    at.query_params["n"] = "5000"
    at.query_params["c"] = next(iter(open_store(url).search("mobilité", ["theme"]))).id
    assert len(_labels(_calm(at.run()))) == 500


@pytest.mark.parametrize("view", ["", "tableau"])
def test_a_distance_that_nearer_things_leave_no_room_for_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    url = f"sqlite:///{tmp_path / 'wide.db'}"
    monkeypatch.setenv("MAILLAGE_STORE", url)
    store = open_store(url)
    lines = [f"proposal> Piste {i} pour la [theme:mobilité] du [group:quartier {i}]." for i in range(50)]
    store.write(build("large.txt", "\n".join(lines)), Actor())
    centre = next(iter(store.search("mobilité", ["theme"]))).id
    store.close()
    said = {}
    for depth, most in (("1", "40"), ("2", "40"), ("2", "500")):
        at = AppTest.from_string(RUN, default_timeout=60)
        at.query_params.update({"c": centre, "d": depth, "n": most, "v": view})
        page = _calm(at.run())
        said[depth, most] = page.markdown[0].value if view else _sent(page)["words"]["shown"]
    assert "tous à distance 1" in said["2", "40"]
    assert "tous à distance" not in said["1", "40"] + said["2", "500"]


def test_a_new_import_shows_at_once_in_the_card_and_the_picture(
    opened: Callable[..., AppTest], ids: dict[str, str]
) -> None:
    at = opened(c=ids["carpool"], s=ids["carpool"])
    assert "Dite dans 2 documents" in _html(at)
    store = open_store()
    store.remove(ids["atelier-mai.txt"], Actor())
    store.close()
    at = _calm(at.run())
    assert "Dite dans 1 document" in _html(at)
    assert "Le covoiturage a commencé" not in _labels(at)
