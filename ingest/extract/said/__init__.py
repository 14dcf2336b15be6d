"""What the rules on statements share: announcing lines, clauses, wording, who speaks."""
