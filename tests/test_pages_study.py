"""The researcher's desk through the app's own router: its tabs, its links, what is kept, what is told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from app_pages import run_page
from app_pages import shown as page_shown
from small_graph import ATTACK
from streamlit.testing.v1 import AppTest

from graph import actions
from graph.model import Actor
from graph.store.base import Store
from graph.study import queries
from graph.study.compare import Part
from graph.study.corpus import short_digest
from views.escape import html
from views.study.compare import side_name

Open = Callable[..., AppTest]


@pytest.fixture
def desk(small: Store, ids: dict[str, str]) -> Open:
    def run(**params: str) -> AppTest:
        at = run_page("etude", **params)
        assert not at.error
        return at

    return run


def shown(at: AppTest) -> str:
    return page_shown(at, ("markdown", "caption", "info", "warning", "success"))


def test_a_word_shows_its_lines_and_the_question_is_in_the_address(desk: Open) -> None:
    at = desk()
    at.text_input(key="study-q").input("covoiturage").run()
    assert at.query_params["q"] == "covoiturage"
    lines = re.findall(r"<mark>(.*?)</mark>", shown(at))
    assert set(lines) == {"covoiturage"}
    assert len(lines) == 3
    at.selectbox(key="study-sort").select("right").run()
    assert at.query_params["sort"] == "right"


def test_text_of_a_document_stays_text_in_a_concordance(desk: Open) -> None:
    told = shown(desk(q="onerror"))
    assert "<img src=x" not in told
    assert html(ATTACK)[:9] in told


@pytest.mark.parametrize(
    ("view", "lang"),
    [("central", "en"), ("communities", "fr"), ("bridges", "en"), ("holes", "fr"), ("stability", "en")],
)
def test_measures_tell_their_seed_and_the_corpus(desk: Open, small: Store, view: str, lang: str) -> None:
    told = shown(desk(tab="measures", view=view, lang=lang))
    assert short_digest(small) in told
    assert {"fr": "graine 20", "en": "seed 20"}[lang] in told


def test_a_number_of_the_measures_opens_its_sentences(desk: Open, ids: dict[str, str]) -> None:
    told = shown(desk(tab="measures", x=ids["mobility"], y=ids["carpool"]))
    assert "<mark>La mobilité de demain, c’est aussi du covoiturage entre voisins.</mark>" in told


@pytest.mark.parametrize("by", ["period", "meeting"])
def test_two_parts_are_compared_and_a_number_opens_its_sentences(desk: Open, ids: dict[str, str], by: str) -> None:
    told = shown(desk(tab="compare", by=by, x=ids["carpool"], side="b"))
    assert "le second seulement" in told  # what only the later document says
    assert "<mark>covoiturage</mark>" in told
    assert "Suite de l’atelier" in told


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2020-10-17", "2025-10-14", "17 octobre 2020 – 14 octobre 2025"),
        ("2025-06-12", "2025-10-01", "12 juin – 1er octobre 2025"),
        ("2025-06-12", "2025-06-12", "12 juin 2025"),
    ],
)
def test_a_period_says_each_year_beside_its_day(since: str, until: str, told: str) -> None:
    assert side_name(Part(since=since, until=until)) == told


def test_two_territories_are_needed_to_compare_them(desk: Open) -> None:
    assert "deux territoires au moins" in shown(desk(tab="compare", by="territory"))


def test_a_kept_question_is_listed_and_asks_itself_again(desk: Open, small: Store) -> None:
    at = desk(q="covoiturage")
    at.text_input(key="keep-name").input("Covoiturage partout")
    at.button(key="keep-do").click().run()
    (query,) = queries.queries(small, Actor())
    assert (query.name, dict(query.params)) == ("Covoiturage partout", {"q": "covoiturage"})
    listed = desk(tab="queries")
    assert "Covoiturage partout" in shown(listed)
    assert "même corpus" in shown(listed)
    listed.button(key=f"drop-{query.id}").click().run()
    assert not queries.queries(small, Actor())


def test_a_link_made_on_another_corpus_says_so(desk: Open, small: Store, ids: dict[str, str]) -> None:
    before = short_digest(small)
    assert "autre état du corpus" not in shown(desk(q="vélo", digest=before))
    actions.rename(small, Actor(), ids["carpool"], "Covoiturage du quotidien")
    at = desk(q="vélo", digest=before)
    assert "autre état du corpus" in shown(at)
    at.button(key="changed-seen").click().run()
    assert at.query_params["digest"] == short_digest(small)


def test_the_dataset_is_prepared_and_offered(desk: Open) -> None:
    at = desk(tab="dataset")
    at.button(key="dataset-make").click().run()
    assert not at.exception
    assert at.get("download_button")
    assert "Prêt" in shown(at)


def test_nonsense_in_the_address_is_never_an_error(desk: Open) -> None:
    nonsense = "'; DROP TABLE node; --<script>alert(1)</script>"
    names = ("q", "mode", "sort", "view", "by", "a", "b", "kind", "x", "y", "side", "digest", "run")
    for tab in ("concordance", "measures", "compare", nonsense):
        said = shown(desk(tab=tab, **dict.fromkeys(names, nonsense)))
        assert "<script>alert" not in said
        assert ("Le lien demandait autre chose" in said) == (tab == "compare")


@pytest.mark.parametrize("across", ["stakeholder", "meeting"])
def test_themes_are_crossed_with_other_things_on_the_page_of_links(
    small: Store, ids: dict[str, str], across: str
) -> None:
    at = run_page("liens", across=across)
    cells = re.findall(r'href="(\./liens\?[^"]*)" title', shown(at))
    assert cells
    assert all(f"across={across}" in cell for cell in cells)
