"""Themes: the topics one would browse by. Concepts of the thesaurus first, free phrases where none covers them.

Each place where a topic is named weighs by where it stands (title, heading, branch of a map, sentence); the sum, with
falling returns, ranks the topics, and their number grows with the text. Labels of concepts are their own, so that a
theme is the same in every document; what the text says instead is kept as aliases.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from graph.text import key
from ingest.document import Block, BlockKind
from ingest.extract.reading import Reading, Span, Theme
from ingest.extract.said.modes import announced
from ingest.extract.topic.called import called_for, headings_of_proposals
from ingest.extract.topic.headed import phrase_of
from ingest.extract.topic.misread import begins_name, means_else
from ingest.extract.topic.phrases import (
    heading_topic,
    is_topic_like,
    listed_topics,
    names_part,
    noun_phrases,
    word_pairs,
)
from ingest.extract.topic.thesaurus import named_concepts, thesaurus, tokens
from ingest.memory import remembered

CONCEPT_RULE, HEADING_RULE, PHRASE_RULE = "themes.concept@1", "themes.heading@1", "themes.phrase@1"
WORD_RULE = "themes.word@1"  # named there by a word that says little by itself: « partenaire », « route »
# Weights and thresholds, set on the practice documents of tests/quality (see its README for the command).
TITLE, HEADING, BRANCH, TOPIC, BULLET, BODY = 3.0, 2.2, 2.2, 1.2, 1.0, 1.0
WEAK, SEVERAL_WORDS, IN_A_NAME = 0.45, 1.25, 0.3
COVERED = 0.5  # a phrase that a concept already covers
VARIETY = 0.15  # each further word for the same topic
DECAY = 0.75  # the nth place counts n ** -DECAY
FREE_HEADING, FREE_PHRASE, FREE_TITLE, FREE_WORD = 1.1, 0.55, 0.35, 0.4
ROLL_UP = 0.12  # what a concept passes on to its broader one, when two or more do
# In a long text one mention makes no topic: the least score grows between so many words.
LEAST_SCORE, MOST_LEAST, SHORT_TEXT, LONG_TEXT = 0.98, 1.6, 200, 600
FEWEST, MOST, WORDS_PER_THEME = 6, 24, 90
MAX_ALIASES = 10
MOST_HEADED = 12  # further topics that only headings name


@dataclass(slots=True)
class _Topic:
    """What is gathered on one topic: `weights` one per block at most, `variants` phrase → count."""

    label: str
    rule: str
    concept: bool
    weights: dict[int, float] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    faint: set[tuple[int, int]] = field(default_factory=set)  # those of the spans that say little by themselves
    variants: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    factor: float = 1.0
    telling: bool = False  # named at least once by words that say much

    @property
    def score(self) -> float:
        ranked = sorted(self.weights.values(), reverse=True)
        variety = VARIETY * (len(self.variants) - 1) if self.variants else 0.0
        return self.factor * (sum(w / float(n**DECAY) for n, w in enumerate(ranked, 1)) + variety)

    def add(self, block: Block, start: int, end: int, weight: float) -> None:
        self.weights[block.order] = max(weight, self.weights.get(block.order, 0.0))
        self.spans.append(block.span(start, end))
        self.variants[_tidy(block.label[start:end])] += 1


def run(reading: Reading) -> None:
    """Append the themes, best first, with every place that names them."""
    blocks = _readable(reading)
    weights = {b.order: _position(reading, b) for b in blocks}
    topics = _concepts(reading, blocks, weights)
    _roll_up(topics, reading.document.language)
    free = _free_topics(reading, blocks, weights, topics)
    words = sum(b.label.count(" ") + 1 for b in blocks)
    known = [*topics.values(), *free]
    chosen = _choose(known, _size(words), _least_score(words))
    taken = [*chosen, *called_for(reading, known, chosen)]
    for topic in [*taken, *_headed(reading, blocks, weights, taken)]:
        reading.themes.append(_theme(reading, topic))
    _link_broader(reading)


def _readable(reading: Reading) -> list[Block]:
    """The leaves, without the rows and lines that list people or name columns."""
    blocks = (reading.document.block_at(a.at.start, a.at.end) for a in reading.attendees)
    listed = {b.order for b in blocks if b is not None}
    return [b for b in reading.document.leaves() if b.order not in listed and not b.attributes.get("header")]


def _least_score(words: int) -> float:
    share = (words - SHORT_TEXT) / (LONG_TEXT - SHORT_TEXT)
    return LEAST_SCORE + (MOST_LEAST - LEAST_SCORE) * max(0.0, min(1.0, share))


def _size(words: int) -> int:
    return max(FEWEST, min(MOST, FEWEST + words // WORDS_PER_THEME))


def _position(reading: Reading, block: Block) -> float:
    """The weight of a place. Headings that only name a part of the text weigh nothing."""
    if block.kind is BlockKind.HEADING:
        if names_part(block.label, reading.document.language):
            return 0.0
        return TITLE if block.order == 0 or block.label.strip() == reading.document.title.strip() else HEADING
    if block.kind is BlockKind.TOPIC:
        return BRANCH if block.level <= 2 and len(block.label) <= 60 else TOPIC
    return BULLET if block.kind is BlockKind.BULLET else BODY


def _named_spans(reading: Reading) -> list[tuple[int, int]]:
    """Where bodies and places are named: « maison des jeunes » there is a name before it is a topic."""
    kinds = {"person", "organisation", "territory"}
    return sorted({(m.start, m.end) for s in reading.stakeholders if s.kind in kinds for m in s.mentions})


def _concepts(reading: Reading, blocks: list[Block], weights: dict[int, float]) -> dict[str, _Topic]:
    taken = _Spans(_named_spans(reading))
    topics: dict[str, _Topic] = {}
    for block in blocks:
        for named in named_concepts(block.label, reading.document.language) if weights[block.order] else ():
            if means_else(reading, block, named):
                continue
            weight = weights[block.order] * (WEAK if named.weak else SEVERAL_WORDS if named.words > 1 else 1.0)
            if taken.cover(*block.span(named.start, named.end)) or begins_name(block.label, named.start, named.end):
                weight *= IN_A_NAME
            topic = topics.setdefault(named.concept, _Topic(named.concept, CONCEPT_RULE, concept=True))
            topic.add(block, named.start, named.end, weight)
            topic.telling = topic.telling or not named.weak
            if named.weak:
                topic.faint.add(block.span(named.start, named.end))
    return topics


def _roll_up(topics: dict[str, _Topic], language: str) -> None:
    """Bus, bicycles and shared cars make « mobilité » a topic: two narrower concepts speak for the broader one."""
    broader = thesaurus(language).broader
    by_parent: dict[str, list[_Topic]] = defaultdict(list)
    for topic in topics.values():
        if topic.label in broader:
            by_parent[broader[topic.label]].append(topic)
    for parent, children in by_parent.items():
        if len(children) < 2:
            continue
        whole = topics.setdefault(parent, _Topic(parent, CONCEPT_RULE, concept=True))
        for child in children:
            for order, weight in child.weights.items():
                whole.weights[order] = max(weight * ROLL_UP, whole.weights.get(order, 0.0))
            whole.spans += [span for span in child.spans if span not in child.faint]


class _Spans:
    """Spans in order, asked in order: whether one covers a place."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._ends: dict[int, int] = {}
        for start, end in spans:
            for at in range(start, min(end, start + 200)):
                self._ends[at] = max(end, self._ends.get(at, 0))

    def cover(self, start: int, end: int) -> bool:
        return self._ends.get(start, -1) >= end


def _free_topics(
    reading: Reading, blocks: list[Block], weights: dict[int, float], topics: dict[str, _Topic]
) -> list[_Topic]:
    """Headings and repeated phrases that no concept covers; where one does, the phrase becomes its alias."""
    language = reading.document.language
    found: dict[str, _Topic] = {}
    taken = _Spans(_named_spans(reading))
    for block in blocks:
        for start, end, is_heading in _phrases(reading, block, weights[block.order]):
            phrase = _tidy(block.label[start:end])
            identity = key(phrase)
            concepts = [n.concept for n in named_concepts(phrase, language)]
            if concepts:
                _lend_alias(topics, concepts, phrase, weights[block.order])
            if taken.cover(*block.span(start, end)) or not is_topic_like(phrase, language):
                continue
            rule = HEADING_RULE if is_heading else PHRASE_RULE
            topic = found.setdefault(identity, _Topic(phrase, rule, concept=False))
            topic.factor = max(
                _free_factor(phrase, weights[block.order], is_heading), topic.factor if topic.weights else 0
            )
            if concepts:
                topic.factor = min(topic.factor, COVERED)
            topic.add(block, start, end, weights[block.order])
    return [t for t in found.values() if t.rule == HEADING_RULE or len(t.weights) > 1]


def _free_factor(phrase: str, weight: float, is_heading: bool) -> float:
    if not is_heading:
        return FREE_PHRASE
    if weight >= TITLE:
        return FREE_TITLE
    return FREE_HEADING if len(tokens(phrase)) > 1 else FREE_WORD


def _phrases(reading: Reading, block: Block, weight: float) -> list[tuple[int, int, bool]]:
    """The phrases of a block as label slices, and whether the phrase is the heading itself."""
    out: list[tuple[int, int, bool]] = []
    language, parse = reading.document.language, reading.parse(block)
    if weight >= HEADING and (topic := heading_topic(block.label, language)):
        for part in listed_topics(topic, language) or [topic]:
            at = block.label.casefold().find(part.casefold())
            told = parse is not None and parse.has_finite_verb(at, at + len(part))  # « Léa fournit les chiffres »
            if at >= 0 and not told:
                out.append((at, at + len(part), True))
    if parse is not None:
        out += [(s, e, False) for s, e in noun_phrases(parse)]
    elif language != "fr" or not reading.parses:
        out += [(s, e, False) for s, e in word_pairs(block.label, language)]
    return [(s, e, h) for s, e, h in out if e > s]


def _headed(reading: Reading, blocks: list[Block], weights: dict[int, float], taken: list[_Topic]) -> list[_Topic]:
    """What the headings over proposals are about, where they name no topic that was taken."""
    language = reading.document.language
    named = {order for topic in taken for order in topic.weights}
    bodies = _Spans(_named_spans(reading))
    often = Counter(t.word for b in blocks for t in tokens(b.label))
    found: dict[str, _Topic] = {}
    for block in headings_of_proposals(reading):
        if block.order in named or weights.get(block.order) != HEADING or announced(block.label, language):
            continue
        at = phrase_of(block.label, reading.parse(block), language, lambda word: often[word])
        if at is None or bodies.cover(*block.span(*at)):
            continue
        phrase = _tidy(block.label[slice(*at)])
        topic = found.setdefault(key(phrase), _Topic(phrase, HEADING_RULE, concept=False))
        topic.add(block, *at, weights[block.order])
    return list(found.values())[:MOST_HEADED]


def _lend_alias(topics: dict[str, _Topic], concepts: list[str], phrase: str, weight: float) -> None:
    """« offre numérique » is another word for the concept that it names, when it names no other."""
    if len(set(concepts)) == 1 and len(tokens(phrase)) <= 5 and concepts[0] in topics:
        topics[concepts[0]].variants[phrase] += 3 if weight >= HEADING else 1


def _choose(topics: list[_Topic], size: int, least: float) -> list[_Topic]:
    ranked = sorted((t for t in topics if t.score >= least), key=lambda t: (-t.score, t.label))
    chosen: list[_Topic] = []
    seen: list[set[str]] = []
    for topic in ranked:
        words = set(key(topic.label).split())
        if any(words == other for other in seen):
            continue
        if not topic.concept and any(words <= other or other <= words for other in seen if other):
            continue
        chosen.append(topic)
        seen.append(words)
        if len(chosen) >= size:
            break
    return chosen


def _theme(reading: Reading, topic: _Topic) -> Theme:
    own = key(topic.label)
    ranked = sorted(topic.variants.items(), key=lambda kv: (-kv[1], len(kv[0]), kv[0]))
    aliases: dict[str, str] = {}
    for variant, _ in ranked:
        identity = key(variant)
        if identity and identity != own and len(variant) <= 60:
            aliases.setdefault(identity, variant)
    confidence = min(0.95, 0.5 + 0.1 * topic.score)
    rules = dict.fromkeys(topic.faint, WORD_RULE)
    mentions = [Span(*at, rules.get(at, topic.rule), confidence) for at in sorted(set(topic.spans))]
    names = list(aliases.values())[:MAX_ALIASES]
    return Theme(reading.new_id("t"), topic.label, mentions, names, round(topic.score, 3))


def _link_broader(reading: Reading) -> None:
    """The broader concept, where both are themes of this document."""
    broader = thesaurus(reading.document.language).broader
    ids = {t.label: t.id for t in reading.themes}
    for theme in reading.themes:
        parent = broader.get(theme.label)
        if parent in ids:
            theme.broader = [ids[parent]]


@remembered
def _tidy(phrase: str) -> str:
    """A phrase for display: one line, lower case unless a name or an acronym stands in it."""
    phrase = " ".join(phrase.split()).strip(' .:;,–-«»"“”*_')
    letters = [c for c in phrase if c.isalpha()]
    shouted = len(letters) > 6 and all(c.isupper() for c in letters)
    return phrase.lower() if shouted or (phrase[:1].isupper() and phrase[1:].islower()) else phrase
