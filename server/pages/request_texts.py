"""Texts of the public forms for withdrawals and complaints, and of their pages at the desk."""

# ruff: noqa: E501 - a sentence reads best on one line
from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

REQUEST_TEXTS: dict[str, dict[Language, str]] = {
    # Both public forms
    "form.optional": {PL: "(nieobowiązkowe)", EN: "(optional)"},
    "form.order": {PL: "Numer zamówienia", EN: "Order number"},
    "form.order_hint": {
        PL: "Jest w e-mailu ze sklepu i na potwierdzeniu zakupu.",
        EN: "It is in the shop's e-mail and on your order confirmation.",
    },
    "form.name": {PL: "Imię i nazwisko", EN: "Your name"},
    "form.email": {PL: "Adres e-mail", EN: "E-mail address"},
    "form.email_hint": {
        PL: "Wyślemy na niego potwierdzenie z treścią, datą i godziną. Warto je mieć.",
        EN: "We will send a confirmation there, with the text, the date and the time. It is worth having.",
    },
    "form.step": {PL: "Krok {number} z 2", EN: "Step {number} of 2"},
    "form.problem": {PL: "Jeszcze jedno", EN: "One more thing"},
    "form.problem.empty": {
        PL: "Napisz, której umowy dotyczy odstąpienie: wystarczy numer zamówienia, nazwa rzeczy, imię "
        "i nazwisko albo adres e-mail z zamówienia.",
        EN: "Tell us which contract you withdraw from: an order number, the name of a thing, your name or the "
        "e-mail address of the order is enough.",
    },
    "form.problem.slow": {
        PL: "Z tej sieci przyszło dużo zgłoszeń naraz. Nic nie przepadło: odczekaj minutę i wyślij ponownie.",
        EN: "A lot came from this network at once. Nothing is lost: wait a minute, then send it again.",
    },
    "form.problem.too_much": {
        PL: "To za dużo naraz. Skróć tekst lub wyślij mniej albo mniejsze zdjęcia.",
        EN: "That is too much at once. Shorten the text, or send fewer or smaller photos.",
    },
    "form.problem.unreadable": {
        PL: "Nie udało się odczytać formularza. Wypełnij go jeszcze raz.",
        EN: "This form could not be read. Please fill it in again.",
    },
    "form.problem.no_words": {PL: "Napisz, co jest nie tak.", EN: "Write what is wrong."},
    "form.problem.long_words": {
        PL: "Ten opis jest za długi. Skróć go do 15 000 znaków.",
        EN: "This description is too long. Shorten it to 15,000 characters.",
    },
    "form.problem.many_photos": {
        PL: "Za dużo zdjęć: wybierz najwyżej 5.",
        EN: "Too many photos: choose at most 5.",
    },
    "form.problem.large_photo": {
        PL: "Jedno ze zdjęć jest za duże. Wybierz ponownie zdjęcia do 8 MB każde.",
        EN: "One of the photos is too large. Choose photos again, of up to 8 MB each.",
    },
    "form.problem.no_photo": {
        PL: "Jeden z plików nie jest zdjęciem, które umiemy przyjąć. Wybierz ponownie zdjęcia w formacie JPEG, "
        "PNG, WebP lub HEIC.",
        EN: "One of the files is no photo that we can take. Choose photos again: JPEG, PNG, WebP or HEIC.",
    },
    # Withdrawing
    "withdraw.title": {PL: "Odstąp od umowy tutaj", EN: "Withdraw from contract here"},
    "withdraw.lead": {
        PL: "Tutaj złożysz oświadczenie o odstąpieniu od umowy zawartej w tym sklepie. Nie musisz podawać "
        "przyczyny, zakładać konta ani się logować. Wypełnij to, co wiesz.",
        EN: "Here you can state that you withdraw from a contract made with this shop. You need no reason, no "
        "account and no sign-in. Fill in what you know.",
    },
    "withdraw.things": {PL: "Których rzeczy dotyczy", EN: "Which things it is about"},
    "withdraw.things_hint": {
        PL: "Zostaw puste, jeśli odstępujesz od całej umowy. Jeśli tylko od części, wpisz każdą rzecz w osobnej "
        "linii.",
        EN: "Leave it empty to withdraw from the whole contract. For a part of it, write each thing on a line.",
    },
    "withdraw.go_on": {PL: "Dalej: sprawdź oświadczenie", EN: "Next: check your statement"},
    "withdraw.nothing_sent": {
        PL: "Na tym etapie nic jeszcze nie wysyłasz.",
        EN: "Nothing is sent at this step.",
    },
    "withdraw.review": {PL: "Sprawdź i potwierdź", EN: "Check and confirm"},
    "withdraw.review_lead": {
        PL: "Tak brzmi Twoje oświadczenie. Złożysz je dopiero przyciskiem „Potwierdź odstąpienie”.",
        EN: "This is your statement. It is made only once you choose “Confirm withdrawal”.",
    },
    "withdraw.statement": {PL: "Treść oświadczenia", EN: "Your statement"},
    "withdraw.whole": {
        PL: "Nie wskazano pojedynczych rzeczy, więc oświadczenie dotyczy całej umowy.",
        EN: "No single things are named, so the statement is about the whole contract.",
    },
    "withdraw.was_cut": {
        PL: "Lista rzeczy była bardzo długa i została skrócona. Sprawdź, czy jest na niej to, co ważne.",
        EN: "The list of things was very long and has been cut. Check that it names what matters.",
    },
    "withdraw.receipt_to": {PL: "Potwierdzenie wyślemy na adres:", EN: "The confirmation will go to:"},
    "withdraw.no_email": {
        PL: "Nie podano adresu e-mail: potwierdzenie pokażemy tylko na ekranie.",
        EN: "No e-mail address was given: the confirmation will be shown on the screen only.",
    },
    "withdraw.bad_email": {
        PL: "To nie wygląda na adres e-mail: {email}. Popraw go albo potwierdź mimo to; potwierdzenie pokażemy "
        "wtedy tylko na ekranie.",
        EN: "This does not look like an e-mail address: {email}. Correct it, or confirm all the same; the "
        "confirmation will then be shown on the screen only.",
    },
    "withdraw.confirm": {PL: "Potwierdź odstąpienie", EN: "Confirm withdrawal"},
    "withdraw.edit": {PL: "Wróć i popraw", EN: "Go back and change"},
    # Complaining
    "complaint.title": {PL: "Reklamacja", EN: "Make a complaint"},
    "complaint.lead": {
        PL: "Opisz, co się stało. Na reklamację konsumenta sklep odpowiada w ciągu 14 dni od jej otrzymania.",
        EN: "Tell us what happened. A shop answers a consumer's complaint within 14 days of receiving it.",
    },
    "complaint.thing": {PL: "Czego dotyczy", EN: "What it is about"},
    "complaint.thing_hint": {
        PL: "Na przykład: buty trekkingowe, 42.",
        EN: "For example: hiking boots, size 42.",
    },
    "complaint.words": {PL: "Co jest nie tak", EN: "What is wrong"},
    "complaint.since": {PL: "Od kiedy", EN: "Since when"},
    "complaint.since_hint": {
        PL: "Data lub własnymi słowami: „od tygodnia”.",
        EN: "A date, or in your own words: “for a week”.",
    },
    "complaint.wanted": {PL: "Czego oczekujesz", EN: "What you would like"},
    "complaint.wanted.unsure": {PL: "Jeszcze nie wiem", EN: "Not sure yet"},
    "complaint.wanted.repair": {PL: "Naprawy", EN: "A repair"},
    "complaint.wanted.replacement": {PL: "Wymiany", EN: "A replacement"},
    "complaint.wanted.price_cut": {PL: "Obniżenia ceny", EN: "A lower price"},
    "complaint.wanted.refund": {PL: "Zwrotu pieniędzy", EN: "Money back"},
    "complaint.photos": {PL: "Zdjęcia", EN: "Photos"},
    "complaint.photos_hint": {
        PL: "Najwyżej {count} zdjęcie do 8 MB.|Najwyżej {count} zdjęcia, każde do 8 MB.|Najwyżej {count} zdjęć, "
        "każde do 8 MB: JPEG, PNG, WebP lub HEIC.",
        EN: "At most {count} photo of up to 8 MB.|At most {count} photos of up to 8 MB each: JPEG, PNG, WebP or "
        "HEIC.",
    },
    "complaint.email_hint": {
        PL: "Na ten adres wyślemy potwierdzenie i odpowiedź sklepu. Bez niego sklep może nie mieć jak "
        "odpowiedzieć.",
        EN: "The confirmation and the shop's answer go there. Without it the shop may have no way to answer.",
    },
    "complaint.send": {PL: "Wyślij reklamację", EN: "Send the complaint"},
    # What came of it
    "received.title.withdrawal": {
        PL: "Przyjęliśmy Twoje oświadczenie",
        EN: "We have received your statement",
    },
    "received.title.complaint": {PL: "Przyjęliśmy Twoją reklamację", EN: "We have received your complaint"},
    "received.number": {PL: "Numer zgłoszenia", EN: "Reference"},
    "received.when": {PL: "Przyjęte", EN: "Received"},
    "received.mail.sent": {
        PL: "Potwierdzenie wysyłamy na adres {email}.",
        EN: "A confirmation is on its way to {email}.",
    },
    "received.mail.waits": {
        PL: "Sklep nie ma teraz włączonej poczty, więc potwierdzenie dla {email} czeka na wysłanie. Zapisz lub "
        "wydrukuj tę stronę.",
        EN: "The shop's mail is not switched on now, so the confirmation for {email} is waiting. Save or print "
        "this page.",
    },
    "received.mail.unsent": {
        PL: "Zgłoszenie jest przyjęte, ale na adres {email} nie możemy teraz wysłać potwierdzenia. Zapisz lub "
        "wydrukuj tę stronę.",
        EN: "It is received, but we cannot send a confirmation to {email} now. Save or print this page.",
    },
    "received.mail.unaddressed": {
        PL: "Nie podano adresu e-mail. Zapisz lub wydrukuj tę stronę: to Twoje potwierdzenie.",
        EN: "No e-mail address was given. Save or print this page: it is your confirmation.",
    },
    "received.photos_lost": {
        PL: "Nie udało się zapisać wszystkich zdjęć. Reklamacja jest przyjęta; zdjęcia wyślij sklepowi e-mailem, "
        "podając numer zgłoszenia.",
        EN: "Not all photos could be kept. The complaint is received; send the photos to the shop by e-mail "
        "with the reference.",
    },
    "received.receipt": {PL: "Treść potwierdzenia", EN: "Text of the confirmation"},
    "received.save": {PL: "Zapisz potwierdzenie jako plik", EN: "Save the confirmation as a file"},
    # The desk
    "request.title": {PL: "Zwroty i reklamacje", EN: "Withdrawals and complaints"},
    "request.lead": {
        PL: "Otwarte zgłoszenia; najpierw te, których termin mija najwcześniej.",
        EN: "What is open; what is due first comes first.",
    },
    "request.none": {PL: "Nie ma otwartych zgłoszeń.", EN: "Nothing is open."},
    "request.none_hint": {
        PL: "Przychodzą z czatu i ze stron /withdraw i /complaint.",
        EN: "They come from the chat and from the pages /withdraw and /complaint.",
    },
    "request.open": {
        PL: "{count} otwarte|{count} otwarte|{count} otwartych",
        EN: "{count} open|{count} open",
    },
    "request.urgent": {
        PL: "{count} pilne|{count} pilne|{count} pilnych",
        EN: "{count} urgent|{count} urgent",
    },
    "request.back": {PL: "Do listy zgłoszeń", EN: "To the list"},
    "request.kind.withdrawal": {PL: "Odstąpienie", EN: "Withdrawal"},
    "request.kind.complaint": {PL: "Reklamacja", EN: "Complaint"},
    "request.state": {PL: "Stan", EN: "State"},
    "request.state.received": {PL: "Nowe", EN: "New"},
    "request.state.in_progress": {PL: "W toku", EN: "In progress"},
    "request.state.settled": {PL: "Załatwione", EN: "Settled"},
    "request.by": {PL: "zajmuje się: {name}", EN: "handled by {name}"},
    "request.settled_by": {PL: "{name}, {when}", EN: "{name}, {when}"},
    "request.left": {
        PL: "został {count} dzień|zostały {count} dni|zostało {count} dni",
        EN: "{count} day left|{count} days left",
    },
    "request.today": {PL: "ostatni dzień: dziś", EN: "last day: today"},
    "request.over": {
        PL: "{count} dzień po terminie|{count} dni po terminie|{count} dni po terminie",
        EN: "{count} day late|{count} days late",
    },
    "request.since": {PL: "przyszło {when}", EN: "received {when}"},
    "request.order": {PL: "Zamówienie", EN: "Order"},
    "request.not_given": {PL: "nie podano", EN: "not given"},
    "request.words": {PL: "Treść, słowo w słowo", EN: "The text, word for word"},
    "request.facts": {PL: "Fakty", EN: "Facts"},
    "request.received": {PL: "Przyszło", EN: "Received"},
    "request.due.withdrawal": {PL: "Zwrot pieniędzy najpóźniej", EN: "Pay back by"},
    "request.due.complaint": {PL: "Odpowiedź najpóźniej", EN: "Answer by"},
    "request.items": {PL: "Rzeczy", EN: "Things"},
    "request.no_items": {PL: "nie wskazano pojedynczych rzeczy", EN: "no single things named"},
    "request.trouble_since": {PL: "Od kiedy, jak podano", EN: "Since when, as given"},
    "request.wanted": {PL: "Oczekiwanie", EN: "Wanted"},
    "request.last_day": {PL: "Ostatni dzień na odstąpienie", EN: "Last day to withdraw"},
    "request.last_day_unknown": {PL: "nie policzony: sprawdź zamówienie", EN: "not counted: check the order"},
    "request.email": {PL: "E-mail", EN: "E-mail"},
    "request.no_email": {PL: "nie podano adresu do potwierdzenia", EN: "no address for the confirmation"},
    "request.receipt": {PL: "Potwierdzenie", EN: "Confirmation"},
    "request.receipt.yes": {PL: "przekazane do wysłania", EN: "handed over to be sent"},
    "request.receipt.no": {PL: "nie wysłane: nie było dokąd", EN: "not sent: nowhere to send it"},
    "request.doubts": {PL: "Sprawdź, zanim odpowiesz", EN: "Check before you answer"},
    "request.doubt.after_last_day": {
        PL: "Oświadczenie przyszło po ostatnim dniu, jaki policzyliśmy. Liczy się dzień wysłania.",
        EN: "The statement came after the last day that we counted. The day of sending is what counts.",
    },
    "request.doubt.business": {
        PL: "Zakup na firmę: prawo ma jednoosobowa działalność, gdy zakup nie jest dla niej zawodowy (art. 38a).",
        EN: "A business purchase: a sole trader has the right where it is not of a professional nature (art. 38a).",
    },
    "request.doubt.item_excluded": {
        PL: "Jedna z rzeczy należy do wyjątków z art. 38.",
        EN: "One of the things is among the exceptions of art. 38.",
    },
    "request.doubt.item_unsure": {
        PL: "Jedna z rzeczy może należeć do wyjątków z art. 38; zależy to od okoliczności.",
        EN: "One of the things may be among the exceptions of art. 38, depending on the circumstances.",
    },
    "request.doubt.delivery_unknown": {
        PL: "Nie znamy dnia doręczenia, więc termin nie jest policzony.",
        EN: "The day of delivery is not known, so the period is not counted.",
    },
    "request.doubt.date_implausible": {
        PL: "Data w danych sklepu jest niewiarygodna.",
        EN: "A date in the shop's data cannot be right.",
    },
    "request.doubt.order_closed": {
        PL: "To zamówienie było już anulowane, zwrócone lub rozliczone.",
        EN: "This order was cancelled, returned or refunded before.",
    },
    "request.photos": {PL: "Zdjęcia", EN: "Photos"},
    "request.photo": {PL: "Zdjęcie {number}", EN: "Photo {number}"},
    "request.conversation": {PL: "Otwórz rozmowę", EN: "Open the conversation"},
    "request.begin": {PL: "Zajmuję się tym", EN: "I'm on it"},
    "request.settle": {PL: "Załatwione", EN: "Settled"},
    "request.settle_hint.withdrawal": {
        PL: "„Załatwione” zatrzymuje zegar: wybierz je, gdy pieniądze są oddane albo sprawa inaczej zakończona.",
        EN: "“Settled” stops the clock: choose it once the money is paid back, or the case has ended otherwise.",
    },
    "request.settle_hint.complaint": {
        PL: "„Załatwione” zatrzymuje zegar: wybierz je, gdy odpowiedź wyszła e-mailem lub na papierze.",
        EN: "“Settled” stops the clock: choose it once the answer has gone out by e-mail or on paper.",
    },
    "request.warn.withdrawal": {
        PL: "Pieniądze wracają do kupującego najpóźniej 14 dni od otrzymania oświadczenia (art. 32); sklep może "
        "zaczekać na rzeczy lub dowód ich odesłania.",
        EN: "The money goes back within 14 days of receiving the statement (art. 32); the shop may wait for the "
        "goods, or for proof that they were sent.",
    },
    "request.warn.complaint": {
        PL: "Bez odpowiedzi w ciągu 14 dni uważa się, że sklep uznał reklamację (art. 7a ust. 2).",
        EN: "Without an answer within 14 days the shop is considered to have accepted the complaint (art. 7a(2)).",
    },
    "request.late.withdrawal": {
        PL: "Termin zwrotu pieniędzy minął, chyba że sklep czeka jeszcze na rzeczy lub dowód ich odesłania.",
        EN: "The time to pay back is over, unless the shop still waits for the goods or proof of sending.",
    },
    "request.late.complaint": {
        PL: "Termin minął: uważa się, że sklep uznał tę reklamację konsumenta (art. 7a ust. 2).",
        EN: "The time is over: the shop is considered to have accepted this consumer's complaint (art. 7a(2)).",
    },
}
