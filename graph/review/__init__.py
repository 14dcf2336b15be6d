"""What a person is asked to look at, and the record of what they said."""
