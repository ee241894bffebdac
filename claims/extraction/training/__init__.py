"""Fit the learned reader to an annotated corpus. Nothing here is needed at run time."""
