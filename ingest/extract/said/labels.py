"""Labels at the head of a line that say what it is: « Proposition n° 3 : … », « Constat n° 4 : … »."""

from __future__ import annotations

import re
from functools import cache

from ontology import lexicon


@cache
def label_pattern(language: str, name: str) -> re.Pattern[str]:
    """« Proposition n° 3 : … », « Axe 1 – … », « Décision : … » at the head of a line."""
    nouns = "|".join(lexicon(language, "announce").get(name, ["(?!)"]))
    return re.compile(
        rf"^\W*(?:les |la |le |l'|nos |notre |une? |the |"
        rf"our )?(?:{nouns})(?:\s[a-z'-]{{1,15}}){{0,5}}?(?P<number>\s*(?:n\s?[°o]\s?|#\s?|"
        rf"no\.? ?)?(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|[ivx]{{1,4}}|[a-f])\b\.?)?\s*"
        r"(?P<mark>[:–—.-])\s+(?=\S)"
    )


def labelled(text: str, language: str, name: str) -> int:
    """Where the labelled text begins, 0 where there is no such label. A dash or point needs a number before it."""
    found = label_pattern(language, name).match(text)
    if found is None or (found["mark"] != ":" and not found["number"]):
        return 0
    return found.end()


def is_numbered(text: str, language: str, name: str) -> bool:
    """Whether a label carries a number: « Constat n° 4 : … »."""
    found = label_pattern(language, name).match(text)
    return found is not None and bool(found["number"])
