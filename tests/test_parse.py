"""What rules ask of a label's analysis is what the whole pipeline says of it, however little was run at first."""

from __future__ import annotations

from typing import Any

import pytest

from ingest import nlp
from ingest.document import RawFile
from ingest.parse import SUBJECTS, VERBS, Parse
from ingest.registry import read_document

pytestmark = pytest.mark.model
TEXT = """# Réunion du comité de quartier

Le SYMABA propose une navette entre Redon et la gare. Aline Guivarch préside, les tiers-lieux suivent.

- Rouvrir l'atelier de réparation avec Nadia Belkacem
- La mairie de Valmont a demandé un devis ; elle attend la réponse de la préfecture.
"""


@pytest.fixture(scope="module")
def pairs() -> list[tuple[Parse, Any]]:
    """Each label as it is analysed, beside the whole pipeline run over it."""
    document = read_document(RawFile("notes.md", TEXT.encode()))
    parses, whole = nlp.analyse(document), nlp.pipeline()
    assert whole is not None
    found = [(parses[b.order], whole(b.label)) for b in nlp.readable(document)]
    assert len(found) >= 5
    return found


def test_words_are_those_of_the_whole_pipeline(pairs: list[tuple[Parse, Any]]) -> None:
    for parse, doc in pairs:
        words = range(len(parse.tags))
        assert [(parse.text(w), parse.tags[w], parse.is_tight(w)) for w in words] == [
            (t.text, t.pos_, t.whitespace_ == "") for t in doc
        ]
        assert parse.finite == [t.idx for t in doc if "Fin" in t.morph.get("VerbForm")]


def test_names_and_subjects_are_those_of_the_whole_pipeline(pairs: list[tuple[Parse, Any]]) -> None:
    for parse, doc in pairs:
        assert parse.subject_ends() == {t.idx + len(t.text) for t in doc if t.dep_ in SUBJECTS and t.head.pos_ in VERBS}
        assert [(n.text, n.kind, n.first, n.last) for n in parse.names()] == [
            (e.text, e.label_, e.start_char, e.end_char) for e in doc.ents
        ]
    assert any(parse.subject_ends() for parse, _ in pairs)
    assert any(parse.names() for parse, _ in pairs)


def test_a_slice_has_the_part_of_speech_of_its_one_word(pairs: list[tuple[Parse, Any]]) -> None:
    parse, doc = max(pairs, key=lambda pair: len(pair[1]))
    for token in doc:
        assert parse.tag_of(token.idx, token.idx + len(token.text)) == token.pos_
    assert parse.tag_of(0, len(doc.text)) == ""


def test_a_word_first_read_in_a_long_document_is_read_alike_afterwards() -> None:
    whole = nlp.pipeline()
    assert whole is not None
    assert len(whole.vocab.strings) < 100_000  # 712,952 spellings came with the model: 137 MB
    said = "# Notes de réunion\n\nElles auraient ouvert une épicerie ambulante.\n\n"
    long = said + "Les habitants parlent de leur village.\n\n" * 3_000  # its words are forgotten at its end
    before, after = (_read(text) for text in (long, said))
    assert after == before
    assert len(before[1]) == 1


def _read(text: str) -> tuple[list[str], list[int]]:
    """The parts of speech and the finite verbs of the second block."""
    with nlp.analysed(read_document(RawFile("notes.md", text.encode()))) as parses:
        parse = parses[sorted(parses)[1]]
        return list(parse.tags), list(parse.finite)
