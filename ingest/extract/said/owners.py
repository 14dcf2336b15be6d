"""Whose a list or a section is, by its heading: « Demandes des riverains », « Intervention de Mme B. », « Bruno L. ».

Works on plain lines with the stakeholders named in them, as `makers` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ingest.extract.said.makers import Named
from ingest.extract.said.wording import loose, pattern

MIN_SHARE = 0.6  # of a line that a person's name must fill to own what stands under it
MIN_WHOLE = 0.8  # of a line that the name of a body fills where the line is that name
MAX_HEAD = 60  # characters of a sentence before the name of whose its subject is
MAX_AFTER = 45  # characters after the owner's name: « sur la place », « (12 avril) »
_OF = {
    "fr": r"(?: de la| de l'| du| des| de| d'|,? par| que| qu'|,)?(?: les| la| le| l'| mme| m\.)?",
    "en": r"(?: of| from| by|,)?(?: the| mr| mrs| ms)?",
}
_ARTICLE = r"(?:les |la |le |l'|quelques |the )?"
_TOLD = r"(?: (?:principal|premier|exprim|formul|recueilli)\w*)*"


@cache
def _lead(language: str) -> re.Pattern[str]:
    """What leads to the owner: a noun of saying with its complement, or « ce que demandent »."""
    owned = pattern(language, "makers", "owned").pattern
    of = _OF.get(language, _OF["fr"])
    return re.compile(rf"^(?:[a-z]{{1,3}}\.? ?\d+)?[\W\d]*{_ARTICLE}{owned}{_TOLD}{of}[ '\"«]*$")


def wished(text: str, names: Sequence[Named], language: str) -> list[str]:
    """« La volonté des jeunes porte sur … », « la demande des riverains est de … »: whose the subject is."""
    is_about = loose(language, "makers", "owned_is")
    for n in names:
        if n.first <= MAX_HEAD and _lead(language).match(text[: n.first]) and is_about.match(text, n.last):
            return [n.id]
    return []


def owner(line: str, names: Sequence[Named], language: str) -> list[str]:
    """The ids of those whose the items under a heading, line or node are."""
    bare = line.rstrip(" :.*_")
    for n in names:
        if n.last > len(bare) or len(bare) - n.last > MAX_AFTER:
            continue
        if _lead(language).match(bare[: n.first]):
            return [n.id, *(m.id for m in names if m.first > n.last and _joined(line[n.last : m.first]))]
        if n.kind == "person" and n.last - n.first >= MIN_SHARE * len(bare.strip()):
            return [n.id]
    return []


def whole_body(line: str, names: Sequence[Named]) -> list[str]:
    """The one body that a line names and nothing else: no group, which a line may be about as well."""
    bare = len(line.strip(" :.*_#-–"))
    whole = [n for n in names if n.kind == "organisation" and n.last - n.first >= MIN_WHOLE * bare]
    return [whole[0].id] if len(whole) == 1 else []


def _joined(between: str) -> bool:
    return re.fullmatch(r"\s*(?:,|et|and|&)\s*(?:de la |de l'|du |des |d'|the )?", between) is not None
