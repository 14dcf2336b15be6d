"""The pages where people put right what was read: the queue of doubts, the tree, what is kept of a person."""
