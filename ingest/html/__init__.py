"""HTML as text."""
