"""Search where more matches than are ranked in full: the first are those of the whole order, on every store."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from graph.model import Actor, Filter
from graph.questions.ranking import CONSIDERED, best_first, rank, read_query, standing
from graph.store.base import Store
from tests.fragments import build

WORDS = ("verger", "atelier", "rivière", "halle", "sentier", "lavoir", "moulin", "préau", "scène", "marché")
QUERIES = ("commun", "com", "commun verger", "commun hal")


def _lines(random: Random) -> str:
    lines = []
    for number in range(CONSIDERED + 200):
        said = random.sample(WORDS, random.randint(2, 9))
        said.insert(random.choice((0, 1, 1, 2)), random.choice(("commun", "commune", "commun")))
        marked = [f"[theme:{word}]" if random.random() < 0.2 else word for word in said]
        lines.append(" ".join((*marked, str(number))))
    return "\n".join(lines)


def test_the_first_of_many_matches_are_the_best_of_all(fresh_store: Store, facilitator: Actor) -> None:
    fresh_store.write(build("liste.txt", _lines(Random(3))), facilitator)
    said = Counter(m.passage for m in fresh_store.mentions("liste.txt"))
    passages = fresh_store.passages("liste.txt")
    for asked in QUERIES:
        query = read_query(asked)
        assert query is not None
        places = {p.id: rank(query, [p.label]) for p in passages}
        matching = [h.id for h in fresh_store.search(asked, ["passage"], limit=10_000)]
        assert len(matching) > 60
        right = sorted(matching, key=lambda id_: best_first(places[id_], said[id_], id_))
        assert matching == right
        assert [h.id for h in fresh_store.search(asked, ["passage"], limit=20)] == right[:20], asked


def test_a_search_that_ends_early_answers_the_same(
    fresh_store: Store, facilitator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few are ranked in full here, so that the stores go through the parts of their order."""
    fresh_store.write(build("liste.txt", _lines(Random(3)), meeting="Atelier"), facilitator)
    asked: list[tuple[str, tuple[str, ...], Filter]] = [
        (QUERIES[0], (), Filter()),
        (QUERIES[1], (), Filter()),
        (QUERIES[2], ("passage",), Filter(meeting="Atelier")),
        (QUERIES[3], ("theme", "passage"), Filter(confirmed=True)),
    ]
    whole = [fresh_store.search(text, kinds, limit=2_000, where=where) for text, kinds, where in asked]
    assert max(map(len, whole)) > 400
    monkeypatch.setattr("graph.questions.ranking.CONSIDERED", 20)
    monkeypatch.setattr("graph.store.neo4j.search.MANY", 0)
    for (text, kinds, where), hits in zip(asked, whole, strict=True):
        assert fresh_store.search(text, kinds, limit=20, where=where) == hits[:20], (text, kinds, where)


def test_standings_follow_the_order_of_ids_where_all_else_is_equal() -> None:
    random = Random(1)
    starts = ("theme:", "proposal:", "passage:", "passage:all-", "n:", "", "zz:")
    letters = "0123456789abcdef:g/Z"
    ids = sorted(random.choice(starts) + "".join(random.choices(letters, k=random.randint(0, 9))) for _ in range(4_000))
    standings = [standing(["halle"], 1, id_) for id_ in ids]
    assert standings == sorted(standings)
    assert len(set(standings)) > 500


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ((["halle"], 1), (["halle verte"], 9)),
        ((["halle"], 9), (["halle"], 1)),
        ((["moulin neuf", "halle"], 1), (["moulin neuf"], 1)),
    ],
)
def test_fewer_words_stand_first_then_more_evidence(
    better: tuple[list[str], int], worse: tuple[list[str], int]
) -> None:
    assert standing(*better, "theme:f") < standing(*worse, "theme:a")
