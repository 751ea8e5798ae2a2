"""Around a hunt: who does the work, where results are kept, how the question is read and the answer told."""
