"""The kernel for few tokens, where whole integer states are cheaper than a filter."""
