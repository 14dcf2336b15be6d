"""What a Mermaid flowchart holds, counted by another way than its reading: labels are emptied, then lines are split."""

from __future__ import annotations

import re
from itertools import pairwise

_COMMENT = re.compile(r"%%\{.{0,1000}?\}%%|%%[^\n]*|accDescr\s*\{[^}]{0,2000}\}", re.S)
_LINK_NAME = re.compile(r"(?<!\S)([\w-]+)@(?=[-=<xo~])")
_STRING = re.compile(r"\"[^\"]*\"")
_BRACKETS = re.compile(r"@?\{[^{}\n]*\}|\[[^\[\]\n]*\]|\([^()\n]*\)|(?<=[\w\"])>[^\n\]>-]*\]")
_DEPTH = 4  # of brackets in brackets
_BETWEEN = re.compile(r"\|[^|\n]*\|")
_TEXTED = re.compile(
    r"(?<!-)--[ \t]+[^\n>]{0,300}?[ \t]--+[-xo>]|==(?![=>xo])[^\n]{0,300}?==+[=xo>]|-\.(?![.-])[^\n]{0,300}?\.+-[xo>]?"
)
_LINK = re.compile(r"(?:(?<!\S)[\w-]{1,60}@)?(?:(?<!\S)[xo]|<)?(?:~~~+|--+[-xo>]|==+[=xo>]|-\.+-[xo>]?)")
_ASIDE = re.compile(
    r"[ \t]*(?:(?:subgraph|end|direction|style|linkStyle|classDef|class|click|accTitle|accDescr)\b.*)?$"
)
_CLASS = re.compile(r":::\w+(?:-\w+)*")


def count_flow(body: str) -> dict[str, int]:
    """Names of boxes, links between them, subgraphs and addresses."""
    text = _STRING.sub('""', _COMMENT.sub("", body))
    found = {"boundaries": len(re.findall(r"(?m)^[ \t]*subgraph\b", text))}
    found["links"] = len(re.findall(r"(?m)^[ \t]*click[ \t]+\S+[ \t]+(?:href[ \t]+)?\"", text))
    own = set(_LINK_NAME.findall(text))
    for _ in range(_DEPTH):
        text = _BRACKETS.sub("", text)
    text = _CLASS.sub("", _TEXTED.sub("-->", _BETWEEN.sub("", text)))
    names: set[str] = set()
    links = 0
    for line in re.split(r"[\n;]", text):
        if not _ASIDE.match(line):
            ends = [[end.strip() for end in part.split("&")] for part in _LINK.split(line)]
            names.update(end for part in ends for end in part if end)
            links += sum(len(tails) * len(heads) for tails, heads in pairwise(ends))
    return {"topics": len(names - own)} | {what: n for what, n in {"relations": links, **found}.items() if n}
