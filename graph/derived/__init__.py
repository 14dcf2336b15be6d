"""What every store derives from claims and decisions, how it is written and how it is proved. Pure."""
