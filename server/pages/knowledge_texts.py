"""Texts of the owner's articles: the list, and one article."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

KNOWLEDGE_TEXTS: dict[str, dict[Language, str]] = {
    "knowledge.articles": {PL: "Artykuły", EN: "Articles"},
    "knowledge.nav": {PL: "Strony o artykułach", EN: "Pages about articles"},
    "knowledge.all": {PL: "Lista", EN: "List"},
    "knowledge.write": {PL: "Napisz artykuł", EN: "Write an article"},
    "knowledge.upload": {PL: "Dodaj z plików", EN: "Add files"},
    "knowledge.sources": {PL: "Źródła", EN: "Sources"},
    "knowledge.add_pages": {PL: "Dodaj strony sklepu", EN: "Add your shop's pages"},
    "knowledge.try": {PL: "Wypróbuj pytanie", EN: "Try a question"},
    "knowledge.back": {PL: "← Wszystkie artykuły", EN: "← All articles"},
    "knowledge.back_to_article": {PL: "← Do artykułu", EN: "← To the article"},
    # The list
    "knowledge.none": {PL: "Nie ma jeszcze artykułów", EN: "There are no articles yet"},
    "knowledge.none_hint": {
        PL: "Asystent odpowiada tylko tym, co przeczyta w artykułach. Napisz pierwszy, dodaj pliki, "
        "które już masz, albo wskaż strony pomocy swojego sklepu.",
        EN: "The assistant answers only with what it reads in articles. Write the first one, add the files "
        "that you already have, or name the help pages of your shop.",
    },
    "knowledge.search": {PL: "Szukaj w tytule, pytaniach i treści", EN: "Search titles, phrasings and text"},
    "knowledge.which": {PL: "Które", EN: "Which"},
    "knowledge.only.all": {PL: "Wszystkie opublikowane", EN: "All that are published"},
    "knowledge.only.stale": {PL: "Dawno niepotwierdzone", EN: "Not confirmed for long"},
    "knowledge.only.never_cited": {PL: "Nigdy niecytowane", EN: "Never cited"},
    "knowledge.only.not_valid": {PL: "Dziś nieobowiązujące", EN: "Not valid today"},
    "knowledge.only.retired": {PL: "Wycofane", EN: "Taken back"},
    "knowledge.found": {
        PL: "{number} artykuł|{number} artykuły|{number} artykułów",
        EN: "{number} article|{number} articles",
    },
    "knowledge.none_found": {PL: "Nic nie pasuje", EN: "Nothing matches"},
    "knowledge.none_found_hint": {
        PL: "Zmień albo wyczyść filtry.",
        EN: "Change or clear the filters.",
    },
    "knowledge.previous": {PL: "← Poprzednia", EN: "← Previous"},
    "knowledge.next": {PL: "Następna →", EN: "Next →"},
    "knowledge.stale": {PL: "do sprawdzenia", EN: "to be checked"},
    "knowledge.stale_count": {
        PL: "{count} artykułu nikt nie potwierdził od {days} dni."
        "|{count} artykułów nikt nie potwierdził od {days} dni."
        "|{count} artykułów nikt nie potwierdził od {days} dni.",
        EN: "{count} article has not been confirmed for {days} days."
        "|{count} articles have not been confirmed for {days} days.",
    },
    "knowledge.stale_show": {PL: "Pokaż je", EN: "Show them"},
    "knowledge.cited_hint": {
        PL: "Cytowania i oceny: z {count} ostatniego dnia.|Cytowania i oceny: z {count} ostatnich dni."
        "|Cytowania i oceny: z {count} ostatnich dni.",
        EN: "Citations and ratings: of the last {count} day."
        "|Citations and ratings: of the last {count} days.",
    },
    "knowledge.column.title": {PL: "Tytuł", EN: "Title"},
    "knowledge.column.language": {PL: "Język", EN: "Language"},
    "knowledge.column.version": {PL: "Wersja", EN: "Version"},
    "knowledge.column.published": {PL: "Opublikowany", EN: "Published"},
    "knowledge.column.valid": {PL: "Obowiązuje", EN: "Valid"},
    "knowledge.column.passages": {PL: "Fragmenty", EN: "Passages"},
    "knowledge.column.cited": {PL: "Cytowania", EN: "Times cited"},
    "knowledge.column.csat": {PL: "Zadowolenie (CSAT)", EN: "Satisfaction (CSAT)"},
    "knowledge.column.confirmed": {PL: "Potwierdzony", EN: "Confirmed"},
    "knowledge.retired": {PL: "wycofany", EN: "taken back"},
    "knowledge.expired": {PL: "już nie obowiązuje", EN: "expired"},
    "knowledge.not_yet": {PL: "jeszcze nie obowiązuje", EN: "not valid yet"},
    "knowledge.always": {PL: "zawsze", EN: "always"},
    "knowledge.from_day": {PL: "od {day}", EN: "from {day}"},
    "knowledge.until_day": {PL: "do {day}", EN: "until {day}"},
    # One article
    "knowledge.done.published": {
        PL: "Opublikowano. Asystent odpowiada już z tej wersji.",
        EN: "Published. The assistant answers from this version now.",
    },
    "knowledge.done.unchanged": {
        PL: "Nic się nie zmieniło, więc nie powstała nowa wersja.",
        EN: "Nothing has changed, so there is no new version.",
    },
    "knowledge.done.retired": {
        PL: "Wycofano. Asystent już z niego nie korzysta; wersje zostają w historii.",
        EN: "Taken back. The assistant does not use it any more; its versions stay in the history.",
    },
    "knowledge.done.restored": {
        PL: "Przywrócono. To jest teraz najnowsza wersja.",
        EN: "Restored. This is the newest version now.",
    },
    "knowledge.done.confirmed": {
        PL: "Zapisano, że artykuł jest nadal aktualny.",
        EN: "Noted that the article is still true.",
    },
    "knowledge.is_retired": {
        PL: "Ten artykuł wycofano {when}. Asystent z niego nie korzysta.",
        EN: "This article was taken back on {when}. The assistant does not use it.",
    },
    "knowledge.is_old": {
        PL: "To jest wersja {version}. Najnowsza to wersja {newest}.",
        EN: "This is version {version}. The newest is version {newest}.",
    },
    "knowledge.to_newest": {PL: "Pokaż najnowszą", EN: "Show the newest"},
    "knowledge.restore_this": {PL: "Przywróć tę wersję", EN: "Restore this version"},
    "knowledge.publish_again": {PL: "Opublikuj ponownie", EN: "Publish it again"},
    "knowledge.edit": {PL: "Edytuj", EN: "Edit"},
    "knowledge.confirm": {PL: "Nadal aktualny", EN: "Still true"},
    "knowledge.retire": {PL: "Wycofaj", EN: "Take back"},
    "knowledge.retire_really": {
        PL: "Wycofać artykuł „{title}”? Asystent przestanie z niego korzystać. Można to cofnąć.",
        EN: "Take back the article “{title}”? The assistant will stop using it. This can be undone.",
    },
    "knowledge.source": {PL: "Skąd pochodzi", EN: "Where it comes from"},
    "knowledge.ratings": {
        PL: "({count} ocena)|({count} oceny)|({count} ocen)",
        EN: "({count} rating)|({count} ratings)",
    },
    "knowledge.since_then": {
        PL: "Co się zmieniło od wersji {version}",
        EN: "What has changed since version {version}",
    },
    "knowledge.no_questions": {
        PL: "Nie ma. Dopisz, jakimi słowami pytają o to klienci, a asystent łatwiej znajdzie ten artykuł.",
        EN: "None. Add the words in which customers ask for this, and the assistant finds it more easily.",
    },
    "knowledge.tries": {PL: "Kliknij, żeby wypróbować.", EN: "Click to try one."},
    "knowledge.led": {PL: "Pytania, które tu doprowadziły", EN: "Questions that led here"},
    "knowledge.never_cited": {
        PL: "W ciągu {count} dnia asystent ani razu nie zacytował tego artykułu."
        "|W ciągu {count} dni asystent ani razu nie zacytował tego artykułu."
        "|W ciągu {count} dni asystent ani razu nie zacytował tego artykułu.",
        EN: "The assistant has not cited this article for {count} day."
        "|The assistant has not cited this article for {count} days.",
    },
    "knowledge.history": {PL: "Wersje", EN: "Versions"},
    "knowledge.version": {PL: "Wersja {number}", EN: "Version {number}"},
    "knowledge.retired_on": {PL: "wycofany {when}", EN: "taken back on {when}"},
    "knowledge.reason.published": {PL: "opublikowana", EN: "published"},
    "knowledge.reason.retired": {PL: "wycofana", EN: "taken back"},
    "knowledge.reason.restored": {PL: "przywrócona", EN: "restored"},
    "knowledge.reason.model": {PL: "nowy model wyszukiwania", EN: "new search model"},
    "knowledge.reason.mended": {PL: "na nowo podzielona na fragmenty", EN: "cut into passages anew"},
    "knowledge.where_cited": {PL: "Gdzie był cytowany", EN: "Where it was cited"},
    "knowledge.cited_in": {
        PL: "{number} rozmowa w ciągu {days} dni.|{number} rozmowy w ciągu {days} dni."
        "|{number} rozmów w ciągu {days} dni.",
        EN: "{number} conversation in {days} days.|{number} conversations in {days} days.",
    },
    "knowledge.newest_shown": {PL: "Niżej {number} najnowszych cytowań.", EN: "Below: the newest {number}."},
    "knowledge.when": {PL: "Kiedy", EN: "When"},
    "knowledge.quoted": {PL: "Zacytowane słowa", EN: "Words quoted"},
}
