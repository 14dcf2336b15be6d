"""Tables: columns and what they mean, rows as records or as nodes."""
