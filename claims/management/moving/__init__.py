"""Moving a workbench's database from SQLite to PostgreSQL.

Each table is copied in chunks of rows, in the order of their primary keys. A chunk is one transaction, together with a
note of what it holds, so that an interrupted move goes on after the last complete chunk. What is sent is written exactly
as PostgreSQL writes it out itself: a chunk has arrived if PostgreSQL's text of it has the digest of the text that was sent.
"""
