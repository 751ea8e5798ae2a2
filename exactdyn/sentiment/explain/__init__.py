"""One review explained: its run as a table, a picture, a page, an example."""
