"""Fit the learned model to an annotated corpus. Nothing here is needed at run time."""
