"""How commands name a person, and write down what is kept of one."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Field, Model, QuerySet

from claims.models import Source
from claims.queries.personal_data.kept import Kept, rows_of_account, rows_of_source

_SECRET = frozenset(
    {
        "auth.User.password",
        "mfa.Authenticator.data",
        "usersessions.UserSession.session_key",
        "claims.AccessToken.digest",
        "claims.NoticeChannel.address",
    }
)
"""What opens the account, or could be guessed from: no file outside the database has it."""
_AT_ONCE = 2_000
"""Rows that are read together: memory is the same however many there are."""

_ABOUT = """# What is kept of a person

`person.json` is one object: each key is a table, each value an array of its rows, the oldest first. A row has the fields
below. A field that refers to another table has that row's `id`. Times are in UTC. Passwords, second factors, tokens and what the
program computes for its own use are left out.
"""


def add_person(parser: ArgumentParser) -> None:
    """Add the options that name a person."""
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--account", metavar="NAME", help="the user name of an account")
    whose.add_argument(
        "--source",
        type=int,
        metavar="NUMBER",
        help="the number of a source, as in the address of its page",
    )


def person_of(options: Mapping[str, Any]) -> User | Source:
    """Return the person that the options name.

    Raises:
        CommandError: there is none.
    """
    name, number = options["account"], options["source"]
    if name is not None:
        if account := User.objects.filter(username=name).first():
            return account
        raise CommandError(f"There is no account “{name}”.")
    if source := Source.objects.filter(pk=number).first():
        return source
    raise CommandError(f"There is no source {number}.")


def rows_of(person: User | Source) -> Kept:
    """Return the rows of a person by their models."""
    return rows_of_account(person) if isinstance(person, User) else rows_of_source(person)


def write_down(person: User | Source, folder: Path) -> dict[type[Model], int]:
    """Write all that is kept of a person into a new folder: `person.json`, and a README of its fields.

    Returns:
        How many rows there are of each model that has any.

    Raises:
        OSError: a file cannot be written, or the folder is there already.
    """
    folder.mkdir(mode=0o700)
    written: dict[type[Model], int] = {}
    with (folder / "person.json").open("w", encoding="utf-8") as file:
        for model, rows in rows_of(person).items():
            number = 0
            for row in _lines(model, rows):
                begun = ",\n" if number else f'{"," if written else "{"}\n"{_key(model)}": [\n'
                file.write(begun + row)
                number += 1
            if number:
                written[model] = number
                file.write("\n]")
        file.write("\n}\n" if written else "{}\n")
    with (folder / "README.md").open("w", encoding="utf-8") as file:
        file.write(_ABOUT)
        file.writelines(_described(model) for model in written)
    return written


def _key(model: type[Model]) -> str:
    return model._meta.label


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, BinaryField) and f"{_key(model)}.{field.name}" not in _SECRET
    ]


def _lines(model: type[Model], rows: QuerySet[Any]) -> Iterator[str]:
    names = [field.attname for field in _fields(model)]
    for values in rows.values_list(*names).iterator(chunk_size=_AT_ONCE):
        row = dict(zip(names, values, strict=True))
        yield json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)


def _described(model: type[Model]) -> str:
    """Return a table's part of the README."""
    lines = [f"\n## {_key(model)}: {model._meta.verbose_name_plural}\n"]
    for field in _fields(model):
        hint = f". {field.help_text}" if field.help_text else ""
        lines.append(f"- `{field.attname}`: {field.verbose_name}{hint}")
    return "\n".join([*lines, ""])
