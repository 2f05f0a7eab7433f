"""What the public forms say in Polish where nobody is addressed by "ty". Data.

Whom we write to is not known, so no text names a Pan or a Pani: "prosimy podać", "można" fit everybody. What is
not here addresses nobody, or names a button.
"""

# ruff: noqa: E501 - a sentence reads best on one line
from __future__ import annotations

from collections.abc import Mapping

FORMAL_TEXTS: Mapping[str, str] = {
    "form.problem.empty": "Prosimy napisać, której umowy dotyczy odstąpienie: wystarczy numer zamówienia, nazwa rzeczy, imię i nazwisko albo adres e-mail z zamówienia.",
    "form.problem.slow": "Z tej sieci przyszło dużo zgłoszeń naraz. Nic nie przepadło: prosimy odczekać minutę i wysłać ponownie.",
    "form.problem.too_much": "To za dużo naraz. Prosimy skrócić tekst lub wysłać mniej albo mniejsze zdjęcia.",
    "form.problem.unreadable": "Nie udało się odczytać formularza. Prosimy wypełnić go jeszcze raz.",
    "form.problem.no_words": "Prosimy napisać, co jest nie tak.",
    "form.problem.long_words": "Ten opis jest za długi. Prosimy skrócić go do 15 000 znaków.",
    "form.problem.many_photos": "Za dużo zdjęć: prosimy wybrać najwyżej 5.",
    "form.problem.large_photo": "Jedno ze zdjęć jest za duże. Prosimy ponownie wybrać zdjęcia do 8 MB każde.",
    "form.problem.no_photo": "Jeden z plików nie jest zdjęciem, które umiemy przyjąć. Prosimy ponownie wybrać zdjęcia w formacie JPEG, PNG, WebP lub HEIC.",
    "withdraw.lead": "Tutaj można złożyć oświadczenie o odstąpieniu od umowy zawartej w tym sklepie. Nie trzeba podawać przyczyny, zakładać konta ani się logować. Wystarczy wypełnić to, co wiadomo.",
    "withdraw.things_hint": "Przy odstąpieniu od całej umowy to pole zostaje puste. Przy odstąpieniu od części prosimy wpisać każdą rzecz w osobnej linii.",
    "withdraw.nothing_sent": "Na tym etapie nic nie zostanie jeszcze wysłane.",
    "withdraw.review": "Sprawdzenie i potwierdzenie",
    "withdraw.review_lead": "Tak brzmi oświadczenie. Zostanie złożone dopiero przyciskiem „Potwierdź odstąpienie”.",
    "withdraw.was_cut": "Lista rzeczy była bardzo długa i została skrócona. Prosimy sprawdzić, czy jest na niej to, co ważne.",
    "withdraw.bad_email": "To nie wygląda na adres e-mail: {email}. Można go poprawić albo potwierdzić mimo to; potwierdzenie pokażemy wtedy tylko na ekranie.",
    "complaint.lead": "Prosimy opisać, co się stało. Na reklamację konsumenta sklep odpowiada w ciągu 14 dni od jej otrzymania.",
    "complaint.wanted": "Oczekiwany sposób załatwienia reklamacji",
    "complaint.wanted.unsure": "Do ustalenia",
    "complaint.wanted.repair": "Naprawa",
    "complaint.wanted.replacement": "Wymiana",
    "complaint.wanted.price_cut": "Obniżenie ceny",
    "complaint.wanted.refund": "Zwrot pieniędzy",
    "received.title.withdrawal": "Przyjęliśmy oświadczenie",
    "received.title.complaint": "Przyjęliśmy reklamację",
    "received.mail.waits": "Sklep nie ma teraz włączonej poczty, więc potwierdzenie dla {email} czeka na wysłanie. Prosimy zapisać lub wydrukować tę stronę.",
    "received.mail.unsent": "Zgłoszenie jest przyjęte, ale na adres {email} nie możemy teraz wysłać potwierdzenia. Prosimy zapisać lub wydrukować tę stronę.",
    "received.mail.unaddressed": "Nie podano adresu e-mail. Prosimy zapisać lub wydrukować tę stronę: jest potwierdzeniem zgłoszenia.",
    "received.photos_lost": "Nie udało się zapisać wszystkich zdjęć. Reklamacja jest przyjęta; zdjęcia prosimy wysłać sklepowi e-mailem, podając numer zgłoszenia.",
}
