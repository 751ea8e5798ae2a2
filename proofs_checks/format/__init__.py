"""The format: texts, numbers and claims as they are read, and how they are refused."""
