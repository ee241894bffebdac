"""An archive of any length, the same every time: news from invented countries, 300 to 600 words per article."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

_FIRST_NAMES = [
    "Ada",
    "Bo",
    "Cora",
    "Dirk",
    "Edda",
    "Finn",
    "Gerda",
    "Hal",
    "Ilse",
    "Joren",
    "Kaya",
    "Lund",
    "Mira",
    "Nils",
    "Orla",
    "Per",
    "Runa",
    "Sten",
    "Tova",
    "Ulf",
]
_LAST_NAMES = [
    "Venn",
    "Tarn",
    "Lind",
    "Brask",
    "Olsar",
    "Quell",
    "Strand",
    "Morn",
    "Halvar",
    "Dremm",
    "Keld",
    "Varga",
    "Sorn",
    "Tibble",
    "Wex",
    "Arno",
    "Falk",
    "Grue",
]
_SYLLABLES = [
    "ba",
    "den",
    "far",
    "gol",
    "hem",
    "is",
    "kor",
    "lun",
    "mar",
    "nes",
    "ol",
    "pra",
    "ras",
    "ste",
    "tor",
    "ul",
    "ver",
    "win",
    "yst",
    "zel",
]
_PLACES = [
    "Ostrey",
    "Olm",
    "Varnhold",
    "Kesby",
    "Lower~Marn",
    "Tessel",
    "Brunnow",
    "Port~Ada",
    "Selmark",
    "Quay~Hill",
]
_ROLES = (
    "interior minister",
    "transport minister",
    "deputy finance minister",
    "police chief",
    "spokesperson for the harbour board",
    "professor of hydrology at the University of Ostrey",
    "member of parliament for Varnhold",
    "chief executive of Olm Ferries",
    "mayor of Kesby",
    "district judge",
)
_GROUPS = (
    "officials",
    "residents",
    "the police",
    "two engineers",
    "the water board",
    "witnesses",
    "the harbour authority",
)
_FACTS = (
    "the {n} bridges over the Olm would stay closed until {month}",
    "prices of grain in {place} had risen by {n} percent since {month}",
    "at least {n} people were hurt when a ferry struck the pier at {place}",
    "the government would spend {n} million crowns on the dam near {place}",
    "{n} houses in {place} had no drinking water after the flood of {month}",
    "the power station at {place} had failed {n} times in a year",
    "unemployment in {place} fell to {n} percent, the lowest figure since {year}",
    "no minister had visited {place} since {year}",
)  # fmt: skip
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_FRAMES = (
    "{Fact}, the {role}, {name}, said on Monday. The figure was given in a letter to the council.",
    "“{Fact},” {last} told Radio {place}. “We have counted twice, and nobody disputes it.”",
    "{name}, the {role}, denied that {fact}, and accused the opposition of inventing numbers.",
    "According to {group}, {fact}. Repairs are expected to take {n} weeks.",
    "{Group} said {fact}, but {last} warned that the worst was still to come.",
    "The report of {year}, which runs to {n} pages, found that {fact}.",
    "The road between {place} and {other} was built in {year} and carries {n} thousand cars a day.",
    "“Nobody asked us,” said {name}, {a} {role}. “{Fact}, and still nothing is done.”",
    "Asked whether {fact}, {last} said {pronoun} would not comment on rumours from {other}.",
    "{Fact}, {group} said, adding that {other} had asked for help {n} times.",
)


class _Person:
    """Someone of whom an article tells."""

    def __init__(self, dice: random.Random) -> None:
        last = dice.choice(_LAST_NAMES)
        if dice.random() < 0.6:
            last = "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 3))).title()
        self.last, self.name = last, f"{dice.choice(_FIRST_NAMES)} {last}"
        self.role, self.pronoun = dice.choice(_ROLES), dice.choice(["he", "she"])


def article(number: int) -> dict[str, str]:
    """The article of that number, as a record of an archive."""
    dice = random.Random(number)
    people = [_Person(dice) for _ in range(dice.randint(2, 4))]
    words, paragraphs = dice.randint(300, 600), []
    while sum(len(each.split()) for each in paragraphs) < words:
        paragraphs.append(_paragraph(dice, people))
    place, year = _place(dice), 1990 + number % 35
    return {
        "headline": f"{place}: {people[0].last} on what {dice.choice(_MONTHS)} brought, {number}",
        "outlet": f"The {dice.choice(_PLACES).replace('~', ' ')} Courier (fiction)",
        "byline": _Person(dice).name,
        "url": f"https://courier.example.org/{year}/{number}?utm_source=archive",
        "published": f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00+00:00",
        "body": "\n\n".join(paragraphs),
    }


def _paragraph(dice: random.Random, people: list[_Person]) -> str:
    person, group = dice.choice(people), dice.choice(_GROUPS)
    values = {
        "place": _place(dice),
        "other": _place(dice),
        "n": dice.randint(2, 97),
        "month": dice.choice(_MONTHS),
        "year": dice.randint(1931, 2020),
        "a": "an" if person.role[0] in "aeiou" else "a",
        "group": group,
        "Group": group[0].upper() + group[1:],
    } | vars(person)
    fact = dice.choice(_FACTS).format(**values)
    return dice.choice(_FRAMES).format(fact=fact, Fact=fact[0].upper() + fact[1:], **values)


def _place(dice: random.Random) -> str:
    return dice.choice(_PLACES).replace("~", " ")


def lines(articles: int, start: int = 0) -> Iterator[str]:
    """The lines of the archive's JSON Lines file."""
    for number in range(start, start + articles):
        yield json.dumps(article(number), ensure_ascii=False) + "\n"


def write(path: Path, articles: int, start: int = 0) -> Path:
    """Write an archive of so many articles."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines(articles, start))
    return path
