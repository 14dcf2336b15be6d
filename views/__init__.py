"""Pages of the application: one file per page with a `page()`, and what they share (language, state, quotations)."""
