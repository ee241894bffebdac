"""Figures of two statements: which of them are for one thing, and what one says of the other."""
