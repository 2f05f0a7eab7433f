"""The texts of the owner's pages of articles, in every language; `server.pages.texts` holds all."""

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
    # Writing
    "knowledge.edit_title": {PL: "Edycja: {title}", EN: "Edit: {title}"},
    "knowledge.field.title": {PL: "Tytuł", EN: "Title"},
    "knowledge.field.body": {PL: "Treść", EN: "Text"},
    "knowledge.field.questions": {PL: "Jak pytają o to klienci", EN: "How customers ask for this"},
    "knowledge.field.language": {PL: "Język", EN: "Language"},
    "knowledge.field.tags": {PL: "Etykiety", EN: "Tags"},
    "knowledge.field.valid_from": {PL: "Obowiązuje od", EN: "Valid from"},
    "knowledge.field.valid_until": {PL: "Obowiązuje do", EN: "Valid until"},
    "knowledge.field.id": {PL: "Identyfikator", EN: "Id"},
    "knowledge.hint.title": {
        PL: "Najlepiej pytanie, na które artykuł odpowiada: „Ile mam dni na zwrot?”.",
        EN: "Best is the question that the article answers: “How many days do I have for a return?”.",
    },
    "knowledge.hint.body": {
        PL: "Zwykły tekst. Pusty wiersz zaczyna akapit, „## Nagłówek” – część, „- ” – punkt listy. "
        "Najważniejsze zdanie na początku: asystent cytuje dosłownie.",
        EN: "Plain text. An empty line begins a paragraph, “## Heading” a part, “- ” an item of a list. "
        "Put the most important sentence first: the assistant quotes word for word.",
    },
    "knowledge.hint.questions": {
        PL: "Każde pytanie w osobnym wierszu, słowami klientów.",
        EN: "One question a line, in customers' words.",
    },
    "knowledge.hint.tags": {PL: "Po przecinku, tylko dla Ciebie.", EN: "By commas, for yourself only."},
    "knowledge.hint.id": {
        PL: "Zostaw puste, a powstanie z tytułu. Potem się nie zmienia.",
        EN: "Leave it empty and it is made of the title. It does not change later.",
    },
    "knowledge.problem.title.missing": {PL: "Wpisz tytuł.", EN: "Write a title."},
    "knowledge.problem.title.long": {
        PL: "Tytuł jest za długi: zmieści się 300 znaków.",
        EN: "The title is too long: 300 characters fit.",
    },
    "knowledge.problem.language.unknown": {
        PL: "Wybierz język z listy.",
        EN: "Choose a language of the list.",
    },
    "knowledge.problem.body.missing": {PL: "Wpisz treść.", EN: "Write the text."},
    "knowledge.problem.body.long": {
        PL: "Treść jest za długa: zmieści się 400 000 znaków. Podziel ją na kilka artykułów.",
        EN: "The text is too long: 400,000 characters fit. Make several articles of it.",
    },
    "knowledge.problem.questions.many": {
        PL: "Zmieści się 100 pytań, każde do 500 znaków.",
        EN: "100 questions fit, of up to 500 characters each.",
    },
    "knowledge.problem.tags.many": {PL: "Zmieści się 30 etykiet.", EN: "30 tags fit."},
    "knowledge.problem.valid_from.no_day": {
        PL: "To nie jest data. Napisz ją tak: 2026-11-21.",
        EN: "This is no date. Write it like 2026-11-21.",
    },
    "knowledge.problem.valid_until.no_day": {
        PL: "To nie jest data. Napisz ją tak: 2026-11-21.",
        EN: "This is no date. Write it like 2026-11-21.",
    },
    "knowledge.problem.valid_until.before": {
        PL: "Ostatni dzień jest przed pierwszym.",
        EN: "The last day is before the first one.",
    },
    "knowledge.problem.id.letters": {
        PL: "Użyj małych liter bez znaków diakrytycznych, cyfr oraz - _ /, na przykład pl/zwroty.",
        EN: "Use small plain letters, digits and - _ /, for example pl/zwroty.",
    },
    "knowledge.problem.id.taken": {
        PL: "Jest już artykuł o tym identyfikatorze. Wpisz inny albo edytuj tamten.",
        EN: "There is an article with this id already. Choose another one, or edit that article.",
    },
    "knowledge.not_published": {
        PL: "Nic nie opublikowano. Popraw zaznaczone pola; to, co wpisano, zostało.",
        EN: "Nothing was published. Mend the fields that are marked; what you typed is still here.",
    },
    "knowledge.see_other": {PL: "Zobacz tamten artykuł", EN: "See that article"},
    "knowledge.faster": {
        PL: "Ktoś inny opublikował tymczasem wersję {version} ({when}). Twój tekst został w formularzu, "
        "niczego nie opublikowano. Porównaj niżej, czym się różni, popraw i opublikuj jeszcze raz.",
        EN: "Somebody else has published version {version} meanwhile ({when}). Your text is still in the "
        "form, nothing was published. Compare below what differs, mend it, and publish again.",
    },
    "knowledge.taken_back": {
        PL: "Ktoś inny wycofał tymczasem ten artykuł ({when}). Twój tekst został w formularzu, niczego nie "
        "opublikowano. Jeśli artykuł ma wrócić, opublikuj jeszcze raz.",
        EN: "Somebody else has taken this article back meanwhile ({when}). Your text is still in the form, "
        "nothing was published. If the article is to come back, publish again.",
    },
    "knowledge.preview": {PL: "Podgląd", EN: "Preview"},
    "knowledge.publish": {PL: "Opublikuj", EN: "Publish"},
    "knowledge.back_to_form": {PL: "Wróć do formularza", EN: "Back to the form"},
    "knowledge.preview_of": {PL: "Podgląd", EN: "Preview"},
    "knowledge.preview_hint": {
        PL: "Jeszcze nieopublikowane. {count} fragment.|Jeszcze nieopublikowane. {count} fragmenty."
        "|Jeszcze nieopublikowane. {count} fragmentów.",
        EN: "Not published yet. {count} passage.|Not published yet. {count} passages.",
    },
    "knowledge.changes": {PL: "Co się zmieni", EN: "What changes"},
    "knowledge.look": {PL: "Tak to będzie wyglądać", EN: "How it will look"},
    "knowledge.passages": {PL: "Fragmenty do wyszukiwania", EN: "Passages that are searched"},
    "knowledge.passages_hint": {
        PL: "Asystent znajduje i cytuje fragmenty. Każdy powinien być zrozumiały osobno.",
        EN: "The assistant finds and quotes passages. Each should make sense by itself.",
    },
    "knowledge.finds": {PL: "Prowadzą tu słowa klientów:", EN: "Customers' words that lead here:"},
    "knowledge.chars": {
        PL: "{count} znak|{count} znaki|{count} znaków",
        EN: "{count} character|{count} characters",
    },
    "knowledge.passage_count": {
        PL: "{count} fragment|{count} fragmenty|{count} fragmentów",
        EN: "{count} passage|{count} passages",
    },
    # What an edit changes for shoppers
    "knowledge.rehearsal": {PL: "Co to zmieni dla klientów", EN: "What this changes for shoppers"},
    "knowledge.rehearsal_changed": {
        PL: "Pytania, na które odpowiedź będzie inna",
        EN: "Questions that will be answered differently",
    },
    "knowledge.rehearsal_hint": {
        PL: "Pytania z ostatnich 90 dni, zadane na próbę dwa razy: dzisiejszym artykułom i tym po zmianie. "
        "Nic się nie zapisuje.",
        EN: "Questions of the last 90 days, asked twice on trial: of the articles as they are, and as they "
        "would be. Nothing is kept.",
    },
    "knowledge.rehearsal_none": {
        PL: "Nikt jeszcze nie zadał pytania, które by tego dotyczyło. Gdy dopiszesz wyżej, jak pytają "
        "klienci, zobaczysz tu, co im odpowie asystent.",
        EN: "Nobody has asked a question that this could concern yet. Add above how customers ask, and you "
        "see here what the assistant will answer.",
    },
    "knowledge.rehearsal_same": {
        PL: "Na {count} pytanie asystent odpowie tak samo jak dziś."
        "|Na wszystkie {count} pytania asystent odpowie tak samo jak dziś."
        "|Na wszystkie {count} pytań asystent odpowie tak samo jak dziś.",
        EN: "To {count} question the assistant will answer as it does today."
        "|To all {count} questions the assistant will answer as it does today.",
    },
    "knowledge.rehearsal_same_count": {
        PL: "Bez zmian: {count} pytanie|Bez zmian: {count} pytania|Bez zmian: {count} pytań",
        EN: "The same as today: {count} question|The same as today: {count} questions",
    },
    "knowledge.rehearsal_not_reached": {
        PL: "Na {count} pytanie zabrakło czasu.|Na {count} pytania zabrakło czasu."
        "|Na {count} pytań zabrakło czasu.",
        EN: "There was no time for {count} question.|There was no time for {count} questions.",
    },
    "knowledge.rehearsal_problem.too_large": {
        PL: "Artykułów albo treści jest za dużo, żeby sprawdzić to na próbę przed publikacją.",
        EN: "There are too many articles, or too much text, to try this before publishing.",
    },
    "knowledge.rehearsal_problem.unavailable": {
        PL: "Nie udało się teraz zadać pytań na próbę: model wyszukiwania jest niedostępny. Sprawdź "
        "poleceniem okienko doctor. Opublikować można mimo to.",
        EN: "Questions could not be tried now: the search model is out of reach. See: okienko doctor. "
        "You can publish all the same.",
    },
    "knowledge.rehearsed.now": {PL: "Teraz", EN: "Now"},
    "knowledge.rehearsed.after": {PL: "Po zmianie", EN: "After"},
    "knowledge.rehearsed.answered": {PL: "Odpowiada", EN: "Answers"},
    "knowledge.rehearsed.handoff": {PL: "Przekazuje człowiekowi", EN: "Passes it to a person"},
    "knowledge.rehearsed.zone.answer": {PL: "Nie odpowiada", EN: "Does not answer"},
    "knowledge.rehearsed.zone.ask_back": {PL: "Dopytuje o temat", EN: "Asks back about the topic"},
    "knowledge.rehearsed.zone.unknown": {PL: "Nie wie", EN: "Does not know"},
    "knowledge.effect.lost": {PL: "przestanie odpowiadać", EN: "answers no more"},
    "knowledge.effect.gained": {PL: "zacznie odpowiadać", EN: "answers now"},
    "knowledge.effect.elsewhere": {PL: "odpowie z innego miejsca", EN: "answers from elsewhere"},
    "knowledge.effect.other": {PL: "powie to inaczej", EN: "says something else"},
    "knowledge.because.cited": {PL: "odpowiadał ten artykuł", EN: "this article answered"},
    "knowledge.because.low_rated": {PL: "źle ocenione", EN: "rated badly"},
    "knowledge.because.unanswered": {PL: "bez odpowiedzi", EN: "had no answer"},
    "knowledge.because.phrasing": {PL: "z Twoich pytań", EN: "a phrasing of yours"},
    # What differs
    "knowledge.diff.nothing": {PL: "Nic się nie zmieni.", EN: "Nothing changes."},
    "knowledge.diff.fields": {PL: "Zmienione pola", EN: "Fields that change"},
    "knowledge.diff.field": {PL: "Pole", EN: "Field"},
    "knowledge.diff.before": {PL: "Było", EN: "Before"},
    "knowledge.diff.after": {PL: "Jest", EN: "After"},
    "knowledge.diff.text": {PL: "Zmiany w treści", EN: "Changes of the text"},
    "knowledge.diff.too_long": {
        PL: "Treść się zmienia, ale jest za długa, żeby pokazać jak.",
        EN: "The text changes, and is too long to show how.",
    },
    "knowledge.diff.skipped": {PL: "Dalej bez zmian.", EN: "Lines that stay the same."},
    "knowledge.diff.added": {PL: "Dodano:", EN: "Added:"},
    "knowledge.diff.removed": {PL: "Usunięto:", EN: "Removed:"},
    # What is about to be published
    "knowledge.draft.open": {PL: "Do opublikowania", EN: "To be published"},
    "knowledge.draft.publishing": {PL: "Publikuję…", EN: "Publishing…"},
    "knowledge.draft.published": {PL: "Opublikowano", EN: "Published"},
    "knowledge.publishing_hint": {
        PL: "Możesz zamknąć tę stronę, praca idzie dalej. Do jej końca asystent odpowiada "
        "z poprzednich wersji.",
        EN: "You may leave this page, the work goes on. Until it is done the assistant answers from "
        "the versions before.",
    },
    "knowledge.embedded": {
        PL: "Przygotowane fragmenty: {done} z {total}",
        EN: "Passages that are ready: {done} of {total}",
    },
    "knowledge.begun": {PL: "Przygotowuję fragmenty.", EN: "Getting the passages ready."},
    "knowledge.draft_done": {
        PL: "Gotowe. Asystent odpowiada już z nowych wersji.",
        EN: "Done. The assistant answers from the new versions now.",
    },
    "knowledge.draft_problem.busy": {
        PL: "Trwa publikowanie innych artykułów. Nic nie przepadło: spróbuj za chwilę.",
        EN: "Other articles are being published now. Nothing is lost: try again in a moment.",
    },
    "knowledge.draft_problem.conflict": {
        PL: "Ktoś inny opublikował tymczasem jeden z tych artykułów. Sprawdź różnice i spróbuj ponownie.",
        EN: "Somebody else has published one of these articles meanwhile. Look at the differences "
        "and try again.",
    },
    "knowledge.draft_problem.interrupted": {
        PL: "Publikowanie przerwano, nic nie opublikowano. Spróbuj ponownie.",
        EN: "Publishing was interrupted and nothing was published. Try again.",
    },
    "knowledge.draft_problem.invalid_input": {
        PL: "Tych artykułów nie da się opublikować razem. Sprawdź, czy któryś nie występuje dwa razy.",
        EN: "These articles cannot be published together. See whether one of them comes twice.",
    },
    "knowledge.draft_problem.unavailable": {
        PL: "Nie udało się opublikować: baza lub indeks są niedostępne. Sprawdź poleceniem okienko doctor.",
        EN: "This could not be published: the database or the index is out of reach. See: okienko doctor.",
    },
    "knowledge.draft_problem.error": {
        PL: "Coś poszło nie tak i nic nie opublikowano. Spróbuj ponownie.",
        EN: "Something went wrong and nothing was published. Try again.",
    },
    "knowledge.draft_problem.nothing_chosen": {
        PL: "Zaznacz co najmniej jeden artykuł.",
        EN: "Choose at least one article.",
    },
    "knowledge.not_read": {PL: "Tego nie udało się przeczytać", EN: "This could not be read"},
    "knowledge.left_out": {PL: "Pominięte albo warte sprawdzenia", EN: "Left out, or worth a look"},
    "knowledge.publishable": {
        PL: "{count} artykuł do opublikowania|{count} artykuły do opublikowania"
        "|{count} artykułów do opublikowania",
        EN: "{count} article to be published|{count} articles to be published",
    },
    "knowledge.kind.new": {PL: "nowy", EN: "new"},
    "knowledge.kind.changed": {PL: "zmieniony", EN: "changed"},
    "knowledge.kind.same": {PL: "bez zmian", EN: "the same"},
    "knowledge.kind.overtaken": {PL: "zmieniony też przez kogoś innego", EN: "changed by somebody else, too"},
    "knowledge.overtaken": {
        PL: "Odkąd powstał ten szkic, opublikowano inną wersję. Otwórz go, porównaj i opublikuj.",
        EN: "Another version has been published since this draft was made. Open it, compare, and publish.",
    },
    "knowledge.take": {PL: "Opublikuj ten artykuł", EN: "Publish this article"},
    "knowledge.text_of": {PL: "Treść", EN: "Text"},
    "knowledge.edit_first": {PL: "Otwórz w edytorze", EN: "Open in the editor"},
    "knowledge.publish_chosen": {PL: "Opublikuj zaznaczone", EN: "Publish what is chosen"},
    "knowledge.discard": {PL: "Porzuć ten szkic", EN: "Throw this draft away"},
    "knowledge.nothing_read": {PL: "Nie ma czego opublikować", EN: "There is nothing to publish"},
    # Uploading
    "knowledge.upload_lead": {
        PL: "Markdown, HTML, tabele pytań i odpowiedzi (CSV, Excel), PDF i Word. Najpierw zobaczysz, "
        "co z nich odczytano i co się zmieni; publikujesz dopiero potem.",
        EN: "Markdown, HTML, tables of questions and answers (CSV, Excel), PDF and Word. First you see "
        "what was read and what it changes; you publish after that.",
    },
    "knowledge.upload_language": {
        PL: "Dla plików, które same go nie podają.",
        EN: "Of files that do not name theirs.",
    },
    "knowledge.files": {PL: "Pliki", EN: "Files"},
    "knowledge.files_hint": {
        PL: "Jeden lub kilka. Do {size} MB każdy, razem do {total} MB.",
        EN: "One or several. Up to {size} MB each, {total} MB together.",
    },
    "knowledge.read_files": {PL: "Odczytaj pliki", EN: "Read the files"},
    "knowledge.upload_problem.too_large": {
        PL: "Tego jest za dużo naraz: najwyżej {files} plików, razem do {total} MB. Niczego nie odczytano.",
        EN: "This is too much at once: at most {files} files, {total} MB together. Nothing was read.",
    },
    "knowledge.upload_problem.unreadable": {
        PL: "Przesyłanie się nie udało. Spróbuj ponownie.",
        EN: "The upload did not work. Please try again.",
    },
    "knowledge.upload_problem.no_file": {
        PL: "Wybierz co najmniej jeden plik.",
        EN: "Choose at least one file.",
    },
    "knowledge.not_published_yet": {PL: "Jeszcze nieopublikowane", EN: "Not published yet"},
    "knowledge.draft_of": {
        PL: "Szkic: {count} artykuł|Szkic: {count} artykuły|Szkic: {count} artykułów",
        EN: "Draft: {count} article|Draft: {count} articles",
    },
    # Sources
    "knowledge.sources_lead": {
        PL: "Strony, z których powstały artykuły. Gdy zmienisz je u siebie, tu zobaczysz różnice, zanim je "
        "opublikujesz. Nic nie publikuje się samo.",
        EN: "The pages that articles were made of. When you change them, you see here what differs before "
        "you publish it. Nothing is published by itself.",
    },
    "knowledge.check_all": {PL: "Sprawdź wszystkie", EN: "Check all for changes"},
    "knowledge.check": {PL: "Sprawdź zmiany", EN: "Check for changes"},
    "knowledge.forget": {PL: "Zapomnij", EN: "Forget"},
    "knowledge.forget_really": {
        PL: "Nie sprawdzać więcej? Artykuły zostaną. {address}",
        EN: "Check this no more? Its articles stay. {address}",
    },
    "knowledge.forgotten": {
        PL: "Zapomniano. Artykuły z tego źródła zostały.",
        EN: "Forgotten. The articles of that source are still here.",
    },
    "knowledge.address": {PL: "Adres", EN: "Address"},
    "knowledge.source_kind": {PL: "Rodzaj", EN: "Kind"},
    "knowledge.source_kind.file": {PL: "plik lub folder", EN: "file or folder"},
    "knowledge.source_kind.url": {PL: "strona", EN: "page"},
    "knowledge.source_kind.sitemap": {PL: "mapa witryny", EN: "sitemap"},
    "knowledge.checked": {PL: "Sprawdzono", EN: "Checked"},
    "knowledge.page_count": {PL: "Strony", EN: "Pages"},
    "knowledge.problems": {PL: "Problemy", EN: "Problems"},
    "knowledge.problem_count": {
        PL: "{count} problem|{count} problemy|{count} problemów",
        EN: "{count} problem|{count} problems",
    },
    "knowledge.actions": {PL: "Co zrobić", EN: "What to do"},
    "knowledge.add_source": {PL: "Dodaj stronę lub mapę witryny", EN: "Add a page or a sitemap"},
    "knowledge.url_hint": {
        PL: "Na przykład https://sklep.pl/pomoc/zwroty. Najpierw zobaczysz, co odczytano.",
        EN: "For example https://shop.example/help/returns. First you see what was read.",
    },
    "knowledge.sitemap": {
        PL: "Cała witryna, według jej mapy (sitemap)",
        EN: "The whole site, by its sitemap",
    },
    "knowledge.include": {PL: "Tylko ścieżki", EN: "Only the paths"},
    "knowledge.include_hint": {
        PL: "Wzorce po spacji, na przykład /pomoc/*. Puste: wszystkie.",
        EN: "Patterns by spaces, for example /help/*. Empty: all.",
    },
    "knowledge.exclude": {PL: "Bez ścieżek", EN: "Without the paths"},
    "knowledge.read_it": {PL: "Odczytaj", EN: "Read it"},
    "knowledge.reading": {PL: "Czytam źródła…", EN: "Reading the sources…"},
    "knowledge.reading_hint": {
        PL: "Możesz zamknąć tę stronę, praca idzie dalej. Nic się nie opublikuje bez Twojej zgody.",
        EN: "You may leave this page, the work goes on. Nothing is published before you agree.",
    },
    "knowledge.pages_read": {
        PL: "Przejrzane strony: {done} z {total}",
        EN: "Pages looked at: {done} of {total}",
    },
    "knowledge.nothing_changed": {PL: "Nic się nie zmieniło", EN: "Nothing has changed"},
    "knowledge.nothing_changed_hint": {
        PL: "W źródłach nie ma nic nowego do opublikowania.",
        EN: "There is nothing new in the sources to be published.",
    },
    "knowledge.kind.gone": {PL: "zniknął", EN: "gone"},
    "knowledge.gone_hint": {
        PL: "Tej strony już nie ma. Artykuł zostanie wycofany.",
        EN: "This page is there no more. The article will be taken back.",
    },
    "knowledge.edited_hint": {
        PL: "Ten artykuł zmieniono tutaj po odczytaniu ze źródła. Publikacja zastąpi tę zmianę.",
        EN: "This article was changed here after it was read from its source. Publishing undoes that.",
    },
    "knowledge.doubts": {
        PL: "To brzmi jak polecenie dla tego, kto odpowiada klientom. Czy klienci mają to czytać?",
        EN: "This sounds like an order to whoever answers shoppers. Are shoppers to read it?",
    },
    "knowledge.draft_problem.not_found": {
        PL: "Te zmiany już opublikowano albo są zbyt stare. Sprawdź źródła jeszcze raz.",
        EN: "These changes were published already or are too old. Check the sources again.",
    },
    # Trying a question
    "knowledge.try_lead": {
        PL: "Zobacz, które fragmenty znajduje pytanie i dlaczego, oraz co odpowiedziałby asystent. "
        "Nic się nie zapisuje i nikt tego nie widzi.",
        EN: "See which passages a question finds and why, and what the assistant would answer. Nothing is "
        "kept, and nobody sees it.",
    },
    "knowledge.try_any": {PL: "Rozpoznaj", EN: "Detect it"},
    "knowledge.try_go": {PL: "Zapytaj", EN: "Ask"},
    "knowledge.try_too_long": {
        PL: "Pytanie jest za długie: zmieści się {count} znak."
        "|Pytanie jest za długie: zmieszczą się {count} znaki."
        "|Pytanie jest za długie: zmieści się {count} znaków.",
        EN: "The question is too long: {count} character fits."
        "|The question is too long: {count} characters fit.",
    },
    "knowledge.verdict": {PL: "Co sądzi wyszukiwarka", EN: "What the search makes of it"},
    "knowledge.zone.answer": {
        PL: "Wie: pierwszy fragment odpowiada.",
        EN: "It knows: the first passage answers.",
    },
    "knowledge.zone.ask_back": {
        PL: "Nie jest pewna: dopytuje o najbliższe tematy.",
        EN: "It is not sure: it asks back about the nearest topics.",
    },
    "knowledge.zone.unknown": {
        PL: "Nie wie: w artykułach tego nie ma.",
        EN: "It does not know: this is not in the articles.",
    },
    "knowledge.sure": {PL: "Pewność", EN: "Confidence"},
    "knowledge.understood": {PL: "Jak zrozumiano słowa", EN: "How the words were understood"},
    "knowledge.read_as": {PL: "odczytane jako", EN: "read as"},
    "knowledge.took": {PL: "Czas", EN: "Time"},
    "knowledge.took_ms": {
        PL: "wyszukiwanie {search} ms, cała odpowiedź {answer} ms",
        EN: "search {search} ms, the whole answer {answer} ms",
    },
    "knowledge.state": {PL: "Stan bazy nr", EN: "State of the library"},
    "knowledge.answer": {PL: "Co odpowiedziałby asystent", EN: "What the assistant would answer"},
    "knowledge.answer_hint": {
        PL: "Tak jak gościowi, na pierwsze pytanie w rozmowie.",
        EN: "As to a guest, to the first question of a conversation.",
    },
    "knowledge.ranked": {PL: "Znalezione fragmenty", EN: "Passages that were found"},
    "knowledge.ranked_hint": {
        PL: "Od najlepszego. Wynik porównuje fragmenty tego pytania; oceny cząstkowe mówią, skąd się wziął.",
        EN: "Best first. The score compares the passages for this question; the scores below say where it "
        "comes from.",
    },
    "knowledge.is_cited": {PL: "zacytowany", EN: "cited"},
    "knowledge.score": {PL: "Wynik", EN: "Score"},
    "knowledge.why": {PL: "Dlaczego", EN: "Why"},
    "knowledge.why_score": {
        PL: "Skąd wynik: co dodał każdy sposób szukania",
        EN: "Where the score comes from: what each way of searching added",
    },
    "knowledge.why_sure": {
        PL: "Skąd pewność: co przemawia za tym fragmentem",
        EN: "Where the confidence comes from: what speaks for this passage",
    },
    "knowledge.signal_name": {PL: "Ocena", EN: "Score"},
    "knowledge.signal_value": {PL: "Wartość", EN: "Value"},
    "knowledge.signal_weight": {PL: "Waga", EN: "Weight"},
    "knowledge.weight_topic": {PL: "Waga: temat", EN: "Weight: topic"},
    "knowledge.weight_answer": {PL: "Waga: odpowiedź", EN: "Weight: answer"},
    "knowledge.signal_bar": {PL: "Wykres", EN: "Bar"},
    # What added to the score of a passage
    "knowledge.way.char": {PL: "Podobieństwo liter", EN: "Likeness of letters"},
    "knowledge.way.begun": {PL: "Słowa pytania we fragmencie", EN: "Words of the question in it"},
    "knowledge.way.opening": {PL: "Słowa pytania na początku", EN: "Words of the question at its start"},
    "knowledge.way.kin": {PL: "Synonimy", EN: "Synonyms"},
    "knowledge.way.phrased": {PL: "Podobieństwo do tytułu i pytań", EN: "Likeness to title and phrasings"},
    "knowledge.way.dense": {PL: "Podobieństwo znaczenia", EN: "Likeness of meaning"},
    "knowledge.way.form": {
        PL: "Rodzaj odpowiedzi (kiedy, ile, jak…)",
        EN: "Kind of answer (when, how much, how…)",
    },
    # What speaks for it as the answer
    "knowledge.signal.coverage": {PL: "Słowa pytania we fragmencie", EN: "Words of the question in it"},
    "knowledge.signal.matched": {PL: "Liczba wspólnych słów", EN: "Number of words in common"},
    "knowledge.signal.known": {PL: "Słowa znane z artykułów", EN: "Words known from the articles"},
    "knowledge.signal.shop": {PL: "Słowa o zakupach", EN: "Words of shopping"},
    "knowledge.signal.strange": {PL: "Słowa obce artykułom", EN: "Words that no article has"},
    "knowledge.signal.begun": {PL: "Słowa w pełni obecne", EN: "Words that are there in full"},
    "knowledge.signal.missing": {PL: "Najważniejsze brakujące słowo", EN: "Heaviest word that is missing"},
    "knowledge.signal.opening": {PL: "Słowa pytania w pierwszym zdaniu", EN: "Words in its first sentence"},
    "knowledge.signal.heading": {PL: "Podobieństwo do tytułu i pytań", EN: "Likeness to title and phrasings"},
    "knowledge.signal.char": {PL: "Podobieństwo liter", EN: "Likeness of letters"},
    "knowledge.signal.dense": {PL: "Podobieństwo znaczenia", EN: "Likeness of meaning"},
    "knowledge.signal.form": {
        PL: "Rodzaj odpowiedzi (kiedy, ile, jak…)",
        EN: "Kind of answer (when, how much…)",
    },
    "knowledge.signal.above": {PL: "Przewaga nad wszystkimi", EN: "How far above all others"},
    "knowledge.signal.ahead": {PL: "Przewaga nad piątym", EN: "How far ahead of the fifth"},
    "knowledge.signal.nearer": {
        PL: "Bliżej pytania niż sąsiedzi",
        EN: "Nearer to the question than its neighbours",
    },
    "knowledge.nothing_ranked": {PL: "Nic nie znaleziono", EN: "Nothing was found"},
    "knowledge.write_for": {PL: "Napisz artykuł na to pytanie", EN: "Write an article for this question"},
}
