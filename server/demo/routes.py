"""The demo shop's page, and who one may be on it.

`/demo/identity` signs anyone in as any of the featured demo customers: it exists only while a data folder
holds the demo shop *and* the server listens on this machine alone (`server/house.py` decides).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse, Response

from customer.identity import sign_identity
from customer.model import OrderSource
from foundation.clock import Clock
from foundation.errors import NotFound
from foundation.language import Language
from server.demo.people import featured_customers

PAGE = Path(__file__).parent / "page"
_KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".html": "text/html",
    ".png": "image/png",
}


@dataclass(frozen=True, slots=True)
class DemoShop:
    """What the demo page needs: whose orders, and the secret that vouches for them."""

    orders: OrderSource
    identity_secret: str
    clock: Clock


def demo_router(demo: DemoShop, headers: Mapping[str, str]) -> APIRouter:
    """Return the demo's routes, open to anyone on this machine."""
    router = APIRouter()
    featured = featured_customers()
    files = {path.name: path for path in PAGE.iterdir() if path.suffix in _KINDS}

    @router.get("/")
    async def page() -> Response:
        return FileResponse(PAGE / "index.html", headers=dict(headers))

    @router.get("/demo/static/{name}")
    async def static(name: str) -> Response:
        path = files.get(name)
        if path is None:
            raise NotFound("There is no such file.")
        headers = {"X-Content-Type-Options": "nosniff"}
        return FileResponse(path, media_type=_KINDS[path.suffix], headers=headers)

    @router.get("/demo/customers")
    async def customers() -> list[dict[str, str]]:
        listed = []
        for someone in featured:
            customer = await demo.orders.customer(someone.customer_id)
            if customer is not None:
                listed.append(
                    {
                        "id": customer.id,
                        "name": customer.name,
                        "description_pl": someone.description[Language.PL],
                        "description_en": someone.description[Language.EN],
                    }
                )
        return listed

    @router.get("/demo/identity")
    async def identity(customer: Annotated[str, Query(max_length=64)]) -> dict[str, str]:
        if customer not in {someone.customer_id for someone in featured}:
            raise NotFound("This is not one of the demo's customers.")
        record = await demo.orders.customer(customer)
        token = sign_identity(
            demo.identity_secret,
            customer,
            clock=demo.clock,
            name=record.name if record else "",
            lives=timedelta(hours=1),
        )
        return {"identity_token": token}

    return router
