"""Certificates: what each statement's decision returns, in the envelope that the checker reads."""
