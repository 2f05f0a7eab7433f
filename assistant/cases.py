"""What a person should look at: a shopper's own grievance, or a case that no article settles. Pure.

A rule tells of what *happened* ("but mi się rozpruł"); questions on complaints in general ("ile trwa
reklamacja?", "co jeśli paczka zaginie?") are for the articles.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import lexicon
from assistant.plain import simplify

_SENTENCE = re.compile(r"[^.!?;\n]+\??")
_CLOTHES = "|".join(sorted({re.escape(w) for group in lexicon.GOODS[:17] for w in group}))
_GOODS = (
    rf"(?:{_CLOTHES}|produkt\w*|towar\w*|zamek|zamka|suwak\w*|podeszw\w*|szew|szwy|obcas\w*|sznurowk\w*|rekaw\w*|kieszen\w*|guzik\w*|"
    r"klamr\w*|pasek|nit\w*|zips?|zippers?|soles?|seams?|heels?|laces?|straps?|buckles?|sleeves?|buttons?|pockets?|items?|product)"
)
_PARCEL = r"(?:paczk\w+|przesylk\w+|zamowieni\w+|towar\w*)"
_PARCEL_EN = r"(?:parcel|package|order|shipment|delivery)"
_SOME = r"(?:\w+ ){0,4}"
_MINE = r"(?:mi|nam|moj\w*|moi\w*|nasz\w*)"
_NOT_ASKED = (
    r"(?:(?!jak |gdzie |ile |kiedy |czy |co |wiedziec |zapytac |how |when |where |what |know |ask )\w+ ){0,4}"
)


def _rules(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_SUPPOSED = re.compile(
    r"\b(?:co jesli|gdy|co jak|jesli|jezeli|gdyby|w razie|w przypadku|what if|what happens (?:if|when)|if|in case|unless|suppose)\b"
)
"""Before what is told, it makes a supposition of it."""

_ASKED = re.compile(
    r"\b(?:jak|gdzie|ile|kiedy|czy|kto|jaki|jaka|jakie|jakim|czym|co|how|where|when|who|what|which|can|could|do|does|is|are|may|should)\b"
)
"""Before the filing of a complaint or a hard word, it makes a question of it."""

_FILED = _rules(
    rf"\b(?:chce|chcemy|chcial\w+|musze|musimy|zamierzam|pragne|prosze o|prosimy o) {_NOT_ASKED}(?:reklamacj\w+|(?:za)?reklamowac)\b",
    r"\b(?:zglaszam|zglaszamy|skladam|skladamy|wnosze) (?:\w+ ){0,3}(?:reklamacj\w+|skarg\w+)\b",
    r"\breklamuj(?:e|emy)\b",
    rf"\b(?:chce|chcial\w+|musze) {_NOT_ASKED}(?:zlozyc|wniesc) (?:\w+ )?skarg\w+\b",
    rf"\b(?:odrzucil\w+|odrzucon\w+|nie uznal\w+|nie uznan\w+|zignorowal\w+) {_SOME}reklamacj\w+\b",
    rf"\b(?:moj\w*|nasz\w*) reklamacj\w+ {_SOME}(?:odrzuc\w+|nie uznan\w+|bez odpowiedzi)\b",
    r"\b(?:id|i|we|wed) (?:\w+ ){0,2}(?:want|need|wish|like|have|going|wanna) (?:\w+ )?(?:to )?(?:make|file|lodge|submit|raise|register|place) (?:\w+ )?complaint\b",
    r"\b(?:i am|im|we are) (?:\w+ )?(?:making|filing|lodging|submitting|raising) (?:\w+ )?complaint\b",
    r"\b(?:id|i|we|wed) (?:\w+ ){0,2}(?:want|need|wish|like) to complain\b",
    r"\b(?:i am|im|we are) (?:complaining|here to complain)\b",
    r"\bmy (?:complaint|claim) (?:was|has been|got) (?:rejected|ignored|refused|denied)\b",
)
_UPSET = _rules(
    r"\b(?:skandal\w*|zenada|kpina|kpiny|hanba|bezczelnosc|oszusci|oszusty|zlodzieje|oszukujecie|oszukaliscie|oszukal\w* mnie|zostal\w* oszukan\w+|naciagacze)\b",
    r"\b(?<!nie )(?:jestem|jestesmy) (?:(?!nie )\w+ ){0,2}(?:wkurz\w+|wkurw\w+|wsciek\w+|oburz\w+|zly|zla|zirytowan\w+|zdenerwowan\w+|rozczarowan\w+|zawiedzion\w+|niezadowolon\w+)\b",
    r"\bto (?:jest |sa )?(?:jakis zart|jakies zarty|zart jakis|oszustwo|zlodziejstwo|niedopuszczaln\w+|nie do przyjecia|dramat|jawne oszustwo)\b",
    r"\b(?:nigdy wiecej (?:u was|nic|nie)|wkurza mnie|wkurzacie|szlag mnie)\b",
    r"\b(?:zglos\w+|zglaszam|ide|pojde|pojdziemy|napisze|skieruj\w+|spotkamy sie|widzimy sie|zawiadomi\w+|oddam|podam|donios\w+) (?:\w+ ){0,4}"
    r"(?:uokik\w*|rzecznik\w*|sad|sadu|sadzie|policj\w+|prokuratur\w+|inspekcj\w+|prawnik\w*|adwokat\w*)\b",
    r"\b(?:pozwe|pozywam) (?:was|sklep|ten sklep)\b",
    r"\bthis is (?:(?!not )\w+ ){0,2}(?:ridiculous|unacceptable|outrageous|disgrace\w*|disgusting|appalling|scam|fraud|theft|joke|rip ?off)\b",
    r"\b(?:scam|scammers|crooks|thieves|fraudsters|you scammed me|youre scammers|absolute joke)\b",
    r"\b(?:i am|im|we are) (?:(?!not )\w+ ){0,2}(?:angry|furious|fuming|livid|outraged|disgusted|pissed|fed up|disappointed|upset)\b",
    r"\bworst (?:shop|store|service|company|customer service)\b",
    r"\b(?:ill|i will|i am going to|im going to|we will|gonna) (?:\w+ ){0,3}(?:sue|report you|report this|go to court|take you to court|see you in court|my lawyer|trading standards|the police)\b",
)
_LATER = r"(?:fell|came|torn|tore|ripped|broke|broken|split|cracked|snapped|burst|leak|leaks|leaking|unglued|unstitched)"
_DEFECTIVE = _rules(
    rf"\b{_MINE} {_SOME}(?:rozklei|odklei|rozpru|popru|spru|rozpad|rozlecia|rozwali|rozlaz|rozerwa|podar|przetar|odpad|rozszy)l\w*\b",
    rf"\b(?:rozklei|odklei|rozpru|popru|rozpad|rozlecia|rozwali|rozerwa|podar|przetar|odpad)l\w* {_SOME}{_MINE}\b",
    rf"\b{_GOODS} {_SOME}(?:rozklei|odklei|rozpru|popru|spru|rozpad|rozlecia|rozwali|rozlaz|rozerwa|podar|przetar|odpad|pek|peka|zepsu|popsu|urwa|zlama|polama|rozszy)l\w*\b",
    rf"\b(?:rozklei|odklei|rozpru|popru|rozpad|rozlecia|rozwali|rozerwa|podar|odpad|pek|zepsu|popsu|urwa|zlama)l\w* {_SOME}{_GOODS}\b",
    rf"\b{_GOODS} {_SOME}{_MINE} {_SOME}(?:rozklejaj\w*|rozkleja|rozpadaj\w*|rozpada|pruja|pruje|przeciekaj\w*|przecieka)\b",
    rf"\b(?:{_PARCEL}|{_GOODS}) {_SOME}(?:przysz\w+|dotar\w+|dosz\w+|jest|sa|byl\w*) (?:\w+ ){{0,2}}(?:uszkodzon\w+|zniszczon\w+|wadliw\w+|polaman\w+|zepsut\w+|popsut\w+|dziuraw\w+|podart\w+)\b",
    rf"\b(?:dostal\w+|otrzymal\w+|przyslali\w*|kupil\w+) (?:\w+ ){{0,2}}(?:uszkodzon\w+|zniszczon\w+|wadliw\w+|zepsut\w+|dziuraw\w+) (?:{_PARCEL}|{_GOODS})\b",
    rf"\b(?:{_MINE} {_GOODS}|{_GOODS}) (?:\w+ ){{0,2}}(?:maja|ma) (?:\w+ )?(?:wade|dziure|dziury)\b",
    rf"\bmy (?:\w+ ){{0,2}}{_GOODS} {_SOME}(?:{_LATER}|defective|faulty|damaged|stopped working)\b",
    rf"\bthe {_GOODS} (?:\w+ ){{0,2}}(?:fell (?:off|apart)|came (?:off|apart|undone|unstuck)|broke|ripped|tore|split|cracked|snapped|has broken|is broken|stopped working)\b",
    rf"\b{_GOODS} (?:fell|came) (?:off|apart)\b",
    rf"\b(?:the|these|those) {_GOODS} i (?:bought|ordered|got) (?:\w+ ){{0,6}}{_LATER}\b",
    rf"\b(?:{_PARCEL_EN}|{_GOODS}) (?:\w+ )?(?:arrived|came) (?:\w+ )?(?:damaged|broken|torn|ripped|faulty|defective|with a hole)\b",
    rf"\bi (?:got|received|bought|was sent) (?:\w+ ){{0,2}}(?:damaged|broken|faulty|defective|torn) {_GOODS}\b",
    rf"\b(?:there is|theres|has|have) (?:a |an )?(?:hole|holes|tear) in my {_GOODS}\b",
)
_UNUSUAL = _rules(
    # a parcel lost or stolen
    rf"\b{_PARCEL} {_SOME}(?:zaginel\w+|zaginal|zginel\w+|przepadl\w*|zaginion\w+|zgubion\w+|skradzion\w+|ukradzion\w+|zgubil[aoy])\b",
    rf"\b(?:zaginel[aoy]|zginel[aoy]|przepadl[aoy]|zgubil(?:i|iscie|o)|kurier (?:\w+ )?zgubil|zgubil[ao] sie|ukradli|skradziono|ukradziono) {_SOME}{_PARCEL}\b",
    rf"\bmy {_PARCEL_EN} (?:is|was|got|has been|has gone|went|must be) (?:\w+ )?(?:lost|stolen|missing in transit|gone missing|missing in the post)\b",
    rf"\bmy {_PARCEL_EN} (?:went|has gone) missing\b",
    rf"\b(?:you|courier|they|carrier|inpost|dpd|driver) (?:\w+ )?lost my {_PARCEL_EN}\b",
    rf"\b(?:someone|somebody) (?:else )?(?:stole|got|took|received) my {_PARCEL_EN}\b",
    # paid twice
    r"\b(?:pobral|sciagn|sciag|pobran|obciazyl|obciazon|zaplacil|skasowal|naliczyl|naliczon|policzy|zabral)\w* (?:\w+ ){0,5}(?:dwa razy|dwukrotnie|podwojnie|2 razy|2x)\b",
    r"\b(?:dwa razy|dwukrotnie|podwojnie|2 razy|2x) (?:\w+ ){0,4}(?:pobral|pobran|sciagn|sciag|obciazy|obciazon|zaplacil|zeszl|zabral|skasowal|naliczyl|naliczon)\w*",
    r"\b(?:charged|billed|debited|paid|took (?:\w+ ){1,2}|taken) (?:\w+ ){0,4}(?:twice|two times|double|2 times)\b",
    r"\b(?:double|twice) (?:charged|billed|debited)\b",
    # harm
    r"\b(?:dostal\w+|mam|wyskoczyl\w+|wywolal\w+|wywolaly) (?:\w+ ){0,4}(?:uczuleni[ae] (?:po|od|przez)|uczulily|wysypk\w+|reakcj\w+ alergiczn\w+)\b",
    r"\b(?:dostal\w+) (?:\w+ ){0,2}(?:uczuleni[ae]|alergii|wysypki)\b",
    r"\b(?:poparzyl|oparzyl|zranil|skaleczyl|porazil)\w* (?:sie|mnie|mi|syna|corke|dziecko|noge|reke|stope|dlon)\b",
    r"\b(?:sie|mnie|mi) (?:\w+ )?(?:poparzyl|oparzyl|zranil|skaleczyl|porazil)\w*\b",
    rf"\b(?:zapalil\w*|wybuch\w+|zaplon\w+|stopil\w*) (?:mi )?sie {_GOODS}\b",
    rf"\b{_GOODS} (?:mi )?(?:sie )?(?:zapalil\w*|wybuchl\w*|zaplonel\w*)\b",
    r"\b(?:trafil\w+|wyladowal\w+) (?:\w+ ){0,2}(?:do szpitala|w szpitalu|na sor|na pogotowie)\b",
    r"\b(?:got|had|have|gave me|caused) (?:\w+ ){0,2}(?:allergic reaction|rash|blisters and a rash|chemical burn)\b",
    rf"\b(?:i|it|they|that|{_GOODS}) (?:\w+ ){{0,2}}(?:burned|burnt|injured|hurt|cut) (?:me|myself|my (?:hand|foot|leg|skin|face|son|daughter|child|arm|finger))\b",
    rf"\b(?:{_GOODS}|it) (?:\w+ )?(?:caught fire|exploded|burst into flames|gave me an electric shock)\b",
    r"\bended up in (?:the )?(?:hospital|emergency)\b",
    # customs
    r"\b(?:utknel\w*|zatrzyman\w*|zatrzymal\w*|lezy|stoi|trzymaja) (?:\w+ ){0,4}(?:clo|cla|cle|celn\w+|celnic\w+)\b",
    r"\b(?:kaza\w*|naliczyl\w*|naliczon\w*|musialam|musialem|zaplacilam|zaplacilem|chca) (?:\w+ ){0,4}(?:clo|cla|oplat\w+ celn\w+)\b",
    rf"\b(?:{_PARCEL_EN}|it) (?:\w+ ){{0,2}}(?:stuck|held|stopped|seized) (?:\w+ ){{0,2}}customs\b",
    r"\b(?:i was|ive been|i have been|they|customs|courier) (?:\w+ ){0,3}(?:charged|asked|made|wants?) (?:\w+ ){0,4}(?:customs|duty|import)\b",
    # a stranger in one's account
    r"\b(?:wlamal\w*|wlaman\w*|wlamano|zhakowa\w*|shakowa\w*|przejal\w*|przejeto) (?:\w+ ){0,3}kont\w*\b",
    r"\bkont\w* (?:\w+ ){0,3}(?:zhakowan\w*|shakowan\w*|przejet\w*|wlaman\w*|zostalo wlamane)\b",
    r"\bktos (?:\w+ ){0,3}(?:kont\w+|moj\w+ dan\w+|moj\w+ kart\w+|moje nazwisko|moj adres|wlamal\w*)\b",
    r"\bmy account (?:was|has been|got|is) (?:\w+ )?(?:hacked|compromised|taken over|stolen|breached)\b",
    r"\b(?:someone|somebody|a stranger) (?:\w+ ){0,2}(?:used|uses|hacked|logged in\w*|broke in\w*|accessed|ordered|paid|placed) (?:\w+ ){0,5}(?:my account|my card|my name|my address|my data)\b",
    # somebody else's parcel or data
    r"\b(?:dostal\w+|otrzymal\w+|przysz\w+|widz\w+|mam|przyslal\w+|pokazuj\w+) (?:\w+ ){0,3}(?:cudz\w+|dane (?:innej|obcej) osoby|dane kogos innego|obc\w+ (?:paczk\w+|dan\w+)|paczk\w+ (?:innej osoby|kogos innego|sasiad\w+))\b",
    r"\b(?:dane|adres|nazwisko|zamowienie|paczka) (?:innej|obcej|calkiem obcej) osoby\b",
    r"\b(?:i|we) (?:\w+ )?(?:got|received|see|can see|have|was sent|opened) (?:\w+ ){0,2}(?:someone elses?|somebody elses?|another (?:customers?|persons?)|a strangers?) (?:parcel|package|order|data|details|name|address|invoice)\b",
)


def complains(text: str) -> bool:
    """Return whether a shopper tells of a grievance of their own: a complaint, a defect, anger, a threat."""
    return _told(text, (*_FILED, *_UPSET), (_SUPPOSED, _ASKED)) or _told(text, _DEFECTIVE, (_SUPPOSED,))


def is_unusual(text: str) -> bool:
    """Return whether a shopper tells of a case that no article settles: loss, harm, a stranger's doing."""
    return _told(text, _UNUSUAL, (_SUPPOSED,))


def _told(text: str, rules: Sequence[re.Pattern[str]], unless: Sequence[re.Pattern[str]]) -> bool:
    for sentence in _SENTENCE.findall(text):
        plain = simplify(sentence)
        for rule in rules:
            match = rule.search(plain)
            if match and not any(guard.search(plain, 0, match.start()) for guard in unless):
                return True
    return False
