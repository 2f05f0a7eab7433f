"""What is said in a turn, sentence by sentence. A turn tried again goes on after what was shown before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

Show = Callable[[str], Awaitable[None]]
"""Called with each verified sentence, in order, once."""


class Voice:
    """Says sentences through `show`, and keeps to what an earlier try of the same turn has shown."""

    def __init__(self, show: Show | None = None, already_shown: tuple[str, ...] = ()) -> None:
        self._show = show
        self._shown = already_shown
        self._said: list[str] = []
        self._parted = False

    async def say(self, sentence: str) -> bool:
        """Say one sentence, or pass over it if it was shown already.

        Returns:
            False when this try has parted from what was shown: then nothing new is said any more.
        """
        if self._parted:
            return False
        place = len(self._said)
        if place < len(self._shown):
            if self._shown[place] != sentence:
                self._parted = True
                return False
        elif self._show is not None:
            await self._show(sentence)
        self._said.append(sentence)
        return True

    @property
    def parted(self) -> bool:
        """Whether this try would have said something else than what was shown, or less of it."""
        return self._parted or len(self._said) < len(self._shown)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything the shopper has been shown, this try's sentences after those of an earlier one."""
        return self._shown if self.parted else tuple(self._said)
