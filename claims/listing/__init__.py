"""Which claims a list shows: one answer for pages, bulk changes and exports."""
