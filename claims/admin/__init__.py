"""Data entry with Django's admin. Logs are shown but never edited; all saving goes through the actions.

`claims` and `records` are what people enter, `entry` how it is saved; `logs` is what they only read, `tasks` the work
of the workers, `newsroom` and `accounts` the desk itself and those who work there; `import_export` brings records in
and out as files.
"""

from claims.admin import accounts, claims, logs, newsroom, records, tasks

__all__ = ["accounts", "claims", "logs", "newsroom", "records", "tasks"]
