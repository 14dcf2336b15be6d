"""One format, or one family that shares a grammar, per file. See ``ingest.registry`` for the table."""
