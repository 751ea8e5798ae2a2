"""Many reviews at once: what a trained model's leaders say, and whether floats changed anything."""
