"""The read side: what pages, commands and actions ask of the database. It changes nothing and knows no request."""
