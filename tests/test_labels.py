"""Labels: wraps, hyphens and marks undone, and every character leads back to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import DocumentBuilder
from ingest.document import BlockKind
from ingest.labels import make_label
from ingest.sentences import split


def label(text: str, *, markup: bool = False) -> str:
    return make_label(text, 0, len(text), markup=markup).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("les démarches administra-\ntives", "les démarches administratives"),
        ("un réseau de télé-\nconsultations", "un réseau de télé-consultations"),
        ("le Val-de-\nMarne", "le Val-de-Marne"),
        ("faut-\nil attendre", "faut-il attendre"),
        ("la co-\r\nconstruction", "la co-construction"),
        ("et/\nou d'autres", "et/ou d'autres"),
        ("https://a.example/b/\nhttps://c.example", "https://a.example/b/ https://c.example"),
        ("deux \nlignes\u00a0: oui", "deux lignes : oui"),
        ("  trop   d'espaces\t ici ", "trop d'espaces ici"),
        ("👩\u200d🌾 au mar\u200dché", "👩\u200d🌾 au marché"),
        ("│  42 min   │\n│  de trajet │", "42 min de trajet"),
    ],
)
def test_wraps_and_hyphens_are_undone(written: str, read: str) -> None:
    assert label(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("du **gras** et de *l'italique*", "du gras et de l'italique"),
        ("un [lien](https://a.example/b_(c)) ici", "un lien ici"),
        ("un [bloc](((65c0-aa))) et une [page]([[Digue nord]])", "un bloc et une page"),
        ("`code` et ~~barré~~", "code et barré"),
        ("<https://a.example>", "https://a.example"),
        ("acteur_rice_s et 2 * 3 * 4", "acteur_rice_s et 2 * 3 * 4"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        (r"une \*étoile\*", "une *étoile*"),
    ],
)
def test_markdown_marks_are_undone_and_nothing_else(written: str, read: str) -> None:
    assert label(written, markup=True) == read


def test_a_part_of_a_label_leads_back_to_its_exact_span() -> None:
    text = "Il faut **rouvrir** la média-\nthèque le soir."
    builder = DocumentBuilder(text, markup=True)
    block = builder.add(BlockKind.PARAGRAPH, 0, len(text))
    first = block.label.index("médiathèque")
    start, end = block.span(first, first + len("médiathèque"))
    assert text[start:end] == "média-\nthèque"


WORDS = st.lists(
    st.sampled_from(["une", "ville", "télé-", "média-", "l'eau", "**fort**", "[a](b)", "«", "»", "\u00a0", "é.", "A"])
)
BREAKS = st.sampled_from([" ", "\n", "\r\n", "  ", "\t", " \n "])


@given(st.text(max_size=200), st.booleans())
def test_any_label_is_made_of_characters_of_the_text_in_order(text: str, markup: bool) -> None:
    made = make_label(text, 0, len(text), markup=markup)
    assert len(made.text) == len(made.offsets)
    assert all(b > a for a, b in zip(made.offsets, made.offsets[1:], strict=False))
    for char, offset in zip(made.text, made.offsets, strict=True):
        assert text[offset] == char or (char == " " and not text[offset].isalnum())
    assert made.text == made.text.strip(" ")
    assert "  " not in made.text


@given(WORDS, BREAKS)
def test_a_span_of_the_label_holds_the_same_letters_as_the_text(words: list[str], gap: str) -> None:
    text = gap.join(words)
    builder = DocumentBuilder(text)
    block = builder.add(BlockKind.PARAGRAPH, 0, len(text))
    for part in builder.blocks:
        if part.label:
            start, end = part.span(0, len(part.label))
            letters = [c for c in text[start:end] if c.isalnum()]
            assert letters == [c for c in part.label if c.isalnum()]
    assert block.start <= block.end


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("M. Leroy préside. Mme A. Roy répond.", ["M. Leroy préside.", "Mme A. Roy répond."]),
        ("Qui vient ? Tout le monde !", ["Qui vient ?", "Tout le monde !"]),
        ("Voir p. 3 et cf. l'annexe. Merci.", ["Voir p. 3 et cf. l'annexe.", "Merci."]),
        ("Des bus, des vélos, etc. Les habitants marchent.", ["Des bus, des vélos, etc.", "Les habitants marchent."]),
        ("Elle dit « Venez. Restez. » et part.", ["Elle dit « Venez. Restez. » et part."]),
        ("Le coût (env. 3,5 M€. Hors taxes) monte. Trop.", ["Le coût (env. 3,5 M€. Hors taxes) monte.", "Trop."]),
        ("Voir https://a.example/x.y?z. Puis rien.", ["Voir https://a.example/x.y?z.", "Puis rien."]),
        ("1. Ouvrir le soir. Fermer le lundi.", ["1. Ouvrir le soir.", "Fermer le lundi."]),
        ("Et après… On verra.", ["Et après…", "On verra."]),
        ("J.-P. Martin insiste.", ["J.-P. Martin insiste."]),
        ("sans point", ["sans point"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in split(text)] == sentences


@given(st.text(alphabet="aA. ?!«»()…3\n-", max_size=120))
def test_sentences_cover_all_but_the_spaces_between_them(text: str) -> None:
    clean = " ".join(text.split())
    pieces = split(clean)
    assert "".join(clean[a:b] for a, b in pieces).replace(" ", "") == clean.replace(" ", "")
    assert all(a < b for a, b in pieces)


def test_a_paragraph_of_one_sentence_has_no_child_and_of_two_has_two() -> None:
    text = "Une seule phrase.\nDeux phrases. Voici la seconde."
    builder = DocumentBuilder(text)
    builder.add(BlockKind.PARAGRAPH, 0, 17)
    two = builder.add(BlockKind.PARAGRAPH, 18, len(text))
    children = [b for b in builder.blocks if b.kind is BlockKind.SENTENCE]
    assert [c.label for c in children] == ["Deux phrases.", "Voici la seconde."]
    assert all(c.parent == two.order for c in children)
