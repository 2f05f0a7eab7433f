"""What an archive says of itself: its first member to be read, and what every other one is checked against.

Pure: text in, a `Manifest` or a sentence out.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from foundation.errors import InvalidInput

NAME = "manifest.json"
FORMAT = 1
MAX_BYTES = 64 * 1024 * 1024
"""A manifest of some 400 000 photos."""

SECRETS = ("session.key", "demo-identity.key")
"""Files of the data folder that are in an archive only when asked for."""
SMALL_FILES = ("synonyms.txt", "calibration.json")
"""What the shop itself has written or fitted beside the database."""

_MEMBER = re.compile(
    r"database/[a-z][a-z0-9_]{0,62}\.jsonl|"
    rf"files/(?:{'|'.join(re.escape(one) for one in SMALL_FILES + SECRETS)})|"
    r"files/uploads/[0-9a-f]{32}/[0-9a-f]{32}\.(?:jpg|png|webp|heic)"
)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: its name there, its length unpacked, and the SHA-256 (hex) of that."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in an archive.

    Attributes:
        okienko: The version that made it.
        revision: The schema's, such as ``0013``.
        made_at: ISO 8601, UTC.
        database: The kind that it was made of: ``sqlite`` or ``postgresql``.
        log_epoch: Of the log in it; empty if nobody had opened it.
        secrets: Whether the keys of the data folder are in it.
        rows: Of each table, in the order in which they can be inserted.
        members: Every file but the manifest.
    """

    okienko: str
    revision: str
    made_at: str
    database: str
    log_epoch: str
    secrets: bool
    rows: dict[str, int]
    members: tuple[Member, ...]

    @property
    def unpacked_bytes(self) -> int:
        """How much room everything takes, unpacked."""
        return sum(member.bytes for member in self.members)

    def as_json(self) -> bytes:
        """Return what stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def parse(cls, text: bytes) -> Manifest:
        """Read a manifest; nothing in it is believed that could name a place outside a shop's folder.

        Raises:
            InvalidInput: It is none, of a later format, or names what no archive of ours holds.
        """
        try:
            said = json.loads(text)
            if said["format"] != FORMAT:
                raise InvalidInput(
                    "This backup was made by a newer version of Okienko. Install that version to restore it."
                )
            manifest = cls(
                okienko=str(said["okienko"]),
                revision=str(said["revision"]),
                made_at=str(said["made_at"]),
                database=str(said["database"]),
                log_epoch=str(said["log_epoch"]),
                secrets=said["secrets"] is True,
                rows={str(name): int(count) for name, count in said["rows"].items()},
                members=tuple(
                    Member(str(one["name"]), int(one["bytes"]), str(one["sha256"])) for one in said["members"]
                ),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InvalidInput("This backup's list of contents cannot be read; it is broken.") from error
        manifest._check()
        return manifest

    def _check(self) -> None:
        names = [member.name for member in self.members]
        tables = [f"database/{name}.jsonl" for name in self.rows]
        wrong = (
            not _REVISION.fullmatch(self.revision)
            or len(set(names)) != len(names)
            or sorted(tables) != sorted(name for name in names if name.startswith("database/"))
            or any(count < 0 for count in self.rows.values())
            or any(
                not _MEMBER.fullmatch(one.name) or one.bytes < 0 or not _SHA256.fullmatch(one.sha256)
                for one in self.members
            )
        )
        if wrong:
            raise InvalidInput("This backup's list of contents names what no backup holds; it is not used.")
