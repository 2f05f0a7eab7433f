"""Sentences, and openings of sentences, that claim nothing: a closed list of kinds. Pure data."""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re

from assistant.claims import plain

_WHOLE = re.compile(
    r"(?:"
    r"(?:dzien dobry|czesc|hej|witam|witaj|hello|hi|hi there|good (?:morning|afternoon|evening))"
    r"|(?:(?:bardzo )?dziekuje(?:my)?|dzieki|thanks|thank you)(?: (?:bardzo|very much|so much))?"
    r"(?: (?:za|for) (?:pytanie|wiadomosc|kontakt|(?:your |the )?(?:question|message|asking|getting in touch|contacting us|reaching out)))?"
    r"|(?:to |that's a |that is a |a )?(?:dobre|swietne|good|great) (?:pytanie|question)"
    r"|(?:(?:chetnie|z przyjemnoscia|juz) (?:pomoge|pomagam|wyjasnie|wyjasniam|odpowiem|odpowiadam|podpowiem))"
    r"|(?:(?:i'm |i am |i'll be |we're )?(?:happy|glad|pleased) to help(?: you)?(?: with (?:that|this))?)"
    r"|(?:(?:bardzo )?(?:przepraszam|przepraszamy|przykro mi)(?: za (?:klopot|klopoty|utrudnienia|niedogodnosci))?)"
    r"|(?:(?:i'm |i am |we're |we are )?(?:very |so )?sorry(?: (?:for|about) (?:the |any |that |this )?(?:trouble|inconvenience))?)"
    r"|(?:i'm sorry to hear (?:that|this)|przykro mi to (?:slyszec|czytac))"
    r"|(?:mam nadzieje,? ze to (?:pomoze|pomaga|pomoglo|wyjasnia sprawe|wszystko wyjasnia)|i hope (?:this|that|it) helps)"
    r"|(?:(?:w razie|jesli (?:masz|bedziesz miec|pojawia sie)) (?:dalszych |dodatkowych |kolejne |jeszcze |inne |jakies )?(?:pytan|pytania),? "
    r"(?:napisz|pisz|daj znac|jestem tu|jestem tutaj|pytaj)(?: smialo)?)"
    r"|(?:(?:if you have (?:any )?(?:more |other |further )?questions|if anything else comes up),? "
    r"(?:just |please )?(?:ask|let me know|write|i'm here))"
    r"|(?:(?:daj|prosze dac) znac,? (?:jesli|gdyby|czy) (?:potrzebujesz|moge|mozna|bedziesz)(?: (?:jeszcze|w czyms|jakos|dalszej|czegos))* (?:pomocy|pomoc|wiecej|potrzebowac))"
    r"|(?:(?:let me know|tell me) if (?:you need (?:anything|something) else|there is anything else|i can help(?: with anything else)?))"
    r"|(?:(?:czy )?(?:moge|w czym moge) (?:jeszcze |w czyms )*pomoc(?: w czyms jeszcze| jeszcze)?|(?:can|how can) i help(?: you)?(?: with anything else)?)"
    r"|(?:milego dnia|udanych zakupow|pozdrawiam|pozdrawiamy|have a (?:nice|good|great) day|kind regards|best regards|you're welcome|prosze bardzo|nie ma sprawy|(?:nic )?nie szkodzi|nie martw sie|bez obaw|don't worry|no worries|no problem|jasne|oczywiscie|of course|certainly|sure)"
    r")(?:[,!]? (?:pani|panie|panstwu|you|ci|bardzo))?"
)  # fmt: skip

_OPENING = re.compile(
    r"\s*(?:-\s)?(?:(?:tak|nie|niestety nie|niestety tak|raczej nie|to prawda|zgadza sie|wrecz przeciwnie|nic nie szkodzi|nie szkodzi|oczywiscie|jasne|pewnie|niestety|owszem|tak jest|dzien dobry|czesc|hej|yes|no|unfortunately not|i am afraid not|i'm afraid not|that is right|that's right|not at all|not quite|of course|sure|"
    r"certainly|unfortunately|hi|hello|good news|bez obaw|spokojnie|prosze bardzo|no worries|don't worry|"
    r"dziekuje(?:my)? za (?:pytanie|wiadomosc)|thank you for (?:your question|your message|asking)|thanks for (?:your question|asking|your message)|"
    r"dobre pytanie|good question|chetnie pomoge|happy to help|przykro mi|przepraszam|przepraszamy|i'm sorry|sorry|we're sorry|"
    r"w skrocie|krotko mowiac|in short|zgodnie z (?:artykulem|regulaminem|zasadami sklepu)|wedlug (?:artykulu|naszego artykulu))"
    r"(?:,| -|:|!|\.)\s*)+"
)
_GREETED = re.compile(r"[\s!.,;:?()'’)-]+$")


def claims_nothing(text: str) -> bool:
    """Return whether a sentence is a greeting, thanks, an apology or an offer to help, and nothing more."""
    said = re.sub(r"(?::\)|:-\)|[^\w\s,;:.!?'()-])", "", plain(text.replace("’", "'")))
    return _WHOLE.fullmatch(_GREETED.sub("", said.strip())) is not None


def without_opening(text: str) -> str:
    """Return a sentence without a leading "Yes," or "Of course,": what follows must stand by itself."""
    read = plain(text.replace("’", "'"))
    if len(read) != len(text):
        return text
    opening = _OPENING.match(read)
    return text[opening.end() :] if opening and opening.end() < len(text) else text
