"""Words by which a withdrawal is told from talk about one, in both languages. Data.

They meet text in lower case without diacritics, words one blank apart, each comma, colon, dash or bracket as
a word ``,`` of its own. Whatever is not clearly a statement is none: a person who is asked once more loses
nothing, and what was written stays in the log with its time.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from typing import NamedTuple

from foundation.language import Language

QUOTED = "§"
"""Stands for what was put in quotation marks: somebody's words, perhaps not the writer's own."""


class Wording(NamedTuple):
    """How one language says it.

    Attributes:
        hint: Every statement or wish has one of these, or a word that `mended` mends.
        statement: Says it: a verb in the first person, and what it is about.
        sure: Verbs (as written, with diacritics) that no third person shares; None: what stands before decides.
        lead: A word that may stand before the statement in its clause.
        report: What may stand before "that" in "I declare that I withdraw".
        that: The words that join them.
        condition: Anywhere before the statement in its sentence: it is a condition, a question or a doubt.
        other: In the statement's own clause before it: somebody else's, denied, or not today's.
        later: Anywhere after it: it is meant only if something happens.
        asking: After a statement, what may follow in the same sentence and ask about something else.
        wish: Not a statement, and close to one.
        denied: Takes a wish back.
        mended: Words that people misspell, by what they are taken for.
        kept: Real words that must not be mended.
    """

    hint: re.Pattern[str]
    statement: re.Pattern[str]
    sure: re.Pattern[str] | None
    lead: re.Pattern[str]
    report: re.Pattern[str]
    that: frozenset[str]
    condition: re.Pattern[str]
    other: re.Pattern[str]
    later: re.Pattern[str]
    asking: re.Pattern[str]
    wish: re.Pattern[str]
    denied: re.Pattern[str]
    mended: frozenset[str]
    kept: frozenset[str]


_WHICH_PL = (
    r"(?:(?:tej|tego|mojej|mojego|moich|naszej|naszego|swojej|swojego|zawartej|zawartego|powyzsz\w+|niniejsz\w+|cal\w+|przedmiotow\w+|"
    r"wyzej|wymienion\w+|wspomnian\w+|ww|w/w|wszystkich|dokonan\w+|zlozon\w+|internetow\w+|ostatni\w+) )"
)
_WHAT_PL = r"(?:umow(?:y|ie|a|e|u)?|um|zakup(?:u|ow)?|kupna|zamowieni(?:a|e)|zamowien|transakcji|kontraktu|sprzedazy)"
_FROM_PL = rf"(?:od|z) {_WHICH_PL}{{0,5}}{_WHAT_PL}\b"
_BETWEEN_PL = r"(?:(?!od |nie |czy |z |,)\S+ )"

POLISH = Wording(
    hint=re.compile(r"odst|rezygnuj|wycofuj|zrywa|prawa do zwrotu"),
    statement=re.compile(
        rf"\b(?:odstepuje(?:my)? {_BETWEEN_PL}{{0,6}}?(?:, )?{_FROM_PL}"
        rf"|{_FROM_PL} (?:(?!nie |czy )\S+ ){{0,10}}?odstepuje(?:my)?\b"
        rf"|(?:rezygnuje(?:my)?|wycofuje(?:my)? sie) {_BETWEEN_PL}{{0,3}}?z {_WHICH_PL}{{0,5}}umowy\b"
        rf"|zrywa(?:m|my) {_BETWEEN_PL}{{0,3}}?umowe\b"
        r"|(?:sklada(?:m|my)|przesyla(?:m|my)|przekazuje(?:my)?|wysyla(?:m|my)|zalacza(?:m|my)) (?:(?!nie |czy )\S+ ){0,4}?oswiadczenie (?:(?!nie )\S+ ){0,4}?o odstapieniu\b"
        r"|(?:zglasza(?:m|my)|deklaruje(?:my)?|sklada(?:m|my)|oswiadcza(?:m|my)) (?:(?!nie |czy )\S+ ){0,3}?(?:odstapienie|wole odstapienia) od\b"
        r"|(?:informuje(?:my)?|zawiadamia(?:m|my)|powiadamia(?:m|my)|oswiadcza(?:m|my)) (?:(?!nie |czy |jak )\S+ ){0,3}?o (?:(?:moim|naszym|swoim|/) ?){0,3}odstapieniu od\b"
        r"|korzysta(?:m|my) (?:(?!nie |czy )\S+ ){0,3}?z (?:(?!nie )\S+ ){0,3}?prawa (?:do )?odstapienia\b"
        r"|(?:prosze|prosimy) (?:(?!nie |czy )\S+ ){0,3}?(?:traktowac|potraktowac|uznac) (?:(?!nie |czy )\S+ ){0,4}?(?:jako|za) (?:\S+ ){0,2}?(?:o odstapieniu|odstapienie|odstapienia)\b)"
    ),
    sure=re.compile(
        r"\b(?:odst\w+[uó]ję|odst\w+jemy|odst\w*puję|rezygnuję|wycofuję|przekazuję|deklaruję|informuję|\w+my|"
        r"zrywam|składam|skladam|przesyłam|przesylam|wysyłam|wysylam|załączam|zalaczam|zgłaszam|zglaszam|oświadczam|oswiadczam|"
        r"zawiadamiam|powiadamiam|korzystam|proszę|prosze|ja)\b"
    ),
    lead=re.compile(
        r"(?:,|dzien|dobry|witam|witajcie|czesc|hej|halo|szanowni|szanowny|szanowna|panstwo|panie|pani|ja|my|niniejszym|niniejsza|wiadomoscia|wiec|zatem|dlatego|przeto|stad|tym|samym|wobec|tego|"
        r"powyzszego|z|dniem|dzisiejszym|dzis|dzisiaj|teraz|juz|od|razu|natychmiast|jednak|jednakze|po|prostu|tez|takze|rowniez|oficjalnie|formalnie|stanowczo|definitywnie|ostatecznie|"
        r"uprzejmie|prosze|tak|ok|okej|dobra|dobrze|no|to|a|i|oraz|ale|nie|bo|gdyz|poniewaz|w|takim|razie|zwiazku|na|podstawie|zgodnie|moc|mocy|art|artykulu|ust|ustawy|o|prawach|"
        r"konsumenta|przyslugujacym|mi|nam|prawem|prawa|jako|konsument|konsumentka|klient|bez|podania|podawania|przyczyny|przyczyn|powodu|calosci|czesci|oswiadczenie|odstapienie|odstapieniu|umowy|zamowienie|zamowienia|nr|numer|"
        r"\d[\w/-]*|[a-z]{1,6}[-/]\d[\w/-]*|terminie|dni|ustawowym|czternastu|swojego|mojego|ze|dotyczy|temat|decyzja|zdania|zmienilem|zmienilam)"
    ),
    report=re.compile(
        r"\b(?:oswiadcza(?:m|my)|informuje(?:my)?|zawiadamia(?:m|my)|powiadamia(?:m|my)|zglasza(?:m|my)|potwierdza(?:m|my)|deklaruje(?:my)?|daje(?:my)? (?:panstwu |wam )?znac|"
        r"(?:poinformowac|zglosic|oswiadczyc|powiadomic|zawiadomic|przekazac|powiedziec)|pisze(?:my)?|zdecydowal(?:em|am)|decyduje)"
        r"(?: (?:panstwa|panstwu|was|wam|ci|sklep|sklepowi|niniejszym|uprzejmie|oficjalnie|jednoznacznie)){0,3}$"
    ),
    that=frozenset({"ze", "iz"}),
    condition=re.compile(
        r"\b(?:jesli|jezeli|jezli|gdyby\w*|gdy|kiedy|ile|czy|jak|dopoki|zanim|zeby\w*|aby\w*|skoro|co|kto|komu|ktos|gdzie|chyba|moze|pewnie|mozliwe|podobno|wyobraz\w*|zaloz\w*|powiedzmy|przypuscmy|"
        r"(?:na|wy|w|do|o)?pis(?:ac|ze|zecie|alem|alam|al|ala|ujac|za)|wpisz\w*|wpisac|wystarczy|(?<!zmienilam )(?<!zmienilem )zdani[ea]|slow[aoy]?|tresc\w*|haslo|formulk\w*|formul\w*|wzor\w*|przyklad\w*|cytuj\w*|cytat|napisz|pytani[ea]|pytam|klik\w*|nacis\w*|wcis\w*|przycisk\w*|guzik\w*|zaznacz\w*|widze|"
        r"zastanawia\w*|rozwaza\w*|mysle|mysla\w*|udaje|udawac|zart\w*)\b|" + QUOTED
    ),
    other=re.compile(
        r"\b(?:nie|nigdy|jeszcze nie|jutro|pojutrze|niedlugo|wkrotce|potem|pozniej|kiedys|prawie|ewentualnie|prawdopodobnie|raczej|byc moze|najwyzej|w razie|on|ona|oni|one|pan|zona|maz|mama|tata|kolega|kolezanka|syn|corka|siostra|brat|sklep|sprzedawca|firma|wy|wczoraj|"
        r"gdybym|bym)\b"
    ),
    later=re.compile(
        r"\b(?:jesli|jezeli|gdyby\w*|chyba ze|o ile|pod warunkiem|w razie|w przypadku gdy|dopiero|(?<!, )(?<!i )(?<!a )czy|jutro|pojutrze|za (?:tydzien|miesiac)|w przyszlym|kiedys|czy nie|to nie|jak (?:nie|tylko)|gdy|zartuje|zartowal\w*|zart|"
        r"(?:tak )?(?:napisal|mowil|powiedzial)[ai]?)\b"
    ),
    asking=re.compile(
        r"^(?:(?!czy nie)\S+ ){0,6}?(?:,|i|a|oraz|wiec|prosze)(?: \S+){0,3}? (?:czy|kiedy|jak|jaki|jaka|jakie|gdzie|dokad|co|ile|kto|prosze|mozecie|moge)\b"
    ),
    wish=re.compile(
        r"\b(?:chce|chcemy|chcialbym|chcialabym|chcielibysmy|pragne|zamierzam|mam zamiar|planuje|musze|wole|postanowil(?:em|am)|zdecydowal(?:em|am) sie|decyduje sie|prosze o|poprosze o|zycze sobie) "
        r"(?:(?!nie |wiedziec|zapytac|spytac|dowiedziec|jak |czy |informacj)\S+ ){0,4}?(?:odstapic|odstapienie|zrezygnowac z (?:umowy|zakupu|zamowienia)|wycofac sie z (?:umowy|zakupu))\b"
        r"|^(?:\S+ ){0,2}?odstapienie od umowy\b|\bodstap(?:ie|ilem|ilam|imy) (?:\S+ ){0,3}?od\b|\b(?:rezygnuje|wycofuje sie) z (?:\S+ ){0,2}?(?:zakupu|zamowienia)\b"
    ),
    denied=re.compile(r"\bnie (?:\S+ ){0,2}?(?:chce|chcialbym|chcialabym|zamierzam|planuje|musze|odstap\w+|odstep\w+|rezygnuje|wycofuje)\b|\b(?:rozwaza|zastanawia)\w*|\bza odstapienie\b|^(?:a )?(?:czy|jak|co|jesli|gdyby|kiedy|do kiedy|ile)\b"),
    mended=frozenset({"odstepuje", "odstepujemy", "umowy"}),
    kept=frozenset({"odstepuja", "odstepuj", "odstepujesz", "odstepujac", "odstepny", "odstepow", "umowa", "umowe", "umowie", "umow", "umowi", "umowil", "umyty", "umyta", "umyc", "uwagi", "uwaga"}),
)  # fmt: skip

_WHICH_EN = r"(?:(?:the|this|that|my|our|my/our|our/my|a|above|said|whole|entire|sales|sale|purchase|distance|online|aforementioned|following|order|concluded|s) )"
_WHAT_EN = r"(?:contract|agreement|purchase|sale|order|transaction)"
_NOW_EN = r"(?:(?:hereby|herewith|now|formally|officially|therefore|thus|also|do|am|are|have decided to|,) )"

ENGLISH = Wording(
    hint=re.compile(r"withdr|rescind|revok|hereby|cancel"),
    statement=re.compile(
        rf"\b(?:(?:i|we|i/we) {_NOW_EN}{{0,4}}(?:withdraw|withdrawing) (?:(?!if |not |from |form |,)\S+ ){{0,3}}?(?:from|form) {_WHICH_EN}{{0,5}}{_WHAT_EN}\b"
        rf"|(?:i|we|i/we) {_NOW_EN}{{0,4}}(?:rescind|rescinding|revoke|revoking) {_WHICH_EN}{{0,5}}{_WHAT_EN}\b"
        rf"|(?:i|we|i/we) (?:am |are )?hereby {_NOW_EN}{{0,2}}(?:cancel|cancelling|canceling|terminate|terminating) {_WHICH_EN}{{0,5}}{_WHAT_EN}\b"
        rf"|(?:i|we|i/we) {_NOW_EN}{{0,4}}(?:exercise|exercising|invoke|invoking|make use of|making use of) (?:my|our|the) (?:(?!not )\S+ ){{0,3}}?right (?:of withdrawal|to withdraw|to cancel)\b"
        rf"|(?:i|we|i/we) {_NOW_EN}{{0,4}}(?:give|giving|submit|submitting|declare|declaring|notify|notifying|inform|informing|announce)(?: (?!not |if |how |about )\S+){{0,4}}? (?:of )?(?:my |our |the |/ ?){{0,3}}withdrawal from {_WHICH_EN}{{0,5}}{_WHAT_EN}\b"
        r"|(?:please )?(?:consider|treat|take|regard|accept) (?:this|it|my|the)(?: (?!not )\S+){0,3}? as (?:(?:my|our|a|an|the|formal|official|valid|written) ){0,4}(?:(?:notice|declaration|statement|notification|letter) of )?(?:my |our )?withdrawal\b"
        r"|this (?:\S+ )?(?:is|serves as|constitutes) (?:(?:my|our|a|the|formal|official|written) ){0,4}(?:notice|declaration|statement|notification) of (?:my |our )?withdrawal\b)"
    ),
    sure=None,
    lead=re.compile(
        r"(?:,|hello|hi|hey|dear|sir|madam|sirs|team|all|good|morning|afternoon|evening|day|so|therefore|hence|thus|accordingly|consequently|please|note|and|but|yes|no|ok|okay|well|then|now|today|"
        r"thank|thanks|you|because|to|whom|it|may|concern|as|a|consumer|under|pursuant|in|accordance|with|article|art|section|of|the|act|law|consumer|rights|directive|\d[\w/-]*|[a-z]{1,6}[-/]\d[\w/-]*|"
        r"notice|withdrawal|regarding|re|subject|order|number|no|within|14|days|fourteen|that|case|reason|this|for|without|giving|any|given|above|hereby|message|letter|e-mail|email|my|your|fit|too)"
    ),
    report=re.compile(
        r"\b(?:(?:i|we|i/we) (?:(?:hereby|would like to|want to|wish to|am writing to|are writing to|write to|am|are) )*(?:declare|confirm|inform|informing|notify|state|announce|tell|give notice|let)(?: (?:you|the shop|notice|know|hereby)){0,3}|"
        r"this (?:\S+ )?(?:is|serves) to (?:inform|notify|let|tell)(?: you)?(?: know)?|(?:please )?(?:note|be informed|be advised|take notice|know))$"
    ),
    that=frozenset({"that"}),
    condition=re.compile(
        r"\b(?:if|whether|when|how|can|could|should|would|must|may i|may we|shall|will|what|where|why|who|which|once|unless|until|before|after|suppose|supposing|imagine|say|says|said|saying|wrote|write|written|type|typed|typing|"
        r"maybe|perhaps|might|think|thinking|thought|guess|consider(?:ing)? whether|wonder\w*|question|words?|sentence|phrase|example|template|quote|enough|assume|assuming|does|do i|do we|did|click\w*|button|press\w*|in case|cannot|never)\b|" + QUOTED
    ),
    other=re.compile(r"\b(?:not|never|tomorrow|later|soon|yesterday|he|she|they|almost|nearly|possibly|probably|likely|eventually)\b"),
    later=re.compile(
        r"\b(?:if|unless|provided|providing|in case|as long as|(?<!, )when|once|only after|tomorrow|next (?:week|month)|later|or not|just kidding|joking|should you)\b"
    ),
    asking=re.compile(
        r"^(?:\S+ ){0,6}?(?:,|and|so|please)(?: \S+){0,3}? (?:when|how|where|what|which|who|can|could|will|do|is|are|please)\b"
    ),
    wish=re.compile(
        r"\b(?:i|we)(?: am| are| have| just| really)* (?:want|would like|wish|intend|decided|going|need|like|plan|planning) to (?:hereby )?(?:withdraw|rescind|cancel (?:\S+ ){0,2}?(?:contract|order|purchase))\b"
        r"|^(?:\S+ ){0,2}?(?:notice of )?withdrawal from (?:the |my )?contract\b|\b(?:i|we) (?:am |are |will |shall )?(?:cancel|cancelling|canceling) (?:\S+ ){0,2}?(?:contract|order|purchase|agreement)\b"
    ),
    denied=re.compile(r"\b(?:not|never) (?:\S+ ){0,2}?(?:want|like|wish|intend|going|need|plan|withdraw\w*|cancel\w*)\b|^(?:and |so )?(?:how|can|could|may|what|when|if|is|do|does|should|until|will)\b"),
    mended=frozenset({"withdraw", "withdrawing", "contract", "agreement"}),
    kept=frozenset({"withdrawn", "withdraws", "withdrew", "contracts", "contact", "contacts", "contrast", "agreements"}),
)  # fmt: skip

WORDINGS = {Language.PL: POLISH, Language.EN: ENGLISH}
