"""The learned model: who says what, by a small encoder instead of grammar and rules."""
