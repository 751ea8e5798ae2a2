"""Softmax layers of a temperature beside the hardmax run: the certificate, and one step of the bounds."""
