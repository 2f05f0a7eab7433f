"""Sessions: how a browser gets the right to read and write one conversation, and gets it back later.

A session is two signed tokens. `token` opens sockets and requests and lives for minutes; `resume` is kept by
the widget and brings the same conversation back. A conversation that belongs to a customer is given back
only to somebody the shop vouches for as that customer, whatever `resume` says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from conversation.events import ASSISTANT, SYSTEM, Draft, Kind
from conversation.frames import QuickReply, SessionReply, SessionRequest
from conversation.log import Conversation, Log, check_visitor
from conversation.ports import Doorkeeper, Opening, Person
from foundation.clock import Clock
from foundation.errors import Erased, Forbidden, NotFound, Unauthenticated
from foundation.language import Language
from foundation.style import Style
from foundation.tokens import TokenSigner

TOKEN_LIVES = timedelta(minutes=15)
RESUME_LIVES = timedelta(days=30)


def _no_key(_address: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class ShopFront:
    """What every session shows of the shop. The first language is for those whose own it does not speak."""

    site_key: str
    shop_name: str
    assistant_name: str
    languages: tuple[Language, ...]
    style: Style = Style.INFORMAL


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever holds a valid token.

    Attributes:
        customer_id: Whose the conversation was when the token was made; empty for a guest's.
        expires_at: Unix seconds.
    """

    id: str
    conversation_id: str
    customer_id: str
    expires_at: float


class Sessions:
    """Opens, resumes and checks sessions."""

    def __init__(
        self,
        *,
        log: Log,
        doorkeeper: Doorkeeper,
        session_signer: TokenSigner,
        resume_signer: TokenSigner,
        front: ShopFront,
        clock: Clock,
        address_key: Callable[[str], str] = _no_key,
    ) -> None:
        self._log = log
        self._doorkeeper = doorkeeper
        self._session_signer = session_signer
        self._resume_signer = resume_signer
        self._front = front
        self._clock = clock
        self._address_key = address_key

    async def open(self, request: SessionRequest, *, address: str = "") -> SessionReply:
        """Open a session: resume the conversation if it may be, else begin one.

        A forged or expired identity token is not an error: the chat goes on as a guest, and says so.

        Args:
            request: What the widget sent.
            address: The network address it came from; only a keyed hash of it is kept.

        Raises:
            Forbidden: The site key is not this shop's.
        """
        if request.site_key != self._front.site_key:
            raise Forbidden("This chat does not know the site key of the page. Check data-site-key.")
        person, refused = await self._identify(request.identity_token)
        spoken = Language.from_locale(request.locale, self._front.languages[0])
        language = spoken if spoken in self._front.languages else self._front.languages[0]
        conversation = await self._resumed(request.resume, person)
        visitor_id = conversation.visitor_id if conversation else str(uuid4())
        language = conversation.language if conversation else language
        opening = await self._doorkeeper.opening(language, person, visitor_id)
        if conversation is None:
            conversation = await self._begin(visitor_id, language, person, opening)
        key = self._address_key(address)
        await self._log.note_address(conversation.id, key, visitor_id=conversation.visitor_id)
        return await self._reply(conversation, opening, person, refused)

    async def admit(self, token: str, conversation_id: str) -> tuple[Visitor, Conversation]:
        """Return who holds a token, and the conversation that it opens.

        Raises:
            Unauthenticated: It is forged or expired, belongs to another conversation, or is a guest's and
                the conversation has become a customer's since.
            Erased: The conversation has been erased.
            NotFound: There is no such conversation any more.
        """
        visitor = self._visitor(token)
        if visitor.conversation_id != conversation_id:
            raise Unauthenticated("This token belongs to another conversation.")
        conversation = await self._log.conversation(conversation_id)
        check_visitor(conversation.visitor_id, visitor.id)
        if visitor.customer_id != (conversation.customer_id or ""):
            raise Unauthenticated("This conversation belongs to a customer now. Open the session again.")
        return visitor, conversation

    def _visitor(self, token: str) -> Visitor:
        claims = self._session_signer.verify(token)
        visitor_id, conversation_id = claims.get("sub"), claims.get("conv")
        customer_id, expires = claims.get("cust"), claims.get("exp")
        if not (
            isinstance(visitor_id, str)
            and isinstance(conversation_id, str)
            and isinstance(customer_id, str)
            and isinstance(expires, (int, float))
        ):
            raise Unauthenticated("This is not a session token.")
        return Visitor(visitor_id, conversation_id, customer_id, float(expires))

    async def _identify(self, identity_token: str | None) -> tuple[Person | None, bool]:
        if identity_token is None:
            return None, False
        try:
            return await self._doorkeeper.identify(identity_token), False
        except Unauthenticated:
            return None, True

    async def _resumed(self, resume: str | None, person: Person | None) -> Conversation | None:
        if not resume:
            return None
        try:
            claims = self._resume_signer.verify(resume)
            conversation = await self._log.conversation(str(claims.get("conv")))
        except (Unauthenticated, NotFound):
            return None
        if conversation.visitor_id != claims.get("sub"):
            return None
        if conversation.customer_id is not None:
            mine = person is not None and person.customer_id == conversation.customer_id
            return conversation if mine else None
        if person is None:
            return conversation
        named = Draft(Kind.CUSTOMER_IDENTIFIED, SYSTEM, {"name": person.name})
        try:
            return await self._log.identify(
                conversation.id, person.customer_id, named, visitor_id=conversation.visitor_id
            )
        except Erased:
            return None  # just now: a new one begins

    async def _begin(
        self, visitor_id: str, language: Language, person: Person | None, opening: Opening
    ) -> Conversation:
        speaker = "assistant" if opening.by_assistant else "agent"
        drafts = [Draft(Kind.DISCLOSURE, SYSTEM, {"speaker": speaker, "text": opening.disclosure})]
        if person is not None:
            drafts.append(Draft(Kind.CUSTOMER_IDENTIFIED, SYSTEM, {"name": person.name}))
        drafts.append(
            Draft(
                Kind.MESSAGE,
                ASSISTANT if opening.by_assistant else SYSTEM,
                {
                    "body": opening.greeting,
                    "quick_replies": [reply.model_dump() for reply in opening.suggestions],
                },
                generated=opening.by_assistant,
            )
        )
        return await self._log.open(
            visitor_id=visitor_id,
            language=language,
            opening=drafts,
            customer_id=person.customer_id if person else None,
        )

    async def _reply(
        self, conversation: Conversation, opening: Opening, person: Person | None, refused: bool
    ) -> SessionReply:
        claims = {"sub": conversation.visitor_id, "conv": conversation.id}
        proved = claims | {"cust": conversation.customer_id or ""}
        return SessionReply(
            token=self._session_signer.sign(proved, lives=TOKEN_LIVES),
            expires_in=int(TOKEN_LIVES.total_seconds()),
            resume=self._resume_signer.sign(claims, lives=RESUME_LIVES),
            conversation_id=conversation.id,
            log_epoch=await self._log.epoch(),
            head=conversation.head,
            status=conversation.status.value,
            language=conversation.language.value,
            style=self._front.style,
            shop_name=self._front.shop_name,
            assistant_name=self._front.assistant_name,
            disclosure=opening.disclosure,
            identity="customer" if person else "refused" if refused else "guest",
            customer_name=person.name if person else "",
            suggestions=[QuickReply.model_validate(s) for s in opening.suggestions],
        )
