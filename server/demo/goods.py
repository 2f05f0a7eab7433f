"""The demo shop's catalogue, as a shop would import it: what its products are and what they are for."""

from __future__ import annotations

from customer.product import Product
from server.demo import catalogue

_SHOES, _CLOTHES, _ACCESSORIES, _GIFT_CARDS = "Buty", "Ubrania", "Akcesoria", "Karty podarunkowe"
_WINTER, _AUTUMN, _SUMMER, _ALL_YEAR = "zima", "jesień", "lato", "cały rok"

# sku: category, description, seasons, skus of what it is made to go with
_TOLD: dict[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]] = {
    "TUR": (_SHOES, "Wysokie buty w góry, z membraną.", (_AUTUMN, _WINTER), ()),
    "POL": (_SHOES, "Niskie buty ze skóry, na co dzień.", (_ALL_YEAR,), ()),
    "KAL": (_SHOES, "Na deszcz i do ogrodu.", (_AUTUMN,), ()),
    "BRZ": (_SHOES, "Lekkie, z przewiewną siatką.", (_SUMMER,), ()),
    "SCH": (_SHOES, "Ciepłe kapcie po domu.", (_AUTUMN, _WINTER), ()),
    "HAL": (_CLOTHES, "Na wiatr i deszcz, z kapturem.", (_AUTUMN, _WINTER), ()),
    "MGL": (_CLOTHES, "Ciepła warstwa pod kurtkę.", (_AUTUMN, _WINTER), ("HAL",)),
    "RUN": (_CLOTHES, "Cienka koszulka z wełny merynosów.", (_ALL_YEAR,), ("MGL",)),
    "SZL": (_CLOTHES, "Wygodne, szybko schną.", (_ALL_YEAR,), ()),
    "BAC": (_ACCESSORIES, "Grube skarpety z wełny.", (_AUTUMN, _WINTER), ("TUR", "POL", "KAL")),
    "SOW": (_ACCESSORIES, "Dziergana czapka z wełny.", (_WINTER,), ("HAL",)),
    "JAR": (_ACCESSORIES, "Plecak na jednodniową wycieczkę.", (_ALL_YEAR,), ("WAT",)),
    "WAT": (_ACCESSORIES, "Trzyma ciepło cały dzień w górach.", (_ALL_YEAR,), ("JAR",)),
    "PAS": (_ACCESSORIES, "Pasta i szczotka do skóry.", (_ALL_YEAR,), ("TUR", "POL")),
}


def demo_products() -> tuple[Product, ...]:
    """Return everything that the demo shop sells."""
    return (
        *map(_told, catalogue.PRODUCTS),
        *(
            Product(card.sku, card.name, card.price, catalogue.CURRENCY, _GIFT_CARDS)
            for card in catalogue.GIFT_CARDS
        ),
    )


def _told(product: catalogue.Product) -> Product:
    category, description, seasons, goes_with = _TOLD[product.sku]
    attributes = {"season": seasons} | ({"size": product.sizes} if product.sizes else {})
    return Product(
        product.sku,
        product.name,
        product.price,
        catalogue.CURRENCY,
        category,
        description,
        attributes=attributes,
        goes_with=goes_with,
    )
