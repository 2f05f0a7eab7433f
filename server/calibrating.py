"""The command `okienko evals calibrate`: confidence fitted to a shop's articles, or to sets of data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.calibrate import Costs, Fitted, fit_languages, set_samples, written_report, zones_for
from evals.everyday import everyday_cases, everyday_samples, told_of
from evals.samples import Asker, Sample, own_samples
from foundation.clock import SystemClock
from foundation.errors import InvalidInput, NotFound
from foundation.language import Language
from knowledge.articles import Article
from knowledge.embedding.embedder import Embedder, folder_for
from knowledge.reading.readers import read
from knowledge.retrieval.calibration import FILE, Calibration, bundled_calibration, write
from server.house import open_database, open_library
from server.models import model_in_use
from server.settings import Settings

_BUNDLED = Path(__file__).parents[1] / "knowledge" / "retrieval" / FILE
_DEMO = Path(__file__).parent / "demo" / "articles"


async def calibrate_own(settings: Settings, report: Path | None) -> None:
    """Fit confidence to the shop's articles, and keep it in its data folder.

    Raises:
        NotFound: There are no articles.
        InvalidInput: There are too few phrasings to fit to.
    """
    async with open_database(settings) as database:
        model = await model_in_use(database, settings)
        library = open_library(settings, database, SystemClock())
        try:
            articles = [row.article for row in await library.articles()]
        finally:
            await library.close()
    if not articles:
        raise NotFound("There are no articles to fit to: okienko knowledge add PATH")
    embedder = Embedder.open(folder_for(settings.models_dir, model), model)
    samples = _sampled(embedder, articles)
    before = bundled_calibration()
    fits = fit_languages(samples, before)
    _keep(fits, before, embedder.id, {"own phrasings": len(samples)}, settings.data_dir / FILE, report)


def calibrate_bundled(settings: Settings, data: Path, seeds: int, report: Path | None) -> None:
    """Fit the confidence that every shop begins with to the evaluation data in `data`.

    Raises:
        InvalidInput: The data is not there.
    """
    embedder = Embedder.open(folder_for(settings.models_dir, settings.embedding_model))
    asker, shop = Asker(embedder), read([_DEMO]).articles
    samples, counts = set_samples(asker, data, seeds, shop)
    fits = fit_languages(samples, bundled_calibration(), anew=True)
    kept = _keep(fits, bundled_calibration(), embedder.id, counts, _BUNDLED, report)
    cases = [case for language in Language for case in everyday_cases(language) if case.held_out]
    print(f"\n{told_of(list(everyday_samples(asker, cases, shop)), kept)}")


def _sampled(embedder: Embedder, articles: Sequence[Article]) -> list[Sample]:
    return list(own_samples(Asker(embedder), articles))


def _keep(
    fits: dict[bool, Fitted],
    before: Calibration,
    embedder: str,
    fitted_on: dict[str, int],
    path: Path,
    report: Path | None,
) -> Calibration:
    if not fits:
        raise InvalidInput("There are too few questions to fit to: write more alternative phrasings.")
    calibration = Calibration(
        embedder=embedder,
        words=fits[False].judgement if False in fits else before.words,
        meaning=fits[True].judgement if True in fits else before.meaning,
        zones=zones_for(Costs()),
        fitted_on=fitted_on,
    )
    write(calibration, path)
    print(written_report(fits, report))
    print(f"\nKept in {path}.")
    return calibration
