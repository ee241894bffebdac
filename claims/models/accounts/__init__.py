"""Accounts: what is kept of logins, the tokens of programs, and names that were removed."""
