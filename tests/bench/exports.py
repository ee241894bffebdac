"""`make bench-exports ROWS=1000000`: the claims of a list as CSV, JSON Lines and XLSX, and a report of 1,000 as PDF.

Makes the archive of `tests.bench.archive` in a temporary folder, writes each file in a separate process, as the worker
does, and has the `sqlite3` program write the same rows as CSV: that is the limit.
"""

import argparse
import importlib
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import django

from tests.bench.database import environment
from tests.bench.figures import Figure, tell

SHARE, MEGABYTES, FIRST_BYTE, PDF = 0.25, 150, 0.5, 2.0
"""The aims: CSV's share of the limit, the most memory, the seconds to the first byte, and how many times as long as
Typst alone the PDF may take: two seconds at the pace at which Typst takes one."""
PDF_CLAIMS = 1_000
TURNS = 3

# What `claims.queries.exports` reads, in one query.
SAME_ROWS = """.mode csv
.headers on
SELECT c.id, r.article_id, a.headline, o.name, a.url, a.published_at, c.quote, c.statement, s.name, c.source_kind, c.role,
       c.told_to, c.quotation, c.checkworthiness, iif(c.checkable, 'yes', 'no'), c.review_status, c.verdict,
       d.reason, d.actor_name, d.decided_at, x.claim_id,
       (SELECT count(*) FROM claims_evidence e WHERE e.claim_id = c.id),
       iif(EXISTS (SELECT 1 FROM claims_claim g WHERE g.group_id = c.group_id AND g.id <> c.id), c.group_id, NULL),
       (SELECT group_concat(m.relation || m.state || m.other_id, char(10)) FROM (
          SELECT relation, state, earlier_id AS other_id FROM claims_claimmatch WHERE later_id = c.id
          UNION ALL SELECT relation, state, later_id FROM claims_claimmatch WHERE earlier_id = c.id) m)
FROM claims_claim c
JOIN claims_revision r ON r.id = c.revision_id
JOIN claims_article a ON a.id = r.article_id
LEFT JOIN claims_outlet o ON o.id = c.outlet_id
LEFT JOIN claims_source s ON s.id = c.source_id
LEFT JOIN claims_decision d ON d.id = (SELECT max(n.id) FROM claims_decision n WHERE n.claim_id = c.id)
LEFT JOIN claims_decision x ON x.id = d.origin_id
WHERE NOT c.dismissed AND c.checkable
ORDER BY c.listed_at DESC, c.id DESC;
"""


def main() -> int:
    """Measure. Returns the exit status, 0 even if a target is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000, help="claims in the archive")
    options.add_argument("--part", help="what to measure in a separate process")
    chosen = options.parse_args()
    if chosen.part:
        django.setup()
        sys.stdout.write(json.dumps(PARTS[chosen.part.partition(":")[0]](chosen.part, chosen.rows)))
        return 0
    with tempfile.TemporaryDirectory() as data:
        figures = _measured(chosen.rows, data)
    tell("exports", list(_figures(figures, chosen.rows)), where="SQLite")
    return 0


def _figures(found: dict[str, float], rows: int) -> Iterator[Figure]:
    command = f"make bench-exports ROWS={rows}"
    for key, name in (("csv", "CSV"), ("jsonl", "JSON Lines"), ("xlsx", "XLSX")):
        yield Figure(
            name=f"claims as {name}",
            value=found[f"{key}.claims_a_second"],
            unit="claims a second",
            command=command,
            peer="the sqlite3 program, as CSV",
            beside=found.get("sqlite3.claims_a_second"),
            least=SHARE if key == "csv" and "sqlite3.claims_a_second" in found else None,
        )
        yield Figure(f"memory of {name}", found[f"{key}.megabytes"], "MB", command, most=MEGABYTES)
    first = found["csv.first_byte_seconds"]
    yield Figure("first byte of CSV", first, "s", command, most=FIRST_BYTE)
    pages = f"report of {found['pdf.claims']:,.0f} claims as PDF"
    yield Figure(
        name=pages,
        value=found["pdf.seconds"],
        unit="s",
        command=command,
        peer="Typst alone",
        beside=found["pdf.typst_seconds"],
        most=PDF,
    )


def _measured(rows: int, data: str) -> dict[str, float]:
    def part(name: str) -> dict[str, float]:
        command = [
            sys.executable,
            "-m",
            "tests.bench.exports",
            "--rows",
            str(rows),
            "--part",
            name,
        ]
        run = subprocess.run(command, env=environment(data), check=True, stdout=subprocess.PIPE)
        return dict(json.loads(run.stdout))

    figures = part("build")
    limits, rates = [], []
    for _turn in range(TURNS):
        # By turns: the machine's pace changes.
        if limit := _sqlite3(data, figures["claims"]):
            limits.append(limit)
        found = part("table:csv")
        rates.append(found["csv.claims_a_second"])
    figures |= found | {"csv.claims_a_second": statistics.median(rates)}
    if limits:
        figures["sqlite3.claims_a_second"] = statistics.median(limits)
    for name in ("table:jsonl", "table:xlsx", "pdf"):
        figures |= part(name)
    return figures


def _sqlite3(data: str, claims: float) -> float | None:
    """How many rows a second the `sqlite3` program writes; None where there is none."""
    program = shutil.which("sqlite3")
    if program is None:
        return None
    begun = perf_counter()
    subprocess.run(
        [program, "-readonly", str(Path(data) / "workbench.sqlite3")],
        input=SAME_ROWS.encode(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return round(claims / (perf_counter() - begun))


def _build(_part: str, rows: int) -> dict[str, float]:
    archive = importlib.import_module("tests.bench.archive")
    management = importlib.import_module("django.core.management")
    models = importlib.import_module("claims.models")
    management.call_command("migrate", verbosity=0)
    archive.build(archive.Sizes(rows))
    db = importlib.import_module("django.db")
    with db.connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        # The sqlite3 program reads the file alone.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {"claims": models.Claim.objects.active().count()}


def _table(part: str, _rows: int) -> dict[str, float]:
    key = part.partition(":")[2]
    exports = importlib.import_module("claims.renderers")
    listing = importlib.import_module("claims.queries.exports")
    claims = importlib.import_module("claims.models").Claim.objects.active()
    people = importlib.import_module("django.contrib.auth.models").User.objects
    with Memory() as memory:
        begun = perf_counter()
        first = 0.0
        rows = listing.Rows(claims, people.get(username="editor3"))
        for number, _piece in enumerate(exports.writer_of_tables(key)(rows.table())):
            if number == 0:
                first = perf_counter() - begun
        took = perf_counter() - begun
    return {
        f"{key}.claims_a_second": round(len(rows) / took),
        f"{key}.megabytes": memory.most,
        f"{key}.first_byte_seconds": round(first, 2),
    }


def _pdf(_part: str, _rows: int) -> dict[str, float]:
    exports = importlib.import_module("claims.renderers")
    actions = importlib.import_module("claims.actions")
    claims = importlib.import_module("claims.models").Claim.objects.active()
    chosen = claims.filter(pk__in=claims.order_by("pk").values("pk")[:PDF_CLAIMS])
    edition = importlib.import_module("claims.queries.reports.editions").report_of(
        actor=actions.workbench_account(), claims=chosen, title="Claims"
    )
    pdf = importlib.import_module("claims.renderers.documents.pdf")
    whole, alone, size = [], [], 0
    for _turn in range(TURNS):
        # By turns: the machine's pace changes.
        begun = perf_counter()
        size = sum(map(len, exports.get("pdf").write(edition)))
        whole.append(perf_counter() - begun)
        data = pdf.data_of(edition)
        begun = perf_counter()
        pdf.set_in_type(data, edition.report.issued_at, "ua-1")
        alone.append(perf_counter() - begun)
    return {
        "pdf.claims": len(edition.report.lines),
        "pdf.seconds": round(statistics.median(whole), 2),
        "pdf.typst_seconds": round(statistics.median(alone), 2),
        "pdf.megabytes": round(size / 1_000_000, 1),
    }


class Memory:
    """The most memory of its own that this process holds meanwhile, in megabytes; not what it maps of the database."""

    def __enter__(self) -> "Memory":
        self.most = 0
        self._ended = Event()
        self._watch = Thread(target=self._look)
        self._watch.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._ended.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._ended.wait(0.05):
            status = Path("/proc/self/status").read_text(encoding="ascii")
            held = next(line for line in status.splitlines() if line.startswith("RssAnon"))
            self.most = max(self.most, int(held.split()[1]) // 1024)


PARTS: dict[str, Callable[[str, int], dict[str, float]]] = {
    "build": _build,
    "table": _table,
    "pdf": _pdf,
}


if __name__ == "__main__":
    sys.exit(main())
