"""What a Cypher question may hold: reading only, nothing loaded, nothing called out. Pure text, no driver.

The first of three locks. The other two are the server's: the question is explained before it runs and must be of type
"r", and it runs in a transaction opened for reading. Those two do not stop `LOAD CSV`, which reads files and calls
addresses, nor procedures that tell how the server is set up. So this lock names what is allowed wherever a list can be
closed (first word, procedures, namespaces of functions) and refuses whatever could be read in two ways.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import CypherRefused

MOST_CHARACTERS = 20_000
# A question begins with one of these; administration, EXPLAIN, PROFILE, USE, SHOW and CYPHER options never do.
FIRST_WORDS = frozenset({"MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL"})
PROCEDURES = frozenset(
    {
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.schema.visualization",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
    }
)
NAMESPACES = frozenset({"date", "time", "localtime", "datetime", "localdatetime", "duration", "point", "vector"})
# Never used by a question that reads, wherever they stand as words of the language.
WRITING = frozenset({"CREATE", "INSERT", "MERGE", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "DROP"})
REFUSED = frozenset({"USE", "SHOW", "TERMINATE", "TRANSACTIONS", "CONCURRENT", "EXPLAIN", "PROFILE", "LOAD", "CSV"})

# Two readings of one text is what an attack is made of: our tokens must be those of the server. Hence no escape of the
# form \u004C (some versions decode it before they read the rest), and no character that hides or reorders.
_TOKEN = re.compile(
    r"""
      (?P<comment>/\*.*?\*/|//[^\n\r]*)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<parameter>\$\s*(?:\w+|`(?:[^`]|``)*`))
    | (?P<number>\d\w*(?:\.\d\w*)?)
    | (?P<word>\w+)
    | (?P<range>\.\.)
    | (?P<symbol>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNICODE_ESCAPE = re.compile(r"\\u", re.IGNORECASE)
_HIDDEN_DOT = "\ufffd"  # a dot inside a quoted name separates nothing: marked so, it matches no name of a list
_FILE = re.compile(r"^\s*file\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a question. `text` is a word as written, a quoted name without its quotes, or one symbol."""

    kind: str
    text: str

    def says(self, *words: str) -> bool:
        return self.kind == "word" and self.text.upper() in words


@dataclass(frozen=True, slots=True)
class Question:
    """A question that passed: its text without the final semicolon, and the names of its parameters in order."""

    text: str
    parameters: tuple[str, ...]


def checked(text: str) -> Question:
    """The question, ready to be explained and run; raises CypherRefused with the reason in one line.

    >>> checked("MATCH (t:theme) WHERE t.label = $label RETURN t;").parameters
    ('label',)
    >>> checked("load /* a file */ csv FROM 'x' AS row RETURN row")
    Traceback (most recent call last):
    graph.errors.CypherRefused: a question begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL
    """
    _check_characters(text)
    tokens = _without_last_semicolon(list(_tokens(text)))
    if not tokens:
        raise CypherRefused("the question is empty")
    if not tokens[0].says(*FIRST_WORDS):
        raise CypherRefused("a question begins with MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL")
    for at, token in enumerate(tokens):
        _check_token(tokens, at, token)
        _check_procedure(tokens, at, token)
        _check_function(tokens, at, token)
    names = [token.text for token in tokens if token.kind == "parameter"]
    return Question(text.strip().removesuffix(";").strip(), tuple(dict.fromkeys(names)))


def _check_characters(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise CypherRefused(f"the question is longer than {MOST_CHARACTERS} characters")
    if _UNICODE_ESCAPE.search(text):
        raise CypherRefused("escapes of the form \\u0041 are refused: write the character itself, or give a parameter")
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and character not in "\t\n\r":
            raise CypherRefused(f"the character U+{ord(character):04X} is refused: it does not show")


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        kind, piece = str(found.lastgroup), found.group()
        if kind == "symbol" and piece in "'\"`":
            raise CypherRefused(f"a {piece} is opened and not closed")
        if kind == "symbol" and text.startswith("/*", found.start()):
            raise CypherRefused("a comment is opened and not closed")
        if kind == "quoted":
            yield Token(kind, piece[1:-1].replace("``", "`"))
        elif kind == "parameter":
            yield Token(kind, piece.removeprefix("$").strip().strip("`").replace("``", "`"))
        elif kind != "comment":
            yield Token(kind, piece)


def _without_last_semicolon(tokens: list[Token]) -> list[Token]:
    if tokens and tokens[-1].text == ";" and tokens[-1].kind == "symbol":
        tokens.pop()
    return tokens


def _check_token(tokens: Sequence[Token], at: int, token: Token) -> None:
    if token.kind == "symbol" and token.text == ";":
        raise CypherRefused("one question at a time: a semicolon may only end it")
    if token.kind == "string" and _FILE.match(token.text[1:]):
        raise CypherRefused("addresses of files are refused")
    if token.says("LOAD") and _next(tokens, at).says("CSV"):
        raise CypherRefused("LOAD CSV is refused: it reads files and calls addresses")
    if token.says(*WRITING) and not _is_name(tokens, at):
        raise CypherRefused(f"{token.text.upper()} is refused: a question only reads")
    if token.says(*REFUSED) and not _is_name(tokens, at):
        raise CypherRefused(f"{token.text.upper()} is refused in a question")


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is a property (after a dot) or a label (after a colon), and no word of the language."""
    return at > 0 and tokens[at - 1].kind == "symbol" and tokens[at - 1].text in (".", ":")


def _check_procedure(tokens: Sequence[Token], at: int, token: Token) -> None:
    """After CALL stands a subquery, or a procedure of the list."""
    if not token.says("CALL") or _is_name(tokens, at):
        return
    after = _next(tokens, at)
    if after.kind == "symbol" and after.text in "{(":
        return
    name = _dotted(tokens, at + 1)
    if name not in PROCEDURES:
        raise CypherRefused(
            f"the procedure {name or after.text!r} is refused; allowed: {', '.join(sorted(PROCEDURES))}"
        )


def _check_function(tokens: Sequence[Token], at: int, token: Token) -> None:
    """A name with a dot before a parenthesis is a function of a namespace: only those on dates, durations, points."""
    if token.kind not in ("word", "quoted") or _continues_a_name(tokens, at):
        return
    name = _dotted(tokens, at)
    if _next(tokens, at + 2 * name.count(".")).text != "(" or (at > 0 and tokens[at - 1].says("CALL")):
        return
    if name.split(".")[0].lower() not in NAMESPACES and ("." in name or _HIDDEN_DOT in name):
        raise CypherRefused(f"the function {name!r} is refused")


def _continues_a_name(tokens: Sequence[Token], at: int) -> bool:
    return at > 1 and tokens[at - 1].text == "." and tokens[at - 2].kind in ("word", "quoted")


def _dotted(tokens: Sequence[Token], at: int) -> str:
    """The name that begins here: words or quoted names joined by dots."""
    parts: list[str] = []
    while at < len(tokens) and tokens[at].kind in ("word", "quoted"):
        quoted = tokens[at].kind == "quoted"
        parts.append(tokens[at].text.replace(".", _HIDDEN_DOT) if quoted else tokens[at].text)
        if _next(tokens, at).text != "." or _next(tokens, at).kind != "symbol":
            break
        at += 2
    return ".".join(parts)


def _next(tokens: Sequence[Token], at: int) -> Token:
    return tokens[at + 1] if at + 1 < len(tokens) else Token("end", "")
