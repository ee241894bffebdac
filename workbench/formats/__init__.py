"""The default formats of dates and times, the same as on the desk's pages."""
