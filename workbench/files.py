"""Where evidence and exports are kept: in a folder, or in S3-compatible storage that several machines share."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Folder:
    """A folder, of this machine or shared."""

    path: Path

    def storage(self, kind: str, **options: Any) -> dict[str, Any]:
        """Return a storage as Django's STORAGES has it, readable for this account alone.

        Args:
            kind: what is kept there, which is also the name of its folder.
            options: further options of Django's `FileSystemStorage`.
        """
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": self.path / kind, **modes, **options},
        }


@dataclass(frozen=True)
class Bucket:
    """A bucket of S3-compatible storage, and what the names in it begin with.

    Attributes:
        name: the bucket's.
        prefix: the part of its names that is the workbench's; "" for all of it.
        endpoint: the address of the service; None for Amazon's.
        region: where it is; None if the service has no regions.
        key_id, secret_key: what it is asked with; None to let the machine's own role, or AWS's own variables, decide.
    """

    name: str
    prefix: str
    endpoint: str | None
    region: str | None
    key_id: str | None = None
    secret_key: str | None = None

    def storage(self, kind: str, **_options: Any) -> dict[str, Any]:
        """Return a storage as Django's STORAGES has it, as that of a folder."""
        return {
            "BACKEND": "workbench.bucket.BucketStorage",
            "OPTIONS": {
                "bucket_name": self.name,
                "location": f"{self.prefix}/{kind}".lstrip("/"),
                "endpoint_url": self.endpoint,
                "region_name": self.region,
                # A service of one's own has no host name for each bucket.
                "addressing_style": "path" if self.endpoint else "auto",
                "access_key": self.key_id,
                "secret_key": self.secret_key,
            },
        }


def place_of(
    url: str, *, folder: Callable[[str], Path], address: Callable[[str], str]
) -> Folder | Bucket:
    """Parse "file:///mnt/desk" or "s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-1".

    Args:
        url: the text.
        folder: checks a folder.
        address: checks the address of a service.

    Raises:
        ValueError: it is neither.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not (parts.netloc or parts.query or parts.fragment):
        return Folder(folder(unquote(parts.path)))
    options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    endpoint, region = options.pop("endpoint", None), options.pop("region", None)
    if parts.scheme != "s3" or not parts.hostname or parts.netloc != parts.hostname or options:
        raise ValueError
    return Bucket(
        parts.hostname, parts.path.strip("/"), address(endpoint) if endpoint else None, region
    )
