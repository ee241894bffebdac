"""Files in S3-compatible storage, for Django. Imported only where FILES_URL names a bucket."""

import errno
from collections.abc import Callable
from functools import wraps
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

_IN_MEMORY = 1024 * 1024
"""How many bytes of a file stay in memory while it is read; a larger one lies in a temporary file."""

_CONFIG = Config(
    # Seconds. A page waits for it.
    connect_timeout=5,
    read_timeout=10,
    retries={"mode": "standard", "total_max_attempts": 2},
    # Not every service knows the checksums that Amazon's introduced in 2025. Files are named by their SHA-256 in any case.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


def _as_file_error(asked: Callable[..., Any]) -> Callable[..., Any]:
    """Let a method raise `OSError` with `EREMOTEIO` if the service does not answer or refuses, as a network file system does."""

    @wraps(asked)
    def method(*args: Any, **kwargs: Any) -> Any:
        try:
            return asked(*args, **kwargs)
        except (BotoCoreError, Boto3Error, ClientError) as error:
            raise OSError(errno.EREMOTEIO, f"the file storage cannot be used ({error})") from error

    return method


class BucketStorage(S3Storage):
    """Files in a bucket. They have no public address: a view that checks the permission serves them."""

    client_config: Config

    def __init__(self, **options: Any) -> None:
        super().__init__(max_memory_size=_IN_MEMORY, **options)
        self.client_config = self.client_config.merge(_CONFIG)

    @_as_file_error
    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """Fetch all of a file at once, so that whoever reads it meets no error half-way."""
        file: File[bytes] = super()._open(name, mode)
        file.open()
        return file

    @_as_file_error
    def _save(self, name: str, content: File[bytes]) -> str:
        saved: str = super()._save(name, content)
        return saved

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        """Return the name alone, and no address with which anybody could fetch the file."""
        return name

    delete = _as_file_error(S3Storage.delete)
    exists = _as_file_error(S3Storage.exists)
    listdir = _as_file_error(S3Storage.listdir)
    size = _as_file_error(S3Storage.size)
    get_modified_time = _as_file_error(S3Storage.get_modified_time)
