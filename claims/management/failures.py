"""What a command says of a file or folder that the operating system refused."""

import errno

_WORDS = {
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "part of its path is not a folder",
    errno.EACCES: "this account is not allowed to read or write it",
    errno.EPERM: "this account is not allowed to read or write it",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "this account has used up its disk quota",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EMFILE: "too many files are open",
}

NO_FOLDER = "there is no such folder"


def in_words(error: OSError, *, missing: str = "there is no such file") -> str:
    """Why it was refused, in words that go after a colon; without a full stop, an error number or the path.

    Args:
        error: what the system said.
        missing: what it means that something is not there. Where a file is to be written, that is its folder.
    """
    if error.errno == errno.ENOENT:
        return missing
    if error.errno in _WORDS:
        return _WORDS[error.errno]
    return error.strerror or str(error) or type(error).__name__
