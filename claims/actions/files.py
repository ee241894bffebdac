"""Files that people bring: kept under the SHA-256 of their bytes, once, and never deleted."""

import hashlib

from django.core.files import File
from django.core.files.storage import Storage


def digest_of(file: File[bytes]) -> str:
    """SHA-256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def keep_file(file: File[bytes], storage: Storage, digest: str) -> str:
    """Put a file into a storage under its digest, unless it lies there whole. Its name there."""
    if storage.exists(digest):
        if storage.size(digest) == file.size:
            return digest
        storage.delete(digest)
    return storage.save(digest, file)
