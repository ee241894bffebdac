"""Import the articles that feeds and sitemaps name, as their sites allow."""

from argparse import ArgumentParser
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from claims.actions import COMMAND, receive_article, workbench_account
from claims.errors import WorkbenchError
from claims.fetching import Robots
from claims.fetching.articles import article_at, feed_at
from claims.management.base import WorkbenchCommand
from claims.management.outcomes import line_of
from claims.queries.articles.duplicates import new_addresses

MOST = 50
"""How many new articles of a feed are fetched at once."""


class Command(WorkbenchCommand):
    """Addresses that are already known are not fetched again, so the command can run every few minutes.

    Exit status 0: everything new is imported. 1: something could not be fetched or read, each reported on standard
    error with the reason, and the rest are imported.
    """

    help = "Import the articles listed in RSS, Atom or JSON feeds, or in sitemaps. Each site's robots.txt is respected."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where, and how much of it."""
        parser.add_argument("addresses", nargs="+", metavar="ADDRESS", help="a feed or a sitemap")
        parser.add_argument(
            "--most",
            type=int,
            default=MOST,
            help=f"maximum new articles per feed (default: {MOST})",
        )
        parser.add_argument(
            "--pause",
            type=float,
            default=1.0,
            help="seconds between two articles, or more if the site asks for it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the feeds."""
        robots, failed = Robots(), 0
        for address in options["addresses"]:
            try:
                feed = feed_at(address, robots=robots, allow=settings.FETCH_ALLOW)
            except WorkbenchError as error:
                failed += 1
                self.stderr.write(f"{address}: {error}")
                continue
            new = new_addresses(feed.addresses)
            pause = max(options["pause"], feed.delay)
            failed += sum(not self._take(each, robots, pause) for each in new[: options["most"]])
        if failed:
            raise CommandError(f"{failed} could not be fetched or read.", returncode=1)

    def _take(self, address: str, robots: Robots, pause: float) -> bool:
        """Import one article, then wait. Returns whether it is here now."""
        try:
            draft = article_at(address, allow=settings.FETCH_ALLOW, robots=robots)
            result = receive_article(actor=workbench_account(), draft=draft, policy=COMMAND)
        except WorkbenchError as error:
            self.stderr.write(f"{address}: {error}")
            return False
        finally:
            sleep(pause)
        self.stdout.write(f"{address}: {line_of(result)}")
        return True
