"""Words of shopping that stand for one another: a shopper's *kasa* is an article's *pieniądze*. Data, pure.

Folded beginnings of words, since Polish has a dozen forms of each; ``$`` ends a whole word. A word may belong
to several families. They also tell what a shop is asked about at all: trivia has few of these words.
"""

# ruff: noqa: E501 - a family reads best on one line
from __future__ import annotations

from functools import lru_cache

from foundation.language import Language
from knowledge.words import fold

#: A beginning shorter than this must be the whole word but for an ending of so many letters.
_ENDING_CHARS = 7

_POLISH = """
zwrot zwroc zwrac odda$ oddac oddaj oddam oddal oddan oddasz odesl odsyl odstap odstep
kasa$ kase$ kasy$ pieni hajs forsa forse srodk przelew refund
paczk$ paczka$ paczki$ paczke$ paczce$ paczek$ paczko$ paczkami$ paczkach$ paka$ pake$ paki$ paczusz przesyl zamowi zamawi zamow$ zakup$ zakupy zakupu zakupow zakupio
dostaw dostarcz wysyl wysl dorecz przysl przysyl nadan nadac nadaj dowoz dowiez wyjdz przewoz
dojdz dosz dotr dociera przyjd przysz przychodz dostan dostal otrzym
czeka leza lezy lezec lezal przechow poczek
odebr odbior odbier
zaplac plac platn oplac oplat wplat wplac zaplat
koszt kosztuj cena$ ceny$ cene$ cen$ cennik oplat oplac placi ponosi pokryw pokryj zaplac
darm bezplat gratis free$
wymian wymien zamian zamien podmien
zmian zmien popraw pomyl edytow bledn zly$ zla$ zle$
anul zrezygn rezygn odwol wycof cofn cofac
wypis wypisz rezygn zrezygn
reklam wada$ wady$ wade$ wadl usterk zepsu popsu psuj rozklei odklei klei pekn pekl peka odpad rozpad rozprul rozpru odprul pruje rozdar podart podarl przemak przeciek dziur uszkodz zlama zlaman polam niezgodn
gwaranc
uszkodz zniszcz rozerw rozdart rozdar zgniec pognie rozwal polam pekn pobit stluc stluk potluc zlam zalan zmiazdz wgniec
zgub zagin zgin utkn przepad opozn spozn zaleg utyka
brak brakuj niekomplet
prac$ pranie$ praniu prania pierz wypra upra upierz wypierz pralk pralc piore wypior upior myc$ myjk
czysc wyczysc czyszcz myc$ umyc pielegn pastow pasta paste
dbac pielegn konserw czysc impregn past
impregn nieprzemak wodoodpor wodoszczel przemak wod deszcz mokr przeciek
usun skasow kasow likwid zlikwid zamkn wyrejestr
haslo hasla hasle haseln logow zalog login wejsc$
zarejestr rejestr konto$ konta$ koncie kont$ zaloz gosc goscia gosci$
zagranic czech niemc niemiec slowac litw anglii angli irland wielkiej brytan ukrain europ uni$ unii$ kraj
czynn otwart otwarc pracuj godzin jestescie$ zamykac
kontakt telef zadzwon dzwon mail email infolini
nosz nosil uzywan uzyw slad zalozon
rozmiar numerac rozmiarowk ciasn luzn male$ duze$ pasuj wieksz mniejsz maly$ duzy$ mala$ duza$
faktur rachun fv$ vat$ nip$
paragon rachun dowod potwierdz
rabat znizk kod$ kodu$ kody$ kodow kodem kupon promoc obniz przecen taniej wyprzed
bon$ bony$ bonu$ bonow podarun voucher karta karte karty upomin
prezent gwiazd choink swiat swiet wigil mikolaj nietraf
raty$ ratac ratal odrocz pozniej paypo
stacjonar osobis
dostepn magazyn stanie$ wroci powiadom wyprzed brak zabrak
sledz tracking status
przedluz wydluz dluzs dluzej
dane$ danych danymi rodo$ osobow prywatn bezpiecz przetwarz administrat
cookie ciastecz zgod zgoda sledzen
opini recenz ocen gwiazdk komentarz
konsult czlowiek pracown obslug asyst bot$ botem bota$ automat czat
newsletter mailing subskry zapis
but$ buty$ butow butami butach buta$ bucik obuwi podeszw kalosz sneaker kapci trekking trzewik sandal wkladk sznurow
kurtk bluz koszul spodn skarpet czapk ubran odziez polar welna welny welnian merino zamek$ rekaw
towar produkt rzecz artyk sprzedaj asortym
paczkom automat skrytk inpost
kurier dpd$ inpost dhl$
punkt orlen pickup zabk odbior
blik karta$ karte$ karta kartami visa mastercard przelew apple google
odrzuc nieudan przesz przechodz wygas
firm$ firma firme firmy firmow przedsieb dzialaln spolk nip$
formul oswiad druk wzor
etykiet naklej
adres
pobran odbiorze gotowk
""".strip()

_ENGLISH = """
return withdraw back$ send$ cancel
refund money$ reimburs rebate$ rebates$ compens
parcel packag order purchas shipment item$ items$ stuff$ goods
deliver ship$ shipp dispatch send$ sent$ post$ postage postal courier
arriv come$ came$ reach receiv
wait stay kept$ hold$ remain
collect pick$ pickup
pay$ paid$ paying paymen pays$
cost price fee$ fees$ charg pay$ pays$ expens postage penalt
free$ gratis charge
exchang swap chang replac
chang amend edit$ modif correct wrong mistak
cancel stop$ undo$ revok
unsubscr stop$ newsletter
complain complaint fault defect broke$ broken tore$ torn$ leak unglu conform crack sole$ zip$ split fell$
warrant guarant
damag torn$ crush broken dent$ dented smash wet$
lost$ late$ miss$ missing delay never$ stuck moved$
missing miss$ lack$ incomplet
wash launder machine shrink
clean$ cleaning polish care$
waterproof leak rain wet$ reproof
delet eras$ erasu remov close$ closing
password login log$ sign$ signing access pwd$
account regist profil guest signup sign$
abroad oversea internat countr germany ireland uk$ england czech europe
open$ opening hour close$ office
contact phone telephon call$ mail email touch
worn$ wear$ used$ unused
size sizes$ sizing small$ big$ tight large fit$ fits$ larger smaller
invoice vat$ tax$ bill$ bills$
receipt proof
discount code$ codes$ voucher coupon promo sale$ reduc offer
gift voucher card$ present$ presents christmas xmas
instal$ instalm later$ defer paypo
shop$ store$ physic person$ collect
stock$ availab back$ sold$ notif
track tracking status eta$
extend longer prolong
data$ gdpr privacy personal
cookie consent
review rating rate$ feedback comment opinion star$ stars$
human person$ agent repres bot$ robot assist
shoe shoes boot boots sneaker trainer footwear sole$ slipper
jacket fleece shirt trouser sock socks hat$ clothes wool merino coat
product sell$ range
locker inpost machine
method$ methods option card$ blik transfer visa mastercard apple
fail declin reject
compan business trader
form$ statement
address
cash$
""".strip()


@lru_cache(maxsize=2)
def _beginnings(language: Language) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Return families by whole word, and by beginning."""
    whole: dict[str, set[int]] = {}
    start: dict[str, set[int]] = {}
    lines = (_POLISH if language is Language.PL else _ENGLISH).splitlines()
    for number, line in enumerate(lines):
        for word in line.split():
            kind = whole if word.endswith("$") else start
            kind.setdefault(fold(word.rstrip("$")), set()).add(number)
    return (
        {word: frozenset(numbers) for word, numbers in whole.items()},
        {word: frozenset(numbers) for word, numbers in start.items()},
    )


@lru_cache(maxsize=65536)
def families_of(word: str, language: Language) -> frozenset[int]:
    """Return the families that a word of any form belongs to, by their numbers; mostly none."""
    folded = fold(word)
    whole, start = _beginnings(language)
    found = set(whole.get(folded, ()))
    for chars in range(max(3, len(folded) - _ENDING_CHARS), len(folded) + 1):
        found |= start.get(folded[:chars], frozenset())
    return frozenset(found)
