"""The feminine and plural forms of French nouns for people, by rule."""

from __future__ import annotations

from functools import cache

_FEMININE = (
    ("teur", ("trice", "teuse", "teure")), ("eur", ("euse", "rice", "eure")), ("er", ("ere",)), ("ien", ("ienne",)),
    ("en", ("enne",)), ("if", ("ive",)), ("el", ("elle",)), ("on", ("onne",)), ("f", ("ve", "ffe", "fe")),
    ("e", ("e",)), ("al", ("ale",)), ("x", ("se",)),
)  # fmt: skip


@cache
def noun_forms(noun: str) -> frozenset[str]:
    """A folded masculine singular noun with its feminines and plurals.

    >>> sorted(noun_forms("citoyen"))
    ['citoyen', 'citoyenne', 'citoyennes', 'citoyens']
    """
    feminines = next((tuple(noun[: -len(m)] + f for f in fs) for m, fs in _FEMININE if noun.endswith(m)), (noun + "e",))
    singulars = {noun, *feminines} | ({noun + "e"} if noun.endswith(("e", "u", "t", "d", "l", "c")) else set())
    plural_al = {noun[:-2] + "aux"} if noun.endswith("al") else set()
    return frozenset(singulars | {s if s.endswith(("s", "x")) else s + "s" for s in singulars} | plural_al)
