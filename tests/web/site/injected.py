"""A newsroom with a script in every field."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Source
from tests.web import world

SCRIPT = (
    "</script></title></textarea>\"'><b data-injected><img src=x onerror=injected()>"
    "<script>injected()</script>{{ 7*7 }}"
)
"""Breaks out of elements, attributes and scripts. Shorter than any name may be."""


def newsroom_of_scripts(
    settings: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> world.World:
    """Make it; `maker` is its superuser."""
    settings.DATA_DIR = folder
    monkeypatch.setattr(world, "MARK", SCRIPT)
    monkeypatch.setattr(world, "TEXT", world.TEXT.replace("Zanzibolt", SCRIPT))
    maker = User.objects.create_superuser("maker", first_name=SCRIPT, last_name=SCRIPT)
    made = world.make(maker)
    Source.objects.update(
        note=SCRIPT, organisation=SCRIPT, country=SCRIPT[:100], links="javascript:injected()"
    )
    return made
