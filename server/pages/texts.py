"""Every text of the staff's pages, in every language.

A text may have places (``{name}``) and, for a number given as ``count``, forms divided by ``|``: Polish has
one, few and many (1 rozmowa | 2 rozmowy | 5 rozmów), English one and many.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foundation.language import Language
from server.pages.knowledge_texts import KNOWLEDGE_TEXTS
from server.pages.privacy_texts import PRIVACY_TEXTS
from server.pages.request_texts import REQUEST_TEXTS

PL, EN = Language.PL, Language.EN

TEXTS: dict[str, dict[Language, str]] = {
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
    # The desk
    "desk.list": {PL: "Lista rozmów", EN: "Conversations"},
    "desk.tabs": {PL: "Które rozmowy", EN: "Which conversations"},
    "desk.tab.waiting": {PL: "Czekają", EN: "Waiting"},
    "desk.tab.mine": {PL: "Moje", EN: "Mine"},
    "desk.tab.all": {PL: "Wszystkie", EN: "All"},
    "desk.empty.waiting": {PL: "Nikt nie czeka.", EN: "Nobody is waiting."},
    "desk.empty.mine": {
        PL: "Nie prowadzisz teraz żadnej rozmowy.",
        EN: "You have no conversations now.",
    },
    "desk.empty.all": {PL: "Nie ma jeszcze rozmów.", EN: "There are no conversations yet."},
    "desk.choose": {PL: "Wybierz rozmowę", EN: "Choose a conversation"},
    "desk.choose_hint": {
        PL: "Te, które czekają na człowieka, są na początku listy.",
        EN: "Those that wait for a person come first.",
    },
    "desk.guest": {PL: "Gość", EN: "Guest"},
    "desk.unread": {PL: "nieprzeczytane", EN: "unread"},
    "desk.waits": {PL: "czeka od", EN: "waiting for"},
    "desk.by.assistant": {PL: "Asystent:", EN: "Assistant:"},
    "desk.by.agent": {PL: "Obsługa:", EN: "Team:"},
    "desk.by.system": {PL: "Czat:", EN: "Chat:"},
    "desk.status.pending": {PL: "Asystent AI", EN: "AI assistant"},
    "desk.status.resolved": {PL: "Zakończona", EN: "Resolved"},
    "desk.case": {PL: "Rozmowa: {name}", EN: "Conversation with {name}"},
    "desk.state.mine": {PL: "Prowadzisz tę rozmowę", EN: "You have this conversation"},
    "desk.state.theirs": {PL: "Rozmowę prowadzi {name}", EN: "{name} has this conversation"},
    "desk.state.waiting": {
        PL: "Czeka na człowieka, miejsce {place},",
        EN: "Waits for a person, place {place},",
    },
    "desk.state.pending": {PL: "Odpowiada asystent AI", EN: "The AI assistant answers"},
    "desk.state.open": {PL: "Otwarta", EN: "Open"},
    "desk.state.snoozed": {PL: "Odłożona", EN: "Snoozed"},
    "desk.state.resolved": {PL: "Zakończona", EN: "Resolved"},
    "desk.actions": {PL: "Co zrobić z rozmową", EN: "What to do with it"},
    "desk.take": {PL: "Przejmij", EN: "Take"},
    "desk.taken": {PL: "Tę rozmowę prowadzi już {name}.", EN: "{name} has this conversation already."},
    "desk.hand_back": {PL: "Oddaj asystentowi", EN: "Hand back"},
    "desk.hand_back_hint": {
        PL: "Na kolejne wiadomości odpowie asystent AI. Zostanie to powiedziane w rozmowie.",
        EN: "The AI assistant will answer from now on. The shopper is told so.",
    },
    "desk.hand_back_note": {
        PL: "Notatka dla zespołu (niewidoczna dla klienta)",
        EN: "A note for the team (the shopper does not see it)",
    },
    "desk.resolve": {PL: "Zakończ", EN: "Resolve"},
    "desk.back_to_list": {PL: "Wróć do listy", EN: "Back to the list"},
    "desk.back_to_thread": {PL: "Rozmowa", EN: "Conversation"},
    "desk.mode": {PL: "Odpowiedź albo notatka", EN: "Reply or note"},
    "desk.mode.reply": {PL: "Odpowiedź", EN: "Reply"},
    "desk.mode.note": {PL: "Notatka", EN: "Note"},
    "desk.keys": {
        PL: "Enter wysyła, Shift+Enter to nowy wiersz",
        EN: "Enter sends, Shift+Enter for a new line",
    },
    "desk.body": {PL: "Treść wiadomości", EN: "Message"},
    "desk.reply_to": {PL: "Odpowiedz: {name}…", EN: "Reply to {name}…"},
    "desk.note_hint": {
        PL: "Notatka: zobaczy ją tylko zespół…",
        EN: "A note: only the team will see it…",
    },
    "desk.take_first": {PL: "Przejmij rozmowę, aby odpowiedzieć.", EN: "Take the conversation to reply."},
    "desk.send": {PL: "Wyślij", EN: "Send"},
    "desk.customer": {PL: "Klient", EN: "Customer"},
    "desk.known": {PL: "Zalogowany klient sklepu", EN: "Signed-in customer"},
    "desk.unknown": {PL: "Niezalogowana osoba", EN: "Not signed in"},
    "desk.summary": {PL: "W skrócie", EN: "In short"},
    "desk.why": {PL: "Dlaczego człowiek", EN: "Why a person"},
    "desk.asked": {PL: "Pytanie na początku", EN: "First question"},
    "desk.answered_from": {PL: "Asystent odpowiadał z artykułów", EN: "The assistant answered from"},
    "desk.assistant": {PL: "Asystent", EN: "Assistant"},
    "desk.answers": {
        PL: "{count} odpowiedź|{count} odpowiedzi|{count} odpowiedzi",
        EN: "{count} answer|{count} answers",
    },
    "desk.unsure": {
        PL: "w tym {count} raz „nie wiem”|w tym {count} razy „nie wiem”|w tym {count} razy „nie wiem”",
        EN: "{count} of them “I don't know”",
    },
    "desk.orders_named": {PL: "Wymienione zamówienia", EN: "Orders named"},
    "desk.people": {PL: "Kto już rozmawiał", EN: "Who has talked to them"},
    "desk.language": {PL: "Język rozmowy", EN: "Language"},
    "desk.email": {PL: "E-mail do odpowiedzi", EN: "E-mail for the reply"},
    "desk.email_goes": {
        PL: "Gdy tej osoby nie ma na czacie, Twoja odpowiedź pójdzie też na ten adres.",
        EN: "When they are not in the chat, your reply also goes there.",
    },
    "desk.no_email": {PL: "Nie zostawiono adresu.", EN: "No address was left."},
    "desk.no_mail": {
        PL: "Ten sklep nie ma ustawionej poczty, więc odpowiedzi widać tylko na czacie.",
        EN: "This shop has no mail server set, so replies are seen in the chat only.",
    },
    "desk.no_mail_but_email": {
        PL: "Poczta nie jest ustawiona: z tego miejsca nic tam nie wyślesz. Napisz z własnej skrzynki.",
        EN: "No mail server is set: nothing can be sent there from here. Write from your own mailbox.",
    },
    "desk.account_email": {PL: "E-mail konta:", EN: "Account e-mail:"},
    "desk.orders": {PL: "Zamówienia", EN: "Orders"},
    "desk.more_orders": {
        PL: "i {count} starsze|i {count} starsze|i {count} starszych",
        EN: "and {count} older",
    },
    "desk.no_orders": {PL: "Brak zamówień.", EN: "No orders."},
    "desk.guest_orders": {
        PL: "Nie wiemy, kto to jest, więc nie pokazujemy zamówień.",
        EN: "We do not know who this is, so no orders are shown.",
    },
    "desk.parcel": {PL: "Nr przesyłki:", EN: "Parcel:"},
    "desk.shipped": {PL: "Wysłano {day}", EN: "Sent {day}"},
    "desk.delivered": {PL: "Odebrano {day}", EN: "Received {day}"},
    "desk.payment": {PL: "Płatność:", EN: "Payment:"},
    "desk.past": {PL: "Inne rozmowy", EN: "Other conversations"},
    "desk.no_past": {PL: "Brak innych rozmów.", EN: "No other conversations."},
    "desk.score": {PL: "ocena {score}/5", EN: "rated {score}/5"},
    "desk.outcome.assistant": {PL: "bez człowieka", EN: "without a person"},
    "desk.outcome.person": {PL: "z człowiekiem", EN: "with a person"},
    "desk.outcome.open": {PL: "otwarta", EN: "open"},
    "desk.outcome.running": {PL: "trwa", EN: "running"},
    # Lines and notes in the desk's thread; {name} and the like are filled in by the page
    "thread.note": {PL: "Notatka · {name}", EN: "Note · {name}"},
    "thread.suggestion": {PL: "Propozycja asystenta AI", EN: "The AI assistant suggests"},
    "thread.use": {PL: "Użyj", EN: "Use this"},
    "thread.handoff": {PL: "Potrzebny człowiek. Powód: {reason}", EN: "A person is needed. Reason: {reason}"},
    "thread.email_left": {PL: "Adres do odpowiedzi: {email}", EN: "Address for the reply: {email}"},
    "thread.assigned": {PL: "Rozmowę przejmuje {name}", EN: "{name} takes the conversation"},
    "thread.agent_left": {PL: "{name} kończy udział w rozmowie", EN: "{name} leaves the conversation"},
    "thread.resolved.agent": {PL: "Rozmowę kończy {name}", EN: "{name} resolves the conversation"},
    "thread.resolved.shopper": {
        PL: "Rozmowa zakończona przez klienta",
        EN: "The shopper ends the conversation",
    },
    "thread.resolved.assistant": {PL: "Rozmowę kończy asystent", EN: "The assistant ends the conversation"},
    "thread.resolved.system": {
        PL: "Rozmowa zamknięta po dłuższej ciszy",
        EN: "Closed after a long silence",
    },
    "thread.identified": {PL: "Zalogowany klient: {name}", EN: "Signed-in customer: {name}"},
    "thread.rating": {PL: "Ocena: {score}/5.{comment}", EN: "Rated {score}/5.{comment}"},
    # Why a person is called
    "reason.pilot": {PL: "Na czacie odpowiadają ludzie", EN: "People answer this chat"},
    "reason.assistant_off": {PL: "Asystent wyłączony", EN: "Assistant is off"},
    "reason.agent_removed": {PL: "Konto prowadzącej osoby usunięte", EN: "The agent's account was removed"},
    # What the assistant took a question for
    "intent.question": {PL: "pytanie", EN: "question"},
    "intent.order_status": {PL: "status zamówienia", EN: "order status"},
    "intent.return": {PL: "zwrot", EN: "return"},
    "intent.wants_person": {PL: "prośba o człowieka", EN: "wants a person"},
    "intent.greeting": {PL: "powitanie", EN: "greeting"},
    "intent.thanks": {PL: "podziękowanie", EN: "thanks"},
    "intent.about_assistant": {PL: "o asystencie", EN: "about the assistant"},
    "intent.off_topic": {PL: "nie na temat", EN: "off topic"},
    "intent.empty": {PL: "pusta wiadomość", EN: "empty message"},
    # Where an order stands
    "order.awaiting_payment": {PL: "czeka na płatność", EN: "awaiting payment"},
    "order.paid": {PL: "opłacone", EN: "paid"},
    "order.packing": {PL: "pakowane", EN: "packing"},
    "order.shipped": {PL: "wysłane", EN: "shipped"},
    "order.ready_for_pickup": {PL: "czeka na odbiór", EN: "ready for pick-up"},
    "order.delivered": {PL: "odebrane", EN: "delivered"},
    "order.cancelled": {PL: "anulowane", EN: "cancelled"},
    "order.returned": {PL: "zwrócone", EN: "returned"},
    "order.refunded": {PL: "pieniądze oddane", EN: "refunded"},
    # The owner's pages
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
    "owner.search": {PL: "Szukaj w wiadomościach", EN: "Search the messages"},
    "owner.search_hint": {PL: "np. zwrot pieniędzy", EN: "e.g. refund"},
    "owner.outcome": {PL: "Przebieg", EN: "Outcome"},
    "owner.outcome.contained": {PL: "Zakończona bez człowieka", EN: "Resolved without a person"},
    "owner.outcome.handed_off": {PL: "Przekazana człowiekowi", EN: "Handed to a person"},
    "owner.outcome.unanswered": {PL: "Bez odpowiedzi", EN: "Unanswered"},
    "owner.outcome.open": {PL: "Niezakończona", EN: "Not resolved"},
    "owner.any": {PL: "Dowolny", EN: "Any"},
    "owner.anyone": {PL: "Ktokolwiek", EN: "Anyone"},
    "owner.any_rating": {PL: "Dowolna", EN: "Any"},
    "owner.agent": {PL: "Kto z obsługi", EN: "Agent"},
    "owner.rating": {PL: "Ocena", EN: "Rating"},
    "owner.rating.5": {PL: "5", EN: "5"},
    "owner.rating.4": {PL: "4", EN: "4"},
    "owner.rating.3": {PL: "3", EN: "3"},
    "owner.rating.2": {PL: "2", EN: "2"},
    "owner.rating.1": {PL: "1", EN: "1"},
    "owner.rating.low": {PL: "1 lub 2", EN: "1 or 2"},
    "owner.rating.none": {PL: "Bez oceny", EN: "Not rated"},
    "owner.of_five": {PL: "{score} z 5", EN: "{score} of 5"},
    "owner.found": {
        PL: "{number} rozmowa|{number} rozmowy|{number} rozmów",
        EN: "{number} conversation|{number} conversations",
    },
    "owner.began": {PL: "Początek", EN: "Began"},
    "owner.question": {PL: "Pytanie", EN: "Question"},
    "owner.no_words": {PL: "(bez słów)", EN: "(no words)"},
    "owner.message_count": {PL: "Wiadomości", EN: "Messages"},
    "owner.pages": {PL: "Strony listy", EN: "Pages of the list"},
    "owner.page_of": {PL: "Strona {number} z {pages}", EN: "Page {number} of {pages}"},
    "owner.newer": {PL: "Nowsze", EN: "Newer"},
    "owner.older": {PL: "Starsze", EN: "Older"},
    "owner.none_found": {PL: "Nie ma takich rozmów", EN: "No such conversations"},
    "owner.none_found_hint": {
        PL: "Zmień daty albo wyczyść filtry.",
        EN: "Change the days or clear the filters.",
    },
    "owner.transcript": {PL: "Zapis rozmowy", EN: "Transcript"},
    "owner.back_to_list": {PL: "← Wszystkie rozmowy", EN: "← All conversations"},
    "owner.status": {PL: "Stan", EN: "Status"},
    "owner.customer": {PL: "Klient", EN: "Customer"},
    "owner.guest": {PL: "Gość", EN: "Guest"},
    "owner.number": {PL: "Numer rozmowy", EN: "Conversation"},
    "owner.staff_only": {PL: "Tylko dla obsługi", EN: "Staff only"},
    "owner.erased": {PL: "Treść usunięta", EN: "Content erased"},
    "owner.author.shopper": {PL: "Klient", EN: "Shopper"},
    "owner.author.assistant": {PL: "Asystent", EN: "Assistant"},
    "owner.author.agent": {PL: "Obsługa", EN: "Agent"},
    "owner.author.system": {PL: "System", EN: "System"},
    "owner.kind.message": {PL: "Wiadomość", EN: "Message"},
    "owner.kind.disclosure": {PL: "Informacja, kto odpowiada", EN: "Who speaks"},
    "owner.kind.status_changed": {PL: "Zmiana stanu", EN: "Status changed"},
    "owner.kind.handoff_requested": {PL: "Prośba o człowieka", EN: "Person asked for"},
    "owner.kind.assigned": {PL: "Przydzielona", EN: "Assigned"},
    "owner.kind.agent_joined": {PL: "Człowiek dołącza", EN: "Person joined"},
    "owner.kind.agent_left": {PL: "Człowiek kończy", EN: "Person left"},
    "owner.kind.note": {PL: "Notatka", EN: "Note"},
    "owner.kind.rating_requested": {PL: "Prośba o ocenę", EN: "Rating asked for"},
    "owner.kind.rating": {PL: "Ocena", EN: "Rating"},
    "owner.kind.customer_identified": {PL: "Klient rozpoznany", EN: "Customer identified"},
    "owner.kind.interrupted": {PL: "Przerwana odpowiedź", EN: "Interrupted answer"},
    "owner.kind.withdrawal_received": {PL: "Odstąpienie od umowy", EN: "Withdrawal received"},
    "owner.kind.complaint_received": {PL: "Reklamacja", EN: "Complaint received"},
    "owner.kind.redacted": {PL: "Usunięcie danych", EN: "Redacted"},
    "owner.how_answered": {PL: "Skąd ta odpowiedź", EN: "How this came about"},
    "owner.confidence": {PL: "pewność {share}", EN: "confidence {share}"},
    "owner.turn.answered": {PL: "Odpowiedź", EN: "Answered"},
    "owner.turn.abstained": {PL: "Bez odpowiedzi: nie było jej w artykułach", EN: "No answer found"},
    "owner.turn.handoff": {PL: "Przekazanie człowiekowi", EN: "Handed to a person"},
    "owner.intent": {PL: "Rozpoznana intencja", EN: "Intent"},
    "owner.intent.question": {PL: "pytanie", EN: "question"},
    "owner.intent.order_status": {PL: "stan zamówienia", EN: "order status"},
    "owner.intent.return": {PL: "zwrot", EN: "return"},
    "owner.intent.wants_person": {PL: "chce człowieka", EN: "wants a person"},
    "owner.intent.greeting": {PL: "powitanie", EN: "greeting"},
    "owner.intent.thanks": {PL: "podziękowanie", EN: "thanks"},
    "owner.intent.about_assistant": {PL: "pytanie o asystenta", EN: "about the assistant"},
    "owner.intent.off_topic": {PL: "nie na temat sklepu", EN: "off topic"},
    "owner.intent.empty": {PL: "pusta wiadomość", EN: "empty"},
    "owner.subject": {PL: "Temat", EN: "Subject"},
    "owner.subject.order_status": {PL: "stan zamówienia", EN: "order status"},
    "owner.subject.cancellation": {PL: "anulowanie", EN: "cancellation"},
    "owner.subject.order_change": {PL: "zmiana zamówienia", EN: "change of an order"},
    "owner.subject.buying": {PL: "składanie zamówienia", EN: "buying"},
    "owner.subject.address": {PL: "adres", EN: "address"},
    "owner.subject.delivery": {PL: "dostawa", EN: "delivery"},
    "owner.subject.payment": {PL: "płatność", EN: "payment"},
    "owner.subject.invoice": {PL: "faktura", EN: "invoice"},
    "owner.subject.refund": {PL: "zwrot pieniędzy", EN: "refund"},
    "owner.subject.return": {PL: "zwrot towaru", EN: "return of goods"},
    "owner.subject.complaint": {PL: "reklamacja", EN: "complaint"},
    "owner.subject.account": {PL: "konto klienta", EN: "account"},
    "owner.subject.newsletter": {PL: "newsletter", EN: "newsletter"},
    "owner.subject.review": {PL: "opinia", EN: "review"},
    "owner.subject.contact": {PL: "kontakt ze sklepem", EN: "contact"},
    "owner.subject.person": {PL: "rozmowa z człowiekiem", EN: "a person"},
    "owner.subject.other": {PL: "inny", EN: "other"},
    "owner.stages": {PL: "Czas etapów", EN: "Time by stage"},
    "owner.stage.understand": {PL: "rozpoznanie", EN: "understand"},
    "owner.stage.retrieve": {PL: "szukanie", EN: "retrieve"},
    "owner.stage.orders": {PL: "zamówienia", EN: "orders"},
    "owner.stage.write": {PL: "pisanie", EN: "write"},
    "owner.stage.verify": {PL: "sprawdzenie", EN: "verify"},
    "owner.stage.show": {PL: "pokazanie", EN: "show"},
    "owner.attempts": {PL: "Próby", EN: "Attempts"},
    "owner.error": {PL: "Błąd", EN: "Error"},
    "owner.sources": {PL: "Fragmenty artykułów", EN: "Passages"},
    "owner.rests_on": {PL: "Na czym się opiera", EN: "What it rests on"},
    "owner.writer": {PL: "Kto napisał", EN: "Written by"},
    "owner.writer.llm": {PL: "model językowy", EN: "a language model"},
    "owner.writer.extractive": {PL: "cytaty z artykułów i zamówień", EN: "quotes of articles and orders"},
    "owner.tokens": {PL: "tokeny: {read} + {written}", EN: "tokens: {read} + {written}"},
    "owner.dropped": {PL: "Zdania odrzucone przy sprawdzaniu", EN: "Sentences dropped by verification"},
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
    # Codes of the log
    "status.pending": {PL: "odpowiada asystent", EN: "with the assistant"},
    "status.open": {PL: "u obsługi", EN: "with people"},
    "status.snoozed": {PL: "odłożona", EN: "snoozed"},
    "status.resolved": {PL: "zakończona", EN: "resolved"},
    "reason.asked_for_person": {PL: "Prośba o rozmowę z człowiekiem", EN: "Asked for a person"},
    "reason.rated_low_before": {
        PL: "Asystent nie znał odpowiedzi, a poprzednia rozmowa była nisko oceniona",
        EN: "Assistant unsure, and an earlier chat was rated low",
    },
    "reason.unsure_twice": {PL: "Asystent dwa razy nie znał odpowiedzi", EN: "Assistant unsure twice"},
    "reason.turn_failed": {PL: "Błąd przy odpowiadaniu", EN: "Answering failed"},
    "reason.left_email": {PL: "Podany adres e-mail", EN: "Left an e-mail address"},
    "reason.complaint": {PL: "Reklamacja", EN: "Complaint"},
    "reason.unusual": {PL: "Nietypowa sprawa", EN: "Unusual case"},
    "reason.unusual_case": {PL: "Nietypowa sprawa", EN: "Unusual case"},
    **KNOWLEDGE_TEXTS,
    **PRIVACY_TEXTS,
    **REQUEST_TEXTS,
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


def terms(groups: Iterable[str], language: Language) -> dict[str, str]:
    """Return all texts whose keys begin with one of the groups, by key."""
    prefixes = tuple(f"{group}." for group in groups)
    return {key: found[language] for key, found in TEXTS.items() if key.startswith(prefixes)}


def plural_form(count: int, language: Language) -> int:
    """Return which form of a noun goes with a number: 0 one, 1 few (English: many), 2 many.

    Source: Unicode CLDR, plural rules for cardinals of pl and en, whole numbers.
    """
    if count == 1:
        return 0
    if language is Language.EN:
        return 1
    return 1 if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else 2
