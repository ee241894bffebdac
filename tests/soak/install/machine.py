"""A bare Debian with a running systemd, in a folder: what debootstrap installs, booted by systemd-nspawn."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

MIRROR = "http://deb.debian.org/debian"

NEEDED = {"debootstrap": "debootstrap", "systemd-nspawn": "systemd-container"}
"""Programs, and the packages of Debian that have them."""

_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_TRIES = 60
_BOOT = ("--quiet", "--register=no", "--keep-unit", "--boot")


@dataclass(frozen=True, slots=True)
class Machine:
    """It shares this machine's network, and nothing else.

    Attributes:
        root: the folder that is its root.
        leader: the process of its systemd.
        environment: what its shells are given.
    """

    root: Path
    leader: int
    environment: dict[str, str]

    def run(self, script: str) -> str:
        """Run the lines of a shell as root, up to the first that fails. Returns what they print.

        Raises:
            subprocess.CalledProcessError: if one fails; its notes hold everything that was printed.
        """
        given = [f"{name}={value}" for name, value in self.environment.items()]
        inside = [
            _program("nsenter"),
            "--target",
            str(self.leader),
            "--mount",
            "--uts",
            "--ipc",
            "--pid",
        ]
        done = subprocess.run(
            [*inside, "--cgroup", "--root", "--wd", "--", "env", "-i", *given, "sh", "-e"],
            input=script,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            error = subprocess.CalledProcessError(done.returncode, script)
            error.add_note(done.stdout + done.stderr)
            raise error
        return done.stdout

    def put(self, path: str, content: bytes | str) -> None:
        """Write a file that everybody may read."""
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        place.chmod(0o644)


@contextmanager
def bare_debian(suite: str, shared: list[str]) -> Iterator[Machine]:
    """A new machine, which is switched off and deleted afterwards.

    Args:
        suite: the version of Debian.
        shared: folders of this machine that it sees, read-only: a mirror of packages, for example.
    """
    with tempfile.TemporaryDirectory(prefix="debian-", ignore_cleanup_errors=True) as folder:
        root = Path(folder, "root")
        _installed(root, suite)
        environment = {"HOME": "/root", "PATH": _PATH, "LANG": "C.UTF-8"} | _of_pip(root)
        bound = [f"--bind-ro={place}" for place in shared]
        with subprocess.Popen(
            [_program("systemd-nspawn"), *_BOOT, *bound, f"--directory={root}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as booted:
            try:
                yield _running(root, booted, environment)
            finally:
                # systemd shuts down in order when its container is told to end.
                booted.terminate()
                with suppress(subprocess.TimeoutExpired):
                    booted.wait(60)
                booted.kill()


def _installed(root: Path, suite: str) -> None:
    parts = "--include=systemd,systemd-sysv,dbus"
    subprocess.run(
        [_program("debootstrap"), "--variant=minbase", parts, suite, root, MIRROR],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    # Nobody is there to say yes.
    quiet = 'APT::Get::Assume-Yes "true";\nDpkg::Use-Pty "false";\n'
    (root / "etc/apt/apt.conf.d/90unattended").write_text(quiet)


def _program(name: str) -> str:
    return shutil.which(name) or name


def _of_pip(root: Path) -> dict[str, str]:
    """How this machine's pip finds its packages, for the other one's."""
    given = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    if certificates := given.get("PIP_CERT"):
        shutil.copy(certificates, root / "root/certificates.pem")
        given["PIP_CERT"] = "/root/certificates.pem"
    if Path("/etc/pip.conf").exists():
        shutil.copy("/etc/pip.conf", root / "etc/pip.conf")
    return given


def _running(root: Path, booted: subprocess.Popen, environment: dict[str, str]) -> Machine:
    """Wait until everything has been started.

    Raises:
        RuntimeError: if it does not start.
    """
    for _try in range(_TRIES):
        children = Path(f"/proc/{booted.pid}/task/{booted.pid}/children")
        leader, *_rest = (*children.read_text().split(), 0) if children.exists() else (0,)
        if leader:
            machine = Machine(root, int(leader), environment)
            with suppress(subprocess.CalledProcessError):
                machine.run("systemctl is-system-running")
                return machine
        sleep(1)
    raise RuntimeError("the machine does not start")
