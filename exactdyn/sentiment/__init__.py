"""The trained sentiment model of arXiv 2407.01602, section 4: loaded, run exactly, explained, audited."""
