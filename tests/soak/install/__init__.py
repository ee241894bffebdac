"""`make soak-install`: the manual's way from a bare Debian to a desk, and through its whole life."""
