"""Words that make one verb together, as that one verb: *pick up* is *collect*. Closed, and pure."""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from functools import lru_cache, partial

from foundation.language import Language

_IT = r"(?P<it>(?: (?!to\b|the (?:shop|store|office)\b)[\w“”\"'’-]+){1,3}?)?"
"""What may stand inside of a verb: *send the parcel back*."""

_IDIOMS: dict[Language, tuple[tuple[str, str], ...]] = {
    Language.EN: (
        (rf"(?:send|ship|post|mail|bring|tak|take|sent|brought)(?:ing|s)?{_IT} back", "return"),
        (r"(?:get|have|receive)(?:s|ting)? (?:your|the|their|all your|all the) money back", "get refund"),
        (
            r"(?:give|hand|pay|transfer)(?:s|ing)? (?:you |them )?(?:your|the|their) money back|giv(?:e|ing) you back your money",
            "refund",
        ),
        (r"(?:your|the|their) money back", "refund"),
        (rf"(?:pick|fetch)(?:ed|ing|s)?{_IT}[ -]up", "collect"),
        (
            r"(?:get|be|stay)(?:ting|s)? in touch(?: with)?|reach(?:ing)? out(?: to)?|drop us a (?:line|message|note)",
            "contact",
        ),
        (r"(?:log|sign|logg|signing)(?:ing|s|ed)? (?:in|on)(?:to)?\b", "login"),
        (r"sign(?:ed|ing|s)? up|subscrib(?:e|ed|ing)", "subscribe"),
        (r"(?:opt|opting|sign|signing) (?:out|off)", "unsubscribe"),
        (rf"(?:take|took|taken|taking|cut|cutting|rip|tear|peel)(?:s)?{_IT} off", "remove"),
        (rf"(?:fill|filled|filling)(?:s)?{_IT} (?:in|out)", "complete"),
        (r"run(?:s|ning)? out|ran out", "expire"),
        (r"turn(?:s|ed|ing)? up|show(?:s|ed|n)? up", "arrive"),
        (r"(?:go|goes|going|gone|come|comes|coming|came) back", "return"),
        (r"(?:find|found|finding)(?:s)? out", "check"),
        (r"mak(?:e|ing) sure(?: that)?", "check"),
        (r"in (?:one's |your )?person", "personally"),
        (r"(?:one|a) (?:more|further) time|once (?:more|again)", "again"),
        (r"(?:two|2) times", "twice"),
        (r"on (?:your|its|their|his|her) own|by (?:itself|yourself|themselves)", "itself"),
        (r"(?:even )?if (?:you|we) (?:wish|like|want|prefer)|if need(?:ed| be)|if necessary", ""),
        (
            r"it(?: i|')s (?:best|a good idea|worth|easiest|enough|fine|important) (?:to|if you|that you)|you(?:'d| would| had)? better|please",
            "",
        ),
        (r"as soon as|the moment(?: that)?", "when"),
        (r"in order to|so as to|so that", "to"),
        (r"(?:is|are|be|have|has) (?:over|past|up|passed|elapsed)(?=[\s,.;]|$)(?! \d)", "expire"),
        (r"(?:you(?:['’]ll| will)? )?hear (?:back )?from us", "we answer"),
        (r"bank transfers?", "transfer"),
        (r"on your behalf|in your (?:name|place)", "for you"),
        (r"(?:a (?:little|bit)|slightly|somewhat)(?: more)?", ""),
        (r"any ?more|any longer", "longer"),
        (r"(?:I['’]m|I am|we['’]re) afraid(?: that)?|I['’]m sorry(?: but)?|sorry,?", ""),
        (r"in (?:all|total)|all in all|altogether", ""),
        (r"(?:is|are) (?:called|named)", "is"),
        (r"(?:is|are|be|feel) free to", "can"),
        (r"between (?P<from>\d[^,;.]{0,30}?) and (?=\d)", r"from \g<from> to "),
        (r"as well as|along with|together with", "and"),
        (r"(?:a )?(?:lot|plenty) of", "many"),
        (r"a couple of", "two"),
    ),
    Language.PL: (
        (r"da(?:j|my|jcie|ć|sz)? (?:nam |Ci |ci )?znać", "napisz"),
        (r"(?:przez internet|w internecie)", "online"),
        (r"(?:za pomocą|przy pomocy|za pośrednictwem)", "przez"),
        (r"(?:w tej samej chwili|tego samego dnia)", "tego samego dnia"),
        (r"(?:jeśli|jeżeli|gdy) (?:chcesz|wolisz|trzeba|potrzeba)(?=[,.])", ""),
        (r"(?:bez względu|niezależnie) (?:na|od)(?: to)?", "mimo"),
        (
            r"(?:ważne|pamiętaj|warto|najlepiej|dobrze|wystarczy|najprościej|trzeba tylko),? (?:jest |będzie )?(?:żeby|aby|by|że)(?=\s)",
            "",
        ),
        (r"(?:tak )?żebyś mógł|abyś mógł", "możesz"),
        (r"wy(?:szł|chodz|jdz)\w+ na jaw", "widoczne"),
        (r"bierz(?:e|emy) na siebie|brać na siebie", "pokrywa"),
        (r"(?:ma|masz|mają) prawo do", "przysługuje"),
        (r"z powrotem", ""),
        (r"w sumie|ogółem|łącznie", ""),
        (r"między (?P<from>\d[^,;.]{0,30}?) a (?=\d)", r"od \g<from> do "),
        (r"z góry", "przed"),
        (r"ten", ""),  # in a short clause it would be read as the English number
        (r"godzin(?:y|ie|ę|a) (?=\d)", ""),
    ),
}
_COMPILED = {
    language: [(re.compile(rf"\b(?:{pattern})(?!(?<=\w)\w)", re.IGNORECASE), by) for pattern, by in idioms]
    for language, idioms in _IDIOMS.items()
}


def _said(by: str, found: re.Match[str]) -> str:
    return found.expand(by) + (found.groupdict().get("it") or "")


@lru_cache(maxsize=8192)
def plain_verbs(text: str, language: Language) -> str:
    """Return a text with its idioms as single words; what stands inside of a verb comes after it."""
    for pattern, by in _COMPILED[language]:
        text = pattern.sub(partial(_said, by), text)
    return text
