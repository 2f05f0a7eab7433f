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
    r"\b(?:i am|im|we are) (?:(?!not )\w+ ){0,2}(?:angry|furious|fuming|livid|outraged|disgusted|pissed|fed up|dis+ap+oint\w*|upset)\b",
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
_FAULT_PL = (
    r"(?:(?:sie )?nie (?:(?:juz|w ogole|wcale|sie) ){0,2}(?:dzial\w+|swiec\w+|blokuj\w+|zapina\w*|domyka\w*|trzyma\w*|wlacz\w+|laduj\w*|otwiera\w*|zamyka\w*)|"
    r"przecieka\w*|przemaka\w*|przemokl\w*|cieknie|ciekna|zacina(?:ja)?|zacial\w*|zepsul\w*|popsul\w*|pekl\w*|peknie\w*|zlamal\w*|urwal\w*|"
    r"odpadl\w*|odkleil\w*|odkleja\w*|rozkleil\w*|rozpadl\w*|rozprul\w*|podarl\w*|padl[aoy]?|ma (?:wade|dziure))"
)
_FAULT_EN = (
    r"(?:(?:doesnt|dont|does not|do not|didnt|wont|will not|wouldnt|cant|isnt|arent|stopped|has stopped|quit) (?:\w+ )?(?:work\w*|lock\w*|charg\w*|close|open|turn on|zip|fasten|hold|inflate)|"
    r"(?:has |have |is |are |just |already |started |been )*(?:leak(?:s|ed|ing|y)?|broke|broken|snapped|died|dead|cracked|ripped|torn|tore|split|burst|jammed)|(?:fell|came|coming|falling) (?:off|apart))"
)
_BOUGHT_PL = r"(?:kupil(?:am|em|ismy)|kupion\w+|zamowil(?:am|em|ismy)|dostal(?:am|em|ismy)|mam od was)"
_BOUGHT_EN = r"\b(?:i|we|ive|weve|my \w+) (?:\w+ )?(?:bought|ordered|purchased|received|got)"
_DISMAY = r"(?:reklamacj\w+|rekl\w?macj\w+|reklam\w?cj\w+|rekalmacj\w+|rozczarowan\w*|zawiedzion\w*|niezadowolon\w*|complaint|complain|dis+ap+oint\w*|unhappy)"
_SPAN = r"(?:\d+ |\w+ )?(?:dniach|dniu|dzien|tygodni\w*|miesiac\w*|wyjazd\w*|wyjsci\w*|noc\w*|razach|days?|weeks?|months?|nights?|trips?|uses?|wears?|hikes?)"
_FAULT_TOLD = _rules(
    # a bought thing and what is wrong with it
    rf"\b{_BOUGHT_PL} (?:\w+ ){{1,8}}{_FAULT_PL}\b",
    rf"{_BOUGHT_EN} (?:\w+ ){{1,10}}{_FAULT_EN}\b",
    # after a time in use: "died after 3 days", "pękł po tygodniu"
    rf"\b{_FAULT_PL} (?:\w+ ){{0,4}}(?:juz )?(?:po|pierwsz\w+) {_SPAN}\b",
    rf"\b(?:po|juz po) {_SPAN} (?:\w+ ){{0,3}}{_FAULT_PL}\b",
    rf"\b{_FAULT_EN} (?:\w+ ){{0,4}}(?:after|within|in|on (?:the|its|their) first|first) {_SPAN}\b",
    # a fault and a word of complaint
    rf"\b{_FAULT_PL} (?:\w+ ){{0,8}}{_DISMAY}\b",
    rf"\b{_DISMAY} (?:\w+ ){{0,5}}{_FAULT_PL}\b",
    rf"\b{_FAULT_EN} (?:\w+ ){{0,8}}{_DISMAY}\b",
    rf"\b{_DISMAY} (?:\w+ ){{0,5}}{_FAULT_EN}\b",
)
"""Faults of things that need not be named, in what is told by whoever has them."""
_NOT_ORDERED = _rules(
    r"\b(?:przysla\w+|przysz\w+|dosta(?:lam|lem|lismy)|wysla(?:liscie|no)) (?:\w+ ){0,3}(?:nie (?:ten|ta|to|te|taki\w*)|inn\w+|zl[yae]\w*) (?:kolor\w*|rozmiar\w*|model\w*|rzecz\w*|towar\w*|produkt\w*|par\w)\b",
    r"\b(?:kolor|rozmiar|model) (?:\w+ ){0,3}(?:nie (?:ten|taki)|inny) (?:\w+ ){0,2}zam\w+\b",
    r"\b(?:not|isnt|wasnt) the (?:colou?r|size|model|one|item|thing)s? (?:that |which )?i (?:\w+ )?(?:ordered|bought|paid|chose|picked)\b",
    r"\b(?:you|they) (?:\w+ )?sent (?:me |us )?(?:the |a )?(?:wrong|different) (?:colou?r|size|model|product)\b",
)
_NO_GOODS = re.compile(
    r"\b(?:kod\w*|kupon\w*|blik\w*|platn\w*|strona|link\w*|haslo|logowani\w*|konto|aplikacj\w*|formularz\w*|telefon\w*|infolini\w*|"
    r"codes?|vouchers?|coupons?|blik|payment|card|website|site|page|link|password|login|account|app|form|hotline)\b"
)
"""What does not work in a sentence with one of these is no fault of goods."""

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
    return (
        _told(text, (*_FILED, *_UPSET), (_SUPPOSED, _ASKED))
        or _told(text, _DEFECTIVE, (_SUPPOSED,))
        or _told(text, _FAULT_TOLD, (_SUPPOSED, _ASKED), _NO_GOODS)
        or _told(text, _NOT_ORDERED, (_SUPPOSED,))
    )


def is_upset(text: str) -> bool:
    """Return whether a shopper's words are angry or let down."""
    return _told(text, _UPSET, (_SUPPOSED, _ASKED))


def is_unusual(text: str) -> bool:
    """Return whether a shopper tells of a case that no article settles: loss, harm, a stranger's doing."""
    return _told(text, _UNUSUAL, (_SUPPOSED,))


def _told(
    text: str,
    rules: Sequence[re.Pattern[str]],
    unless: Sequence[re.Pattern[str]],
    never_with: re.Pattern[str] | None = None,
) -> bool:
    """Return whether a sentence tells it, with nothing of `unless` before and of `never_with` anywhere in it."""
    for sentence in _SENTENCE.findall(text):
        plain = simplify(sentence)
        if never_with is not None and never_with.search(plain):
            continue
        for rule in rules:
            match = rule.search(plain)
            if match and not any(guard.search(plain, 0, match.start()) for guard in unless):
                return True
    return False
