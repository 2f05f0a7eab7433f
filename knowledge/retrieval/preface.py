"""What a chatty English question opens with before it comes to its topic. Pure.

"Hello, I don't know how I can see the invoice" is about an invoice; an embedding of all of it is half about
not knowing.
"""

# ruff: noqa: E501 - an alternative reads best on one line
from __future__ import annotations

import re

_ENGLISH = r"""
hi|hello|hey|please|pls|plz|ok|okay|so|well|um|good (?:morning|afternoon|evening)|thanks|sorry|excuse me
|i (?:am|m) (?:trying|looking|hoping|going|planning)|(?:i )?(?:try|trying|hoping|looking)
|i (?:have|ve) (?:got )?(?:an? |some |the )?(?:problems?|issues?|trouble|difficult\w+|questions?)|problems?|issues?|question
|(?:i |we )?(?:do not|don ?t|dunno|didn ?t) (?:know|understand)|(?:i am|i m|am) not sure|not sure|no idea
|(?:i |we )?(?:would|d) (?:really )?like|(?:i |we )?(?:really |just |still )?(?:need|want|wanna|wanted|gotta|have got|ve got|have|got|wish)(?= (?:to|some|help|assist\w*|info\w*|know|a hand|you|u)\b)
|(?:can|could|would|will) (?:you|u|ya|someone|anyone|somebody)|(?:some )?(?:help|assist(?:ance|ing)?|support|info|information|a hand)(?= (?:me|us|to|with|about|on|in|for|from)\b)|(?:help|assist|tell|show|let|explain)(?:ing)? (?:me|us)
|(?:i )?(?:need|want) (?:some )?(?:help|assistance|support|info|information)
|(?:how|what|where|if|whether) (?:i|we) (?:can|could|may|need to|have to|should|must|do)|what (?:do |should )?(?:i|we) (?:need|have) to do
|to know|know|find out|understand|ask|wondering|was wondering|i was|to|with|about|on|in(?= \w+ing\b)|do(?= to\b)|if|whether|me|us
"""
_PREFACE = re.compile(rf"^(?:{''.join(_ENGLISH.splitlines())})\b[\s,.!?:;-]*", re.IGNORECASE)
_LEAST_WORDS = 2


def cut_preface(question: str) -> str:
    """Return an English question without what it opens with; all of it if fewer than two words would be left."""
    rest = re.sub(r"(?<=\w)['’](?=\w)", " ", question).strip()
    while (shorter := _PREFACE.sub("", rest, count=1)) != rest and len(shorter.split()) >= _LEAST_WORDS:
        rest = shorter
    return rest or question
