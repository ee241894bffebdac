"""Finds the few texts among many that may be about the same thing as a given one, and ranks them."""
