"""Exact linear programs: floats guess, exact arithmetic proves."""
