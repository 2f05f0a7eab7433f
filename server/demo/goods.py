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

# sku: name and description in English, named as the English articles name them
_IN_ENGLISH: dict[str, tuple[str, str]] = {
    "TUR": ("“Turnia” trekking shoes", "High shoes for the mountains, with a membrane."),
    "POL": ("“Polana” leather shoes", "Low leather shoes for every day."),
    "KAL": ("“Kałuża” rubber boots", "For rain and the garden."),
    "BRZ": ("“Brzeg” sneakers", "Light, with an airy mesh."),
    "SCH": ("“Schronisko” wool slippers", "Warm slippers for the house."),
    "HAL": ("“Halny” rain jacket", "For wind and rain, with a hood."),
    "MGL": ("“Mgła” fleece", "A warm layer under a jacket."),
    "RUN": ("“Runo” merino T-shirt", "A thin T-shirt of merino wool."),
    "SZL": ("“Szlak” walking trousers", "Comfortable, dry quickly."),
    "BAC": ("“Bacówka” wool socks, 3 pairs", "Thick wool socks."),
    "SOW": ("“Sówka” hat", "A knitted wool hat."),
    "JAR": ("“Jar” backpack, 24 l", "A backpack for a day trip."),
    "WAT": ("“Watra” thermos flask, 0.75 l", "Keeps warm all day in the mountains."),
    "PAS": ("Shoe care kit", "Polish and a brush for leather."),
}


def demo_products() -> tuple[Product, ...]:
    """Return everything that the demo shop sells."""
    return (
        *map(_told, catalogue.PRODUCTS),
        *(
            Product(
                card.sku,
                card.name,
                card.price,
                catalogue.CURRENCY,
                _GIFT_CARDS,
                name_en=f"PLN {card.price:.0f} gift card, by e-mail",
            )
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
        name_en=_IN_ENGLISH[product.sku][0],
        description_en=_IN_ENGLISH[product.sku][1],
    )
