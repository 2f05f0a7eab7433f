from __future__ import annotations

import asyncio
import os
import signal

import pytest

from knowledge.remarks import Problem
from server.telling import MAX_TOLD, PIPED_COLUMNS, interruptible, plain, plain_line, printer, tell


def test_text_of_strangers_commands_nothing() -> None:
    assert plain("a\x1b[2J\n\u202eb\udcb3") == "a\N{REPLACEMENT CHARACTER}[2J\n" + "b".join(
        "\N{REPLACEMENT CHARACTER}" * 2
    )
    assert plain_line("x\nSkipped: y") == "x Skipped: y"


def test_of_very_many_remarks_the_first_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    tell([Problem("faq.csv", "no_answer", row=row) for row in range(MAX_TOLD + 3)])
    lines = capsys.readouterr().err.splitlines()
    assert (len(lines), lines[-1]) == (MAX_TOLD + 1, "Skipped: 3 more like these.")


def test_ctrl_c_ends_what_blocks_in_a_coroutine() -> None:
    async def block() -> None:
        with interruptible():
            os.kill(os.getpid(), signal.SIGINT)
            while True:
                pass

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        asyncio.run(block())
    assert signal.getsignal(signal.SIGINT) is before


def test_tables_are_wide_enough_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert printer().width == PIPED_COLUMNS
    monkeypatch.setenv("COLUMNS", "70")
    assert printer().width == 70
