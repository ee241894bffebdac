"""`make soak-install`: whether the manual's commands, and nothing else, install, upgrade, save and move a desk.

In a bare Debian, the version OLD is installed by the commands of its own manual, an article is imported and an editor
decides its claims. Then the manual of today upgrades it, everything is deleted and restored from the backup, and it is
moved to PostgreSQL. After each step the desk answers, and holds the same verdicts with the same log. Needs root.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import perf_counter, sleep

from tests.markdown import tokens
from tests.printing import say
from tests.soak.editors import Person
from tests.soak.install.machine import NEEDED, Machine, bare_debian
from tests.soak.network import Host

OLD = "b037240f"
"""The first state with a manual of installing."""

PROJECT = Path(__file__).resolve().parents[3]
UNITS = "workbench-server workbench-worker workbench-backup.timer"
BODY = """The ferry to Orvo will not sail before June, the transport minister, Ada Venn, told Radio Ostrey.

“We found cracks in the hull,” she said. “Nobody was hurt.”

At least three boats were damaged, officials said."""


@dataclass
class Desk:
    """A desk on a machine, and what must not change.

    Attributes:
        machine: where it runs.
        password: the editor's.
        verdicts: how many claims have a verdict.
        log: what `verify_log` says last: how many entries there are, and the hash of the newest.
    """

    machine: Machine
    password: str = ""
    verdicts: int = 0
    log: str = ""

    def manual(self, version: str, page: str, heading: str, **values: str) -> str:
        """Run the commands under a heading of a version's manual. Returns what they print.

        Args:
            version: the number of the version, which names its folder.
            page: the page.
            heading: the heading.
            **values: what stands in them in place of their examples.
        """
        commands = under(self.machine.root / f"opt/workbench-{version}/docs/{page}", heading)
        # So the manual says: on this machine, `python manage.py` is `workbench`.
        commands = commands.replace("python manage.py", "workbench")
        for example, value in values.items():
            pattern = {"backup": r"/mnt/backups/\S+"}[example]
            commands = re.sub(pattern, value, commands)
        begun = perf_counter()
        printed = self.machine.run(commands)
        say(f"{perf_counter() - begun:6.0f} s  {heading}")
        return printed

    def check(self, when: str) -> None:
        """Have an editor log in and look, and the log verified.

        Raises:
            AssertionError: if anything is not as it was.
        """
        editor = self.editor()
        status, page = editor.ask("GET", "/claims/?verdict=verified&state=all")
        assert status == 200, status
        assert b"Orvo" in page, when
        log = self.machine.run("workbench verify_log 2>/dev/null").strip()
        self.log = self.log or log
        assert log == self.log, (when, log, self.log)
        script = "from claims.models import Decision; print(Decision.objects.count())"
        verdicts = int(self.machine.run(f'workbench shell --verbosity 0 --command "{script}"'))
        self.verdicts = self.verdicts or verdicts
        assert verdicts == self.verdicts > 0, (when, verdicts, self.verdicts)
        failed = self.machine.run("systemctl --failed --no-legend --plain").strip()
        assert not failed, failed
        say(f"          {when}: {verdicts} verdicts, the log is whole")

    def editor(self) -> Person:
        """An editor who has logged in, as the proxy would pass on their requests."""
        name = "desk.example.org"
        through = {"Host": name, "X-Forwarded-Proto": "https", "Referer": f"https://{name}/"}
        return Person([Host("desk", "127.0.0.1", 8000)], "edda", self.password, headers=through)


def under(page: Path, heading: str) -> str:
    """The commands of a page under a heading, up to the next one.

    Raises:
        ValueError: if there are none.
    """
    inside, commands = False, []
    for before, token in zip([None, *tokens(page)], tokens(page), strict=False):
        if before is not None and before.type == "heading_open":
            inside = token.content == heading
        elif inside and token.type == "fence" and token.info == "sh":
            commands.append(token.content)
    if not commands:
        raise ValueError(f"{page.name} has no commands under “{heading}”")
    return "".join(commands)


def main() -> int:
    """Walk through it. Returns the exit status."""
    options = argparse.ArgumentParser(prog="make soak-install", description=__doc__)
    options.add_argument("--old", default=OLD, help="the commit that is installed first")
    options.add_argument("--suite", default="bookworm", help="the version of Debian")
    options.add_argument("--share", default="", help="folders that pip needs, separated by spaces")
    chosen = options.parse_args()
    missing = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if missing or os.geteuid():
        say(f"This needs root, and Debian's packages {', '.join(NEEDED.values())}.")
        return 1
    with bare_debian(chosen.suite, chosen.share.split()) as machine:
        desk = Desk(machine)
        _install(desk, chosen.old)
        desk.check("installed")
        _upgrade(desk)
        desk.check("upgraded")
        _destroy_and_restore(desk)
        desk.check("destroyed and restored")
        _move(desk)
        desk.check("moved to PostgreSQL")
    return 0


def _put_program(desk: Desk, version: str, commit: str) -> None:
    packed = subprocess.run(
        [shutil.which("git") or "git", "archive", commit],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    )
    place = desk.machine.root / f"opt/workbench-{version}"
    place.mkdir()
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as program:
        program.extractall(place, filter="data")


def _install(desk: Desk, commit: str) -> None:
    page = "installing.md"
    _put_program(desk, "0.1.0", commit)
    desk.manual("0.1.0", page, "The program")
    secret = desk.manual("0.1.0", page, "The settings").split()[-1]
    desk.machine.run(f"sed -i \"s/^SECRET_KEY=.*/SECRET_KEY='{secret}'/\" /etc/workbench.env")
    desk.manual("0.1.0", page, "The database and the first account")
    desk.manual("0.1.0", page, "The services")
    _work(desk)


def _work(desk: Desk) -> None:
    """Import an article, and have an editor decide its claims."""
    article = {"headline": "Ferry to Orvo (fiction)", "text": BODY, "outlet": "Ostrey Courier"}
    desk.machine.put("/opt/articles.jsonl", json.dumps(article))
    desk.machine.run("workbench import_articles /opt/articles.jsonl 2>&1")
    made = desk.machine.run("workbench make_account edda --role editor")
    desk.password = made.split()[-1]
    editor = desk.editor()
    for number in (1, 2):
        where = f"/claims/{number}"
        document = {"version": "1", "evidence-title": "Notice", "evidence-stance": "for"}
        document |= {"reason": "", "evidence-looked_up": "2026-01-02"}
        decision = {"version": "2", "verdict": "verified", "reason": "The harbour master says so."}
        for path, form, file in (("evidence", document, b"A notice"), ("decide", decision, None)):
            status, _page = editor.ask("POST", f"{where}/{path}/", form, file)
            assert status in {200, 302}, (path, status)


def _upgrade(desk: Desk) -> None:
    _put_program(desk, "0.2.0", "HEAD")
    desk.manual("0.2.0", "installing.md", "On Debian, step by step")
    sleep(5)
    desk.machine.run("workbench check --deploy --fail-level WARNING 2>&1")
    desk.machine.run("systemctl start workbench-backup.service")


def _destroy_and_restore(desk: Desk) -> None:
    desk.machine.run(f"systemctl stop workbench-server.socket {UNITS}")
    newest = desk.machine.run("ls -d /var/backups/workbench/2* | tail -n 1").strip()
    desk.machine.run("rm -rf /var/lib/workbench/*")
    desk.machine.run(f"workbench verify_backup {newest} 2>&1")
    desk.manual("0.2.0", "backups.md", "Restore one", backup=newest)
    desk.machine.run(f"systemctl start workbench-server.socket {UNITS}")
    refused = desk.machine.run(f"! workbench restore {newest} 2>&1")
    assert "nothing is overwritten" in refused, refused


def _move(desk: Desk) -> None:
    desk.machine.run(f"systemctl stop workbench-server.socket {UNITS}")
    desk.manual("0.2.0", "installing.md", "With PostgreSQL")
    desk.machine.run("echo \"DATABASE_URL='postgres:///workbench'\" >> /etc/workbench.env")
    desk.machine.run("workbench move_database 2>&1")
    desk.machine.run(f"systemctl start workbench-server.socket {UNITS}")
    desk.machine.run("systemctl start workbench-backup.service")


if __name__ == "__main__":
    sys.exit(main())
