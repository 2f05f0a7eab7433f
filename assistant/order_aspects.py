"""What of an order is asked about: its goods, its courier, its price… Pure.

Asked of one's own order only: "which courier" alone is a question for the articles.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Aspect(StrEnum):
    """A part of an order's record."""

    ITEMS = "items"
    VARIANT = "variant"
    PRICE = "price"
    CARRIER = "carrier"
    PARCEL = "parcel"
    PICKUP = "pickup"
    PAYMENT = "payment"
    INVOICE = "invoice"
    PLACED = "placed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


_ASKED: Mapping[Aspect, str] = {
    Aspect.ITEMS: r"\bco (?:ja |my |wlasciwie |ostatnio |tam )*(?:zamowil\w*|kupil\w*|zamawial\w*|kupowal\w*)|\bco (?:jest|bylo|mam|mialem|mialam|wchodzi) (?:\w+ ){0,2}(?:w|do) (?:\w+ ){0,2}(?:zamowieni\w*|paczc\w+|przesylc\w+)"
    r"|\b(?:jakie|jaki|ktore|lista|liste|zawartosc) (?:\w+ )?(?:produkt\w*|rzecz\w*|towar\w*|artykul\w*|pozycj\w*|zamowieni\w*|paczk\w*)\b.*\b(?:zamowi\w*|kupil\w*|paczc\w+|moi?m|mojej|mojego)\b"
    r"|\bwhat (?:did|have) (?:i|we) (?:\w+ ){0,2}(?:order|ordered|buy|bought|purchase|purchased)\b|\bwhat(?:s| is| was| are| were) in (?:my|the|that|our) (?:\w+ )?(?:order|parcel|package)|\b(?:items|products|contents) (?:in|of) (?:my|our) (?:\w+ )?(?:order|parcel|package)|\bwhich (?:items|products|things) did i\b",
    Aspect.VARIANT: r"\b(?:jaki|jakiego|ktory|w jakim|jakim|jaka) (?:\w+ )?(?:rozmiar\w*|kolor\w*|wariant\w*)\b.*\b(?:zamowil\w*|kupil\w*|wzial\w*|wzielam|mam|moj\w*|moich)\b|\b(?:rozmiar|kolor|wariant) (?:\w+ ){0,3}(?:zamowil\w*|kupil\w*)"
    r"|\b(?:what|which) (?:size|colou?r|variant|version)\b.*\b(?:did i|have i|i ordered|i bought|my)\b",
    Aspect.PRICE: r"\b(?:ile|za ile) (?:\w+ ){0,2}(?:zaplacil\w*|dal\w*m|kosztowal\w*|wydal\w*m|placilem|placilam|kupil\w*)\b|\bjaka (?:byla )?(?:jest )?(?:kwota|wartosc|cena|suma) (?:\w+ ){0,2}(?:moj\w+|zamowieni\w+)|\bna (?:jaka kwote|ile) (?:\w+ ){0,3}(?:moj\w* )?zamowieni\w*"
    r"|\bhow much (?:did (?:i|we) (?:\w+ )?(?:pay|spend)|have (?:i|we) (?:\w+ )?(?:paid|spent)|(?:was|is|did) my (?:\w+ )?(?:order|parcel|purchase))\b|\b(?:total|value|amount|price|cost) of my (?:\w+ )?order\b|\bwhat (?:did|was) (?:\w+ ){0,3}(?:i pay|my order cost|total of my)",
    Aspect.CARRIER: r"\b(?:jakim|ktorym|jaki|ktory|jaka|ktora) (?:\w+ )?(?:kurier\w*|firm\w* kuriersk\w+|przewoznik\w*|kuriersk\w+)\b|\b(?:kto|czym) (?:\w+ ){0,2}(?:wiezie|dostarcz\w*|przywiezie|doreczy|dorecza|przyjdzie|idzie)\b"
    r"|\b(?:which|what|who) (?:is |s )?(?:the |my )?(?:courier|carrier|delivery company|shipping company)\b|\bwho (?:\w+ ){0,2}(?:delivers|delivering|delivered|brings|bringing|ships|shipping|carries)\b",
    Aspect.PARCEL: r"\b(?:numer\w*|nr|kod) (?:\w+ ){0,2}(?:przesylki|paczki|listu przewozowego|sledzenia|trackingow\w+|nadania|do sledzenia)\b|\b(?:list przewozowy|tracking)\b|\blink\w* do sledzenia\b"
    r"|\b(?:tracking|parcel|shipment|consignment|waybill) (?:number|no|id|code|link)\b|\bnumber of my (?:parcel|shipment|package)\b",
    Aspect.PICKUP: r"\b(?:do|w|z|przy) (?:\w+ )?(?:ktorego|jakiego|ktorym|jakim) (?:\w+ )?(?:paczkomat\w*|punkt\w*|automat\w*|sklep\w*|salon\w*)\b|\b(?:ktory|jaki) (?:to )?(?:paczkomat|punkt odbioru|automat)\b|\bgdzie (?:ja )?(?:mam|moge|musze|trzeba|mozna) (?:ja |go |to )?(?:odebrac|odbierac)\b|\bskad (?:\w+ )?(?:odebrac|mam odebrac)\b"
    r"|\bwhich (?:parcel )?(?:locker|pickup point|pick up point|collection point|point)\b|\bwhere (?:do|can|should|must) i (?:collect|pick up|pick it up|pick)\b",
    Aspect.PAYMENT: r"\b(?:jak|czym|w jaki sposob) (?:\w+ ){0,2}(?:zaplacil\w*|placil\w*|oplacil\w*)\b|\bczy (?:\w+ ){0,3}(?:oplacon\w+|zaplacon\w+|zaplacil\w*|oplacil\w*|zaksiegowan\w+)\b|\b(?:metoda|sposob|forma) platnosci (?:\w+ ){0,2}(?:moj\w+|zamowieni\w+)|\b(?:doszla|dotarla|przyszla|zaksiegowal\w*) (?:\w+ )?(?:moja )?(?:platnosc|wplata)\b"
    r"|\bhow did i pay\b|\b(?:is|was|has|have) (?:my|the|our) (?:\w+ )?(?:order|payment) (?:\w+ ){0,2}(?:paid|gone through|received|booked)\b|\b(?:did|has|have) (?:you |my )?(?:\w+ ){0,2}(?:get|received|receive|got) my payment\b|\bwhich payment method did i\b",
    Aspect.INVOICE: r"\b(?:numer|nr) (?:\w+ )?(?:faktury|fv|rachunku|paragonu)\b|\b(?:jaki|jaka|jest|macie|mam|wystawil\w+|wystawion\w+|dostal\w*|mialem|mialam) (?:\w+ ){0,3}(?:faktur\w*|fv)\b.*\b(?:zamowieni\w*|zakup\w*|moj\w*)\b"
    r"|\b(?:invoice|bill) (?:number|no|id)\b|\bis there an invoice for (?:my|order)",
    Aspect.PLACED: r"\bkiedy (?:\w+ ){0,3}(?:zlozyl\w*|zlozone|zamowil\w*|zamawial\w*|kupil\w*|kupowal\w*)\b|\bktorego (?:\w+ )?(?:zamowil\w*|zlozyl\w*|kupil\w*)|\bdata (?:zlozenia|mojego|zakupu|zamowienia)\b"
    r"|\bwhen did (?:i|we) (?:\w+ ){0,2}(?:order|place|buy|purchase|make)\b|\b(?:order date|date of my (?:\w+ )?order|when was my order placed)\b",
    Aspect.SHIPPED: r"\bkiedy (?:\w+ ){0,3}(?:wyslali\w*|wyslan\w+|nadan\w+|nadali\w*|wyszl\w+|poszl\w+)\b|\bdata (?:wysylki|nadania) moj\w*"
    r"|\bwhen (?:\w+ ){0,6}(?:shipped|sent out|dispatched|posted|ship my|send my|dispatch my)\b",
    Aspect.DELIVERED: r"\bkiedy (?:\w+ ){0,2}(?:dostal\w*|odebral\w*|otrzymal\w*|dostarczyli\w*|dostarczon\w+|doreczon\w+|doszl\w+|dotarl\w+|przyszl\w+|przyszed\w*)\b|\bktorego (?:\w+ ){0,2}(?:dostal\w*|odebral\w*|doreczon\w+)"
    r"|\bwhen (?:did i (?:\w+ )?(?:get|receive|collect|pick)|(?:\w+ ){0,6}(?:delivered|arrived))\b",
}
_RULES = {aspect: re.compile(rule) for aspect, rule in _ASKED.items()}

_THINGS_PL = r"(?:zamowieni\w*|paczk\w*|paczc\w+|przesylk\w*|przesylc\w+|zakup\w*|faktur\w*|platnos\w*|wplat\w*|kurier\w*)"
_THINGS_EN = r"(?:orders?|parcels?|packages?|shipment|purchase|invoice|payment|courier|tracking|delivery|pickup|pick up)"
_OWN = re.compile(
    rf"\b(?:moj\w*|moi\w*|nasz\w*) (?:\w+ ){{0,2}}{_THINGS_PL}\b|\b(?:my|our) (?:\w+ ){{0,2}}{_THINGS_EN}\b"
    r"|\b(?:zamowil[ae]?m|zamowilam|kupil[ae]?m|zaplacil[ae]?m|dostal[ae]?m|odebral[ae]?m|otrzymal[ae]?m|zlozyl[ae]?m|oplacil[ae]?m|wydal[ae]?m|dal[ae]?m|zamawial[ae]?m|kupowal[ae]?m|placil[ae]?m|wzial[ae]?m|wzielam)\b"
    r"|\b(?:did i|have i|i (?:\w+ )?(?:ordered|bought|paid|purchased|received|got|placed))\b"
    r"|\b(?:jaki|ktory|podaj|daj|poprosze|znam|gdzie) (?:\w+ ){0,2}mam (?:numer|kod|nr)\b|\bmam numer faktury\b"
)
"""That it is one's own: *my* before the thing, or a first person who ordered, paid or got it."""

_MAY = re.compile(r"\bwhere (?:can|could|may|should) i\b|\bgdzie (?:\w+ )?(?:moge|mozna|da sie)\b")
"""Asks where it can be done: an article may say that, of a parcel that is not on its way yet."""

_WHOSE = frozenset({Aspect.PARCEL, Aspect.PICKUP, Aspect.SHIPPED, Aspect.DELIVERED})
"""Asked without *my* these may be of one's own parcel: a customer's record answers if there is one on its way."""

_GENERAL = re.compile(
    r"\b(?:zwykle|zazwyczaj|normalnie|ogolnie|macie|oferujecie|wspolpracujecie|jesli|jezeli|gdy|gdyby|usually|normally|generally|do you|if i|if my|would|mozna|da sie|znajde|znalezc|sprawdzic|find|znajduje sie)\b"
)
"""Then an article answers: "where do I find the tracking number"."""


def aspects_of(plain: str) -> frozenset[Aspect]:
    """Return what of an order a plain text asks about (`plain.simplify`); mostly nothing."""
    found = frozenset(aspect for aspect, rule in _RULES.items() if rule.search(plain))
    if Aspect.VARIANT in found:
        found -= {Aspect.ITEMS}
    return found


def asks_of_own(plain: str, *, numbered: bool) -> bool | None:
    """Return whether a part of one's own order is asked about.

    Args:
        plain: The text, simplified.
        numbered: Whether it holds an order's number.

    Returns:
        True if surely, False if an article may answer as well, None if no order is asked about.
    """
    found = aspects_of(plain)
    if not found or _GENERAL.search(plain):
        return None
    if numbered or (_OWN.search(plain) and not _MAY.search(plain)):
        return True
    return False if found & _WHOSE else None
