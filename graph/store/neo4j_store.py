"""The shared store: a Neo4j database. Each concern is a class of verbs in a file of its own."""

from __future__ import annotations

from graph.store.edited import EditedVerbs
from graph.store.neo4j_cypher import CypherVerbs
from graph.store.neo4j_forget import ForgetVerbs
from graph.store.neo4j_links import LinkVerbs
from graph.store.neo4j_search import SearchVerbs
from graph.store.neo4j_verify import VerifyVerbs
from graph.store.neo4j_visibility import VisibilityVerbs
from graph.store.neo4j_whole import WholeVerbs


class Neo4jStore(
    EditedVerbs, VerifyVerbs, WholeVerbs, ForgetVerbs, SearchVerbs, LinkVerbs, VisibilityVerbs, CypherVerbs
):
    """A store at ``neo4j://user:password@host:7687/database``; see graph.store.base.Store for its verbs."""
