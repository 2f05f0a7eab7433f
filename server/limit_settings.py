"""Settings of how much anyone may do."""

from __future__ import annotations

from pydantic import BaseModel, Field

ADDRESS_TIMES, SHOP_TIMES = 10, 100
"""How many visitors at their limit an address and the shop make room for, where nothing is set."""


class LimitSettings(BaseModel):
    """The part of the settings that says how much is too much."""

    messages_per_minute: int = Field(
        30, ge=0, description="Messages a visitor may send a minute; 0: no limit."
    )
    address_messages_per_minute: int | None = Field(
        None,
        ge=0,
        description="Messages that may come from one address a minute. Default: ten times a visitor's.",
    )
    shop_messages_per_minute: int | None = Field(
        None,
        ge=0,
        description="Messages that the whole shop takes a minute. Default: a hundred times a visitor's.",
    )
    sessions_per_minute: int = Field(
        120, ge=0, description="Chats an address may open a minute; 0: no limit."
    )
    sockets_per_address: int = Field(
        200,
        ge=0,
        description="Sockets and waiting polls an address may have open at a process; 0: no limit.",
    )
    sockets: int = Field(
        10_000, ge=0, description="Sockets and waiting polls a process holds open in all; 0: no limit."
    )

    @property
    def messages_of_address(self) -> int:
        """Messages that an address may send a minute; 0: no limit."""
        set_to = self.address_messages_per_minute
        return self.messages_per_minute * ADDRESS_TIMES if set_to is None else set_to

    @property
    def messages_of_shop(self) -> int:
        """Messages that the shop takes a minute; 0: no limit."""
        set_to = self.shop_messages_per_minute
        return self.messages_per_minute * SHOP_TIMES if set_to is None else set_to
