"""Hosts on this machine: each in a network namespace of its own, on one bridge, or else all on the loopback."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.workbench.demo import free_port

_IP = shutil.which("ip")
_NET = f"10.77.{os.getpid() % 250}"
"""The network; this machine is its first address."""


@dataclass
class Host:
    """A machine that can be switched off.

    Attributes:
        name: its name.
        address: its address.
        port: a free port there.
        namespace: its network namespace; "" on the loopback.
    """

    name: str
    address: str
    port: int
    namespace: str = ""
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, command: Sequence[str | Path], env: Mapping[str, str], log: Path) -> None:
        """Start a program there."""
        inside = [str(_IP), "netns", "exec", self.namespace] if self.namespace else []
        with log.open("ab") as said:
            # In a session of its own, with all that it starts.
            self._running.append(
                subprocess.Popen(
                    [*inside, *map(str, command)],
                    env=dict(env),
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                    start_new_session=True,
                )
            )

    def processes(self) -> list[int]:
        """The ids of everything that runs there."""
        return [one for process in self._running for one in tree_of(process.pid)]

    def cut_off(self) -> None:
        """Kill everything that runs there, as a power cut would."""
        for process in self._running:
            for one in tree_of(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            process.wait()
        self._running.clear()


def tree_of(process: int) -> list[int]:
    """A process and all that it has started, whatever session that is in."""
    children = Path(f"/proc/{process}/task/{process}/children")
    with suppress(FileNotFoundError):
        found = [int(one) for one in children.read_text().split()]
        return [process, *(each for one in found for each in tree_of(one))]
    return []


def is_allowed() -> bool:
    """Return whether this account may make network namespaces."""
    if _IP is None or os.geteuid() != 0:
        return False
    name = f"try-{os.getpid()}"
    made = subprocess.run([_IP, "netns", "add", name], capture_output=True, check=False)
    if made.returncode == 0:
        _ip("netns", "del", name)
    return made.returncode == 0


def _ip(*words: str) -> None:
    subprocess.run([str(_IP), *words], check=True)


@contextmanager
def network(names: Sequence[str]) -> Iterator[tuple[str, list[Host]]]:
    """Make hosts. Yields the address of this machine as they see it, and the hosts. All are cut off and gone afterwards."""
    with ExitStack() as stack:
        if not is_allowed():
            hosts = [Host(name, "127.0.0.1", free_port()) for name in names]
            address = "127.0.0.1"
        else:
            hosts, address = list(_bridged(names, stack)), f"{_NET}.1"
        for host in hosts:
            stack.callback(host.cut_off)
        yield address, hosts


def _bridged(names: Sequence[str], stack: ExitStack) -> Iterator[Host]:
    bridge = f"desk{os.getpid() % 100_000}"
    _ip("link", "add", bridge, "type", "bridge")
    stack.callback(_ip, "link", "del", bridge)
    _ip("address", "add", f"{_NET}.1/24", "dev", bridge)
    _ip("link", "set", bridge, "up")
    for number, name in enumerate(names, 2):
        namespace, here, there = f"{bridge}-{name}", f"{bridge}h{number}", f"{bridge}n{number}"
        _ip("netns", "add", namespace)
        stack.callback(_ip, "netns", "del", namespace)
        _ip("link", "add", here, "type", "veth", "peer", "name", there)
        _ip("link", "set", there, "netns", namespace)
        _ip("link", "set", here, "master", bridge, "up")
        for words in (
            ("address", "add", f"{_NET}.{number}/24", "dev", there),
            ("link", "set", there, "up"),
            ("link", "set", "lo", "up"),
        ):
            _ip("-n", namespace, *words)
        yield Host(name, f"{_NET}.{number}", 8000, namespace)
