"""Claims about softmax layers of a temperature beside the hardmax run."""
