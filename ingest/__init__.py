"""From files to fragments: readers, extraction, resolution, and the jobs that run them. Imports nothing here."""
