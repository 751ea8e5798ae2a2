"""A trained model, its vocabulary and its reviews, as they are read from files."""
