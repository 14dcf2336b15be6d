"""How alike two sentences are, and which of many are alike a given one, without comparing all with all. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from graph.text import words

ALIKE = 0.9  # share of characters in common from which a sentence is the same one reworded (design)
WORTH = 0.5  # less is not told apart
_LONG = 1_200  # characters of two sentences together
_COMPARED = 12  # sentences that share most words with the one that is looked for
_MOST_HOLDING = 1_000  # of the sentences that hold a word: in a long table, one word may be in every row
_NEGATIONS = frozenset("ne n pas non sans aucun aucune jamais ni not no never without".split())
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def spelled(text: str) -> str:
    """A sentence without case, accents, punctuation and spacing: what another format may render otherwise.

    >>> spelled("**Ouvrir** un local, l’été")
    'ouvrir un local l ete'
    """
    return " ".join(words(text))


def likeness(one: str, other: str) -> float:
    """Between 0 and 1, of two spelled sentences; 0 where a number or a negation changed: that is another sentence.

    >>> likeness("ouvrir un local aux jeunes", "ouvrir un local aux jeune") > 0.9
    True
    >>> likeness("le local est ouvert le soir a 20 h", "le local est ouvert le soir a 22 h")
    0.0
    """
    return 1.0 if one == other else 0.0 if _firm(one) != _firm(other) else ratio(one, other)


def ratio(one: str, other: str) -> float:
    """The share of characters, or of words, that two spelled sentences have in common in order; 0 under a half."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < WORTH or matcher.quick_ratio() < WORTH:
        return 0.0
    if len(one) + len(other) > _LONG:  # letter by letter, the time would grow with their product
        return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
    found = matcher.ratio()
    return found if found >= WORTH else 0.0


def _firm(text: str) -> Counter[str]:
    """The numbers and negations of a sentence."""
    return Counter([*_NUMBER.findall(text), *(w for w in text.split() if w in _NEGATIONS)])


class Alike:
    """Many spelled sentences, asked again and again for those that are alike one."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences
        self._holding: dict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(sentences):
            for word in dict.fromkeys(sentence.split()):
                self._holding[word].append(number)

    def sentence(self, number: int) -> str:
        return self._sentences[number]

    def to(
        self, sentence: str, least: float = ALIKE, measure: Callable[[str, str], float] = likeness
    ) -> list[tuple[float, int]]:
        """(likeness, number) of those at least so much alike, most alike first, then by number."""
        shared: Counter[int] = Counter()
        asked = set(sentence.split())
        # The rarest words first: those that every sentence holds tell nothing, and would cost the square of the text.
        for word in sorted(asked, key=lambda w: (len(self._holding.get(w, ())), w))[: max(1, (len(asked) + 1) // 2)]:
            holding = self._holding.get(word, ())
            if shared and len(holding) > _MOST_HOLDING:
                break
            shared.update(holding[:_MOST_HOLDING])
        closest = sorted(shared, key=lambda n: (-shared[n], n))[:_COMPARED]
        found = [(measure(sentence, self._sentences[n]), n) for n in closest]
        return sorted(((share, n) for share, n in found if share >= least), key=lambda x: (-x[0], x[1]))
