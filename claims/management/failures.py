"""Messages for files and folders that the operating system refused."""

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
    """Return the reason in words that follow a colon; without full stop, error number or path.

    Args:
        error: the system's error.
        missing: what it means if something does not exist. For a file to be written, that is its folder.
    """
    if error.errno == errno.ENOENT:
        return missing
    if error.errno in _WORDS:
        return _WORDS[error.errno]
    return error.strerror or str(error) or type(error).__name__
