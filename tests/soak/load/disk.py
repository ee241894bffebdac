"""A disk of its own that can be filled."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

_MKFS, _MOUNT, _UMOUNT = map(shutil.which, ("mkfs.ext4", "mount", "umount"))


class Disk:
    """A folder for the desk's data.

    Attributes:
        folder: the folder.
        is_own: whether it is a file system of its own, which alone can be filled.
    """

    def __init__(self, folder: Path, *, is_own: bool) -> None:
        self.folder, self.is_own = folder, is_own
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no room."""
        with self._ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def clear(self) -> None:
        """Give the room back."""
        self._ballast.unlink(missing_ok=True)


@contextmanager
def disk(megabytes: int) -> Iterator[Disk]:
    """Make a disk: as root a file system in a file, through the loop device; else a plain folder. It is gone afterwards."""
    with TemporaryDirectory(prefix="disk-", ignore_cleanup_errors=True) as around:
        folder, image = Path(around, "data"), Path(around, "image")
        folder.mkdir()
        is_own = _mounted(image, folder, megabytes)
        try:
            # PostgreSQL's programs run as somebody else.
            Path(around).chmod(0o755)
            folder.chmod(0o777)
            yield Disk(folder, is_own=is_own)
        finally:
            if is_own:
                subprocess.run([_UMOUNT, "--lazy", folder], check=True)


def _mounted(image: Path, folder: Path, megabytes: int) -> bool:
    if os.geteuid() != 0 or not (_MKFS and _MOUNT and _UMOUNT):
        return False
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    made = subprocess.run([_MKFS, "-q", "-m", "0", image], check=False, capture_output=True)
    mounted = subprocess.run(
        [_MOUNT, "-o", "loop", image, folder], check=False, capture_output=True
    )
    return made.returncode == mounted.returncode == 0
