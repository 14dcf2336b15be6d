"""What is Neo4j's own: addresses and secrets, whose database it is, lost answers, several writers, what Cypher sees."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from bolt_proxy import Relay
from neo4j import Driver
from neo4j_server import connected, empty

from graph import actions
from graph.errors import StoreError
from graph.model import Actor, Decision, Fragment, Job
from graph.store import open_store
from graph.store.base import Store
from graph.store.neo4j_address import Address, parse
from graph.store.neo4j_schema import VERSION
from tests.conftest import wipe
from tests.dumps import answers
from tests.fragments import autumn, build, spring

ROOT = Path(__file__).resolve().parents[1]
SECRET = "très/secret:@?"
QUOTED = "tr%C3%A8s%2Fsecret%3A%40%3F"


@pytest.fixture
def empty_address(neo4j_address: str) -> Iterator[str]:
    """A server whose database holds nothing at all, schema included."""
    empty(neo4j_address)
    yield neo4j_address
    empty(neo4j_address)


@pytest.fixture
def address(neo4j_address: str) -> str:
    """A server whose database holds an empty store."""
    wipe(neo4j_address)
    open_store(neo4j_address).close()
    return neo4j_address


@pytest.fixture
def driver(neo4j_address: str) -> Iterator[Driver]:
    found, _ = connected(neo4j_address)
    with found:
        yield found


# --- addresses and secrets --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "uri", "user", "database"),
    [
        ("neo4j://ana:mot@base.example:7688/atelier", "neo4j://base.example:7688", "ana", "atelier"),
        ("bolt://base.example", "bolt://base.example:7687", "", None),
        ("neo4j+s://ana:mot@base.example/", "neo4j+s://base.example:7687", "ana", None),
        ("bolt://[::1]:7000/x", "bolt://[::1]:7000", "", "x"),
        (f"neo4j+ssc://zo%C3%A9:{QUOTED}@h/d", "neo4j+ssc://h:7687", "zoé", "d"),
    ],
)
def test_an_address_has_its_parts(url: str, uri: str, user: str, database: str | None) -> None:
    found = parse(url)
    assert (found.uri, found.user, found.database) == (uri, user, database)


def test_a_password_is_in_nothing_that_is_shown() -> None:
    found = parse(f"neo4j://ana:{QUOTED}@h/d")
    assert found.password == SECRET
    for shown in (found.shown, repr(found), str(found)):
        assert SECRET not in shown
        assert QUOTED not in shown
    assert parse(found.shown.replace("ana@", f"ana:{QUOTED}@")) == found


def test_credentials_come_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_NEO4J_USER", "ana")
    monkeypatch.setenv("MAILLAGE_NEO4J_PASSWORD", "du contexte")
    assert _who(parse("neo4j://h/d")) == ("ana", "du contexte")
    assert _who(parse("neo4j://zoe:donné@h/d")) == ("zoe", "donné")
    word = tmp_path / "word"
    word.write_text(f"{SECRET}\n", "utf-8")
    monkeypatch.setenv("MAILLAGE_NEO4J_PASSWORD_FILE", str(word))
    assert _who(parse("neo4j://h/d")) == ("ana", SECRET)
    word.unlink()
    with pytest.raises(StoreError, match="MAILLAGE_NEO4J_PASSWORD_FILE"):
        parse("neo4j://h/d")


def _who(found: Address) -> tuple[str, str]:
    return found.user, found.password


@pytest.mark.parametrize("url", ["neo4j://", "neo4j:///x", "neo4j://h:port/d", "neo4j://u:se?cret@h/d", "bolt://h/a/b"])
def test_what_is_no_address_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert "se?cret" not in str(told.value)
    assert "\n" not in str(told.value)


# --- what goes wrong --------------------------------------------------------------------------------------------------


def _with(address: str, **parts: str) -> str:
    """The address with another password, port or database."""
    scheme, _, rest = address.partition("://")
    who, _, where = rest.rpartition("@")
    host, _, database = where.partition("/")
    name, _, port = host.rpartition(":")
    user, _, word = who.partition(":")
    given = {"word": word, "port": port, "database": database} | parts
    return f"{scheme}://{user}:{given['word']}@{name}:{given['port']}/{given['database']}"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"port": "1"}, "no Neo4j server answers"),
        ({"word": "autre-secret"}, "password refused"),
        ({"database": "nulle-part"}, "no database nulle-part"),
    ],
)
def test_what_cannot_be_opened_is_one_line_without_the_password(
    neo4j_address: str, change: dict[str, str], reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    url = _with(neo4j_address, **change)
    with pytest.raises(StoreError, match=reason) as told:
        open_store(url)
    assert "\n" not in str(told.value)
    shown = repr(told.value) + str(told.value.__cause__) + "".join(capfd.readouterr())
    assert "autre-secret" not in shown
    assert parse(url).password not in shown


def test_a_command_tells_it_in_one_line_and_nothing_else(neo4j_address: str) -> None:
    url = _with(neo4j_address, word="autre-secret")
    command = [sys.executable, "-m", "graph", "stats", "--store", url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "autre-secret" not in done.stderr


def test_a_connection_lost_for_good_leaves_nothing_half_done(address: str, facilitator: Actor) -> None:
    with Relay(address) as relay:
        store = open_store(relay.address)
        store.write(spring(), facilitator)
        relay.close()
        began = time.monotonic()
        acts = (lambda: store.write(autumn(), facilitator), lambda: store.get("theme:0"), store.decisions)
        with ThreadPoolExecutor() as at_once:
            told = [asked.exception() for asked in [at_once.submit(act) for act in acts]]
        assert [type(error) for error in told] == [StoreError] * 3
        assert all(re.search(r"lost|answers", str(error)) and "\n" not in str(error) for error in told)
        assert time.monotonic() - began < 90
        store.close()
    there = open_store(address)
    assert [s.name for s in there.sources()] == ["mars.txt"]
    assert there.verify().problems == ()
    there.close()


Act = Callable[[], object]
# What is read first is read before the answer is lost.
ACTS: dict[str, Callable[[Store, Actor], Act]] = {
    "write": lambda store, who: lambda: store.write(autumn(), who).outcome,
    "replace": lambda store, who: lambda: store.write(spring(rule="other@1"), who).outcome,
    "remove": lambda store, who: lambda: dict(store.remove("mars.txt", who)),
    "decide": lambda store, who: partial(
        _rename, store, replace(store.decisions()[0], id="autre", target=_mobility(store))
    ),
    "undo": lambda store, who: partial(_undo, store, store.decisions()[0].id, who),
    "adopt": lambda store, who: partial(store.adopt, [replace(store.decisions()[0], id="autre")]),
    "job": lambda store, who: partial(store.save_job, Job("j", "waiting", (), {}, "x", "", "")),
    "read": lambda store, who: partial(store.search, "mobil"),
}


def _rename(store: Store, decision: Decision) -> str:
    return store.decide(replace(decision, kind="rename", value={"label": "Se déplacer"})).state


def _undo(store: Store, decision: str, who: Actor) -> str:
    return store.undo(decision, who).kind


def _mobility(store: Store) -> str:
    return next(t.id for t in store.rows(["theme"]) if t.label == "mobilité")


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("act", ACTS)
def test_a_lost_answer_is_repaired(address: str, tmp_path: Path, facilitator: Actor, act: str, moment: str) -> None:
    """Whether the commit happened or not, the act is done once and answered as if nothing had been."""
    plain = open_store(f"sqlite:///{tmp_path / 'plain.db'}")
    with Relay(address) as relay:
        store = open_store(relay.address)
        for asked in (store, plain):
            asked.write(spring(), facilitator)
            actions.reject(asked, facilitator, asked.rows(["theme"])[-1].id)
        one, other = (ACTS[act](asked, facilitator) for asked in (store, plain))
        relay.losing = moment
        assert one() == other()
        assert relay.lost == 1
        assert answers(store) == answers(plain)
        assert len(store.decisions()) == len(plain.decisions())
        assert store.verify().problems == ()
        store.close()
    plain.close()


# --- whose database it is ---------------------------------------------------------------------------------------------


def _state(driver: Driver) -> tuple[object, ...]:
    nodes = driver.execute_query("MATCH (n) RETURN labels(n) AS labels, properties(n) AS own ORDER BY elementId(n)")
    indexes = driver.execute_query("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name ORDER BY name")
    return tuple([dict(r) for r in found.records] for found in (nodes, indexes))


def test_an_empty_database_becomes_a_store_only_when_asked(empty_address: str, driver: Driver) -> None:
    with pytest.raises(StoreError, match=r"no store at .*empty"):
        open_store(empty_address, create=False)
    assert _state(driver) == ([], [])
    open_store(empty_address).close()
    open_store(empty_address, create=False).close()


@pytest.mark.parametrize(
    "cypher",
    [
        "CREATE (:Recipe {name: 'Soupe'})",
        "CREATE (:Maillage {id: 'store'})",
        "CREATE (:Maillage {id: 'store', application: 'autre', version: 1})",
    ],
)
def test_a_database_of_another_application_is_refused_untouched(
    empty_address: str, driver: Driver, cypher: str
) -> None:
    driver.execute_query(cypher)
    before = _state(driver)
    for create in (True, False):
        with pytest.raises(StoreError, match="another application"):
            open_store(empty_address, create=create)
    assert _state(driver) == before


def test_a_store_of_a_newer_version_is_refused_untouched(empty_address: str, driver: Driver) -> None:
    open_store(empty_address).close()
    driver.execute_query("MATCH (m:Maillage) SET m.version = $v", v=VERSION + 1)
    before = _state(driver)
    with pytest.raises(StoreError, match="newer version"):
        open_store(empty_address)
    assert _state(driver) == before


def test_a_schema_that_was_cut_short_is_completed(empty_address: str, driver: Driver, facilitator: Actor) -> None:
    open_store(empty_address).close()
    whole = _state(driver)[1]
    driver.execute_query("DROP INDEX words")
    driver.execute_query("DROP CONSTRAINT node_id")
    driver.execute_query("MATCH (n) DETACH DELETE n")  # as if killed before the version was written
    store = open_store(empty_address)
    assert _state(driver)[1] == whole
    store.write(spring(), facilitator)
    assert store.verify().problems == ()
    store.close()


OPEN_AND_WRITE = """
import sys
from graph.model import Actor
from graph.store import open_store
from tests.fragments import build
store = open_store(sys.argv[1])
for number in range(int(sys.argv[2])):
    store.write(build(f"n{number}.txt", f"[theme:mobilité] et [theme:vélo] et [theme:sujet {number}]"), Actor("deux"))
store.close()
"""


def test_two_processes_make_one_store_and_write_the_same_sources_at_once(empty_address: str, tmp_path: Path) -> None:
    """Neither ends on a deadlock, nothing is there twice."""
    command = [sys.executable, "-c", OPEN_AND_WRITE, empty_address, "15"]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for one in both:
        _, told = one.communicate(timeout=240)
        assert (one.returncode, told) == (0, "")
    store, alone = open_store(empty_address), open_store(f"sqlite:///{tmp_path / 'alone.db'}")
    for number in range(15):
        words = f"[theme:mobilité] et [theme:vélo] et [theme:sujet {number}]"
        alone.write(build(f"n{number}.txt", words), Actor("deux"))
    assert answers(store) == answers(alone)
    assert store.verify().problems == ()
    store.close()
    alone.close()


# --- hostile text -----------------------------------------------------------------------------------------------------

HOSTILE = {
    "cypher": "x'}) DETACH DELETE (n) //",
    "backtick": "`) MATCH (n) DETACH DELETE n //",
    "parameter": "$rows",
    "nul": "a\x00b",
    "a long text": "é vélo " * 10_000,
    "one long word": "mot " + "x" * 40_000,
}


def _naming(text: str) -> Fragment:
    """A fragment where a source, a node and a passage bear a text in every field that takes one."""
    one = build("hostile.txt", "Le [theme:vélo] à la [organisation:mairie]", title=text, meeting=text, place=text)
    nodes = tuple(
        replace(n, label=text, aliases=(text + "2",), attributes={"organisation": text}, merge_key=text)
        for n in one.nodes
    )
    passages = tuple(replace(p, label=text, place=text, attributes={text: text}) for p in one.passages)
    return replace(one, source=replace(one.source, name=text, ledger={text: text}), nodes=nodes, passages=passages)


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_text_is_text(new_store: Callable[[], Store], facilitator: Actor, case: str) -> None:
    store, file = new_store(), new_store()
    for one in (store, file):
        one.write(_naming(HOSTILE[case]), facilitator)
        one.write(spring(), facilitator)
    assert answers(store) == answers(file)
    for asked in (HOSTILE[case], HOSTILE[case][:1000], "mobilité", "x" * 300):
        assert store.search(asked) == file.search(asked)
    assert store.verify().problems == ()
    assert store.remove(HOSTILE[case], facilitator) == file.remove(HOSTILE[case], facilitator)
    assert answers(store) == answers(file)


def test_a_label_and_a_name_of_a_million_characters_are_kept(
    new_store: Callable[[], Store], facilitator: Actor
) -> None:
    store, file = new_store(), new_store()
    one, text = spring(), "é" * 1_000_000
    one = replace(
        one,
        source=replace(one.source, name=text),
        nodes=(replace(one.nodes[0], label=text, merge_key=text), *one.nodes[1:]),
        passages=(replace(one.passages[0], label=text), *one.passages[1:]),
    )
    for each in (store, file):
        each.write(one, facilitator)
        assert each.get(one.nodes[0].id).label == text  # type: ignore[union-attr]
    assert store.search("é" * 900_000) == file.search("é" * 900_000) != []
    assert store.sources()[0].name == text
    assert store.verify().problems == ()


@pytest.mark.parametrize("verb", ["get", "neighbours", "evidence", "source", "passages", "mentions", "passage", "job"])
def test_half_a_surrogate_pair_is_told_in_one_line(fresh_store: Store, verb: str) -> None:
    with pytest.raises(StoreError, match="surrogate"):
        getattr(fresh_store, verb)("\ud800")


@pytest.mark.parametrize("where", ["label", "alias", "key", "id", "passage", "name"])
def test_half_a_surrogate_pair_is_refused_wherever_it_stands(
    fresh_store: Store, facilitator: Actor, where: str
) -> None:
    one, bad = spring(), "\ud800"
    changes: dict[str, dict[str, object]] = {
        "label": {"label": bad}, "alias": {"aliases": (bad,)}, "key": {"merge_key": bad}, "id": {"id": bad},
    }  # fmt: skip
    if where in changes:
        one = replace(one, nodes=(*one.nodes[1:], replace(one.nodes[0], **changes[where])), relations=())  # type: ignore[arg-type]
    elif where == "passage":
        one = replace(one, passages=(replace(one.passages[0], label=bad), *one.passages[1:]))
    else:
        one = replace(one, source=replace(one.source, name=bad))
    with pytest.raises(Exception, match="surrogate") as told:
        fresh_store.write(one, facilitator)
    assert type(told.value).__name__ == "EvidenceError"
    assert fresh_store.sources() == []


# --- proof and copy ---------------------------------------------------------------------------------------------------

TAMPERED = {
    "a quote": "MATCH ()-[m:MENTIONS]->() WITH m LIMIT 1 SET m.quote = 'autre'",
    "a confidence": "MATCH ()-[m:MENTIONS]->() WITH m LIMIT 1 SET m.confidence = 0.2",
    "a mention": "MATCH ()-[m:MENTIONS]->() WITH m LIMIT 1 DELETE m",
    "a claim": "MATCH ()-[c:CLAIMS]->() WITH c LIMIT 1 DELETE c",
    "a relation": "MATCH ()-[r:ABOUT]->() WITH r LIMIT 1 DELETE r",
    "an end": "MATCH (a)-[r:ABOUT]->() WITH a, r LIMIT 1 CREATE (a)-[n:ABOUT]->(:Node {id: 'x'}) SET n = properties(r)",
    "a text": "MATCH (c:Content) WITH c LIMIT 1 SET c.text = c.text + '.'",
    "the bytes": "MATCH (c:Content) WITH c LIMIT 1 SET c.text = 'x' + c.text",
    "a title": "MATCH (s:Source) WITH s LIMIT 1 SET s.title = 'autre'",
    "a passage": "MATCH (p:Passage) WITH p LIMIT 1 SET p.end = 10000",
    "a parent": "MATCH (p:Passage) WITH p LIMIT 1 SET p.parent = 'nulle part'",
    "the words of a passage": "MATCH (p:Passage) WITH p LIMIT 1 SET p.stems = 'autre'",
    "the words of a thing": "MATCH (t:Thing) WITH t LIMIT 1 SET t.forms = 'autre'",
    "a label": "MATCH (t:Thing) WITH t LIMIT 1 SET t.label = 'autre'",
    "a kind": "MATCH (t:Theme) WITH t LIMIT 1 SET t.kind = 'group'",
    "a label of a kind": "MATCH (t:Theme) WITH t LIMIT 1 REMOVE t:Theme",
    "what makes it found": "MATCH (t:Theme) WITH t LIMIT 1 REMOVE t:Thing",
    "a count": "MATCH (t:Thing) WITH t LIMIT 1 SET t.evidence = 77",
    "an order": "MATCH (t:Thing) WITH t LIMIT 1 SET t.place = 'theme|0'",
    "a merge": "MATCH (n:Member) SET n.canonical = n.id",
    "a member": "MATCH (n:Member) SET n.label = 'autre'",
    "a decision": "MATCH (:Decision)-[b:BEARS_ON]->() DELETE b",
    "an orphan": "CREATE (:Node:Thing:Theme {id: 'theme:x', kind: 'theme', merge_key: '', canonical: 'theme:x', "
    "own_attributes: '{}', rejected: false})",
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_proof_finds_what_was_changed_behind_the_store(
    address: str, driver: Driver, facilitator: Actor, what: str
) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    actions.rename(store, facilitator, _mobility(store), "Se déplacer")
    assert store.verify().problems == ()
    summary = driver.execute_query(TAMPERED[what]).summary.counters
    assert summary.contains_updates
    report = store.verify()
    assert report.problems
    assert all("\n" not in problem for problem in report.problems)
    store.close()


def test_a_proof_says_when_the_index_of_words_is_gone(empty_address: str, driver: Driver) -> None:
    store = open_store(empty_address)
    driver.execute_query("DROP INDEX words")
    assert store.verify().problems == ("index words: is not there",)
    store.close()


def test_a_backup_is_a_file_that_opens_as_a_store(address: str, tmp_path: Path, facilitator: Actor) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    actions.undo(store, facilitator, actions.rename(store, facilitator, _mobility(store), "Se déplacer").id)
    path = tmp_path / "deep" / "copy.db"
    store.backup(path)
    assert [p.name for p in path.parent.iterdir()] == ["copy.db"]
    copy = open_store(f"sqlite:///{path}", create=False)
    assert answers(copy) == answers(store)
    assert copy.decisions() == store.decisions()
    assert [s.imported_by for s in copy.sources()] == [s.imported_by for s in store.sources()]
    assert copy.verify().problems == ()
    with pytest.raises(StoreError, match="never overwrites"):
        store.backup(path)
    copy.close()
    store.close()


# --- what a person asking in Cypher finds -----------------------------------------------------------------------------


def test_kinds_are_labels_and_relations_are_types(address: str, driver: Driver, facilitator: Actor) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    store.write(autumn(), facilitator)
    who = driver.execute_query(
        "MATCH (p:Proposal)-[:ABOUT]->(t:Theme) MATCH (p)-[:MADE_BY]->(o:Organisation)"
        " RETURN DISTINCT t.label AS theme, o.label AS organisation ORDER BY theme"
    ).records
    assert [tuple(r) for r in who] == [("mobilité", "mairie"), ("pédibus", "mairie")]
    said = driver.execute_query(
        "MATCH (s:Source)<-[:IN]-(p:Passage)-[m:MENTIONS]->(:Person {label: 'Élise Morvan'})"
        " RETURN s.name AS name, m.quote AS quote ORDER BY name"
    ).records
    assert [tuple(r) for r in said] == [("mars.txt", "Élise Morvan"), ("octobre.txt", "Élise Morvan")]
    store.close()


def test_what_is_rejected_bears_no_kind(address: str, driver: Driver, facilitator: Actor) -> None:
    store = open_store(address)
    store.write(spring(), facilitator)
    taken = actions.reject(store, facilitator, _mobility(store))
    count = "MATCH (t:Theme) RETURN count(t) AS n"
    assert driver.execute_query(count).records[0]["n"] == 2
    actions.undo(store, facilitator, taken.id)
    assert driver.execute_query(count).records[0]["n"] == 3
    store.close()


def test_the_newest_version_takes_the_same_statements(
    newest_neo4j_address: str, tmp_path: Path, facilitator: Actor
) -> None:
    empty(newest_neo4j_address)
    store, file = open_store(newest_neo4j_address), open_store(f"sqlite:///{tmp_path / 'file.db'}")
    for one in (store, file):
        one.write(spring(), facilitator)
        one.write(autumn(), facilitator)
        actions.reject(one, facilitator, _mobility(one))
        one.remove("mars.txt", facilitator)
        one.write(spring(rule="other@1"), facilitator)
    assert answers(store) == answers(file)
    assert store.shared(["theme"], ["theme"]) == file.shared(["theme"], ["theme"])
    assert store.search("mobil") == file.search("mobil")
    assert store.verify().problems == ()
    store.close()
    file.close()
    empty(newest_neo4j_address)
