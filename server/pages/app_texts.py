"""Texts of every page, of the page at the root and of signing in."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

APP_TEXTS: dict[str, dict[Language, str]] = {
    # Every page
    "app.desk": {PL: "Rozmowy", EN: "Desk"},
    "app.owner": {PL: "Panel właściciela", EN: "Owner"},
    "app.skip": {PL: "Przejdź do treści", EN: "Skip to content"},
    "app.nav": {PL: "Główna nawigacja", EN: "Main navigation"},
    "app.sign_out": {PL: "Wyloguj", EN: "Sign out"},
    "app.account": {PL: "Konto:", EN: "Account:"},
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
        PL: "W bazie nie ma jeszcze artykułów. Dodaj je poleceniem:",
        EN: "There are no articles yet. Add some with:",
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
