"""Texts of writing an article: the form, what differs, and what that changes for shoppers."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

KNOWLEDGE_EDIT_TEXTS: dict[str, dict[Language, str]] = {
    # The form
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
    # The preview
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
}
