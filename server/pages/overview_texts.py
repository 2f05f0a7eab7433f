"""Texts of the owner's overview: figures, and how each is counted."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

OVERVIEW_TEXTS: dict[str, dict[Language, str]] = {
    "owner.nothing": {PL: "W tych dniach nikt nie pisał", EN: "Nobody wrote in these days"},
    "owner.nothing_hint": {
        PL: "Wybierz inne dni albo otwórz czat na stronie sklepu i zadaj pytanie.",
        EN: "Choose other days, or open the chat on the shop's page and ask something.",
    },
    "owner.figures": {PL: "W liczbach", EN: "In figures"},
    "owner.messages": {
        PL: "Wiadomości: {shopper} od klientów, {assistant} od asystenta, {agents} od obsługi",
        EN: "Messages: {shopper} by shoppers, {assistant} by the assistant, {agents} by people",
    },
    "owner.csat": {PL: "Zadowolenie (CSAT)", EN: "Satisfaction (CSAT)"},
    "owner.csat_of": {
        PL: "Ocen: {answers}, próśb o ocenę: {asked} ({rate} odpowiedzi)",
        EN: "{answers} ratings of {asked} asked for ({rate})",
    },
    "owner.by_assistant": {PL: "Odpowiedział sam asystent", EN: "Answered by the assistant alone"},
    "owner.handed_off": {PL: "Przekazane człowiekowi", EN: "Handed to a person"},
    "owner.of_all": {PL: "{number} z {all} rozmów", EN: "{number} of {all} conversations"},
    "owner.containment": {PL: "Zakończone bez człowieka", EN: "Resolved without a person"},
    "owner.of_resolved": {PL: "{number} z {all} zakończonych", EN: "{number} of {all} resolved"},
    "owner.unanswered": {PL: "Rozmowy bez odpowiedzi", EN: "Unanswered conversations"},
    "owner.see_gaps": {PL: "Zobacz pytania", EN: "See the questions"},
    "owner.time.first_response": {PL: "Czas do pierwszej odpowiedzi", EN: "Time to first response"},
    "owner.time.person_response": {PL: "Czas czekania na człowieka", EN: "Wait for a person"},
    "owner.time.resolution": {PL: "Czas do zakończenia", EN: "Time to resolution"},
    "owner.p90": {
        PL: "mediana; 90% rozmów do {time} (rozmów:\u00a0{number})",
        EN: "median; 90% within {time} (conversations:\u00a0{number})",
    },
    "owner.chart": {
        PL: "Rozmowy i zadowolenie dzień po dniu",
        EN: "Conversations and satisfaction over time",
    },
    "owner.chart_desc": {
        PL: "Od {first} do {last}: rozmów {number}, zadowolenie {score}. Liczby są w tabeli pod wykresem.",
        EN: "From {first} to {last}: {number} conversations, satisfaction {score}. "
        "The numbers are in the table below.",
    },
    "owner.chart_table": {PL: "Pokaż liczby w tabeli", EN: "Show the numbers as a table"},
    "owner.bar": {PL: "{day}: rozmów {number}", EN: "{day}: {number} conversations"},
    "owner.point": {PL: "{day}: {score} (ocen: {answers})", EN: "{day}: {score} (ratings: {answers})"},
    "owner.day": {PL: "Dzień", EN: "Day"},
    "owner.answers": {PL: "Oceny", EN: "Ratings"},
    "owner.asked": {PL: "Prośby o ocenę", EN: "Asked for"},
    "owner.response_rate": {PL: "Odsetek odpowiedzi", EN: "Response rate"},
    "owner.servers": {PL: "Zadowolenie: asystent i ludzie", EN: "Satisfaction: assistant and people"},
    "owner.who": {PL: "Kto pomagał", EN: "Who helped"},
    "owner.assistant": {PL: "Asystent", EN: "Assistant"},
    "owner.never_asked": {
        PL: "W tych dniach nikogo nie proszono o ocenę. Prośba pojawia się po zakończeniu rozmowy.",
        EN: "Nobody was asked for a rating in these days. The question comes once a chat is resolved.",
    },
    "owner.reasons": {PL: "Dlaczego potrzebny był człowiek", EN: "Why a person was needed"},
    "owner.reason": {PL: "Powód", EN: "Reason"},
    "owner.no_reasons": {
        PL: "W tych dniach żadna rozmowa nie trafiła do człowieka.",
        EN: "No conversation was handed to a person in these days.",
    },
    # How it is counted
    "owner.how": {PL: "Jak to jest liczone", EN: "How this is counted"},
    "owner.how.conversations.term": {PL: "Rozmowy", EN: "Conversations"},
    "owner.how.conversations": {
        PL: "Te, w których klient coś zrobił; samo otwarcie czatu się nie liczy. Rozmowa należy do dnia, "
        "w którym się zaczęła, i wszystkie liczby na tej stronie dotyczą tych samych rozmów.",
        EN: "Those in which the shopper did something; opening the chat alone does not count. A conversation "
        "belongs to the day it began, and all figures here are about the same conversations.",
    },
    "owner.how.csat.term": {PL: "Zadowolenie (CSAT)", EN: "Satisfaction (CSAT)"},
    "owner.how.csat": {
        PL: "Udział ocen 4 i 5 wśród wszystkich ocen od 1 do 5. Zmieniona ocena zastępuje poprzednią. Ocena "
        "liczy się temu, kto pomagał w chwili, gdy o nią poproszono.",
        EN: "The share of 4s and 5s among all ratings from 1 to 5. A changed rating replaces the one before. "
        "It counts for whoever was helping when it was asked for.",
    },
    "owner.how.by_assistant.term": {
        PL: "Odpowiedział sam asystent",
        EN: "Answered by the assistant alone",
    },
    "owner.how.by_assistant": {
        PL: "Asystent odpowiedział przynajmniej raz, a człowiek nie był potrzebny.",
        EN: "The assistant answered at least once, and no person was needed.",
    },
    "owner.how.handed_off.term": {PL: "Przekazane człowiekowi", EN: "Handed to a person"},
    "owner.how.handed_off": {
        PL: "Poproszono o człowieka albo człowiek się odezwał. Jedna rozmowa może mieć kilka powodów.",
        EN: "A person was asked for, or spoke. One conversation may have several reasons.",
    },
    "owner.how.containment.term": {PL: "Zakończone bez człowieka", EN: "Resolved without a person"},
    "owner.how.containment": {
        PL: "Udział rozmów bez człowieka wśród tych, które są teraz zakończone.",
        EN: "The share without a person among the conversations that are resolved now.",
    },
    "owner.how.unanswered.term": {PL: "Rozmowy bez odpowiedzi", EN: "Unanswered conversations"},
    "owner.how.unanswered": {
        PL: "Asystent nie znalazł odpowiedzi przynajmniej na jedno pytanie, a człowiek się nie odezwał.",
        EN: "The assistant found no answer to at least one question, and no person spoke.",
    },
    "owner.how.times.term": {PL: "Czasy", EN: "Times"},
    "owner.how.times": {
        PL: "Od pierwszej wiadomości klienta do pierwszej odpowiedzi i do zakończenia. Czekanie na "
        "człowieka: od prośby do jego pierwszej wiadomości. Noce i dni wolne też się liczą. Mediana: "
        "połowa rozmów zmieściła się w tym czasie.",
        EN: "From the shopper's first message to the first answer and to the end; waiting for a person: from "
        "the request to their first message. Nights and holidays count too. Median: half took no longer.",
    },
}
