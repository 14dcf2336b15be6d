"""The shared store: a Neo4j database. Each concern is a class of verbs in a file of its own."""

from __future__ import annotations

from graph.store.neo4j_cypher import CypherVerbs
from graph.store.neo4j_jobs import JobVerbs
from graph.store.neo4j_links import LinkVerbs
from graph.store.neo4j_search import SearchVerbs
from graph.store.neo4j_verify import VerifyVerbs
from graph.store.neo4j_whole import WholeVerbs
from graph.store.neo4j_write import WriteVerbs


class Neo4jStore(VerifyVerbs, WriteVerbs, SearchVerbs, LinkVerbs, WholeVerbs, JobVerbs, CypherVerbs):
    """A store at ``neo4j://user:password@host:7687/database``; see graph.store.base.Store for its verbs."""
