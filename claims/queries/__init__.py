"""The read side: what pages, commands and actions ask the database. It changes nothing and knows no requests."""
