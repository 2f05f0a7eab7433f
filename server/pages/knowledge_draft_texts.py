"""Texts of adding articles: files, the shop's pages, and publishing what was read."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

KNOWLEDGE_DRAFT_TEXTS: dict[str, dict[Language, str]] = {
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
}
