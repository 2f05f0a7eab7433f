"""A restore is all of an archive or nothing, whatever the archive, the disk and the power do."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from foundation.errors import Conflict, InvalidInput, NotFound, Unavailable
from server.backup import switching
from server.backup.restoring import Wishes, finish_restore, restore
from server.house import open_database
from tests.server.backup.kept_shop import (
    KeptShop,
    names,
    query,
    rewritten,
    rows_in,
    settings_of,
)
from tests.server.conftest import ROOT, environment


async def test_a_shop_is_replaced_only_when_asked_for_and_kept_aside(
    shop: KeptShop, archive: Path, tmp_path: Path
) -> None:
    newer = (await shop.converse("nowsza rozmowa")).id
    await shop.close()
    before = await rows_in(shop.folder)
    with pytest.raises(Conflict, match="--replace"):
        await restore(settings_of(shop.folder), archive, Wishes())
    assert await rows_in(shop.folder) == before
    for _ in range(2):  # the second one, in the same second, takes nothing from the first
        restored = await restore(settings_of(shop.folder), archive, Wishes(replace=True), clock=shop.clock)
        assert restored.aside is not None
        assert names(restored.aside) >= {"okienko.db", "uploads", "synonyms.txt"}
    first = shop.folder / f"{switching.ASIDE}20261117T110000Z"
    assert newer in str(await query(first, "SELECT id FROM conversations"))
    assert newer not in str(await query(shop.folder, "SELECT id FROM conversations"))
    assert await rows_in(first) == before
    # Browsers hold tokens that the old key has signed; what is made anew is of another state.
    assert (shop.folder / "session.key").read_text() == "k" * 64
    assert not (shop.folder / "texts.cache").exists()


async def test_nothing_is_restored_into_a_folder_in_use(shop: KeptShop, archive: Path) -> None:
    async with open_database(settings_of(shop.folder)):
        with pytest.raises(Unavailable, match="in use"):
            await restore(settings_of(shop.folder), archive, Wishes(replace=True))
    with switching.reserved(shop.folder), pytest.raises(Unavailable, match="being restored"):
        async with open_database(settings_of(shop.folder)):
            pass


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def _flip(path: Path) -> None:
    # Within what a member holds: of the headers between them not every byte counts.
    with zipfile.ZipFile(path) as archive:
        events = archive.getinfo("database/events.jsonl")
    body = bytearray(path.read_bytes())
    body[events.header_offset + 30 + len(events.filename) + 40 + events.compress_size // 2] ^= 0xFF
    path.write_bytes(body)


def _no_archive(path: Path) -> None:
    path.write_text("SELECT 1;")


@pytest.mark.parametrize("harm", [_truncate, _flip, _no_archive])
async def test_a_broken_archive_changes_nothing(archive: Path, tmp_path: Path, harm: Any) -> None:
    harm(archive)
    with pytest.raises(InvalidInput, match=r"broken|no backup"):
        await restore(settings_of(tmp_path / "new"), archive, Wishes())
    assert not (tmp_path / "new").exists() or names(tmp_path / "new") == set()


def _lines(*lines: object) -> bytes:
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def _one_byte_less(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    files["database/events.jsonl"] = files["database/events.jsonl"][:-1]


def _endless(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    files["database/events.jsonl"] = b"0" * 50_000_000


def _add(name: str) -> Any:
    def edit(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        files[name] = b"x"

    return edit


def _format(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    manifest["format"] = 2


def _revision(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    manifest["revision"] = "9999"


def _row_less(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    files["database/events.jsonl"] = files["database/events.jsonl"].rsplit(b"\n", 2)[0] + b"\n"


def _strange_table(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    manifest["rows"]["alembic_version"] = 1
    files["database/alembic_version.jsonl"] = _lines([["version_num", "text"]], ["0001"])


def _strange_column(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    files["database/log_state.jsonl"] = _lines([["id", "integer"], ["other", "text"]], [1, "x"])


def _deep(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    files["database/log_state.jsonl"] = b"[" * 100_000 + b"\n"


def _twice(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
    columns, row = files["database/log_state.jsonl"].splitlines()
    files["database/log_state.jsonl"] = b"\n".join([columns, row, row]) + b"\n"
    manifest["rows"]["log_state"] = 2


@pytest.mark.parametrize(
    ("edit", "seal", "said"),
    [
        (_one_byte_less, False, "is not what was written"),
        (_endless, False, "is not what was written"),
        (_add("files/uploads/../../evil.jpg"), True, "names what no backup holds"),
        (_add("/etc/cron.d/evil"), True, "names what no backup holds"),
        (_add("files/okienko.db"), True, "names what no backup holds"),
        (_add("files/synonyms.txt.bak"), False, "other files than its list"),
        (_format, True, "newer version"),
        (_revision, True, "newer than this one"),
        (_row_less, True, "rows of events"),
        (_strange_table, True, "alembic_version"),
        (_strange_column, True, "log_state"),
        (_deep, True, "log_state"),
        (_twice, True, "do not fit"),
    ],
)
async def test_an_archive_that_others_wrote_changes_nothing(
    archive: Path, tmp_path: Path, edit: Any, seal: bool, said: str
) -> None:
    new = tmp_path / "new"
    strange = rewritten(archive, tmp_path / "strange.zip", edit, seal=seal)
    with pytest.raises(InvalidInput, match=said):
        await restore(settings_of(new), strange, Wishes())
    assert names(new) == set()
    assert "evil" not in str(sorted(Path.glob(tmp_path, "**/*")))


async def test_a_changed_log_is_restored_only_when_that_is_accepted(archive: Path, tmp_path: Path) -> None:
    def forge(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        events = files["database/events.jsonl"]
        assert b"14 dni" in events
        files["database/events.jsonl"] = events.replace(b"14 dni", b"30 dni", 1)

    new = tmp_path / "new"
    forged = rewritten(archive, tmp_path / "forged.zip", forge)
    with pytest.raises(Conflict, match="position 3"):
        await restore(settings_of(new), forged, Wishes())
    assert names(new) == set()
    restored = await restore(settings_of(new), forged, Wishes(accept_broken_seals=True))
    assert restored.broken == 1


async def test_a_backup_of_an_older_schema_is_brought_up_to_date(archive: Path, tmp_path: Path) -> None:
    def as_it_was(manifest: dict[str, Any], files: dict[str, bytes]) -> None:
        manifest["revision"] = "0012"
        del manifest["rows"]["jobs"], files["database/jobs.jsonl"]
        columns = [one for one in json.loads(files["database/products.jsonl"]) if not one[0].endswith("_en")]
        files["database/products.jsonl"] = _lines(columns)

    new = tmp_path / "new"
    old = rewritten(archive, tmp_path / "old.zip", as_it_was)
    await restore(settings_of(new), old, Wishes())
    assert "name_en" in str(await query(new, "SELECT sql FROM sqlite_master WHERE name = 'products'"))
    assert (await query(new, "SELECT count(*) FROM events"))[0][0] > 5


@pytest.mark.parametrize("moved", range(8))
async def test_a_switch_that_is_cut_short_anywhere_says_so_and_can_be_finished(
    shop: KeptShop, archive: Path, tmp_path: Path, moved: int
) -> None:
    await shop.close()
    before = await rows_in(shop.folder)
    new = tmp_path / "new"
    await restore(settings_of(new), archive, Wishes())
    wanted = await rows_in(new)
    shutil.copytree(new, shop.folder / switching.STAGING)
    arriving = ("okienko.db", "synonyms.txt", "uploads")
    switch = switching.plan(shop.folder, arriving, aside="before-restore-x", log_epoch="", in_files=True)
    switching.begin(shop.folder, switch)
    (shop.folder / switch.aside).mkdir()
    steps = [(shop.folder / one, shop.folder / switch.aside / one) for one in switch.old]
    steps += [(shop.folder / switching.STAGING / one, shop.folder / one) for one in switch.new]
    assert len(steps) == 7
    for here, there in steps[:moved]:
        here.rename(there)
    with pytest.raises(Unavailable, match="--finish"):
        async with open_database(settings_of(shop.folder)):
            pass
    with pytest.raises(Unavailable, match="--finish"):
        await restore(settings_of(shop.folder), archive, Wishes(replace=True))
    assert await finish_restore(settings_of(shop.folder)) == shop.folder / switch.aside
    assert await rows_in(shop.folder) == wanted
    assert await rows_in(shop.folder / switch.aside) == before
    assert names(shop.folder) == {*arriving, "session.key", switch.aside}
    with pytest.raises(NotFound):
        await finish_restore(settings_of(shop.folder))


_KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from server.backup.restoring import Wishes, restore
from server.settings import Settings
steps = 0
def on_step(what, done, total):
    global steps
    steps += 1
    if steps == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
settings, wishes = Settings(data_dir=Path(sys.argv[1])), Wishes(replace=True)
asyncio.run(restore(settings, Path(sys.argv[2]), wishes, on_step=on_step))
print(steps)
"""


async def test_a_kill_while_it_restores_leaves_what_was_there(shop: KeptShop, archive: Path) -> None:
    await shop.converse("nowsza rozmowa")
    await shop.close()
    before = await rows_in(shop.folder)

    def run(at: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", _KILLED, str(shop.folder), str(archive), str(at)],
            cwd=ROOT,
            env=environment(shop.folder),
            capture_output=True,
            text=True,
            check=False,
        )

    for at in (1, 20, 40):
        assert run(at).returncode == -signal.SIGKILL
        assert await rows_in(shop.folder) == before
        async with open_database(settings_of(shop.folder)):
            pass
    done = run(0)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40
    assert names(shop.folder) >= {"okienko.db", "uploads"}
    assert switching.STAGING not in names(shop.folder)


_SHORT_OF_ROOM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from server.cli import main
sys.argv = ["okienko", *sys.argv[2:]]
main()
"""


@pytest.mark.parametrize("what", ["backup", "restore"])
def test_no_room_is_said_in_a_sentence_and_leaves_nothing(
    shop: KeptShop, archive: Path, tmp_path: Path, what: str
) -> None:
    new = tmp_path / "new"
    new.mkdir()
    folder, arguments = (shop.folder, (what, str(new))) if what == "backup" else (new, (what, str(archive)))
    ran = subprocess.run(
        [sys.executable, "-c", _SHORT_OF_ROOM, "4000" if what == "backup" else "60000", *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, "Traceback" in ran.stderr) == (2, False)
    assert len(ran.stderr.strip().splitlines()) == 1
    assert names(new) == set()
