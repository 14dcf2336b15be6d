"""Persons as personal data: what is kept, forgetting, what a role may read."""
