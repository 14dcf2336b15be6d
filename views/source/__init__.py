"""Sources: a document, its text, its tree, what was found in it."""
