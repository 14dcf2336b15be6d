"""The course of the meetings: their series, how themes move, what became of proposals, what is kept for the next."""
