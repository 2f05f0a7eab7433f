"""The shop's own synonyms, looked at by the owner: `okienko knowledge synonyms`."""

from __future__ import annotations

from pathlib import Path

from foundation.errors import NotFound
from foundation.language import Language
from knowledge.analysis.bilingual import translated
from knowledge.analysis.shop_words import NAME, read_words
from knowledge.analysis.synonyms import Synonyms
from server.settings import Settings


def check_synonyms(settings: Settings, file: Path | None) -> bool:
    """Print each line that is left out, with its number and why; return whether there was none.

    Args:
        settings: They say where the shop's file is.
        file: Another file to look at, before it is put there.

    Raises:
        NotFound: `file` is not there.
    """
    path = file or settings.data_dir / NAME
    if file is not None and not file.exists():
        raise NotFound(f"There is no file {file}.")
    words = read_words(path)
    for problem in words.problems:
        print(f"{path}:{problem.number}: {problem.reason}")
    if not path.exists():
        print(f"{path} is not there: the words that every shop begins with are used.")
    else:
        print(f"{path}: {_counted(words)}; lines left out: {len(words.problems)}.")
    return not words.problems


def show_word(settings: Settings, word: str) -> None:
    """Print what stands for a word in this shop, in each language, and what it is in the other one.

    Raises:
        NotFound: Nothing does.
    """
    words = read_words(settings.data_dir / NAME)
    lines = [line for language in Language for line in _known(words, word, language)]
    if not lines:
        raise NotFound(f"No group has the word {word!r}. Add one in {settings.data_dir / NAME}.")
    print("\n".join(lines))


def _known(words: Synonyms, word: str, language: Language) -> list[str]:
    groups = [words.groups[language][number] for number in sorted(words.families_of(word, language))]
    lines = [
        f"{language}  {group.name or '-'}: "
        + " ".join(f"{one.spelled}{'$' if one.whole else ''}" for one in group.words)
        for group in groups
    ]
    other = translated(word, language, words)
    return [*lines, f"{language} → {language.other}  {word} = {other.text}"] if other.known else lines


def _counted(words: Synonyms) -> str:
    groups = " and ".join(f"{len(words.groups[x])} {x}" for x in Language)
    return f"{groups} groups with the bundled ones, {len(words.pairs)} pairs"
