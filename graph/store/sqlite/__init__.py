"""The embedded store: one file, SQLite."""
