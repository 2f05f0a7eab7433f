"""Every text of the staff's pages, in every language.

A text may have places (``{name}``) and, for a number given as ``count``, forms divided by ``|``: Polish has
one, few and many (1 rozmowa | 2 rozmowy | 5 rozmów), English one and many.
"""

from __future__ import annotations

from typing import Any

from foundation.language import Language

PL, EN = Language.PL, Language.EN

TEXTS: dict[str, dict[Language, str]] = {
    # Every page
    "app.desk": {PL: "Rozmowy", EN: "Desk"},
    "app.owner": {PL: "Panel właściciela", EN: "Owner"},
    "app.skip": {PL: "Przejdź do treści", EN: "Skip to content"},
    "app.nav": {PL: "Główna nawigacja", EN: "Main navigation"},
    "app.sign_out": {PL: "Wyloguj", EN: "Sign out"},
    "app.signed_in_as": {PL: "Konto: {name}", EN: "Signed in: {name}"},
    "app.language.pl": {PL: "Polski", EN: "Polski"},
    "app.language.en": {PL: "English", EN: "English"},
    "app.language": {PL: "Język", EN: "Language"},
    "app.offline": {
        PL: "Brak połączenia z serwerem. Ponawiam próbę…",
        EN: "The server cannot be reached. Trying again…",
    },
    "app.failed": {
        PL: "Nie udało się. Spróbuj ponownie.",
        EN: "That did not work. Please try again.",
    },
    "app.error": {PL: "Coś poszło nie tak", EN: "Something went wrong"},
    "app.error.403": {PL: "Nie masz dostępu do tej strony", EN: "You have no access to this page"},
    "app.error.404": {PL: "Nie ma takiej strony", EN: "There is no such page"},
    "app.back": {PL: "Wróć", EN: "Back"},
    "app.back_to_desk": {PL: "Do rozmów", EN: "To the desk"},
    "app.close": {PL: "Zamknij", EN: "Close"},
    # The page at the root
    "home.title": {PL: "Okienko działa", EN: "Okienko is running"},
    "home.articles": {
        PL: "W bazie jest {count} artykuł.|W bazie są {count} artykuły.|W bazie jest {count} artykułów.",
        EN: "There is {count} article.|There are {count} articles.",
    },
    "home.none": {
        PL: "W bazie nie ma jeszcze artykułów. Dodaj je poleceniem okienko knowledge add.",
        EN: "There are no articles yet. Add some with: okienko knowledge add",
    },
    "home.try": {
        PL: "Wypróbuj czat w prawym dolnym rogu.",
        EN: "Try the chat in the bottom right corner.",
    },
    "home.embed": {
        PL: "Tak osadzisz go na stronie sklepu:",
        EN: "This puts it on your shop's page:",
    },
    # Signing in
    "login.title": {PL: "Logowanie", EN: "Sign in"},
    "login.lead": {
        PL: "Dla osób z obsługi sklepu.",
        EN: "For the shop's own people.",
    },
    "login.email": {PL: "E-mail", EN: "E-mail"},
    "login.password": {PL: "Hasło", EN: "Password"},
    "login.submit": {PL: "Zaloguj", EN: "Sign in"},
    "login.wrong": {
        PL: "Adres e-mail lub hasło się nie zgadza.",
        EN: "The e-mail or the password is wrong.",
    },
    "login.slow": {
        PL: "Za dużo błędnych haseł. Spróbuj ponownie za {count} sekundę."
        "|Za dużo błędnych haseł. Spróbuj ponownie za {count} sekundy."
        "|Za dużo błędnych haseł. Spróbuj ponownie za {count} sekund.",
        EN: "Too many wrong passwords. Try again in {count} second."
        "|Too many wrong passwords. Try again in {count} seconds.",
    },
    "login.help": {
        PL: "Konto zakłada właściciel sklepu poleceniem okienko staff add.",
        EN: "The shop's owner makes accounts with: okienko staff add.",
    },
}


def text(key: str, language: Language, **values: Any) -> str:
    """Return a text with its places filled.

    Raises:
        KeyError: There is no such text, or a place of it was not given.
    """
    found = TEXTS[key][language]
    if "|" in found:
        forms = found.split("|")
        found = forms[min(plural_form(int(values["count"]), language), len(forms) - 1)]
    return found.format_map(values) if values else found


def term(group: str, code: str, language: Language) -> str:
    """Return the text ``group.code``; a code that has none yet is shown as it is, in words."""
    found = TEXTS.get(f"{group}.{code}")
    return found[language] if found else code.replace("_", " ")


def plural_form(count: int, language: Language) -> int:
    """Return which form of a noun goes with a number: 0 one, 1 few (English: many), 2 many.

    Source: Unicode CLDR, plural rules for cardinals of pl and en, whole numbers.
    """
    if count == 1:
        return 0
    if language is Language.EN:
        return 1
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2
