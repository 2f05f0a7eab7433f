"""What the demo shop sells and how it sends and is paid. Data; prices gross, in PLN."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

CURRENCY = "PLN"
FREE_DELIVERY_FROM = Decimal("249.00")
CASH_ON_DELIVERY_FEE = Decimal("5.00")
CASH_ON_DELIVERY = "Za pobraniem"
BANK_TRANSFER = "Przelew tradycyjny"
ONLINE_PAYMENTS = ("BLIK", "Przelewy24", "Karta", "Apple Pay", "Google Pay", "PayPo")


@dataclass(frozen=True, slots=True)
class Product:
    """A thing on the shelf; `sizes` is empty when it has one."""

    sku: str
    name: str
    price: Decimal
    sizes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """A way to send.

    Attributes:
        price: Below `FREE_DELIVERY_FROM`; abroad always.
        parcel_digits: Length of the carrier's parcel numbers; 0 when there is no parcel.
        points: Lockers or points to choose from; empty for a courier to the door.
        cash_on_delivery: Whether the carrier collects money.
        abroad: Whether it leaves Poland.
    """

    carrier: str
    price: Decimal
    parcel_digits: int
    points: tuple[str, ...] = ()
    cash_on_delivery: bool = False
    abroad: bool = False


_SHOES = tuple(str(size) for size in range(36, 48))
_CLOTHES = ("XS", "S", "M", "L", "XL", "XXL")

PRODUCTS = (
    Product("TUR", "Buty trekkingowe „Turnia”", Decimal("459.00"), _SHOES),
    Product("POL", "Buty skórzane „Polana”", Decimal("379.00"), _SHOES),
    Product("KAL", "Kalosze „Kałuża”", Decimal("149.00"), _SHOES),
    Product("BRZ", "Sneakersy „Brzeg”", Decimal("299.00"), _SHOES),
    Product("SCH", "Kapcie z wełny „Schronisko”", Decimal("129.00"), _SHOES),
    Product("HAL", "Kurtka przeciwdeszczowa „Halny”", Decimal("499.00"), _CLOTHES),
    Product("MGL", "Bluza polarowa „Mgła”", Decimal("219.00"), _CLOTHES),
    Product("RUN", "Koszulka z merynosów „Runo”", Decimal("169.00"), _CLOTHES),
    Product("SZL", "Spodnie na spacery „Szlak”", Decimal("259.00"), _CLOTHES),
    Product("BAC", "Skarpety wełniane „Bacówka”, 3 pary", Decimal("69.00"), ("36–39", "40–43", "44–47")),
    Product("SOW", "Czapka „Sówka”", Decimal("79.00")),
    Product("JAR", "Plecak 24 l „Jar”", Decimal("289.00")),
    Product("WAT", "Termos 0,75 l „Watra”", Decimal("119.00")),
    Product("PAS", "Zestaw do pielęgnacji butów „Pasta i szczotka”", Decimal("49.00")),
)
GIFT_CARDS = tuple(
    Product(f"KP{value}", f"Karta podarunkowa {value} zł, elektroniczna", Decimal(f"{value}.00"))
    for value in (50, 100, 200, 300)
)

LOCKER = Delivery(
    "InPost Paczkomat 24/7",
    Decimal("12.99"),
    24,
    (
        "BBI97M, ul. Miodowa 3, Bielsko-Biała",
        "KRK98Z, ul. Lipowa 21, Kraków",
        "WAW997X, ul. Cicha 8, Warszawa",
        "WRO96K, ul. Jesionowa 40, Wrocław",
        "GDA95L, ul. Morska 17, Gdańsk",
        "POZ94N, ul. Polna 12, Poznań",
        "LUB99A, ul. Wiśniowa 5, Lublin",
    ),
)
INPOST_COURIER = Delivery("Kurier InPost", Decimal("15.99"), 24, cash_on_delivery=True)
DPD_COURIER = Delivery("Kurier DPD", Decimal("16.99"), 14, cash_on_delivery=True)
DPD_POINT = Delivery(
    "DPD Pickup",
    Decimal("11.99"),
    14,
    ("Sklep „Jagódka”, ul. Ogrodowa 2, Łódź", "Kiosk „U Heli”, ul. Krótka 9, Katowice"),
)
ORLEN = Delivery(
    "Orlen Paczka",
    Decimal("10.99"),
    13,
    ("Stacja przy ul. Zachodniej 30, Rzeszów", "Automat przy ul. Słonecznej 14, Toruń"),
)
PERSONAL_PICKUP = Delivery(
    "Odbiór osobisty", Decimal("0.00"), 0, ("Leśna Ścieżka, ul. Bukowa 14, 43-300 Bielsko-Biała",)
)
ABROAD = Delivery("DPD", Decimal("39.00"), 14, abroad=True)
NO_DELIVERY = Delivery("", Decimal("0.00"), 0)
"""Of an electronic gift card: an e-mail, at once."""

HOME_DELIVERIES = (LOCKER, INPOST_COURIER, DPD_COURIER, DPD_POINT, ORLEN, PERSONAL_PICKUP)
HOME_DELIVERY_WEIGHTS = (46, 14, 12, 8, 14, 6)
