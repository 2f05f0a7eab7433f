"""Texts of the owner's pages: what they share, unanswered questions, the pilot, the staff."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

OWNER_TEXTS: dict[str, dict[Language, str]] = {
    # Shared by several
    "owner.nav": {PL: "Panel właściciela", EN: "Owner's pages"},
    "owner.overview": {PL: "Przegląd", EN: "Overview"},
    "owner.conversations": {PL: "Rozmowy", EN: "Conversations"},
    "owner.gaps": {PL: "Pytania bez odpowiedzi", EN: "Unanswered questions"},
    "owner.pilot": {PL: "Włączanie asystenta", EN: "Pilot"},
    "owner.staff": {PL: "Obsługa", EN: "Staff"},
    "owner.csv": {PL: "Pobierz CSV", EN: "Download CSV"},
    "owner.from": {PL: "Od dnia", EN: "From"},
    "owner.to": {PL: "Do dnia", EN: "To"},
    "owner.show": {PL: "Pokaż", EN: "Show"},
    "owner.clear": {PL: "Wyczyść", EN: "Clear"},
    "owner.days": {PL: "{count} dzień|{count} dni|{count} dni", EN: "{count} day|{count} days"},
    "owner.bad_filter": {
        PL: "Tych dat lub filtrów nie da się użyć. Poniżej ostatnie 30 dni.",
        EN: "These days or filters cannot be used. Below are the last 30 days.",
    },
    "owner.took.minutes": {
        PL: "{minutes}\u00a0min {seconds}\u00a0s",
        EN: "{minutes}\u00a0min {seconds}\u00a0s",
    },
    "owner.took.hours": {
        PL: "{hours}\u00a0godz. {minutes}\u00a0min",
        EN: "{hours}\u00a0h {minutes}\u00a0min",
    },
    "owner.took.days": {PL: "{days}\u00a0d {hours}\u00a0godz.", EN: "{days}\u00a0d {hours}\u00a0h"},
    "owner.question": {PL: "Pytanie", EN: "Question"},
    "owner.no_words": {PL: "(bez słów)", EN: "(no words)"},
    "owner.any": {PL: "Dowolny", EN: "Any"},
    "owner.pages": {PL: "Strony listy", EN: "Pages of the list"},
    "owner.page_of": {PL: "Strona {number} z {pages}", EN: "Page {number} of {pages}"},
    # Unanswered questions
    "owner.gaps_lead": {
        PL: "Pytania, na które asystent nie znalazł odpowiedzi, oraz te, po których rozmowę oceniono na 1 "
        "lub 2. Dopisz odpowiedzi do artykułów, a następnym razem odpowie sam.",
        EN: "Questions that the assistant found no answer to, and those after which the conversation was "
        "rated 1 or 2. Add the answers to the articles, and next time it will answer by itself.",
    },
    "owner.gaps_found": {
        PL: "{number} pytanie|{number} pytania|{number} pytań",
        EN: "{number} question|{number} questions",
    },
    "owner.gaps_shown": {
        PL: "Poniżej {number} najnowszych, wszystkie są w pliku CSV.",
        EN: "The newest {number} are below, all of them in the CSV file.",
    },
    "owner.times": {PL: "Ile razy", EN: "Times"},
    "owner.why": {PL: "Co się stało", EN: "What happened"},
    "owner.last_asked": {PL: "Ostatnio", EN: "Last asked"},
    "owner.gap.abstained": {PL: "bez odpowiedzi: {number}", EN: "no answer: {number}"},
    "owner.gap.low_rated": {PL: "niska ocena: {number}", EN: "rated low: {number}"},
    "owner.example": {PL: "Rozmowa {number}", EN: "Conversation {number}"},
    "owner.no_gaps": {PL: "Nic nie brakuje", EN: "Nothing is missing"},
    "owner.no_gaps_hint": {
        PL: "W tych dniach każde pytanie dostało odpowiedź, a ocen 1 i 2 nie było.",
        EN: "In these days every question was answered, and nothing was rated 1 or 2.",
    },
    # The pilot
    "owner.pilot_lead": {
        PL: "Asystenta można wypróbować po trochu: najpierw tylko z podpowiedziami dla obsługi, potem dla "
        "części odwiedzających. Zmiana działa od następnej wiadomości, bez restartu.",
        EN: "Try the assistant step by step: first with suggestions for your people only, then for a share "
        "of visitors. A change holds from the next message on, without a restart.",
    },
    "owner.pilot_done": {PL: "Zapisane. Zmiana już działa.", EN: "Saved. The change holds already."},
    "owner.pilot_problem": {
        PL: "Nie zapisano. Wybierz jedną z możliwości, a udział wpisz jako liczbę od 0 do 100.",
        EN: "Not saved. Choose one of the options, and write the share as a number from 0 to 100.",
    },
    "owner.pilot_now": {PL: "Teraz", EN: "Now"},
    "owner.pilot_changed": {PL: "Ostatnia zmiana: {who}, {when}", EN: "Last changed by {who}, {when}"},
    "owner.pilot_never": {PL: "Ustawienie początkowe", EN: "As it was set up"},
    "owner.pilot_choose": {PL: "Co ma robić asystent?", EN: "What may the assistant do?"},
    "owner.stop": {PL: "Wyłącz asystenta natychmiast", EN: "Switch the assistant off now"},
    "owner.mode.off": {PL: "Wyłączony", EN: "Off"},
    "owner.mode.suggest": {PL: "Tylko podpowiada obsłudze", EN: "Suggests to agents only"},
    "owner.mode.share": {PL: "Odpowiada części odwiedzających", EN: "Answers a share of visitors"},
    "owner.mode.all": {PL: "Odpowiada wszystkim", EN: "Answers everyone"},
    "owner.mode_hint.off": {
        PL: "Na czacie odpowiadają tylko ludzie.",
        EN: "Only people answer in the chat.",
    },
    "owner.mode_hint.suggest": {
        PL: "Klienci rozmawiają z ludźmi, a ludzie widzą, co odpowiedziałby asystent.",
        EN: "Shoppers talk to people, and people see what the assistant would have said.",
    },
    "owner.mode_hint.share": {
        PL: "Wylosowana część odwiedzających rozmawia z asystentem, pozostali z ludźmi. Każdy odwiedzający "
        "trafia zawsze do tej samej grupy.",
        EN: "A share of visitors, drawn by lot, talks to the assistant, the others to people. The same "
        "visitor always stays in the same group.",
    },
    "owner.mode_hint.all": {
        PL: "Asystent odpowiada każdemu i woła człowieka, gdy jest potrzebny.",
        EN: "The assistant answers everyone, and calls a person when one is needed.",
    },
    "owner.share": {PL: "Udział w procentach", EN: "Share in percent"},
    "owner.save": {PL: "Zapisz", EN: "Save"},
    # The staff
    "owner.staff_lead": {
        PL: "Nowe konto zakłada polecenie okienko staff add. Wylogowanie działa w ciągu kilku sekund, także "
        "na otwartych stronach.",
        EN: "New accounts are made with: okienko staff add. Signing somebody out takes a few seconds, on "
        "open pages too.",
    },
    "owner.name": {PL: "Osoba", EN: "Person"},
    "owner.role": {PL: "Rola", EN: "Role"},
    "owner.role.owner": {PL: "Właściciel", EN: "Owner"},
    "owner.role.agent": {PL: "Obsługa", EN: "Agent"},
    "owner.signed_in": {PL: "Zalogowania", EN: "Signed in"},
    "owner.sessions": {
        PL: "{count} urządzenie|{count} urządzenia|{count} urządzeń",
        EN: "{count} device|{count} devices",
    },
    "owner.signed_out": {PL: "niezalogowana", EN: "not signed in"},
    "owner.end_sessions": {PL: "Wyloguj", EN: "Sign out"},
    "owner.end_really": {
        PL: "Wylogować wszędzie? {name}",
        EN: "Sign out everywhere? {name}",
    },
    "owner.ended": {
        PL: "Zakończono {count} sesję.|Zakończono {count} sesje.|Zakończono {count} sesji.",
        EN: "{count} session ended.|{count} sessions ended.",
    },
}
