"""A run as a page for any browser: one file, a slider through the layers, exact values where one points."""
