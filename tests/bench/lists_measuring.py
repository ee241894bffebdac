"""The measurements of `make bench-lists` for one archive, in a separate process."""

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, sleep

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.actions import decide_claim, preview_bulk_change, start_bulk_change
from claims.actions.maintenance import count_all_days
from claims.choices import ChangeAction, JobStatus, Verdict
from claims.models import BulkChange, Claim
from claims.models.base.keyset import KeysetList
from claims.models.claims.blind import open_to_all
from claims.queries.claims.filters import ClaimFilter
from claims.queries.claims.verdict_counts import count_verdicts
from claims.web.components import paging
from tests.bench.archive import (
    COMMON,
    NOW,
    PER_ARTICLE,
    RARE,
    RARE_DESK,
    RARE_ROLE,
    Sizes,
    build,
    word,
)
from tests.printing import say
from workbench.server import settle

_SINGLE = 0.1
"""Seconds between two decisions of an editor while others are changed in the background."""


def measure(claims: int, *, rounds: int, bulk: bool) -> dict[str, float]:
    """Build an archive of so many claims and ask for everything. Returns milliseconds (medians) and queries by name."""
    sizes = Sizes(claims)
    figures = _built(sizes)
    editor = User.objects.get(username="editor3")
    client = Client()
    client.force_login(editor)
    settle()
    say(f"{'':28} {'ms':>8} {'queries':>8}")
    for name, address in _pages(sizes):
        took, queries = _timed(lambda address=address: _opened(client, address), rounds)
        figures |= {f"{name}.ms": took, f"{name}.queries": queries}
        say(f"{name:28} {took:>8.1f} {queries:>8}")
    return {**figures, **_counts(editor, sizes, rounds), **(_bulk(editor, sizes) if bulk else {})}


def _built(sizes: Sizes) -> dict[str, float]:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    begun = perf_counter()
    build(sizes)
    took = perf_counter() - begun
    for _done, _total in count_all_days():
        pass
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    newest = Claim.objects.order_by("-pk")[:5000].values("pk")
    if Claim.objects.with_stale_copies().filter(pk__in=newest).exists():
        raise RuntimeError("the archive's claims differ from their articles and sources")
    say(
        f"\n{sizes.claims:,} claims in {sizes.articles:,} articles of {sizes.sources:,} sources"
        f" on {connection.vendor}: built in {took:.0f} s, {sizes.claims / took:,.0f} claims a second"
    )
    return {"build.claims_a_second": round(sizes.claims / took)}


def _pages(sizes: Sizes) -> Iterator[tuple[str, str]]:
    claims = reverse("claims")
    yield "first page", claims
    yield "deep page", f"{claims}?page={_place(sizes)}"
    month = {"from": NOW.replace(day=1).date(), "to": NOW.date()}
    filters = {
        "verdict": "verdict=disputed",
        "review_status": "review_status=waiting",
        "source": "source=7",
        "loudest source": "source=1",
        "source kind": "kind=minister",
        "role": "role=transport+minister",
        "outlet": "outlet=5",
        "article": f"article={sizes.articles // 2}",
        "published": "published_from={from}&published_to={to}".format(**month),
        "decided": "decided_from={from}&decided_to={to}".format(**month),
        "assigned": f"assigned={User.objects.get(username='editor5').pk}",
        "assigned to nobody": "assigned=nobody",
        "quotation": "quotation=direct",
        "check-worthiness": "worth=0.95",
        "evidence": "evidence=yes",
        "untouched": "touched=no",
        "tag": "tag=3",
        "desk": "desk=3",
        "dismissed": "state=dismissed",
        "seen before": "match=seen",
        "checked before": "match=checked",
        "contradicted": "match=contradicted",
        "superseded": "match=superseded",
        "due for review": "review=due",
        "old verdict": "review=old",
    }
    for name, query in filters.items():
        yield f"filter {name}", f"{claims}?{query}"
    yield "three filters", f"{claims}?verdict=disputed&kind=minister&outlet=5"
    for column in ("published", "decided", "touched", "worth", "statement"):
        yield f"sort {column}", f"{claims}?sort={column}"
    yield "search, two words", f"{claims}?q={RARE[0].lower()}+{word(20_300)}"
    yield "search, common words", f"{claims}?q={COMMON[0]}+{COMMON[1]}"
    yield "loudest source's page", reverse("source", args=[1])
    yield "sources", reverse("sources")
    yield "home", reverse("dashboard")
    yield "statistics, 12 weeks", reverse("statistics")
    yield "statistics, 52 weeks", f"{reverse('statistics')}?weeks=52"
    yield (
        "statistics, three filters",
        f"{reverse('statistics')}?weeks=52&outlet=5&desk=3&kind=minister",
    )


def _place(sizes: Sizes) -> str:
    """The link to a page nine tenths down the list."""
    at = Claim.objects.get(pk=sizes.claims // 10 // PER_ARTICLE * PER_ARTICLE + 1)
    listed = KeysetList(Claim.objects.all(), "-listed_at", always_set=False, size=paging.PER_PAGE)
    return listed._token(at, back=False)


def _opened(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _timed(step: Callable[[], object], rounds: int) -> tuple[float, int]:
    times = []
    for number in range(rounds + 1):
        begun = perf_counter()
        step()
        if number:  # the first one fills what is kept between requests
            times.append(1000 * (perf_counter() - begun))
    with CaptureQueriesContext(connection) as queries:
        step()
    return round(statistics.median(times), 1), len(queries)


def _counts(viewer: User, sizes: Sizes, rounds: int) -> dict[str, float]:
    """How long the counts take for filters that read the claims' rows, without the page around them."""
    figures: dict[str, float] = {}
    for name, query in _counted(sizes).items():
        chosen = ClaimFilter.of_query(query, viewer)
        chosen.is_valid()
        claims = open_to_all(chosen.to_count())
        took, queries = _timed(lambda claims=claims: count_verdicts(claims.all()), rounds)
        numbers = count_verdicts(claims).values()
        matched = sum(one.number for one in numbers)
        about = "about " if any(one.is_estimate for one in numbers) else ""
        figures |= {f"counts {name}.ms": took, f"counts {name}.queries": queries}
        say(f"counts {name:21} {took:>8.1f} {queries:>8}   {about}{matched:,} claims")
    return figures


def _counted(sizes: Sizes) -> dict[str, str]:
    """Filters that no index can count, most of which match almost as many claims as are counted one by one."""
    return {
        "role": f"role={RARE_ROLE.replace(' ', '+')}",
        # Check-worthiness is the square of a random number.
        "worth": f"worth={(1 - min(0.9, sizes.rare)) ** 2:.3f}",
        "desk": f"desk={RARE_DESK}",
        "seen before": "match=seen",
        "contradicted": "match=contradicted",
    }


def _bulk(actor: User, sizes: Sizes) -> dict[str, float]:
    """Verify a tenth of all claims in the background, while an editor decides others one by one."""
    wanted = sizes.claims // 10
    pending = Claim.objects.active().pending().exclude(review_status="waiting")
    last = list(pending.order_by("pk").values_list("pk", flat=True)[wanted - 1 : wanted])
    others = list(pending.order_by("-pk").values_list("pk", flat=True)[:2000])
    begun = perf_counter()
    bulk_change = preview_bulk_change(
        actor=actor,
        action=ChangeAction.DECIDE,
        fields={"verdict": Verdict.VERIFIED},
        claims=pending.filter(pk__lte=last[0]),
        note="As the document says.",
    )
    listing = perf_counter() - begun
    start_bulk_change(actor=actor, bulk_change_id=bulk_change.pk)
    begun = perf_counter()
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--batch"], stderr=subprocess.DEVNULL
    )
    waits, memory = [], 0
    for pk in others:
        if worker.poll() is not None:
            break
        started = perf_counter()
        decide_claim(
            actor=actor,
            claim_id=pk,
            version=Claim.objects.get(pk=pk).version,
            verdict=Verdict.VERIFIED,
        )
        waits.append(1000 * (perf_counter() - started))
        memory = _memory(worker.pid) or memory
        sleep(_SINGLE)
    worker.wait(timeout=3600)
    took = perf_counter() - begun
    bulk_change = BulkChange.objects.get(pk=bulk_change.pk)
    if bulk_change.status != JobStatus.DONE:
        raise RuntimeError(f"the bulk change is {bulk_change.status}: {bulk_change.error}")
    figures = {
        "bulk.claims": bulk_change.changed,
        "bulk.listing_seconds": round(listing, 1),
        "bulk.claims_a_second": round(bulk_change.changed / took),
        "bulk.worker_megabytes": memory,
        "bulk.other_decisions": len(waits),
        "bulk.other_decision_median_ms": round(statistics.median(waits), 1),
        "bulk.other_decision_worst_ms": round(max(waits), 1),
    }
    for name, value in figures.items():
        say(f"{name:34} {value:>10,}")
    return figures


def _memory(process: int) -> int:
    """The most memory that a process has held so far, in megabytes; 0 once it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    peak = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak[0]) // 1024 if peak else 0
