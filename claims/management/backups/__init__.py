"""Backups of a whole workbench, its database and its files, and moving the database to PostgreSQL.

A backup is a folder with a copy of the database, the stored files, a list of their SHA-256 digests that `sha256sum --check`
reads, and a manifest. It can be checked and copied without this program. Files that have not changed since the backup
before are hard links to it: each folder is complete, and can be deleted alone.
"""
