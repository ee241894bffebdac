"""The parent's side of a reader process."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from time import monotonic

import claims
from claims.errors import Phrase, ReadingFailedError, TooComplexError, WorkbenchError
from claims.ingest.sandbox.channel import BadMessageError, Channel, Message
from claims.ingest.sandbox.limits import MEGABYTE, START, Limits, Telling
from claims.ingest.sandbox.messages import error_from

_HOME = Path(claims.__file__).resolve().parents[1]
_MODULE = "claims.ingest.sandbox"
_PATIENCE = 5.0
"""Seconds that a process may take to end, before it is killed."""

_LINE = 200


class ReaderProcess:
    """One reader process. It reads one file at a time, and is discarded after any failure.

    It inherits nothing from this process: no database, no socket, and from the environment only what programs need to
    run.

    Raises:
        OSError: it cannot be started.

    Attributes:
        jobs: how many files it has been given.
    """

    def __init__(self) -> None:
        self.jobs = 0
        self._at_rest = False
        own, its = socket.socketpair()
        with its:
            self._channel = Channel(own)
            command = [sys.executable, "-P", "-m", _MODULE, str(its.fileno())]
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[its.fileno()],
                    env=_environment(),
                    cwd="/",
                    # Ctrl+C is meant for the parent.
                    process_group=0,
                )
            except BaseException:
                self._channel.close()
                raise
        try:
            ready, _ = self._channel.receive(seconds=START)
        except (TimeoutError, BadMessageError, OSError):
            ready = None
        if ready != {"ready": True}:
            self.end()
            raise ChildProcessError(f"ended at its start ({self._process.returncode})")
        self._at_rest = True

    @property
    def number(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_ready(self) -> bool:
        """Whether it is waiting for a file."""
        return self._at_rest and self._process.poll() is None

    def answers(
        self,
        job: str,
        file: int,
        options: Mapping[str, object],
        limits: Limits,
        telling: Telling,
    ) -> Iterator[Message]:
        """Have a file read, and yield the answers.

        Args:
            job: one of `jobs.JOBS`.
            file: the descriptor of the file, which nobody may write to in the meantime.
            options: the job's other parameters.
            limits: the limits on reading it.
            telling: the limits on its answers.

        Yields:
            Each answer as it arrives; the process waits while none is requested.

        Raises:
            TooComplexError: it exceeded its limits.
            ReadingFailedError: the reader failed, or sent more than allowed.
            WorkbenchError: the error that the reader reported for the file.
        """
        self.jobs += 1
        self._at_rest = False
        request = {"job": job, "options": options, "limits": limits.as_data()}
        try:
            began = self._channel.received
            until = monotonic() + limits.wall
            self._channel.send(request, file=file)
            for number in count(1):
                answer, _ = self._channel.receive(seconds=until - monotonic())
                if answer is None:
                    raise self._how_it_ended(limits)
                if "end" in answer:
                    break
                if problem := _problem(answer, limits):
                    self._at_rest = not isinstance(problem, TooComplexError)
                    raise problem
                if number > telling.answers or self._channel.received - began > telling.size:
                    raise ReadingFailedError(where="its answers: too many, or too long")
                yield answer
                if telling.in_records:
                    until = monotonic() + limits.wall
        except TimeoutError:
            raise _too_long(limits.wall) from None
        except (BadMessageError, OSError) as error:
            raise ReadingFailedError(where=type(error).__name__) from error
        self._at_rest = True

    def end(self) -> None:
        """End it: an idle process exits by itself, a busy one is killed."""
        if not self._at_rest:
            self._process.kill()
        self.let_go()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def let_go(self) -> None:
        """Close the connections to it. Unless someone else has them, it exits."""
        self._channel.close()
        if self._process.stdin:
            with suppress(OSError):
                self._process.stdin.close()

    def forget(self) -> None:
        """Release what belongs to the process from which this one was forked."""
        self.let_go()
        self._process.returncode = 0

    def _how_it_ended(self, limits: Limits) -> WorkbenchError:
        """Return the error for the way in which the system ended it."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        code = self._process.returncode
        if code == -signal.SIGXCPU:
            return TooComplexError(
                limit=Phrase("%(number)s seconds of processor time", number=limits.processor)
            )
        if code == -signal.SIGKILL:
            # Not killed by us: the system does so when memory runs out.
            return _too_much(limits.memory)
        return ReadingFailedError(where=f"exit status {code}")


def _problem(answer: Message, limits: Limits) -> WorkbenchError | None:
    """Return the error in an answer, if there is one."""
    if "error" in answer:
        return error_from(answer["error"])
    if "beyond" in answer:
        return _too_much(limits.memory)
    if "fault" in answer:
        # This line will appear in a log.
        where = "".join(each for each in str(answer["fault"]) if each.isprintable())[:_LINE]
        return ReadingFailedError(where=where)
    return None


def _too_much(memory: int) -> TooComplexError:
    return TooComplexError(limit=Phrase("%(number)s MB of memory", number=memory // MEGABYTE))


def _too_long(seconds: float) -> TooComplexError:
    return TooComplexError(limit=Phrase("%(number)s seconds", number=f"{seconds:g}"))


def _environment() -> dict[str, str]:
    """Return where the code is, and nothing secret."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH")
        if name in os.environ
    }
    return kept | {"PYTHONPATH": str(_HOME), "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
