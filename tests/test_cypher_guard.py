"""Nothing that a question is given can write, load a file, call out or look at the set-up: a long list of attempts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import CypherRefused
from graph.questions.cypher_guard import MOST_CHARACTERS, checked

ALLOWED = [
    "MATCH (t:theme) RETURN t",
    "match (t:theme) return t;",
    "  \n\tMATCH (t:theme) RETURN t ;  ",
    "OPTIONAL MATCH (t) RETURN t",
    "UNWIND [1, 2] AS n RETURN n",
    "WITH 1 AS n RETURN n",
    "RETURN 1 + 1 AS two",
    "RETURN 'LOAD CSV FROM' AS words, \"CREATE (n)\" AS more, 'it\\'s; DELETE' AS last",
    "MATCH (n) // CREATE, DELETE; LOAD CSV\nRETURN n /* SET n.x = 1; */",
    "MATCH (n:`CREATE`) RETURN n.set, n.load, n.`delete`",
    "MATCH (n:Set)-[:USE]->(m) RETURN m",
    "MATCH (n) WHERE n.label = $label AND n.kind IN $kinds RETURN n LIMIT $most",
    "MATCH (n) CALL (n) { MATCH (n)--(m) RETURN count(m) AS c } RETURN n, c",
    "MATCH (n) CALL { WITH n MATCH (n)--(m) RETURN count(m) AS c } RETURN n, c",
    "CALL db.index.fulltext.queryNodes('words', $text) YIELD node, score RETURN node, score",
    "CALL db.labels() YIELD label RETURN label",
    "MATCH p = shortestPath((a)-[*1..6]-(b)) RETURN p",
    "MATCH (n) RETURN date(n.date).year, datetime.truncate('day', n.at), duration.between(n.a, n.b)",
    "MATCH (n) RETURN n {.label, .kind, x: [y IN n.list WHERE y > 1 | y]}[0..3]",
    "MATCH (n) WHERE EXISTS { (n)-[:about]->(:theme) } RETURN COUNT { (n)--() }, collect(n.label)[..5]",
    "RETURN 'https://example.org/page' AS address",
    "MATCH (n) RETURN n.éléments AS été",
]

WRITES = [
    "CREATE (n:theme)",
    "MATCH (n) SET n.label = 'x'",
    "MATCH (n) REMOVE n.label",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MERGE (n:theme {id: 1}) RETURN n",
    "MATCH (n) FOREACH (x IN [1] | SET n.y = x)",
    "MATCH (n) CALL (n) { CREATE (m) RETURN m } RETURN m",
    "MATCH (n)\ncReAtE (m)",
    "MATCH (n) /* */ SET /* */ n.x = 1",
    "INSERT (n:theme)",
    "DROP INDEX x",
    "CREATE USER eve SET PASSWORD 'password'",
    "CREATE CONSTRAINT c FOR (n:theme) REQUIRE n.x IS UNIQUE",
    "MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS",
    "MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x",
    "MATCH (n) CALL (n) { RETURN 1 AS x } IN 4 CONCURRENT TRANSACTIONS RETURN x",
]

LOADS = [
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "load csv from 'https://example.org/x.csv' as row return row",
    "LoAd\tCsV FROM 'x' AS row RETURN row",
    "LOAD\nCSV FROM 'x' AS row RETURN row",
    "LOAD/**/CSV FROM 'x' AS row RETURN row",
    "LOAD /* a \n comment */ CSV FROM 'x' AS row RETURN row",
    "LOAD // a comment\nCSV FROM 'x' AS row RETURN row",
    "LOAD // a comment\rCSV FROM 'x' AS row RETURN row",
    "LOAD\u00a0CSV FROM 'x' AS row RETURN row",
    "LOAD\u2003CSV FROM 'x' AS row RETURN row",
    "LOAD\u2028CSV FROM 'x' AS row RETURN row",
    "LOAD\u200bCSV FROM 'x' AS row RETURN row",
    "LOAD\u180eCSV FROM 'x' AS row RETURN row",
    "LOAD\ufeffCSV FROM 'x' AS row RETURN row",
    "LOAD\x1fCSV FROM 'x' AS row RETURN row",
    "LOAD\x00CSV FROM 'x' AS row RETURN row",
    "LO\u00adAD CSV FROM 'x' AS row RETURN row",
    "LOAD CSV WITH HEADERS FROM 'x' AS row RETURN row",
    "\\u004COAD CSV FROM 'x' AS row RETURN row",
    "\\u004c\\u004f\\u0041\\u0044 CSV FROM 'x' AS row RETURN row",
    "WITH 1 AS one LOA\\u0044 CSV FROM 'x' AS row RETURN row",
    "WITH 1 AS one \\U0000004COAD CSV FROM 'x' AS row RETURN row",
    "WITH 1 AS one LOAD CSV FROM 'x' AS row RETURN row",
    "MATCH (n) LOAD CSV FROM n.label AS row RETURN row",
    "MATCH (n) CALL (n) { LOAD CSV FROM 'x' AS row RETURN row } RETURN row",
    "MATCH (n) CALL { LOAD CSV FROM 'x' AS row RETURN row } RETURN row",
    "CALL { CALL { CALL { LOAD CSV FROM 'x' AS row RETURN row } RETURN row } RETURN row } RETURN row",
    "RETURN COLLECT { LOAD CSV FROM 'x' AS row RETURN row } AS rows",
    "RETURN {a: COLLECT { LOAD CSV FROM 'x' AS row RETURN row }} AS rows",
    "MATCH (n) WHERE EXISTS { LOAD CSV FROM 'x' AS row RETURN row } RETURN n",
    "RETURN 1 AS x UNION LOAD CSV FROM 'x' AS x RETURN x",
    "EXPLAIN LOAD CSV FROM 'x' AS row RETURN row",
    "PROFILE LOAD CSV FROM 'x' AS row RETURN row",
    "CYPHER 5 LOAD CSV FROM 'x' AS row RETURN row",
    "CYPHER 25 LOAD CSV FROM 'x' AS row RETURN row",
    "USING PERIODIC COMMIT LOAD CSV FROM 'x' AS row CREATE (n)",
    "/* MATCH */ LOAD CSV FROM 'x' AS row RETURN row",
    "// RETURN 1\nLOAD CSV FROM 'x' AS row RETURN row",
    # What looks like a comment or a string to one reader and not to another.
    "RETURN '\\\\' AS x UNION LOAD CSV FROM \"x\" AS x RETURN x //'",
    "RETURN '\\u0027 AS x LOAD CSV FROM \"x\" AS row //'",
    "RETURN 1 AS x /* /* */ UNION LOAD CSV FROM 'x' AS x RETURN x // */",
    "RETURN 1 AS x /*/ */ UNION LOAD CSV FROM 'x' AS x RETURN x",
    "RETURN 1 AS `a``b` UNION LOAD CSV FROM 'x' AS x RETURN x",
    "RETURN 1 AS `//` UNION LOAD CSV FROM 'x' AS x RETURN x",
    "RETURN 1 AS `/*` UNION LOAD CSV FROM 'x' AS x RETURN x /*`*/",
    "RETURN \"'\" AS x UNION LOAD CSV FROM 'x' AS x RETURN x",
    "LOAD\x0bCSV FROM 'x' AS row RETURN row",
    "LOAD\x85CSV FROM 'x' AS row RETURN row",
    "WITH 1 AS one LOAD C\u017fV FROM 'x' AS row RETURN row",
    "WITH 2.LOAD CSV FROM 'x' AS row RETURN row",
    "RETURN 1LOAD CSV FROM 'x' AS row RETURN row",
    "WITH $ LOAD CSV FROM 'x' AS row RETURN row",
    "MATCH (n) WHERE n.LOAD CSV FROM 'x' AS row RETURN row",
    "MATCH (n:LOAD CSV FROM 'x' AS row RETURN row",
    "UNWIND [1] AS x LOAD/*a*//*b*///c\nCSV FROM 'x' AS row RETURN row",
    "RETURN 1 AS x NEXT LOAD CSV FROM 'x' AS row RETURN row",
    "MATCH (n) WHEN true THEN LOAD CSV FROM 'x' AS row RETURN row",
    "RETURN [x IN COLLECT { LOAD CSV FROM 'x' AS row RETURN row } | x]",
    "MATCH (n) RETURN n UNION ALL LOAD CSV FROM 'ftp://example.org' AS n RETURN n",
    "WITH 'file:///etc/passwd' AS url RETURN url",
    "WITH ' FILE:/etc/passwd' AS url RETURN url",
]

CALLS = [
    "CALL apoc.load.json('https://example.org') YIELD value RETURN value",
    "CALL apoc.load.csv('file:///x') YIELD map RETURN map",
    "CALL apoc . load . json('https://example.org') YIELD value RETURN value",
    "CALL apoc/**/./**/load.json('x') YIELD value RETURN value",
    "CALL `apoc`.`load`.`json`('x') YIELD value RETURN value",
    "CALL `apoc.load.json`('x') YIELD value RETURN value",
    "call APOC.LOAD.JSON('x') yield value return value",
    "CALL apoc.load.jdbc('jdbc:x', 't') YIELD row RETURN row",
    "CALL apoc.import.json('x')",
    "CALL apoc.export.csv.all('x.csv', {})",
    "CALL apoc.cypher.run('LOAD CSV FROM \"x\" AS r RETURN r', {}) YIELD value RETURN value",
    "CALL apoc.cypher.runMany('CREATE (n);', {})",
    "CALL apoc.cypher.doIt('CREATE (n)', {}) YIELD value RETURN value",
    "CALL apoc.periodic.iterate('MATCH (n) RETURN n', 'DELETE n', {})",
    "CALL apoc.util.sleep(1000000)",
    "CALL apoc.systemdb.execute('SHOW USERS')",
    "MATCH (n) CALL apoc.create.setProperty(n, 'x', 1) YIELD node RETURN node",
    "OPTIONAL CALL apoc.load.json('x') YIELD value RETURN value",
    "RETURN apoc.cypher.runFirstColumnSingle('MATCH (n) RETURN n', {}) AS x",
    "RETURN apoc.cypher . runFirstColumnMany('MATCH (n) RETURN n', {}) AS x",
    "RETURN {a: apoc.cypher.runFirstColumnSingle('RETURN 1', {})} AS x",
    "RETURN [1, 2, 3][0..apoc.cypher.runFirstColumnSingle('RETURN 1', {})] AS x",
    "RETURN [0..apoc.any.properties(1)] AS x",
    "RETURN `apoc.cypher.runFirstColumnSingle`('RETURN 1', {}) AS x",
    "RETURN `apoc`.`cypher`.`runFirstColumnSingle`('RETURN 1', {}) AS x",
    "RETURN genai.vector.encode('x', 'OpenAI', {token: $t}) AS x",
    "RETURN ai.text.completion('x', 'openai', {}) AS x",
    "CALL genai.vector.encodeBatch(['x'], 'OpenAI', {}) YIELD vector RETURN vector",
    "CALL gds.graph.project('g', '*', '*') YIELD graphName RETURN graphName",
    "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "CALL dbms.setConfigValue('x', 'y')",
    "CALL dbms.security.createUser('eve', 'password')",
    "CALL dbms.components() YIELD name RETURN name",
    "CALL dbms.killQuery('x')",
    "CALL db.createLabel('x')",
    "CALL db.clearQueryCaches()",
    "CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()",
    "CALL db.index.fulltext.querynodes('x', 'y')",
    "CALL db.index.fulltext.createNodeIndex('a', ['A'], ['b'])",
    "CALL db.index.fulltext.drop('words')",
    "CALL db.index.vector.createNodeIndex('a', 'A', 'b', 3, 'cosine')",
    "CALL db.create.setNodeVectorProperty(null, 'a', [1])",
    "CALL db.stats.retrieve('GRAPH COUNTS')",
    "CALL dbms.queryJmx('*:*') YIELD name RETURN name",
    "CALL dbms.showCurrentUser()",
    "CALL dbms.cluster.routing.getRoutingTable({})",
    "CALL db.schema.visualization() YIELD nodes CALL apoc.load.xml('x') YIELD value RETURN value",
    "RETURN date.truncate('day', apoc.date.parse('x'))",
    "RETURN point.distance(db.nameFromElementId('x'), 1)",
    "MATCH (n) RETURN n.a.apoc.cypher.run('x')",
    "CALL `db.labels`()",
    "CALL tx.setMetaData({user: 'eve'})",
    "CALL $procedure()",
    "CALL",
    "MATCH (n) RETURN graph.byName('x')",
]

COMMANDS = [
    "USE system MATCH (n) RETURN n",
    "MATCH (n) CALL { USE other MATCH (m) RETURN m } RETURN m",
    "SHOW SETTINGS",
    "SHOW USERS",
    "SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery",
    "SHOW PROCEDURES",
    "SHOW DATABASES",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "MATCH (n) RETURN n UNION SHOW SETTINGS",
    "SHOW INDEXES",
    "SHOW CURRENT USER",
    "USE graph.byName('x') MATCH (n) RETURN n",
    "MATCH (n) RETURN n USE system",
    "CYPHER 5 EXPLAIN MATCH (n) RETURN n",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "ALTER DATABASE neo4j SET ACCESS READ ONLY",
    "RENAME USER eve TO ada",
    "TERMINATE TRANSACTION 'x'",
    "DENY READ {*} ON GRAPH * TO eve",
    "MATCH (n) \u017fET n.x = 1",
    "GRANT ROLE admin TO eve",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "START DATABASE x",
    "STOP DATABASE neo4j",
    "ENABLE SERVER 'x'",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER 25 MATCH (n) RETURN n",
    "CYPHER runtime=slotted MATCH (n) RETURN n",
    "RETURN 1; RETURN 2",
    "RETURN 1; CREATE (n)",
    "RETURN 1;;",
    ";",
    ":play movies",
    ":use system",
    "",
    "   \n",
    "// only a comment",
    "RETURN 'open",
    'RETURN "open',
    "RETURN `open",
    "RETURN 1 /* open",
    "RETURN 1 AS \u202etxet",
    "RETURN '\ud800'",
    "RETURN 1 " + " " * MOST_CHARACTERS,
]


@pytest.mark.parametrize("question", ALLOWED)
def test_what_only_reads_passes(question: str) -> None:
    assert checked(question).text in question


@pytest.mark.parametrize("question", WRITES)
def test_what_writes_is_refused(question: str) -> None:
    with pytest.raises(CypherRefused):
        checked(question)


@pytest.mark.parametrize("question", LOADS)
def test_what_loads_is_refused(question: str) -> None:
    with pytest.raises(CypherRefused):
        checked(question)


@pytest.mark.parametrize("question", CALLS)
def test_what_calls_more_than_the_list_is_refused(question: str) -> None:
    with pytest.raises(CypherRefused):
        checked(question)


@pytest.mark.parametrize("question", COMMANDS)
def test_what_is_not_one_plain_question_is_refused(question: str) -> None:
    with pytest.raises(CypherRefused):
        checked(question)


def test_the_reason_is_one_line() -> None:
    for question in (*WRITES, *LOADS, *CALLS, *COMMANDS):
        with pytest.raises(CypherRefused) as told:
            checked(question)
        assert len(str(told.value).splitlines()) == 1


def test_parameters_are_named_once_in_order() -> None:
    question = checked("MATCH (n) WHERE n.a = $b OR n.b = $ `c d` OR n.c = $b RETURN '$x', $a // $y")
    assert question.parameters == ("b", "c d", "a")


GAPS = st.text(st.sampled_from(" \t\n\r\u00a0\u2003\u3000"), min_size=1, max_size=4) | st.sampled_from(
    ["/**/", "/* x */", "//x\n", " /*'*/ ", '/*"*/', "/*`*/", "// '\n", "/* // */"]
)
BEFORE = st.sampled_from(["", "RETURN 1 AS x UNION ", "MATCH (n) ", "CALL { ", "RETURN COLLECT { ", "WITH '\\'' AS q "])


@given(BEFORE, GAPS, GAPS, st.lists(st.booleans(), min_size=7, max_size=7))
def test_loading_is_refused_in_any_dress(before: str, first: str, second: str, upper: list[bool]) -> None:
    letters = [c.upper() if up else c.lower() for c, up in zip("LOADCSV", upper, strict=True)]
    question = f"{before}{first}{''.join(letters[:4])}{second}{''.join(letters[4:])} FROM 'x' AS row RETURN row"
    with pytest.raises(CypherRefused):
        checked(question)


@given(st.text(max_size=200))
def test_any_text_passes_or_is_refused_in_one_line(text: str) -> None:
    assert len(verdict(text).splitlines()) <= 1


def verdict(text: str) -> str:
    """Why a text is refused; empty when it passes."""
    try:
        checked(text)
    except CypherRefused as told:
        return str(told)
    return ""
