"""Sources on the owner's pages: a real site on loopback is read, looked at, published, read again."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from foundation.clock import SettableClock
from foundation.database import Database
from tests.feedback.knowledge_app import RETURNS, Shop, Visitor, open_shop, sent_to, visitor
from tests.feedback.test_owner import Words
from tests.knowledge.site import Page, Site, serving

TEXT = "Na zwrot masz 14 dni od odebrania paczki."


@dataclass
class Place:
    """A site, a shop that may read it, and its owner's browser."""

    site: Site
    shop: Shop
    owner: Visitor

    async def add(self, path: str, **form: str) -> str:
        """Add an address and wait until it is read; return the path of what was found."""
        where, _ = sent_to(await self.owner.post("/sources", url=self.site.url(path), **form))
        await self.shop.publishing.wait(where.rpartition("/")[2], 30)
        return where


def page(title: str, text: str) -> Page:
    return Page(f'<html lang="pl"><body><main><h1>{title}</h1><p>{text}</p></main></body></html>')


@pytest.fixture
async def place(database: Database, clock: SettableClock) -> AsyncIterator[Place]:
    async with (
        serving({"/zwroty": page("Zwroty", TEXT)}) as site,
        open_shop(database, clock, RETURNS, allowed=site.host) as shop,
        visitor(shop, "maria@shop.example") as owner,
    ):
        yield Place(site, shop, owner)


async def test_a_page_is_read_looked_at_and_published(place: Place) -> None:
    where = await place.add("/zwroty")
    shown = (await place.owner.get(where)).text
    assert TEXT in shown
    assert "1 artykuł do opublikowania" in shown
    assert len(await place.shop.library.articles()) == 1
    await place.owner.post(f"{where}/publish", **{"take-0": "1"})
    await place.shop.publishing.wait(where.rpartition("/")[2], 30)
    assert "Gotowe." in (await place.owner.get(where)).text
    (added,) = [one for one in await place.shop.library.articles() if one.article.id != RETURNS.id]
    assert added.article.body == TEXT
    assert (await place.shop.library.history(added.article.id))[0].changed_by == "Maria"
    listed = " ".join(Words((await place.owner.get("/sources")).text).said)
    assert place.site.url("/zwroty") in listed


async def test_what_changed_and_what_is_gone_is_shown_first(place: Place) -> None:
    where = await place.add("/zwroty")
    await place.owner.post(f"{where}/publish", **{"take-0": "1"})
    same, _ = sent_to(await place.owner.post("/sources/check"))
    await place.shop.publishing.wait(same.rpartition("/")[2], 30)
    assert "Nic się nie zmieniło" in (await place.owner.get(same)).text
    place.site.pages["/zwroty"] = page("Zwroty", TEXT.replace("14", "30"))
    changed, _ = sent_to(await place.owner.post("/sources/check", id="1"))
    await place.shop.publishing.wait(changed.rpartition("/")[2], 30)
    shown = (await place.owner.get(changed)).text
    assert re.search(r"<del[^>]*><span[^>]*>Usunięto: </span>Na zwrot masz 14 dni", shown)
    assert re.search(r"<ins[^>]*><span[^>]*>Dodano: </span>Na zwrot masz 30 dni", shown)
    del place.site.pages["/zwroty"]
    gone, _ = sent_to(await place.owner.post("/sources/check"))
    await place.shop.publishing.wait(gone.rpartition("/")[2], 30)
    assert "Artykuł zostanie wycofany." in (await place.owner.get(gone)).text
    await place.owner.post(f"{gone}/publish", **{"take-0": "1"})
    assert [one.article.id for one in await place.shop.library.articles()] == [RETURNS.id]
    # What was shown before is of a library that is no more: it is not published over what is.
    await place.owner.post(f"{changed}/publish", **{"take-0": "1"})
    assert "Ktoś inny opublikował tymczasem" in (await place.owner.get(changed)).text
    assert len(await place.shop.library.articles()) == 1


async def test_a_page_that_cannot_be_read_says_why(place: Place) -> None:
    missing = (await place.owner.get(await place.add("/nic"))).text
    assert "Tego nie udało się przeczytać" in missing
    assert place.site.url("/nic") in missing
    assert "nie zarejestrowano" not in missing
    assert not await place.shop.sources.listed()


@pytest.mark.parametrize("url", ["", "ftp://shop.example/", "nonsense", "http://user:secret@shop.example/"])
async def test_an_address_that_is_none_stays_in_the_form(place: Place, url: str) -> None:
    reply = await place.owner.post("/sources", url=url, include="/pomoc/*")
    assert reply.status_code == 400
    assert 'id="url-problem" role="alert">' in reply.text
    assert f'value="{url}"' in reply.text
    assert 'value="/pomoc/*"' in reply.text


async def test_a_private_address_is_refused(database: Database, clock: SettableClock) -> None:
    async with (
        serving({"/": page("Tajne", "Tylko dla nas.")}) as site,
        open_shop(database, clock, RETURNS) as shop,
        visitor(shop, "maria@shop.example") as owner,
    ):
        where, _ = sent_to(await owner.post("/sources", url=site.url("/")))
        await shop.publishing.wait(where.rpartition("/")[2], 30)
        assert "Tego nie udało się przeczytać" in (await owner.get(where)).text
        assert site.asked == []


async def test_a_source_is_forgotten_and_its_articles_stay(place: Place) -> None:
    where = await place.add("/zwroty")
    await place.owner.post(f"{where}/publish", **{"take-0": "1"})
    assert sent_to(await place.owner.post("/sources/forget", id="1")) == ("/sources", {"done": "forgotten"})
    assert not await place.shop.sources.listed()
    assert len(await place.shop.library.articles()) == 2
    for path in ("/sources/forget", "/sources/check"):
        for source_id in ("1", "x"):
            assert (await place.owner.post(path, id=source_id)).status_code == 404


async def test_what_a_site_says_is_words(place: Place) -> None:
    evil = "&lt;img src=x onerror=alert(1)&gt; {{ 7*7 }}"
    place.site.pages["/zly"] = page(evil, f"Na zwrot {evil} masz 14 dni.")
    shown = Words((await place.owner.get(await place.add("/zly"))).text)
    assert "img" not in shown.tags
    assert any("onerror" in said for said in shown.said)
