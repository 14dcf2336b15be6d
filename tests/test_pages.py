"""Each page through the app's own router, on a small real store: full, empty, filtered, and asked for nonsense."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from app_pages import run_page
from small_graph import ATTACK, NOTES
from streamlit.testing.v1 import AppTest

from app import PAGES
from graph import actions
from graph.model import Actor, Fragment, Source, make_id
from graph.review.trust import Share
from graph.store.base import Store
from views import example, state
from views.escape import html

OURS = [spec.url_path for spec in PAGES if spec.url_path != "reseau"]  # the network has its own tests

Open = Callable[..., AppTest]


@pytest.fixture
def open_page(small: Store) -> Open:
    """Runs the app on one page with the parameters of an address."""
    return run_page


def written(at: AppTest) -> str:
    """Everything a page shows: its HTML blocks, its Markdown, its messages, the labels of its widgets."""
    parts = [block.proto.body for block in at.get("html")]
    for kind in ("markdown", "caption", "subheader", "info", "warning", "error", "button", "selectbox", "tabs"):
        parts += [str(getattr(e, "value", "") or "") + str(getattr(e, "label", "") or "") for e in at.get(kind)]
    return "\n".join(parts)


# --- every page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", OURS)
def test_every_page_shows_the_small_graph_without_an_error(open_page, ids, page):
    at = open_page(page)
    assert not at.error
    assert "<h1>" in written(at)


@pytest.mark.parametrize("page", [p for p in OURS if p not in {"importer", "decisions"}])
def test_every_page_of_an_empty_store_says_what_to_do(open_page, page):
    at = open_page(page)
    assert [i.value for i in at.info] == [
        "Rien à explorer pour l’instant. Importez un compte rendu ou ouvrez le territoire d’exemple."
    ]
    assert {"Importer", "Ouvrir l’exemple"} <= {b.label for b in at.button}


@pytest.mark.parametrize("page", OURS)
def test_every_page_speaks_english_when_the_address_says_so(open_page, ids, page):
    at = open_page(page, lang="en")
    assert not at.error
    assert at.selectbox(key="choice-meeting").label == "Meeting"


@pytest.mark.parametrize("page", ["", "accueil", "liens", "themes", "acteurs", "sources"])
def test_filters_that_hide_everything_say_so_and_offer_the_way_out(open_page, ids, page):
    at = open_page(page or "accueil", since="2031-01-01")
    assert "cachent" in written(at)
    assert at.button(key="filters-hide-clear").label == "Tout afficher"
    at.button(key="filters-hide-clear").click().run()
    assert "since" not in at.query_params
    assert not at.exception
    assert "cachent" not in written(at)


@pytest.mark.parametrize("page", OURS)
def test_nonsense_in_the_address_is_never_an_error(open_page, ids, page):
    nonsense = "'; DROP TABLE node; --<script>alert(1)</script>"
    names = ("thing", "doc", "a", "b", "job", "file", "at", "tab", "page", "x", "y", "show", "since", "until", "lang")
    at = open_page(page, **dict.fromkeys(names, nonsense))
    assert not at.error
    assert "<script>alert" not in written(at)


# --- hostile labels -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "params"),
    [
        ("accueil", {}),
        ("themes", {}),
        ("themes", {"thing": "attack"}),
        ("themes", {"tab": "finding"}),
        ("acteurs", {"tab": "organisation"}),
        ("acteurs", {"thing": "attacker"}),
        ("sources", {"doc": "atelier-mai.txt"}),
        ("sources", {"doc": "atelier-mai.txt", "tab": "plan"}),
        ("sources", {"doc": "atelier-mai.txt", "tab": "table"}),
        ("liens", {"a": "attack", "b": "bikes"}),
    ],
)
def test_a_label_that_looks_like_code_stays_text(open_page, ids, page, params):
    at = open_page(page, **{k: ids.get(v, v) for k, v in params.items()})
    assert not at.error
    shown = written(at)
    assert html(ATTACK)[:30] in shown or "\\<img src=x onerror=alert(1)\\>" in shown
    for block in at.get("html"):
        assert "<img src=x" not in block.proto.body


def test_a_corrected_label_that_looks_like_markdown_stays_text(open_page, ids, small):
    actions.rename(small, Actor(), ids["carpool"], ":red[**faux**] $x$", "pour voir")
    at = open_page("decisions")
    assert "\\:\u2060red\\[\\*\\*faux\\*\\*\\] \\$x\\$" in written(at)


# --- filters --------------------------------------------------------------------------------------------------------


def test_the_meeting_of_the_address_filters_the_sources(open_page, ids):
    at = open_page("sources", meeting="Atelier de mai")
    assert "Suite de l’atelier" in written(at)
    assert "Se déplacer sans voiture" not in written(at)
    assert "Vous regardez seulement" in written(at)


def test_a_filter_chosen_on_a_page_is_in_the_address_and_in_every_link(open_page, ids):
    at = open_page("themes")
    at.selectbox(key="choice-meeting").select("Atelier de mai").run()
    assert at.query_params["meeting"] == "Atelier de mai"
    assert "Mobilité" not in written(at)
    links = re.findall(r'href="\./themes\?([^"]+)"', written(at))
    assert links
    assert all("meeting=Atelier+de+mai" in link for link in links)


def test_the_language_of_the_session_outlives_a_change_of_page(open_page):
    at = open_page("importer", lang="en")
    at.query_params.clear()
    at.run()
    assert at.query_params["lang"] == "en"
    assert "Import documents" in written(at)


def test_a_link_to_a_page_of_others_opens_one_that_says_whom_it_is_for(open_page, ids, monkeypatch):
    monkeypatch.setenv(state.ROLE, "participant")
    at = open_page("accueil")
    registered = {info["url_pathname"]: page_hash for page_hash, info in at._registered_pages.items()}
    for page, told in (("verifier", "est pour l’animation."), ("etude", "est pour l’animation et la recherche.")):
        at._page_hash = registered[page]
        at.run()
        assert told in at.main.info[0].value
        assert not at.main.button
        assert page not in at.session_state["_pages"], "no button leads there"


# --- links ----------------------------------------------------------------------------------------------------------


def test_a_path_shows_its_sentences_and_the_way_to_the_document(open_page, ids):
    at = open_page("liens", a=ids["wheels"], b=ids["elders"])
    shown = written(at)
    assert "porte" in shown  # the stated relation, read from the organisation
    assert "<mark>les aînés manquent des rendez-vous</mark>" in shown
    assert f"doc={ids['atelier-mars.txt'].replace(':', '%3A')}&amp;at={NOTES.index('les aînés')}" in shown
    assert "à confirmer" in shown  # one step of it rests on a doubtful sentence


def test_choosing_an_end_writes_it_in_the_address(open_page, ids):
    at = open_page("liens")
    at.selectbox(key="links-a").select(ids["mobility"]).run()
    assert at.query_params["a"] == ids["mobility"]


def test_no_path_is_said(open_page, ids):
    at = open_page("liens", a=ids["elders"], b=ids["attacker"])
    assert "Aucun chemin" in written(at)


def test_two_things_may_be_swapped(open_page, ids):
    at = open_page("liens", a=ids["wheels"], b=ids["elders"])
    at.button(key="swap").click().run()
    assert (at.query_params["a"], at.query_params["b"]) == (ids["elders"], ids["wheels"])


def test_a_cell_of_the_table_opens_its_sentences(open_page, ids):
    shown = written(open_page("liens", x=ids["mobility"], y=ids["carpool"]))
    assert "<mark>La mobilité de demain, c’est aussi du covoiturage entre voisins.</mark>" in shown


# --- sources --------------------------------------------------------------------------------------------------------


def _document(at: AppTest) -> str:
    return next(b.proto.body for b in at.get("html") if b.proto.body.startswith('<div class="document">'))


def test_the_text_of_a_document_is_whole_and_in_order(open_page, ids):
    body = re.sub(
        r'<div class="(?:line|margin)".*?</div>(?=<div|</div>$)',
        "",
        _document(open_page("sources", doc=ids["atelier-mars.txt"])),
    )
    plain = re.sub(r"<[^>]+>", "", body).replace("&#x27;", "'")
    assert [line.strip() for line in NOTES.splitlines() if line.strip()][2] in plain
    for line in NOTES.splitlines():
        assert line.strip() in plain


def test_highlights_lead_to_the_thing_and_doubtful_ones_are_dashed(open_page, ids):
    body = _document(open_page("sources", doc=ids["atelier-mars.txt"]))
    line = ids["line"].replace(":", "%3A")
    assert f'href="./reseau?thing={line}"' in body
    assert re.search(r'class="hl f-proposal over-proposal doubtful"[^>]*>revoir l’éclairage<', body)
    assert 'class="hl f-theme over-proposal"' in body  # a theme inside a proposal


def test_a_layer_highlights_only_its_kinds(open_page, ids):
    actors = _document(open_page("sources", doc=ids["atelier-mars.txt"], show="actors"))
    assert "f-actor" in actors
    assert "f-proposal" not in actors
    assert 'class="hl' not in _document(open_page("sources", doc=ids["atelier-mars.txt"], show="none"))


def test_the_place_of_the_address_is_marked(open_page, ids):
    at = NOTES.index("Qui tient")
    assert "<mark>Qui tient" in _document(open_page("sources", doc=ids["atelier-mars.txt"], at=str(at)))


def test_the_source_of_a_thing_is_the_first_sentence_that_names_it(open_page, ids):
    at = open_page("sources", of=ids["line"])
    assert at.query_params["doc"] == ids["atelier-mars.txt"]
    assert "of" not in at.query_params
    assert "<mark>" in _document(at)


def test_the_tree_says_which_parents_are_doubtful(open_page, ids):
    assert "parent 52\u202f%" in written(open_page("sources", doc=ids["atelier-mars.txt"], tab="plan"))


def test_the_ledger_says_what_was_left_out_and_why(open_page, ids):
    shown = written(open_page("sources", doc=ids["atelier-mars.txt"], tab="ledger"))
    assert "les images ne sont pas lues" in shown


# --- corrections ----------------------------------------------------------------------------------------------------


def test_a_thing_is_renamed_then_the_decision_undone(open_page, ids, small):
    at = open_page("themes", thing=ids["carpool"])
    at.button(key="correct-head").click().run()
    at.text_input(key=f"label-{ids['carpool']}").input("Covoiturage du quotidien")
    at.button(key="rename").click().run()
    assert not at.exception
    assert small.get(ids["carpool"]).label == "Covoiturage du quotidien"
    (decision,) = small.decisions()
    listed = open_page("decisions")
    listed.button(key=f"undo-{decision.id}").click().run()
    assert small.get(ids["carpool"]).label == "Covoiturage"


def test_a_thing_is_rejected_with_a_reason(open_page, ids, small):
    at = open_page("acteurs", thing=ids["wheels"])
    at.button(key="correct-head").click().run()
    at.text_input(key=f"reason-{ids['wheels']}").input("homonyme")
    at.button(key="reject").click().run()
    assert small.get(ids["wheels"]) is None
    assert "homonyme" in written(open_page("decisions"))


# --- lists ----------------------------------------------------------------------------------------------------------


def test_search_is_blind_to_accents_and_says_when_nothing_is_found(open_page, ids):
    at = open_page("themes")
    at.text_input(key="find-theme").input("mobilite").run()
    assert "Mobilité" in written(at)
    assert "mobilite" in at.query_params["q"]  # one value, or a list of one
    assert written(open_page("themes", q="mobilite")).count('class="glyph"') == written(at).count('class="glyph"')
    at.text_input(key="find-theme").input("zzz").run()
    assert "Aucun résultat" in written(at)


def test_a_person_has_a_function_and_an_organisation(open_page, ids):
    shown = written(open_page("acteurs"))
    assert "Présidente" in shown
    assert "Roues Folles" in shown


def test_a_page_says_how_much_of_what_it_counts_was_confirmed(open_page, ids, small):
    actions.confirm(small, Actor(), ids["line"])
    assert "Propositions : une personne en a relu et confirmé 1 sur 2" in plain(open_page("themes", tab="proposal"))
    assert "Thèmes : une personne en a relu et confirmé 0 sur" in plain(open_page("themes"))


def test_the_share_of_a_page_that_was_left_before_its_foot_is_not_told_on_another(open_page, ids):
    at = open_page("liens")
    for told, left in (("_counted_here", Share(1, 1)), ("_counted", ("proposal",))):
        at.session_state[told] = left
        at.run()
        assert not re.search("Sur cette page|Propositions : confirmation", plain(at))


def plain(at: AppTest) -> str:
    return written(at).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("page", "params"),
    [("themes", {}), ("themes", {"tab": "proposal"}), ("acteurs", {}), ("sources", {}), ("liens", {})],
)
def test_every_list_has_its_csv(open_page, ids, page, params):
    assert any("CSV" in b.proto.label for b in open_page(page, **params).get("download_button"))


# --- why two things are linked --------------------------------------------------------------------------------------


def test_the_nearest_link_is_said_and_drawn(open_page, ids):
    at = open_page("liens", a=ids["odile"], b=ids["carpool"])
    assert "Le lien le plus proche passe par" in written(at)
    assert 'class="paths"' in written(at)


def test_a_direct_link_is_sure_in_the_singular_and_bends_aside_from_the_other_paths(open_page, ids):
    at = open_page("liens", a=ids["carpool"], b=ids["wheels"])
    picture = unquote(written(at).partition('class="paths"')[2])
    assert "Directement" in written(at)
    assert "1 étape, sûre" in plain(at)
    assert picture.count('class="tie"') > 2, "other paths are drawn beside it"
    assert re.search(r'd="M130 \d+Q-?\d+ \d+ 130 \d+"', picture)


def test_without_a_path_each_end_says_what_it_is_linked_to(open_page, ids):
    at = open_page("liens", a=ids["attack"], b=ids["odile"])
    assert "Aucun chemin" in at.info[0].value
    assert "À quoi chacun est lié" in written(at)
    assert f"a={ids['wheels'].replace(':', '%3A')}" in written(at)


# --- the example territory ------------------------------------------------------------------------------------------


def test_the_example_is_marked_on_the_home_page_and_goes_in_one_click(open_page, small, ids):
    name, data = next((n, d) for n, d in example.files() if n.endswith(".txt"))
    sha = hashlib.sha256(data).hexdigest()
    text = data.decode("utf-8").replace("\ufeff", "")
    small.write(
        Fragment(Source(make_id("source", sha), make_id("document", sha), name, sha, "text", text, data), (), (), ()),
        Actor(),
    )
    at = open_page("accueil")
    assert any("Territoire d’exemple" in caption.value for caption in at.main.get("caption"))
    at.button(key="example-remove-home").click().run()
    assert not at.exception
    assert name not in {info.name for info in small.sources()}
    assert {"atelier-mars.txt", "atelier-mai.txt"} <= {info.name for info in small.sources()}
