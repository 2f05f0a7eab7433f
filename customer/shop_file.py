"""The text of a file that a shop exports from elsewhere."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import InvalidInput, TooLarge

MAX_FILE_BYTES = 64 * 1024 * 1024


def read_shop_file(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte-order mark.

    Raises:
        InvalidInput: It cannot be read, or is not UTF-8.
        TooLarge: It has more than `MAX_FILE_BYTES`.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise TooLarge(f"{path.name} has more than {MAX_FILE_BYTES // 2**20} MiB: split it.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InvalidInput(f"{path.name} cannot be read: {error.strerror or 'is it there?'}.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{path.name} is not UTF-8: save it again as UTF-8 (in Excel: “CSV UTF-8”)."
        ) from error
