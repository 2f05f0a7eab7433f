"""The words by which intents are told, Polish and English. Data: regular expressions over folded text.

Folded: lower case, no diacritics (ł → l), apostrophes dropped, other punctuation as single spaces; words
misspelt by one letter are mended against `KEYWORDS` first. A rule asks for the words *together* ("gdzie … moja
paczka"), since single ones mislead: "czy mogę odebrać paczkę osobiście?" wants no person, and "gdzie mogę
nadać paczkę?" is not about an order under way.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ANY = r"(?:\w+ )"
"""One word of any kind; repeated with an upper bound, so that a rule stays inside a clause."""

# --- What opens and closes a message without asking anything -----------------------------------------

GREETING_WORDS = frozenset(
    _words(
        "hej hejka hejo czesc siema siemka siemanko witam witaj witajcie elo halo haloo hello hellou hi "
        "hey heya hiya yo dzien dobry dziendobry dobry wieczor dobrywieczor dobranoc good morning "
        "afternoon evening there greetings howdy panstwa panstwo serdecznie wszystkim pozdrawiam"
    )
)
"""A message made of these alone is a greeting; at the start of a question they are cut from the search."""

FORMAL_GREETING = re.compile(r"\b(?:dzien dobry|dziendobry|dobry wieczor|dobrywieczor)\b")
"""Answered in kind: "cześć" would be too familiar. Read on `simplify`'s text."""

THANKS_WORDS = frozenset(
    _words(
        "dziekuje dziekuj dziekujemy dzieki dziekowac dzieks thx thanks thank you ty tx bardzo wielkie "
        "slicznie pieknie serdecznie super swietnie fajnie ekstra git ok oki okej okay spoko jasne "
        "rozumiem dobra dobrze wszystko za pomoc odpowiedz informacje info to tyle very much so a lot "
        "many cheers great perfect awesome cool nice got it that is thats all for your the help helpful "
        "understood i see milego dnia dobrego nawzajem do widzenia zobaczenia pa papa bye goodbye have "
        "good nice day nie no nope juz mi pomogles pomoglas pomoglo pomocne i trzeba potrzeba need"
    )
)
"""A message made of these alone thanks, agrees or says goodbye."""

THANKS_CORE = frozenset(
    _words(
        "dziekuje dziekujemy dzieki dzieks thx thanks thank cheers super swietnie fajnie ekstra git ok "
        "oki okej okay spoko jasne rozumiem great perfect awesome cool understood widzenia zobaczenia pa "
        "papa bye goodbye milego nope nie no dobra dobrze helpful pomocne"
    )
)
"""At least one of these is needed for thanks."""

AGREEING_WORDS = frozenset(
    _words(
        "ok oki okej okay spoko jasne rozumiem understood nope nie no dobra dobrze juz wszystko to tyle i see got it that is thats all "
        "trzeba potrzeba need widzenia zobaczenia do pa papa bye goodbye"
    )
)
"""Thanks of these alone only agree, decline or take leave: "you're welcome" would answer nothing."""

COURTESY_WORDS = frozenset(
    _words(
        "prosze poprosze please pls plz mam pytanie pytanko szybkie jedno takie bo i a wiec sluchajcie "
        "slucham sluchaj przepraszam sorry excuse me quick question i have a so um hmm ee no well "
        "chcialbym chcialabym zapytac spytac dowiedziec sie wanted wondering want to ask would like can "
        "could you tell powiedzcie powiedz mi czy"
    )
)
"""Cut before the question proper, together with greetings, as long as something is left."""

YES_WORDS = frozenset(
    _words(
        "tak poprosze prosze jasne pewnie oczywiscie chetnie ok okej dobrze dobra no yes yeah yep yup "
        "sure please ok okay do that go ahead bardzo przekaz przekazcie of course"
    )
)
YES_CORE = frozenset(
    _words(
        "tak poprosze jasne pewnie oczywiscie chetnie ok okej dobrze dobra przekaz przekazcie yes yeah "
        "yep yup sure okay ahead please prosze"
    )
)
"""After an offer to call a person: "tak, poproszę"."""

OFFERED_PERSON = frozenset(
    _words(
        "osobe osoba osoby osobie czlowieka czlowiek czlowiekiem czlowiekowi konsultanta konsultantem konsultant person human "
        "someone somebody agent consultant"
    )
)
OFFERED_PERSON_FILLERS = frozenset(
    _words("z ze do o to a an the with wole wolalbym wolalabym rather chce then wiec")
)
"""After that offer: "poproszę osobę", "yes please, a person"."""

NONE_OF_THEM = re.compile(
    r"(?:(?:nie|no|nope|ani|to) )*(?:zadn\w+|zaden|zadna|nic|none|neither|nothing|nie|no|nope|nie to|not (?:these|those|that|any))"
    r"(?: (?:z|ze) (?:tych|tego|nich|powyzszych)(?: \w+)?| of (?:these|those|them|the above|that)(?: \w+)?| o to(?: chodzi)?)?"
)
"""The whole of a message that turns down all topics on offer. Read on `simplify`'s text."""

ORDINALS = (
    (0, _words("pierwsza pierwszy pierwsze pierwsza 1 jeden jedynka first one")),
    (1, _words("druga drugi drugie 2 dwojka second two")),
    (2, _words("trzecia trzeci trzecie 3 trojka third three")),
    (-1, _words("ostatnia ostatni ostatnie last")),
)
ORDINAL_FILLERS = frozenset(
    _words(
        "ta ten to te tak o opcja opcje temat punkt sprawa sprawe pytanie numer nr chodzi mi poprosze prosze z tych the yes it is its i mean "
        "meant please option number topic one of these them"
    )
)
"""Which of the topics on offer: "ta druga", "the second one", "nr 2"."""

# --- A person is wanted -----------------------------------------------------------------------------

_PERSON_PL = (
    r"(?:(?:zyw\w+ |prawdziw\w+ |normaln\w+ |jakims |jakiegos |jakas |kims |ktos |kogos )*"
    r"(?:czlowiek\w*|ludzmi|ludzi|konsultant\w*|pracowni\w+|doradc\w+|operator\w*|agent\w*|obslug\w*|"
    r"sprzedawc\w+|kierownik\w*|przelozon\w+|menedzer\w*|szef\w*|bok\b|infolini\w+|czlekiem|czleka|"
    r"(?:zyw|prawdziw|normaln)\w+ (?:osob\w+|czlowiek\w*)|osoba|osobe|osoby|kims|kogos|ktos|ktokolwiek|kimkolwiek)"
    r"(?: (?:zyw|prawdziw|normaln)\w+)?)"
)
_PERSON_EN = (
    r"(?:(?:an? |the |any |some |your |real |live |actual |human |proper |another |bloody |damn |damned |fucking |goddamn )*"
    r"(?:human|humans|person|people|agent|agents|representative|rep|operators?|advisor|adviser|consultant|assistant manager|assistants?|"
    r"manager|supervisor|staff|support|customer (?:service|support|care)|someone|somebody|team member|employee)"
    r"(?: being)?)"
)
_PERSON_NOUN = (
    r"(?:czlowiek\w*|konsultant\w*|doradc\w+|operator\w*|agent|agenta|agentem|human|person|representative|advisor|"
    r"adviser|obsluga klienta|obsluga|pracownik\w*|zyw\w+ osob\w+|zyw\w+ czlowiek\w*|real person|human being|live agent|"
    r"live person|live chat with a person|human agent|real human|customer service|customer support)"
)
_TALK_PL = (
    r"(?:po|roz)?(?:rozmawiac|gadac|gadka|gadam|rozmow\w*|mowic|czatowac|pisac|polacz\w*|laczyc|skontaktowa\w*|skontaktuj\w*|kontakt\w*|"
    r"przelacz\w*|przekieruj\w*|przekierow\w*)"
)
_GIVE_PL = (
    r"(?:daj\w*|dawaj\w*|dac|poprosz\w*|prosze|prosz|potrzebuj\w*|potrzebny|potrzebna|wezwij\w*|zawolaj\w*|wolaj\w*|chce|chcem|"
    r"chcialbym|chcialabym|przekaz\w*|przelacz\w*|polacz\w*|podaj\w*|dawac|niech)"
)

WANTS_PERSON = tuple(
    re.compile(rule)
    for rule in (
        # "chcę porozmawiać z człowiekiem", "połącz mnie z konsultantem", "poproszę o kontakt z obsługą"
        rf"\b{_TALK_PL} {_ANY}{{0,3}}(?:z|ze|do|na) {_PERSON_PL}\b",
        # "z kimś pogadać"
        rf"\b(?:z|ze) {_PERSON_PL} (?:chce |moge |da sie |mozna )*(?:po|roz)?(?:rozmawiac|gadac|pisac|mowic)\b",
        r"\bprzekaz\w* (?:\w+ ){0,3}(?:czlowiekowi|konsultantowi|komus|obsludze|pracownikowi|do (?:obslugi|konsultanta|czlowieka))\b",
        # "daj mi człowieka", "poproszę konsultanta"
        rf"\b{_GIVE_PL} (?:mi |mnie |tu |mnie do |do |o |pomocy |jakiegos |jakas |z |ze |od razu |szybko |teraz |tylko )*"
        r"(?:(?:zyw|prawdziw|normaln)\w+ )?"
        r"(?:czlowiek\w*|konsultant\w*|pracownik\w*|doradc\w+|operator\w*|agent\w*|kierownik\w*|szefa|przelozon\w+|obslug\w+ klienta|czleka|"
        r"(?:zyw|prawdziw|normaln)\w+ osob\w+|kogos zywego|kogos z obslugi|kogos z was|osob\w+ z obslugi)\b",
        r"\bniech (?:ktos|czlowiek|konsultant|pracownik) (?:z \w+ )?(?:mi |do mnie |sie )*"
        r"(?:odpowie|odpisze|zadzwoni|oddzwoni|odezwie|pomoze|napisze)\b",
        r"\b(?:prosze o|poprosze o|chce|potrzebuje) (?:telefon od|oddzwonienie|rozmow[ey] telefoniczn\w+)\b",
        r"\b(?:(?:moze|moglby|mogl by) (?:ktos|konsultant|czlowiek)|(?:ktos|konsultant|czlowiek) (?:moze|moglby|mogl by)) "
        r"(?:do mnie |mi |sie ze mna )*"
        r"(?:oddzwonic|zadzwonic|odpisac|skontaktowac|odpowiedziec)\b",
        # "nie chcę gadać z botem", "dość bota"
        r"\b(?:nie chce|nie bede|nie mam ochoty|dosc|zadnych|zadnego|mam dosc|wylacz|bez) "
        rf"{_ANY}{{0,3}}(?:bot\w*|robot\w*|automat\w*|maszyn\w*|ai|sztuczn\w+ inteligencj\w+)\b",
        rf"\b(?:jest|sa) tu (?:jakis |ktos |jakas )*(?:{_PERSON_NOUN}|ktos|zywy)\b",
        rf"\b(?:talk|(?<!am i )(?:talking|speaking|chatting)|speak|chat|connect|connected|transfer|transferred|put|escalate|contact|get through|"
        rf"forward|pass) (?:me |us |through |this |straight |directly |now )*(?:to|with) {_PERSON_EN}\b",
        r"\b(?:get|give|want|need|call|bring|fetch|prefer|like) (?:me |us |to have |to get )*"
        r"(?:an? |the |some |real |live |actual |proper )*(?:human|agent|representative|rep|operator|"
        r"real person|live person|actual person|human being|real human)\b",
        r"\b(?:get|give) me (?:an? |the |some |real |live |actual )*(?:person|someone|somebody|manager|supervisor)\b",
        r"\bis there (?:an? |any |some )*(?:real |live |actual )*(?:human|person|agent|one|someone|somebody) "
        r"(?:here |there )?(?:i can |to |who can |that can )(?:\w+ ){0,2}(?:talk|speak|chat|help)\b",
        r"\b(?:can|could|would) (?:someone|somebody|a person|an agent) (?:please )?"
        r"(?:call|phone|ring|contact|e ?mail|answer|reply to|get back to|help) me\b",
        r"\b(?:no|not|stop|hate|dont want|do not want|enough of|fed up with|sick of) (?:\w+ ){0,4}"
        r"(?:bots?|robots?|machines?|chatbots?|ai)\b",
    )
)

PERSON_ALONE = re.compile(
    rf"(?:(?:an? |the |z |ze |do |zyw\w+ |prawdziw\w+ |real |live |tylko |only |just )*{_PERSON_NOUN}"
    r"(?: zyw\w+| prosze| poprosze| please| pls| now| teraz| natychmiast| klienta)*)"
)
"""The whole message: "konsultant", "człowieka proszę", "human please"."""

WANTS_CODE = re.compile(
    r"\b(?:wyslij|wyslac|przeslij|przyslij|poprosze|prosze|daj|chce|poslij|podeslij)\b(?: \w+){0,3} kod(?:zik|u)?\b"
    r"|^kod(?: prosze| poprosze)?$"
    r"|\b(?:send|text|mail|email|give|get|want|need|resend)\b(?: \w+){0,4} code\b|^code(?: please)?$"
)
"""Asks for the one-time code. Read on `simplify`'s text, and only after an order was proved."""

NOT_WANTS_PERSON = tuple(
    re.compile(rule)
    for rule in (
        r"\b(?:jak|gdzie|kiedy|w jakich|o ktorej|od ktorej|do ktorej|ile) (?:\w+ ){0,5}"
        r"(?:godzin\w*|pracuj\w*|czynn\w*|dostepn\w*|otwart\w*|telefon\w*|numer\w*|adres\w*|mail\w*|email\w*)\b",
        r"\b(?:jak|gdzie) (?:\w+ ){0,2}(?:skontaktowac|kontaktowac|kontakt|napisac|zadzwonic|dodzwonic)\b",
        r"\bw jakich godzinach\b",
        r"\b(?:what|which|when|how) (?:\w+ ){0,5}(?:hours?|open|opening|phone|number|e ?mail|address|"
        r"contact(?! (?:an? |the |your |some |real |live |actual |human )*(?:humans?|person|people|agents?|operators?|representatives?|someone|somebody)\b))\b",
        r"\bin person\b",
    )
)
"""Questions about reaching the shop, which an article answers."""

ABOUT_ASSISTANT = tuple(
    re.compile(rule)
    for rule in (
        r"\b(?:jestes|jestescie|to|to jest|rozmawiam z|pisze z|gadam z|pisze tu|odpowiada mi|odpisuje mi|odpowiada tu)"
        r" (?:tu |tutaj |moze |teraz |jakims |prawdziw\w+ |zyw\w+ |z )*"
        r"(?:bot\w*|robot\w*|automat\w*|czlowiek\w*|ai|sztuczn\w+ inteligencj\w+|chatbot\w*|maszyn\w*|program\w*|"
        r"chatgpt|zyw\w+ osob\w+|prawdziw\w+ osob\w+)\b",
        r"^(?:kim|czym) (?:ty )?jestes\b",
        r"^(?:z kim|z czym) (?:ja )?(?:rozmawiam|pisze|gadam|mam przyjemnosc)\b",
        r"\b(?:are you|am i (?:talking|speaking|chatting) (?:to|with)|is this|is there|youre) (?:really |actually |just |even )*"
        r"(?:an? |the )*(?:real |live |actual )?(?:bot|robot|human|person|machine|ai|chatbot|chatgpt|computer|automated)\b",
        r"^(?:who|what) are you\b",
        r"^who am i (?:talking|speaking|chatting) (?:to|with)\b",
    )
)

# --- An order of one's own ---------------------------------------------------------------------------

_MINE_PL = r"(?:moj\w*|moi\w*|mym|mojeg\w*|mego|mej|ma|nasz\w*|swoj\w*|swojej)"
_OBJECT_PL = r"(?:zamowieni\w*|zamowien|zamowionk\w*|paczk\w*|paczuszk\w*|paka|paki|pake|przesylk\w*|przesylek|towar\w*|zakup\w*)"
_MOVER_PL = rf"(?:{_OBJECT_PL}|kurier\w*|dostaw\w*)"
_OBJECT_EN = r"(?:orders?|parcels?|packages?|packets?|stuff|delivery|deliveries|shipment|purchases?|items?|goods|things)"
_FILL_PL = (
    r"(?:(?:jest|sa|teraz|sie|podzial\w*|podziew\w*|ta|to|ten|te|tez|obecnie|w koncu|wreszcie|do cholery|kurde|kurna|utknel\w*|"
    r"znajduje|znajduja|wlasnie|dokladnie|wlasciwie|jeszcze|ta moja|z|ze) )*"
)
_ARRIVE_PL = (
    r"(?:przyjd\w+|dojd\w+|dotrze|dotra|bedzie|beda|dostan\w+|otrzym\w+|przyjed\w+|dostarcz\w+|wyslecie|wyslan\w+|"
    r"nadacie|nadan\w+|dojedzie|doreczycie|doreczon\w+|wyjdzie|przyslecie|zostanie|odbior\w*)"
)

NOT_OWN_THINGS = re.compile(
    r"^(?:faktur\w*|rachun\w*|paragon\w*|kod\w*|rabat\w*|kupon\w*|hasl\w*|kont\w*|kart\w*|numer\w*|mail\w*|email\w*|"
    r"reklamacj\w*|dane|danych|adres\w*|opini\w*|recenzj\w*|newsletter\w*|potwierdzeni\w*|invoice\w*|receipt\w*|"
    r"code|codes|discount|voucher\w*|password|account|card|e|confirmation|data|review\w*|complaint|gift|wishlist)$"
)
"""What "gdzie jest mój…" may end in without meaning an order."""

ORDER_STATUS_OWN = tuple(
    re.compile(rule)
    for rule in (
        rf"\bgdzie {_FILL_PL}(?:oba |obydwa |obie |wszystkie )?{_MINE_PL} {_FILL_PL}(?P<thing>\w+)",
        rf"\bco {_ANY}{{0,3}}(?:z|ze) {_MINE_PL} {_OBJECT_PL}\b",
        rf"\b(?:status|stan|etap\w*) (?:realizacji )?(?:{_MINE_PL} {_OBJECT_PL}|{_OBJECT_PL} {_MINE_PL})",
        rf"\b{_MINE_PL} {_OBJECT_PL} (?:\w+ )?(?:status|stan|gdzie|kiedy)\b",
        rf"^(?:{_MINE_PL} (?:ostatni\w+ )?{_OBJECT_PL}|{_OBJECT_PL} {_MINE_PL})$",
        rf"\bkiedy {_ANY}{{0,3}}{_ARRIVE_PL} {_ANY}{{0,2}}{_MINE_PL} {_ANY}{{0,1}}{_MOVER_PL}\b",
        rf"\bkiedy {_MINE_PL} {_MOVER_PL}\b",
        rf"\bkiedy {_ANY}{{0,2}}(?:przyjd\w+|dojd\w+|dotrze|dotra|bedzie|beda|dostan\w+|otrzym\w+) {_MINE_PL} (?P<thing>\w+)",
        rf"\bczy {_MINE_PL} \w+ {_ANY}{{0,2}}(?:wyslan\w+|nadan\w+|w drodze|dostarczon\w+|spakowan\w+)\b",
        rf"\bile {_ANY}{{0,3}}czekac {_ANY}{{0,2}}na {_MINE_PL} {_MOVER_PL}\b",
        rf"\bgdzie {_FILL_PL}kurier {_ANY}{{0,2}}{_MINE_PL} {_OBJECT_PL}\b",
        r"\bzamowil\w* (?:\w+ ){0,6}(?:nic|nie|nadal|wciaz) (?:\w+ ){0,3}(?:przysz\w+|dotar\w+|dosz\w+|dostal\w*|ma)\b",
        r"\bi (?:have )?ordered (?:\w+ ){0,8}(?:nothing|not|hasnt|havent|never|didnt|still) (?:\w+ ){0,3}"
        r"(?:came|come|arrived|arrive|received|got|here)\b",
        r"\bwhere(?:s| is) the order i (?:placed|made|ordered)\b",
        rf"\b{_MINE_PL} {_MOVER_PL} {_ANY}{{0,2}}(?:jeszcze |juz |wciaz |nadal )*nie (?:przysz\w+|dotar\w+|dosz\w+|przyjech\w+|ma)\b",
        rf"\bnie (?:dostal\w*|otrzymal\w*|przyszl\w*|przyszed\w*|dotarl\w*|doszl\w*|mam) {_ANY}{{0,2}}{_MINE_PL} {_OBJECT_PL}\b",
        rf"\bczy {_ANY}{{0,2}}{_MINE_PL} {_OBJECT_PL} {_ANY}{{0,2}}"
        r"(?:wyslan\w+|nadan\w+|wyszl\w+|gotow\w+|oplacon\w+|w drodze|dostarczon\w+|spakowan\w+|dotarl\w+|doszl\w+|idzie)\b",
        rf"\b(?:wyslaliscie|wyslano|nadaliscie|wyslali|spakowaliscie) {_ANY}{{0,2}}{_MINE_PL} {_OBJECT_PL}\b",
        rf"\b(?:sprawdz\w*|zobacz\w*|pokaz\w*|podaj\w*|podejrz\w*) {_ANY}{{0,3}}{_MINE_PL} (?:ostatni\w+ )?{_OBJECT_PL}\b",
        rf"\b(?:sledz\w*|namierz\w*) {_ANY}{{0,1}}{_MINE_PL} {_OBJECT_PL}\b",
        rf"\bczekam {_ANY}{{0,3}}na {_MINE_PL} {_OBJECT_PL}\b",
        rf"\bkto {_ANY}{{0,2}}(?:dostarcz\w*|wiezie|przywiezie|dowozi) {_ANY}{{0,1}}{_MINE_PL} {_OBJECT_PL}\b",
        r"\b(?:wheres|where s|where is|where are|whereabouts is|where) (?:exactly |the hell |on earth |now )*"
        r"(?:both |all )?(?:of )?(?:my|our) (?P<thing>\w+)",
        rf"\bwhen (?:\w+ ){{0,3}}my {_OBJECT_EN} (?:\w+ ){{0,2}}(?:arrive|come|coming|delivered|get|here|ship|shipped|sent|ready|be)\b",
        rf"\bwhen (?:will|do|am|can|should) (?:i|we) (?:\w+ ){{0,3}}(?:get|receive|getting|expect|have) (?:my|our) {_OBJECT_EN}\b",
        rf"\b(?:status|update|news|progress) (?:of|on|about|for) (?:my|our) (?:last |latest )?{_OBJECT_EN}\b",
        rf"\b(?:what happened|whats happening|what is happening|whats up|whats going on|what about) (?:to|with)? ?my {_OBJECT_EN}\b",
        rf"\bmy {_OBJECT_EN} (?:\w+ ){{0,2}}(?:status|hasnt|has not|havent|have not|didnt|did not|still|never|isnt|is late|is delayed|is missing)\b",
        rf"\b(?:has|have|is|was|did|are) my {_OBJECT_EN} (?:\w+ ){{0,3}}"
        r"(?:shipped|sent|left|dispatched|delivered|arrived|ready|ship|way|posted|packed|paid|arrive|coming)\b",
        rf"\b(?:havent|have not|not|didnt|did not|never) (?:\w+ ){{0,2}}(?:received|receive|got|get|gotten) (?:\w+ )?my {_OBJECT_EN}\b",
        rf"\b(?:waiting|wait) (?:\w+ ){{0,3}}(?:for|on) my {_OBJECT_EN}\b",
        rf"\b(?:track|trace|locate|find|check|show me|show|look up|look at) (?:\w+ )?my (?:last |latest )?{_OBJECT_EN}(?! (?:number|history))\b",
        rf"^my (?:last |latest )?{_OBJECT_EN}$",
        rf"\bdid (?:you|u) (?:\w+ ){{0,2}}(?:send|ship|post|dispatch) my {_OBJECT_EN}\b",
    )
)
"""Surely about an order of the shopper's own."""

ORDER_STATUS_MAYBE = tuple(
    re.compile(rule)
    for rule in (
        rf"\bgdzie {_FILL_PL}{_MOVER_PL}$",
        rf"\bco {_ANY}{{0,3}}(?:z|ze) (?:ta |tym |tymi )?{_OBJECT_PL}\b",
        rf"\b(?:status|stan) (?:realizacji )?{_OBJECT_PL}\b",
        rf"\b{_OBJECT_PL} status\b",
        rf"^(?:\w+ ){{0,2}}kiedy {_ANY}{{0,2}}{_ARRIVE_PL} {_ANY}{{0,2}}{_MOVER_PL}\b",
        rf"^kiedy {_MOVER_PL} {_ANY}{{0,2}}{_ARRIVE_PL}\b",
        rf"^kiedy {_MOVER_PL}$",
        rf"\b{_MOVER_PL} {_ANY}{{0,3}}nie (?:przysz\w+|dotar\w+|dosz\w+|przyjech\w+)\b",
        rf"\bnie (?:przyszl\w*|przyszed\w*|dotarl\w*|doszl\w*|przyjech\w*|dostal\w*|otrzymal\w*) {_ANY}{{0,3}}{_MOVER_PL}\b",
        rf"\bczekam {_ANY}{{0,3}}na {_OBJECT_PL}\b",
        rf"\b(?:sledz\w*|namierz\w*|tracking\w*) {_ANY}{{0,2}}{_OBJECT_PL}\b",
        rf"\b(?:wyslaliscie|wyslano|nadaliscie) {_ANY}{{0,2}}{_OBJECT_PL}\b",
        rf"\b(?:sprawdz|sprawdzcie|sprawdzic|zobacz|pokaz|pokazcie) {_ANY}{{0,2}}{_OBJECT_PL}\b",
        rf"\bwheres? (?:is |s )?(?:the |that )?{_OBJECT_EN}$",
        r"\b(?:order|parcel|delivery|shipping|package) status\b",
        r"^status(?: prosze| please)?$",
        rf"\b(?:status|eta) of (?:(?:an?|the) )?{_OBJECT_EN}\b",
        rf"\b{_OBJECT_EN} (?:\w+ ){{0,4}}(?:status|eta)\b",
        rf"\b(?:track|tracking|trace) (?:\w+ ){{0,2}}{_OBJECT_EN}\b",
        rf"\bwhen (?:will|does|is|should) (?:it|the {_OBJECT_EN}|{_OBJECT_EN}) (?:\w+ ){{0,2}}(?:arrive|come|coming|delivered|get here|here|ship|be here|be delivered)\b",
        rf"\b(?:havent|have not|not|didnt|did not|never) (?:\w+ ){{0,2}}(?:received|receive|got|get) (?:\w+ )?{_OBJECT_EN}\b",
        rf"\b{_OBJECT_EN} (?:\w+ )?(?:hasnt|has not|didnt|did not|havent|have not|never) (?:\w+ ){{0,2}}(?:arrive|arrived|come|came|shown|turned)\b",
        rf"\bwho (?:\w+ ){{0,2}}(?:delivers|delivering|delivered|brings|deliver|bringing) my {_OBJECT_EN}\b",
        r"^(?:tracking|track)$",
        r"^(?:sledzenie|tracking) ?(?:paczki|przesylki|zamowienia)?$",
    )
)
"""About an order when the shopper's are known; for a guest first a general question."""

HOW_TO = re.compile(
    r"\b(?:jak (?:moge |mozna |mam )?(?:sprawdzi\w*|sledzi\w*|dowiem|dowiedziec|zobacz\w*|przesledzi\w*)|"
    r"gdzie (?:moge |mozna )?(?:sprawdz\w*|zobacz\w*|znajd\w*)|"
    r"how (?:can|do|could|would|should) (?:i|you|we) (?:track|check|trace|see|find|know|follow)|how to (?:track|check)|"
    r"where (?:can|do) i (?:track|check|see|find))\b"
)
"""Turns a sure status question into a maybe: an article explains, the record shows."""

NOT_STATUS = re.compile(
    r"\b(?:co (?:to )?(?:oznacza\w*|znacza|znaczy)|jakie (?:sa|macie|moga byc)|what (?:does|do) (?:\w+ ){0,5}mean|meaning of|jesli|jezeli|"
    r"co gdy|co robic gdy|co zrobic|co mam zrobic|what if|if my|if the|in case|anulow\w*|zrezygnow\w*|rezygn\w*|zmien\w*|zmian\w*|"
    r"cancel\w*|change|changing|amend|edit|zwroc\w*|oddac|odeslac|reklam\w*|uszkodz\w*|zniszcz\w*|pomylk\w*|damaged|broken|wrong|return|"
    r"za granic\w*|abroad|how long does|ile (?:idzie|trwa|czeka|czasu)|jak dlugo|how long|numer zamowienia|order number)\b"
)
"""Questions on orders and parcels in general, whatever else they say."""

NUMBER_OF_ANOTHER = re.compile(
    r"\b(?:faktur\w*|rachun\w*|invoices?|bills?|nip|vat|remov\w*|add\w*|correct\w*|popraw\w*|usun\w*|dodac|dodaj)\b"
)
"""A number beside these is an invoice's, or of an order to be changed: no bare question for its status."""

REFUND_STATUS = tuple(
    re.compile(rule)
    for rule in (
        r"\b(?:gdzie|kiedy) (?:\w+ ){0,3}(?:moj\w* |mi )(?:\w+ )?(?:zwrot|pieniadze|kas[ae]|przelew|srodki|refund)\b",
        r"\b(?:co z|status) (?:\w+ )?(?:moim |mojego )?zwrot\w*\b",
        r"\bgdzie (?:sa )?(?:moje )?(?:pieniadze|kasa)\b",
        r"\b(?:wheres|where is|status of|what about) my (?:refund|money|return)\b",
        r"\bwhen (?:will|do) i get my (?:refund|money)\b",
        r"\b(?:refund|return) status\b",
    )
)
"""About money or goods given back: the record when it knows, else an article."""

# --- Something is to be given back --------------------------------------------------------------------

RETURN = tuple(
    re.compile(rule)
    for rule in (
        r"\b(?:chce|chcialbym|chcialabym|chcemy|zamierzam|musze|pragne|zdecydowal\w* sie|mam zamiar) (?:\w+ ){0,3}"
        r"(?:zwrocic|oddac|odeslac|odstapic)\b",
        r"\b(?:zwracam|oddaje|odsylam|odstepuje|zglaszam zwrot)\b",
        r"\b(?:i want to|i would like to|id like to|i d like to|i need to|i wish to|im going to|i am) (?:\w+ ){0,1}"
        r"(?:return|returning|send back|give back|withdraw|withdrawing)\b",
        r"\b(?:want|need|like) to send (?:\w+ ){1,3}back\b",
    )
)

ASKING = re.compile(
    r"\b(?:jak|ile|kiedy|gdzie|czy|co|kto|jaki|jaka|jakie|jakim|ktory|do kiedy|dlaczego|czemu|mozna|how|what|when|where|who|why|which|"
    r"can|could|do|does|is|are|may|should|will)\b"
)
"""Has a question word: "chcę oddać buty, ile mam czasu?" asks."""

# --- Short follow-ups ---------------------------------------------------------------------------------

FOLLOW_UP_OPENERS = frozenset(
    ["a", "ale", "and", "but", "or", "what", "how", "czyli", "wiec", "i", "so", "also", "oraz"]
)
"""A short question that opens like this leans on what was said before ("a za buty?", "and for shoes?")."""

QUESTION_OPENERS = frozenset(["a", "i", "i", "so", "czy", "can", "could", "want", "have"])
"""Courtesy words that also open a question; they stay with it."""

EMPTY_CONTENT = frozenset(
    _words(
        "a ale i to tego tym tam wtedy ich je jej jego ile jak kiedy gdzie czy co kto jest sa bedzie "
        "kosztuje kosztuja trwa potrwa czeka czekac placi place zaplace wazny wazna wazne dlugo dni czasu mam mozna moge musze za na w z do od dla po przy o u jesli jezeli "
        "gdy tez rowniez jeszcze juz tylko wiec no tak nie potem cena koszt platne darmowe drogo "
        "dlaczego czemu jaki jaka jakie ktory ktora ktore and but or so how much many long when where "
        "what why which who is are it that this them those does do can i for to of in on at with without "
        "about if also too then there the a an be will my cost costs extra valid wait expire pay pays take takes time days free price"
    )
)
"""Words that name no topic of their own."""

# --- General names of goods, for finding "the shoes" among an order's items -------------------------------

GOODS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "but buty butow butami butach buciki shoe shoes trekkingowe trekkingi",
        "kalosze kaloszy kaloszki wellies wellingtons gumowce",
        "boots kozaki trzewiki botki",
        "sneakersy sneakers trampki tenisowki adidasy trainers",
        "kapcie kapci pantofle slippers",
        "sandaly sandals klapki",
        "kurtka kurtke kurtki kurtek jacket jackets coat plaszcz",
        "bluza bluze bluzy bluz polar polara polary fleece hoodie sweatshirt sweater sweter",
        "koszulka koszulke koszulki koszulek tshirt shirt t-shirt tee top",
        "spodnie spodni spodniami trousers pants jeansy jeans",
        "skarpety skarpet skarpetki skarpetek socks sock",
        "czapka czapke czapki hat cap beanie",
        "plecak plecaka plecaki backpack rucksack",
        "termos termosu termosy flask thermos",
        "sukienka sukienke sukienki dress",
        "torba torbe torebka torebke bag handbag",
        "rekawiczki rekawiczek gloves",
        "szalik szal scarf",
        "pasek paska belt",
        "karta kartka bon voucher gift",
    )
)

WIDER_GOODS: Mapping[str, int] = {
    **dict.fromkeys(_words("buty butow butami butach obuwie shoe shoes footwear"), 6),
}
"""Words for all goods of the first so many groups of `GOODS`: sneakers are shoes, shoes need not be sneakers."""

KEYWORDS: tuple[str, ...] = tuple(
    _words(
        "zamowienie zamowienia zamowieniem zamowien paczka paczke paczki paczka przesylka przesylke "
        "przesylki status konsultant konsultanta konsultantem czlowiek czlowieka czlowiekiem rozmawiac "
        "porozmawiac pogadac obsluga obsluga obslugi pracownik pracownikiem pracownika doradca doradca "
        "dziekuje dziekuje kurier gdzie kiedy polacz order orders parcel package delivery human person "
        "representative operator arrive arrived received delivered tracking shipped wyslane wyslaliscie "
        "zwrocic zwrot thanks where speak"
    )
)
"""Words that decide an intent: a word one letter off one of these (five letters and up) is read as it."""

PARCEL_WORDS = frozenset(
    _words(
        "paczka paczki paczke przesylka przesylki przesylke wysylka wysylki dostawa dostawy zamowienie zamowienia "
        "parcel parcels package packages shipment shipping delivery order orders"
    )
)
"""Words for whatever is sent: none tells one carrier or product from the others, though its name may hold one."""

VAGUE_WORDS = frozenset(
    _words(
        "czeka czekać czekam działa działać działają wygląda oznacza znaczy robi robić kosztuje kosztują trwa idzie termin terminie czas czasu "
        "sprawa sprawie problem info informacja informacje pomoc pomoże sposób wygląda zrobić mieć dostanę dostać cena koszt "
        "obsługujecie obsługuje akceptujecie akceptuje przyjmujecie oferujecie "
        "potrzebuję potrzebuje potrzebna prosić poprosić dostać otrzymać kupić "
        "accept support offer wait waiting "
        "work works working happens happen mean means problem question issue info information cost costs price long much many "
        "time take takes way possible need want get anything something"
    )
)
"""Words of a question that its kind tells already ("ile kosztuje…"), or that fit any topic; they weigh little."""
