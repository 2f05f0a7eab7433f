"""What a shopper who asks for a recommendation wishes: read from words, and products told in words. Pure.

Only those who ask are told of products. What a product costs and is called comes from its record, and why it
is named is counted over orders or written in the catalogue.
"""

# ruff: noqa: E501 - a rule reads best on one line
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from assistant import lexicon
from assistant.goods import groups_of
from assistant.order_amounts import money
from assistant.plain import simplify
from customer.product import Product, Together
from foundation.language import Language
from knowledge.analysis.text import is_stopword, stem
from knowledge.analysis.words import fold

PL, EN = Language.PL, Language.EN


class Asking(StrEnum):
    """What kind of recommendation is asked for."""

    GOES_WITH = "goes_with"
    LOOKING = "looking"


_GOES_WITH = re.compile(
    r"\b(?:(?:co|cos|jakie \w+|jaki \w+|jaka \w+) (?:\w+ ){0,4}(?:pasuje|pasowal\w*|pasuja|dobrac|dokupic|polec(?:acie|asz|isz|icie|ilibyscie)|kupic|warto|przyda sie)(?: \w+){0,2}? do\b"
    r"|polec\w{0,3} (?:\w+ ){0,2}do (?:moich |mojej |mojego |tych |tego |tej )?\w+|co (?:jeszcze )?(?:warto|moge|mozna) (?:\w+ )?dokupic|kupowane razem|inni kupuja do"
    r"|(?:what|anything|something) (?:\w+ ){0,4}(?:go|goes|going|match|matches|fit|fits|pairs|pair) (?:well )?with"
    r"|(?:recommend|suggest)\w* (?:\w+ ){0,3}(?:with|for) my \w+|bought together)\b"
)
_LOOKING = re.compile(
    r"\b(?:szuka(?:m|my)|poszukuje|rozgladam sie za|polec(?:acie|asz|isz|icie|cie|ilibyscie|ilabys|ilbys)?|doradz(?:cie|isz|icie)?|pomoz(?:cie|esz|ecie)? (?:\w+ )?(?:wybrac|w wyborze)|zaproponuj(?:cie|esz|ecie)?"
    r"|(?:pomysl|pomysly|cos) na (?:\w+ )?(?:prezent|upominek)|(?:na|jaki) prezent|looking for|recommend|suggest|help me (?:to )?(?:choose|pick|find)|gift ideas?|(?:a )?(?:gift|present) for)\b"
)
_PRICE = re.compile(
    r"\b(?:(?:po |za )?ile (?:to )?(?:kosztuj\w+|stoi|chodz\w+|za|sa|jest)|po ile|za ile|ile za|jaka (?:jest )?cena|w jakiej cenie|cen[aey]|"
    r"how much (?:is|are|for|does|do|would|will)|how much|whats the price|(?:what|which) (?:is|are) the prices?|price (?:of|for)|prices?|costs?)\b"
)
_BESIDE_PRICE = frozenset(
    "para pary pair pairs sztuka sztuke sztuki piece obecnie teraz aktualnie now today najtansze najtanszy najtansza cheapest macie sprzedajecie".split()  # noqa: SIM905 - a word list
)
_NOT_GOODS = re.compile(
    r"\b(?:paczk\w*|przesyl\w*|zamowieni\w*|informacj\w*|numer\w*|kontakt\w*|regulamin\w*|formularz\w*|faktur\w*|paragon\w*|rozmiar\w*|tabel\w*|dostaw\w*|kurier\w*|paczkomat\w*|platn\w*|zaplac\w*|zwro[ct]\w*|"
    r"reklam\w*|adres\w*|konto|konta|koncie|hasl\w*|sposob\w*|prac[ye]|polecon\w*|rabat\w*|kod\w*|znizk\w*|promocj\w*|pra[cn]\w*|czysc\w*|impregn\w*|pielegn\w* jak|"
    r"parcel\w*|packages?|orders?|information|info|number|contact|terms|form|invoice|receipt|size|sizes|sizing|delivery|deliver|courier|payment|pay|return\w*|refund\w*|complain\w*|address|account|password|way|job|discount\w*|codes?|vouchers? code|sale|wash\w*|clean\w*)\b"
)
_TO_AN_ORDER = re.compile(r"\b(?:do|with|for|to) (?:\w+ ){0,2}(?:zamowieni\w*|zakup\w*|orders?|purchases?)\b")
_GIFT = re.compile(r"\b(?:prezent\w*|upomin\w*|gifts?|presents?)\b")
_ANY = re.compile(
    r"\b(?:obojetn\w*|wszystko jedno|bez ograniczen\w*|bez limitu|nie ma znaczenia|cokolwiek|any|any price|anything|no limit|doesnt matter|dont mind|dont care)\b"
)
_AMOUNT = re.compile(
    r"(?P<low>\b(?:od|powyzej|ponad|min\w*|over|above|from|at least)\s+)?(?P<before>\bpln\s*)?\b(?P<number>\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,6})(?:[.,]\d{1,2})?(?!\d)\s*(?P<unit>zl\w*|pln)?\b"
)
_HEAD = re.compile(r"\b(?:do|na|dla|z|ze|od|for|of|with)\b")
_OWN_NAME = re.compile(r"[„“\"»]([^”\"«“]+)[”\"«“]")
_SEASONS = {"winter": "zima", "summer": "lato", "autumn": "jesien", "fall": "jesien", "spring": "wiosna"}
_EMPTY = frozenset(
    "co cos polec polecacie polecasz polecisz szukam prezent prezentu gift present mnie moich mojej mojego recommend suggest looking something anything nowych nowej nowego dobrych dobre fajne buy kupic pasuje pasuja goes with mozna moge wybrac choose".split()  # noqa: SIM905 - a word list
)
_BOOTS = frozenset({"boot", "boots"})
_STEPS = (50, 100, 200, 300, 500, 1000, 2000, 5000)


def asking_of(text: str) -> Asking | None:
    """Return what kind of recommendation a message asks for; None if it asks for none."""
    plain = simplify(text)
    if _NOT_GOODS.search(_TO_AN_ORDER.sub(" ", plain)):
        return None
    if _GOES_WITH.search(plain):
        return Asking.GOES_WITH
    return Asking.LOOKING if _LOOKING.search(plain) else None


def asks_price(text: str) -> bool:
    """Return whether a message may ask what goods cost."""
    plain = simplify(text)
    return _PRICE.search(plain) is not None and _NOT_GOODS.search(plain) is None


def priced(text: str, products: Sequence[Product]) -> list[Product]:
    """Return the products whose price a message asks for, cheapest first; mostly none.

    Each of its words must be one of the product's: for an embroidered hat the price of a hat is no answer.
    """
    if not asks_price(text):
        return []
    polite = lexicon.GREETING_WORDS | lexicon.COURTESY_WORDS | _BESIDE_PRICE | _EMPTY
    words = [word for word in _PRICE.sub(" ", simplify(text)).split() if word not in polite and _keys([word])]
    meant = named(" ".join(words), products) if words else []
    fitting = [product for product in meant if all(_is_of(word, product) for word in words)]
    return sorted(fitting, key=lambda product: (product.price, product.name))


def spread(products: Sequence[Product], most: int) -> list[Product]:
    """Return at most so many of sorted products, evenly, the first and the last among them."""
    if len(products) <= most:
        return list(products)
    return [products[round(n * (len(products) - 1) / (most - 1))] for n in range(most)]


def any_will_do(text: str) -> bool:
    """Return whether a shopper says that it does not matter."""
    return _ANY.search(simplify(text)) is not None


def at_most(text: str, *, asked: bool = False) -> Decimal | None:
    """Return the price that a shopper names as the highest.

    Args:
        text: As written.
        asked: The price was asked for: a number alone is one.
    """
    found = None
    for match in _AMOUNT.finditer(fold(text)):
        if not match["low"] and (match["unit"] or match["before"] or asked):
            found = Decimal(re.sub(r"\D", "", match["number"]))
    return found


def named(text: str, products: Sequence[Product]) -> list[Product]:
    """Return the products of the kind that a text names, by kind, category or own name; mostly not all."""
    words = [word for word in simplify(text).split() if word not in _EMPTY]
    groups = groups_of(words, wider=True)
    found = _of_kind(words, groups, products)
    shoes = groups_of(["shoes"], wider=True)
    # "Boots" may be called shoes in the catalogue, beside rubber boots.
    if (found and not _BOOTS & {*words}) or not groups & shoes:
        return found
    return [*found, *(product for product in _of_kind([], shoes, products) if product not in found)]


def names_goods(text: str) -> bool:
    """Return whether a text names goods at all, sold here or not."""
    return bool(groups_of([word for word in simplify(text).split() if word not in _EMPTY], wider=True))


def leaves_it_open(text: str) -> bool:
    """Return whether a text that names nothing sold here names nothing else either, or asks for a gift."""
    plain = simplify(text)
    rest = [word for word in plain.split() if word not in _EMPTY and not _LOOKING.search(word)]
    return _GIFT.search(plain) is not None or not _keys(rest)


def best_first(text: str, products: Iterable[Product]) -> list[Product]:
    """Return products by how much else of what was said they are; of equals the cheaper ones first.

    A season that is named, and that some of them are for, leaves the others out.
    """
    words = [_SEASONS.get(word, word) for word in simplify(text).split() if word not in _EMPTY]
    keys, seasons = _keys(words), _keys(words) & _keys(_SEASONS.values())
    found = list(products)
    fitting = [
        p for p in found if seasons & _keys(simplify(" ".join(p.attributes.get("season", ()))).split())
    ]
    ranked = [(len(keys & _keys(simplify(_all_of(p)).split())), p) for p in fitting or found]
    return [p for _, p in sorted(ranked, key=lambda one: (-one[0], one[1].price, one[1].name))]


def of_whom(text: str, product: Product) -> bool:
    """Return whether a product is for whom a text names."""
    whom = _keys(simplify(" ".join(product.attributes.get("for_whom", ()))).split())
    return bool(_keys(simplify(text).split()) & whom)


def price_steps(products: Sequence[Product]) -> list[int]:
    """Return at most two round prices that part these products."""
    prices = [product.price for product in products]
    parting = [step for step in _STEPS if min(prices) <= step < max(prices)]
    if len(parting) <= 2:
        return parting
    return [parting[len(parting) // 3], parting[(2 * len(parting)) // 3]]


def step_label(step: int, currency: str, language: Language) -> str:
    """Return a price as a button."""
    if language is PL:
        return f"do {step} {'zł' if currency == 'PLN' else currency}"
    return f"up to {currency} {step}"


def told(product: Product, language: Language, why: str = "") -> str:
    """Return a product as a line of its own: name, price, why it is named, its page."""
    line = f"- {product.called(language)} – {money(product.price, product.currency, language)}"
    if why:
        line = f"{line}. {why}"
    return f"{line}: {product.url}" if product.url and not why else f"{line} {product.url}".rstrip()


def why_together(pair: Together, with_: Product, language: Language) -> str:
    """Return how often two products were bought together."""
    if language is PL:
        return f"Kupowane razem z: {with_.called(PL)} – w {pair.orders} zamówieniach."
    return f"Bought together with {with_.called(EN)} in {pair.orders} orders."


def why_fitting(with_: Product, language: Language) -> str:
    """Return that the catalogue calls a product fitting."""
    return (
        f"Według katalogu pasuje do: {with_.name}."
        if language is PL
        else f"The catalogue says it goes with {with_.called(EN)}."
    )


def _of_kind(words: Sequence[str], groups: frozenset[int], products: Sequence[Product]) -> list[Product]:
    keys = _keys(words)
    found = []
    for product in products:
        english = simplify(_english_kind(product.name_en)).split()
        kind = [*simplify(_kind_of(product)).split(), *english]
        # English kinds are often short: a mug, a cap, a kit.
        if groups & groups_of(kind, wider=False) or keys & _keys(kind) or {*words} & {*english}:
            found.append(product)
    return found


def _is_of(word: str, product: Product) -> bool:
    return bool(named(word, [product]) or _keys([word]) & _keys(simplify(_all_of(product)).split()))


def _kind_of(product: Product) -> str:
    """Return what a product is: "Zestaw do pielęgnacji butów" is a set, no shoes."""
    own = " ".join(_OWN_NAME.findall(product.name))
    head = _HEAD.split(fold(_OWN_NAME.sub(" ", product.name)))[0]
    return f"{product.category} {head} {own}"


def _english_kind(name: str) -> str:
    """Return what an English name calls a thing: "Shoe care kit" is a kit, "Wool socks, 3 pairs" are socks."""
    own = " ".join(_OWN_NAME.findall(name))
    head = _HEAD.split(fold(_OWN_NAME.sub(" ", name)).partition(",")[0])[0].split()
    return f"{' '.join(head[-1:])} {own}"


def _all_of(product: Product) -> str:
    values = (value for values in product.attributes.values() for value in values)
    told = (product.name, product.name_en, product.description, product.description_en)
    return " ".join((*told, *values))


def _keys(words: Iterable[str]) -> frozenset[str]:
    keys = set()
    for word in words:
        if len(word) >= 4 and not any(is_stopword(word, language) for language in Language):
            keys |= {stem(word, PL), stem(word, EN), re.sub(r"[aeiouy]{1,2}$|e(?=k$)", "", word)}
    return frozenset(keys)
