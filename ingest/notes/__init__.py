"""The grammar of notes: how lines of text become headings, bullets, tables, quotations and paragraphs."""
