"""Softmax in continuous time: balls, series, attention, enclosures up to T, then a module a lemma."""
