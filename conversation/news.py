"""What this process has just committed; told with a wake-up, it spares whoever shows it a look.

A hint like any other: whoever hears it takes it only if it follows on what they have, and looks otherwise.
"""

from __future__ import annotations

from conversation.events import Event
from conversation.turns import ReplyInMaking

News = Event | ReplyInMaking
"""One event for the shopper, or all that a reply in the making has shown so far."""
