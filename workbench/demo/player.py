"""Plays the demo's life: every step at its time, in its person's name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from inspect import signature
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from claims import extraction
from workbench.demo import script
from workbench.demo.clock import at
from workbench.demo.desk import Desk, Split
from workbench.demo.script import Step
from workbench.demo.step_kinds import STEP_KINDS
from workbench.demo.timetable import Timetable

_UNTOLD = {"at": "3 Fri 18:00", "who": "Odile"}
"""When articles that no step names come in, and who adds them."""


class LifeError(Exception):
    """A step of the demo's life cannot be performed as written."""


def play(
    people: dict[str, User],
    *,
    seeds: Path,
    today: date,
    say: Callable[[str], None],
    split: Split = extraction.extract,
) -> None:
    """Play three weeks that end shortly before today. The same day gives the same weeks.

    Args:
        people: the accounts by first name.
        seeds: the folder of the articles.
        today: the day on which the demo is made.
        say: receives a message for each article that came in.
        split: finds the claims in a text.

    Raises:
        LifeError: if a step cannot be performed; it says which, and why.
    """
    desk = Desk(seeds=seeds, split=split, people=people)
    for moment, step in in_order(steps_for(seeds), today):
        try:
            with at(moment):
                perform = STEP_KINDS[step.do]
                perform(desk, people[step.who], **_keywords(perform, step))
        except Exception as error:
            raise LifeError(f"{step}: {error}") from error
        if step.do == "receive":
            say(f"{_keywords(perform, step)['article']}: imported")


def _keywords(perform: Callable[..., None], step: Step) -> dict[str, Any]:
    asked_for = signature(perform).parameters
    return {name: step.above[name] for name in step.above.keys() & asked_for} | dict(step.told)


def in_order(steps: list[Step], today: date) -> list[tuple[datetime, Step]]:
    """Return the steps with their moments, the earliest first."""
    timetable = Timetable((step.at for step in steps), today)
    timed = [(timetable.moment(step.at) + timedelta(minutes=step.minutes), step) for step in steps]
    return sorted(timed, key=lambda one: one[0])


def steps_for(seeds: Path) -> list[Step]:
    """Return all steps, and one for each article in the folder that they do not mention."""
    return [*script.steps(), *_untold(seeds)]


def _untold(seeds: Path) -> list[Step]:
    told = {
        {**step.above, **step.told}.get("article")
        for step in script.steps()
        if step.do == "receive"
    }
    step = Step("player.py", _UNTOLD["at"], _UNTOLD["who"], "receive", {})
    untold = sorted({path.stem for path in seeds.glob("*.md")} - told)
    return [
        replace(step, told={"article": name}, minutes=place) for place, name in enumerate(untold)
    ]
