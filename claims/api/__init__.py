"""The HTTP API, for the newsroom's other programs: the same actions, permissions and rules as the pages.

`access` says what each operation needs, `endpoints` how one is declared, and `routes` has the operations, by noun, with
what goes in and out in `schemas`.
"""
