"""A synthesis of a meeting, a theme or a selection: quotations and counts with their references, as a document."""
