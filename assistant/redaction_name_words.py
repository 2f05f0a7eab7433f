"""The words around names, in Polish without diacritics and in English. Data."""

# ruff: noqa: E501 - a pattern reads best on one line
from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STRONG = re.compile(
    r"(?i:\b(?:nazywam sie|nazywa sie|mam na imie|na imie mi|(?:moje )?imie(?: i nazwisko| oraz nazwisko)?|(?:moje )?nazwisko"
    r"|na nazwisko|imienia i nazwiska|odbiorca|nadawca|zamawiajacy|kupujacy|odbiorczyni|dane(?: do wysylki| odbiorcy| osobowe)?"
    r"|my (?:full )?name(?: is|'s)|full name|first name|last name|surname|the name of|under the name|recipient|name's|called"
    r"|podpisano|from)\b)(?i:[ :=-]|\b(?:to|jest|is|brzmi|z)\b){1,5}"
)
NEED_SIGN = frozenset(
    {"imie", "nazwisko", "odbiorca", "nadawca", "dane", "from", "called", "zamawiajacy", "kupujacy"}
)
WEAK = re.compile(
    r"(?i:\b(?:jestem|tu|tutaj|z tej strony|mowi|i'm|i am|this is|it's|pisze|hi|hello|witam|czesc|hej))[ ,:]{1,2}"
)
TITLE = re.compile(
    r"(?<!\w)(?:(?i:pan(?:i|ia|ie|a|u|em)?|panstw[aou]|p\.|sz\. ?p\.|dr\.?|mgr|inz\.?|prof\.?|mr\.?|mrs\.?|ms\.?|miss|sir|madam))"
    r" (?:(?i:dr|mgr|inz|prof)\.? )?(?=[^\W\d_])"
)
CLOSING = re.compile(
    r"(?i:\b(?:(?:serdecznie |goraco |cieplo )?pozdrawiam(?:y)?(?: serdecznie| cieplo| goraco| was| panstwa)*|pozdro|pozdrowienia"
    r"|pzdr|pozdr\.?|z powazaniem|z wyrazami szacunku|lacze pozdrowienia|dziekuje(?: z gory| bardzo)?|dzieki|z gory dziekuje"
    r"|(?:kind |best |warm |many )?regards|best wishes|all the best|yours (?:sincerely|faithfully|truly)|sincerely|cheers"
    r"|(?:many )?thanks(?: a lot| in advance| so much)?|thank you(?: very much| in advance)?|best|podpis|signed))"
    r"[ ,.!:-]{0,3}\n{0,3}[ ,-]{0,3}"
)
WEAK_CLOSING = re.compile(r"dzieki|thank|cheers|best\b|dziekuje", re.IGNORECASE)

NO_NAMES = _words(
    """
        a aby administrator adres al ale all allegro am and ani are asking asystent at bardzo be
        because been bo bot but by byl byla call can chce chcial chcialabym chcialbym ciekaw ciekawa
        co contacting could czekam czekamy czy dear dhl did dla dnia do dobry does dokladnie
        doreczyciel dpd dyrektor dzieki dziekuje dzien email fedex fine firma firmy for from gdzie
        gls good gory great happy have hello here hi how i if im imie in inpost interested is it ja
        jak jakis jest jestem jeszcze just juz kiedy kierowca kierowco kierowcy kierownik kierownika
        klient klienta klientem klientka klientke klientki klientow kobieta kod konsultant
        konsultanta konsultantem konsultantka konsultantko kurier kuriera kurierem kurierze
        listonosz looking ma madam magazynier mail mam mama maz me mezczyzna mezem mi mieszkam
        milego mnie moj moja moje mozna my na nadal nazwisko nic nice nie nip no not now nr numer o
        obsluga od of ok on once or oraz order os osoba paczka paczki paczkomat panem panstwo panu
        pesel pewien pewna pilnie please po poczta pod polska polski pozdrawiam pracownik prezes
        prosze przez przy really regards rozczarowana rozczarowany sie sir sklep so sorry spolka
        sprawie sprzedawca sprzedawco still student studentka support sure szanowni tak tata team
        tel telefon temat thank thanks the there this to trying tu ty tylko tym u ul ulica unhappy
        uprzejmie ups ur urgent urodzona urodzony very w waiting was wczesniej we what when where
        which who why wiec will with wlasciciel wlascicielka wlasnie wojewodztwo writing wsciekla wy
        wyslij wysylka you your z za zadowolona zadowolony zainteresowana zainteresowany zamowienie
        zamowilam zamowilem ze zla zly zona zwrot
    """
)
"""Words that follow such cues and are nobody's name."""

ENGLISH = _words(
    """
        James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel
        Matthew Anthony Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald
        Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott
        Brandon Benjamin Samuel Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry Tyler
        Aaron Jose Adam Nathan Henry Douglas Zachary Peter Kyle Walter Ethan Jeremy Harold Keith
        Christian Roger Noah Gerald Carl Terry Sean Austin Arthur Lawrence Jesse Dylan Bryan Joe
        Billy Bruce Albert Willie Gabriel Logan Alan Juan Wayne Roy Ralph Randy Eugene Vincent
        Russell Elijah Louis Bobby Philip Johnny Oliver Harry Liam Oscar Alfie Archie Callum Connor
        Declan Ewan Finlay Graham Hamish Ian Kieran Lewis Malcolm Neil Nigel Owen Rhys Rory Simon
        Stuart Trevor Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa
        Nancy Betty Margaret Sandra Ashley Kimberly Emily Donna Michelle Carol Amanda Dorothy
        Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Kathleen Amy Angela Shirley Anna
        Brenda Pamela Emma Nicole Helen Samantha Katherine Christine Debra Rachel Carolyn Janet
        Catherine Heather Diane Julie Olivia Joyce Virginia Victoria Kelly Lauren Christina Joan
        Evelyn Judith Megan Andrea Cheryl Hannah Jacqueline Martha Gloria Teresa Ann Sara Madison
        Frances Kathryn Janice Jean Abigail Alice Julia Judy Sophia Denise Amber Doris Marilyn
        Danielle Beverly Isabella Theresa Diana Natalie Brittany Charlotte Kayla Alexis Lori Chloe
        Ellie Freya Georgia Imogen Isla Jasmine Lucy Molly Niamh Poppy Sophie Zoe Fiona Gemma Hazel
        Kate Tom Mike Dave Steve Chris Matt Dan Jim Bob Ben Sam Alex Nick Greg Tim Andy Tony Jenny
        Kathy Sue Liz Beth
    """
)
"""English first names that are hardly ever another word."""
