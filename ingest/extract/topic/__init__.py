"""What the rule on themes stands on: the thesaurus and noun phrases."""
