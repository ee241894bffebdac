"""Which claims a list shows, and what of them its viewer may see: one answer for pages, bulk changes and exports."""
