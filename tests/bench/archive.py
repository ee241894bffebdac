"""A made-up archive of any size for `make bench-lists`: always the same rows for the same number.

Rows are inserted directly, bypassing the actions, which would take hours for a million claims. What the actions keep in
sync is written in sync here; the benchmark asks `Claim.objects.with_stale_copies()` before it measures.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.color import no_style
from django.db import connection, models, transaction

from claims.choices import MatchRelation, Quotation, ReviewStatus, SourceKind, Verdict
from claims.models import (
    Article,
    Claim,
    ClaimMatch,
    Decision,
    Desk,
    Evidence,
    Outlet,
    Revision,
    Source,
    Tag,
)

Row = dict[str, Any]

PER_ARTICLE = 20
PER_SOURCE = 50
"""Claims for each source, if all sources spoke alike."""
LOUDEST = 20
"""The loudest source, the first one, makes one claim in so many."""
OUTLETS, DESKS, TAGS, EDITORS = 200, 9, 12, 10
NOW = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
"""When the last article was published: the rows are the same every day but for their days."""
COMMON = [
    "government",
    "said",
    "more",
    "people",
    "need",
    "work",
    "after",
    "that",
    "bridge",
    "was",
    "new",
]
"""Words of every eighth claim and more."""
RARE = ("Łódź", "Kröna", "café")
"""Words of one claim in some thousand, with letters that are found without their marks."""
_VERDICTS = (Verdict.PENDING.value, Verdict.VERIFIED.value, Verdict.DISPUTED.value)
"""The verdicts, the most frequent first."""
NEARLY = 12_500
"""A number of claims of which, without the inactive tenth, somewhat fewer than 12,000 are left."""
RARE_ROLE, RARE_DESK = "the lighthouse keeper", DESKS
"""A role and a desk that this many claims have in every archive of more than forty thousand."""
DAYS = 1095
"""The number of days over which the articles are evenly spread."""
_AT_ONCE = 1000
"""Articles that are written together."""
_SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
]


@dataclass(frozen=True)
class Sizes:
    """How many rows of what, for a number of claims."""

    claims: int

    @property
    def articles(self) -> int:
        return max(1, self.claims // PER_ARTICLE)

    @property
    def rare(self) -> float:
        """The probability of what applies to `NEARLY` claims in every large archive, almost as many as are counted."""
        return min(0.3, NEARLY / self.claims)

    @property
    def sources(self) -> int:
        return max(2, self.claims // PER_SOURCE)


def build(sizes: Sizes) -> None:
    """Fill an empty, migrated database."""
    chance = Random(sizes.claims)
    group = Group.objects.get(name="editor")
    editors = [
        User.objects.create_user(f"editor{number}", is_staff=True) for number in range(EDITORS)
    ]
    for one in editors:
        one.groups.add(group)
    kinds = [chance.choice(SourceKind.values) for _source in range(sizes.sources)]
    with transaction.atomic():
        for model, number in ((Outlet, OUTLETS), (Desk, DESKS), (Tag, TAGS)):
            _insert(model, (_named(model.__name__, pk) for pk in range(1, number + 1)))
        _insert(
            Source,
            ({**_named(word(pk).title(), pk), "kind": kind} for pk, kind in enumerate(kinds, 1)),
        )
    writer = _Writer(sizes, kinds, [one.pk for one in editors], chance)
    for first in range(0, sizes.articles, _AT_ONCE):
        with transaction.atomic():
            writer.write(range(first, min(first + _AT_ONCE, sizes.articles)))
    _number_on(_NUMBERED)


def word(number: int) -> str:
    """The invented word of a number."""
    letters = ""
    while number or not letters:
        number, place = divmod(number, len(_SYLLABLES))
        letters += _SYLLABLES[place]
    return letters


def _named(what: str, pk: int) -> Row:
    name = f"{what} {word(pk * 13).title()} {pk}"
    return {"id": pk, "name": name, "name_key": name.casefold()}


class _Writer:
    """Writes articles with their claims, decisions, evidence and tags."""

    def __init__(self, sizes: Sizes, kinds: list[str], editors: list[int], chance: Random) -> None:
        self.sizes, self.kinds, self.editors, self.chance = sizes, kinds, editors, chance
        # As in every language, how often a word is used falls with its rank (Zipf).
        self.words = [*COMMON, *(word(number + 400) for number in range(20_000))]
        self.weights = list(accumulate(1 / (rank + 4) for rank in range(len(self.words))))

    def write(self, numbers: range) -> None:
        """Write some articles whole."""
        articles = [self._article(number) for number in numbers]
        _insert(Article, articles)
        _insert(Revision, map(self._revision, articles))
        claims = [self._claim(one, place) for one in articles for place in range(PER_ARTICLE)]
        _insert(Claim, claims)
        decided = [claim for claim in claims if claim["decided_at"]]
        _insert(Decision, map(self._decision, decided))
        _insert(Evidence, (self._evidence(one) for one in decided if one["id"] % 10 == 0))
        tagged = (claim for claim in claims if claim["id"] % 50 == 0)
        _insert(
            Claim.tags.through,
            ({"claim": one["id"], "tag": 1 + one["id"] // 50 % TAGS} for one in tagged),
        )
        _insert(ClaimMatch, filter(None, (_match(claim["id"]) for claim in claims)))

    def _some(self, number: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=number))

    def _article(self, number: int) -> Row:
        back = timedelta(days=DAYS) * (1 - (number + 1) / self.sizes.articles)
        at = NOW - back - timedelta(seconds=number % 60)
        chance = self.chance
        return {
            "id": number + 1,
            "headline": self._some(8).capitalize(),
            "outlet": 1 + int(OUTLETS * self.chance.random() ** 2),
            "desk": RARE_DESK if chance.random() < self.sizes.rare else 1 + number % (DESKS - 1),
            "published_at": at,
            "imported_at": at,
            "changed_at": at,
            "imported_by": self.editors[0],
            "fingerprint": f"{number:064x}",
        }

    @staticmethod
    def _revision(article: Row) -> Row:
        return {
            "id": article["id"],
            "article": article["id"],
            "body": article["headline"],
            "digest": article["fingerprint"],
            "created_at": article["imported_at"],
        }

    def _claim(self, article: Row, place: int) -> Row:
        chance, pk = self.chance, (article["id"] - 1) * PER_ARTICLE + place + 1
        statement = self._some(14).capitalize()
        if pk % 1009 == 0:
            statement += f" {RARE[pk % len(RARE)]} {word(pk % 97 + 400)}"
        quotation = chance.choices(Quotation.values, weights=(25, 15, 40, 20))[0]
        source = None if quotation == Quotation.NARRATION else self._source()
        verdict = chance.choices(_VERDICTS, weights=(60, 30, 10))[0]
        decided = verdict != Verdict.PENDING
        touched = decided or chance.random() < 0.1
        at = article["published_at"] + timedelta(hours=200 * chance.random()) if touched else None
        process = (
            chance.choices(ReviewStatus.values, weights=(960, 15, 20, 5))[0]
            if decided
            else ReviewStatus.OPEN
        )
        return {
            "id": pk,
            "revision": article["id"],
            "spans": f"[[{place * 100}, {place * 100 + 80}]]",
            "quote": statement,
            "statement": statement,
            "quotation": quotation,
            "attribution": place,
            "source": source,
            "role": _role(chance, self.sizes.rare) if source else "",
            "checkworthiness": round(chance.random() ** 2, 3),
            "verdict": verdict,
            "checkable": chance.random() < 0.9,
            "dismissed": chance.random() < 0.01,
            "review_status": process,
            "blind": process == ReviewStatus.WAITING and pk % 40 == 0,
            "assigned_to": chance.choice(self.editors) if chance.random() < 0.01 else None,
            "version": 2 if touched else 1,
            "touched_at": at,
            "decided_at": at if decided else None,
            "review_by": NOW.date() if decided and pk % 100 == 1 else None,
            "listed_at": article["published_at"],
            "outlet": article["outlet"],
            "source_kind": self.kinds[source - 1] if source else "",
        }

    def _source(self) -> int:
        # Most speak seldom, few often; the first one alone makes its share of all claims.
        if self.chance.random() < 1 / LOUDEST / 0.8:
            return 1
        return 1 + int(self.sizes.sources * self.chance.random() ** 2)

    def _decision(self, claim: Row) -> Row:
        editor = self.editors[claim["id"] % EDITORS]
        return {
            "claim": claim["id"],
            "verdict": claim["verdict"],
            "previous_verdict": Verdict.PENDING,
            "reason": "As the document says.",
            "actor": editor,
            "actor_name": f"Editor {editor}",
            "decided_at": claim["decided_at"],
            "version": 2,
        }

    def _evidence(self, claim: Row) -> Row:
        return {
            "claim": claim["id"],
            "title": "A report",
            "url": "https://example.org/report",
            "added_by": self.editors[0],
            "looked_up": claim["decided_at"].date(),
            "added_at": claim["decided_at"],
        }


def _match(later: int) -> Row | None:
    """What a claim has to do with an earlier one, if anything: one in twelve says the same, fewer contradict one."""
    earlier, relation = later // 2, MatchRelation.SAME
    if later % 500 == 11:
        earlier = 1  # what is said again and again
    elif later % 100 == 7:
        relation = MatchRelation.CONTRADICTS
    elif later % 400 == 9:
        relation = MatchRelation.SUPERSEDES
    elif later % 12 != 5:
        return None
    return {
        "earlier": earlier,
        "later": later,
        "relation": relation.value,
        "score": 0.9,
        "made_from": "f" * 32,
        "proposed_at": NOW,
        "challenges": relation != MatchRelation.SAME,
    }


def _role(chance: Random, rare: float) -> str:
    """The role of a source, which four in five claims have."""
    drawn = 0.8 * chance.random()
    if drawn < rare:
        return RARE_ROLE
    return "the transport minister" if drawn > 0.53 else ""


def _insert(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Insert rows, by the names of their fields; what a row leaves out is the field's default."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and not (field.primary_key and model not in _NUMBERED)
    ]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    defaults = {field.name: field.get_default() for field in fields}
    moments = {field.name for field in fields if isinstance(field, models.DateTimeField)}

    def values(row: Row) -> Iterator[Any]:
        for field in fields:
            value = row.get(field.name, defaults[field.name])
            if field.name in moments:
                value = connection.ops.adapt_datetimefield_value(value)
            yield "[]" if value == [] else value

    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})",
            (tuple(values(row)) for row in rows),
        )


_NUMBERED = {Outlet, Desk, Tag, Source, Article, Revision, Claim}
"""Tables whose rows bring their numbers."""


def _number_on(tables: Iterable[type[models.Model]]) -> None:
    """Let the database count on from the numbers that the rows brought."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)
