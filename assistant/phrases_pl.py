"""Every fixed text of the assistant in Polish, in both forms of address. Data."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.phrase import Phrase

INFORMAL: Mapping[Phrase, tuple[str, ...]] = {
    Phrase.GREETING: ("Cześć!", "W czym mogę pomóc?"),
    Phrase.THANKS: ("Proszę bardzo!", "Jeśli pojawi się jeszcze jakieś pytanie, jestem tutaj."),
    Phrase.ALL_RIGHT: ("W porządku.", "Gdyby coś jeszcze było potrzebne, jestem tutaj."),
    Phrase.EMPTY: ("Napisz, w czym mogę pomóc – na przykład w sprawie dostawy, zwrotu albo zamówienia.",),
    Phrase.ABOUT_ASSISTANT: (
        "Jestem asystentem AI, nie człowiekiem.",
        "Odpowiadam na podstawie artykułów sklepu, a w każdej chwili możesz poprosić o rozmowę z osobą "
        "z obsługi.",
    ),
    Phrase.THIRD_LANGUAGE: (
        "I can help you in English or Polish – could you write in one of them?",
        "\nMogę pomóc po polsku lub po angielsku – proszę napisać w jednym z tych języków.",
    ),
    Phrase.ABSTAIN: ("Nie mam informacji na ten temat.",),
    Phrase.OFFER_PERSON: ("Mogę przekazać pytanie osobie z obsługi.",),
    Phrase.NEAR_TOPICS: (
        "Może chodzi o jeden z tematów poniżej, a jeśli nie, mogę przekazać pytanie osobie z obsługi.",
    ),
    Phrase.ASK_BACK: ("Nie mam pewności, o co chodzi.",),
    Phrase.WHICH_TOPIC: ("Czy o jedną z tych spraw? Jeśli nie, mogę przekazać pytanie osobie z obsługi.",),
    Phrase.HANDOFF_ASKED: ("Jasne, przekazuję rozmowę osobie z obsługi.",),
    Phrase.HANDOFF_UNSURE: ("O tym też nie mam informacji, więc przekazuję rozmowę osobie z obsługi.",),
    Phrase.HANDOFF_NO_GUESS: ("Nie chcę zgadywać, więc przekazuję rozmowę osobie z obsługi.",),
    Phrase.SORRY: ("Przykro mi z powodu tej sytuacji.",),
    # Each reason has words of its own: the conversation's history tells by them what a person was called for.
    Phrase.HANDOFF_COMPLAINT: ("Przekazuję też sprawę osobie z obsługi.",),
    Phrase.HANDOFF_COMPLAINT_ALONE: ("Przykro mi, że tak wyszło.", "Przekazuję sprawę osobie z obsługi."),
    Phrase.HANDOFF_UNUSUAL: ("Tę sprawę przekazuję też osobie z obsługi.",),
    Phrase.HANDOFF_UNUSUAL_ALONE: ("Przykro mi, że tak się stało.", "Tę sprawę przekazuję osobie z obsługi."),
    Phrase.SIGN_IN: (
        "Żeby sprawdzić Twoje zamówienie, muszę wiedzieć, że jest Twoje: zaloguj się w sklepie i zapytaj "
        "jeszcze raz.",
    ),
    Phrase.SIGN_IN_HOW: ("Bez logowania sprawę może przejąć osoba z obsługi.",),
    Phrase.GUEST_ORDER: (
        "Podaj numer zamówienia i adres e-mail, z którym zostało złożone – sprawdzę, na jakim jest etapie.",
    ),
    Phrase.GUEST_ORDER_HOW: (
        "Możesz też zalogować się w sklepie albo poprosić o rozmowę z osobą z obsługi.",
    ),
    Phrase.GUEST_NEED_EMAIL: ("Podaj jeszcze adres e-mail, z którym złożono to zamówienie.",),
    Phrase.GUEST_NEED_NUMBER: ("Podaj jeszcze numer zamówienia – jest w e-mailu z jego potwierdzeniem.",),
    Phrase.GUEST_NO_MATCH: (
        "Nie mam zamówienia o takim numerze, złożonego z tym adresem e-mail.",
        "Sprawdź, proszę, jedno i drugie – numer jest w e-mailu z potwierdzeniem zamówienia.",
    ),
    Phrase.GUEST_LIMITED: (
        "To było już kilka nieudanych prób.",
        "Spróbuj ponownie za kwadrans albo poproś o rozmowę z osobą z obsługi.",
    ),
    Phrase.GUEST_MORE: (
        "Szczegóły pokażę po wpisaniu kodu, który mogę wysłać na adres e-mail z zamówienia.",
    ),
    Phrase.CODE_SENT: (
        "Kod jest w drodze na adres e-mail z zamówienia.",
        "Wpisz go tutaj – jest ważny przez 10 minut.",
    ),
    Phrase.CODE_WRONG: ("To nie jest ten kod.", "Sprawdź, proszę, cyfry w najnowszym e-mailu."),
    Phrase.CODE_OVER: ("Ten kod już nie działa, ale mogę wysłać nowy.",),
    Phrase.CODES_LIMITED: (
        "Kilka kodów jest już w drodze – sprawdź też folder ze spamem.",
        "Nowy mogę wysłać za kwadrans, a w każdej chwili możesz poprosić o rozmowę z osobą z obsługi.",
    ),
    Phrase.CODE_NO_MAIL: (
        "Nie mogę wysłać kodu e-mailem.",
        "Szczegóły zobaczysz po zalogowaniu w sklepie albo poda je osoba z obsługi.",
    ),
    Phrase.CODE_RIGHT: ("Dziękuję, kod się zgadza.",),
    Phrase.RECEIPT_MAILED: ("Potwierdzenie z treścią i czasem jest w drodze na Twój adres e-mail.",),
    Phrase.RECEIPT_WHERE: ("Podaj, proszę, adres e-mail, na który wysłać potwierdzenie.",),
    Phrase.WITHDRAWAL_LOOKED_AT: ("Szczegóły sprawdzi osoba z obsługi i odpisze.",),
    Phrase.NO_SUCH_ORDER: (
        "Na Twoim koncie nie ma zamówienia o takim numerze.",
        "Sprawdź, proszę, czy numer jest dobry.",
    ),
    Phrase.NO_ORDERS: ("Na Twoim koncie nie ma jeszcze żadnego zamówienia.",),
    Phrase.NO_SUCH_ITEM: ("W Twoich zamówieniach nie ma takiego produktu.",),
    Phrase.ORDERS_UNAVAILABLE: (
        "Nie mogę teraz zajrzeć do zamówień.",
        "Spróbuj za chwilę albo poproś o rozmowę z osobą z obsługi.",
    ),
    Phrase.LATE_PARCEL: ("Jeśli paczki nadal nie ma, mogę przekazać sprawę osobie z obsługi.",),
    Phrase.NOT_IN_RECORD: ("Więcej na ten temat w danych zamówienia nie ma.",),
    Phrase.TWO_OPEN: ("Masz dwa zamówienia w toku:",),
    Phrase.THREE_OPEN: ("Masz trzy zamówienia w toku:",),
    Phrase.NEWEST_OPEN: ("Oto Twoje najnowsze zamówienia w toku:",),
    Phrase.THESE_ORDERS: ("Oto te zamówienia:",),
    Phrase.OTHER_LANGUAGE_ONLY: ("Mam to tylko w artykule po angielsku, cytuję go w oryginale:",),
    Phrase.TURN_FAILED: ("Coś się zepsuło i nie umiem teraz odpowiedzieć.", "Twoja wiadomość jest zapisana."),
    Phrase.PRODUCTS_FOUND: ("Z katalogu sklepu mogę zaproponować:",),
    Phrase.PRODUCT_KIND: ("Czego szukasz?",),
    Phrase.PRODUCT_GOES_WITH_WHAT: ("Do czego ma to pasować?",),
    Phrase.PRODUCT_PRICE: ("W jakiej cenie?",),
    Phrase.PRODUCT_WHOM: ("Dla kogo to będzie?",),
    Phrase.PRODUCT_PRICES: ("W katalogu sklepu:",),
    Phrase.PRODUCT_SOME_PRICES: ("Kilka cen z katalogu, od najniższej do najwyższej:",),
    Phrase.PRODUCT_NONE: ("Nie widzę tego w katalogu sklepu.",),
    Phrase.PRODUCT_NONE_AT_PRICE: ("W tej cenie nic takiego w katalogu nie ma.",),
    Phrase.PRODUCT_NO_PAIRS: ("Na razie nie wiem, co z katalogu dobrze do tego pasuje.",),
    Phrase.NOTED_SHORT: ("Dobrze, będę odpowiadać krócej.",),
    Phrase.NOTED_FULL: ("Dobrze, będę odpowiadać pełniej.",),
    Phrase.NOTED_LANGUAGE: ("Dobrze, będę odpowiadać po polsku.",),
    Phrase.NOTED_ADDRESS: (
        "Dziękuję, mam to na uwadze; cytaty z artykułów sklepu zostają takie, jak je napisano.",
    ),
    Phrase.NOTED_INFORMAL: ("Jasne, jesteśmy na „ty”.",),
    Phrase.CONSENT_ASK: ("Czy mam to zapamiętać na przyszłość?",),
    Phrase.CONSENT_KEPT: ("Dobrze, zapamiętam.", "Wystarczy napisać „zapomnij”, a to usunę."),
    Phrase.CONSENT_KEPT_TOO: ("Zapamiętam to też na przyszłość.",),
    Phrase.CONSENT_DECLINED: ("Dobrze, tylko w tej rozmowie.",),
    Phrase.FORGOTTEN: (
        "Dobrze, Twoje prośby co do rozmowy są usunięte, a z wcześniejszych rozmów nie korzystam.",
        "Sama treść rozmów zostaje w historii sklepu.",
    ),
    Phrase.NO_SOURCE: ("Moja ostatnia wiadomość nie podawała niczego z artykułów ani z danych sklepu.",),
    Phrase.EARLIER_ASK: (
        "Mogę korzystać z Twoich wcześniejszych rozmów ze sklepem, ale tylko za Twoją zgodą.",
        "Czy mam to robić, teraz i następnym razem?",
    ),
    Phrase.EARLIER_ON: ("Dobrze, będę z nich korzystać.", "Wystarczy napisać „zapomnij”, a przestanę."),
    Phrase.EARLIER_OFF: ("Dobrze, nie korzystam z wcześniejszych rozmów.",),
    Phrase.EARLIER_NONE: ("Nie mam żadnej wcześniejszej rozmowy z tego konta.",),
    Phrase.EARLIER_SIGN_IN: ("Wcześniejsze rozmowy widzę tylko po zalogowaniu w sklepie.",),
    Phrase.EARLIER_WHAT_NOW: ("Jak mogę teraz w tym pomóc?",),
    Phrase.NO_SUCH_REQUEST: ("Na Twoim koncie nie ma zgłoszenia o takim numerze.",),
    Phrase.HANDOFF_SOONER: (
        "Nie mam informacji na ten temat, więc od razu przekazuję rozmowę osobie z obsługi.",
    ),
}

FORMAL: Mapping[Phrase, tuple[str, ...]] = {
    Phrase.GREETING: ("Dzień dobry!", "W czym mogę pomóc?"),
    Phrase.EMPTY: (
        "Proszę napisać, w czym mogę pomóc – na przykład w sprawie dostawy, zwrotu albo zamówienia.",
    ),
    Phrase.ABOUT_ASSISTANT: (
        "Jestem asystentem AI, nie człowiekiem.",
        "Odpowiadam na podstawie artykułów sklepu, a w każdej chwili można poprosić o rozmowę z osobą "
        "z obsługi.",
    ),
    Phrase.HANDOFF_ASKED: ("Oczywiście, przekazuję rozmowę osobie z obsługi.",),
    Phrase.SIGN_IN: (
        "Żeby sprawdzić zamówienie, muszę wiedzieć, do kogo należy: proszę zalogować się w sklepie i zapytać "
        "jeszcze raz.",
    ),
    Phrase.GUEST_ORDER: (
        "Proszę podać numer zamówienia i adres e-mail, z którym zostało złożone – sprawdzę, na jakim jest "
        "etapie.",
    ),
    Phrase.GUEST_ORDER_HOW: ("Można też zalogować się w sklepie albo poprosić o rozmowę z osobą z obsługi.",),
    Phrase.GUEST_NEED_EMAIL: ("Proszę podać jeszcze adres e-mail, z którym złożono to zamówienie.",),
    Phrase.GUEST_NEED_NUMBER: (
        "Proszę podać jeszcze numer zamówienia – jest w e-mailu z jego potwierdzeniem.",
    ),
    Phrase.GUEST_NO_MATCH: (
        "Nie mam zamówienia o takim numerze, złożonego z tym adresem e-mail.",
        "Proszę sprawdzić jedno i drugie – numer jest w e-mailu z potwierdzeniem zamówienia.",
    ),
    Phrase.GUEST_LIMITED: (
        "To było już kilka nieudanych prób.",
        "Proszę spróbować ponownie za kwadrans albo poprosić o rozmowę z osobą z obsługi.",
    ),
    Phrase.CODE_SENT: (
        "Kod jest w drodze na adres e-mail z zamówienia.",
        "Proszę wpisać go tutaj – jest ważny przez 10 minut.",
    ),
    Phrase.CODE_WRONG: ("To nie jest ten kod.", "Proszę sprawdzić cyfry w najnowszym e-mailu."),
    Phrase.CODES_LIMITED: (
        "Kilka kodów jest już w drodze – proszę sprawdzić też folder ze spamem.",
        "Nowy mogę wysłać za kwadrans, a w każdej chwili można poprosić o rozmowę z osobą z obsługi.",
    ),
    Phrase.CODE_NO_MAIL: (
        "Nie mogę wysłać kodu e-mailem.",
        "Szczegóły są widoczne po zalogowaniu w sklepie, może je też podać osoba z obsługi.",
    ),
    Phrase.RECEIPT_MAILED: ("Potwierdzenie z treścią i czasem jest w drodze e-mailem.",),
    Phrase.RECEIPT_WHERE: ("Proszę podać adres e-mail, na który wysłać potwierdzenie.",),
    Phrase.NO_SUCH_ORDER: (
        "Na tym koncie nie ma zamówienia o takim numerze.",
        "Proszę sprawdzić, czy numer jest dobry.",
    ),
    Phrase.NO_ORDERS: ("Na tym koncie nie ma jeszcze żadnego zamówienia.",),
    Phrase.NO_SUCH_ITEM: ("W zamówieniach z tego konta nie ma takiego produktu.",),
    Phrase.ORDERS_UNAVAILABLE: (
        "Nie mogę teraz zajrzeć do zamówień.",
        "Proszę spróbować za chwilę albo poprosić o rozmowę z osobą z obsługi.",
    ),
    Phrase.TWO_OPEN: ("W toku są dwa zamówienia:",),
    Phrase.THREE_OPEN: ("W toku są trzy zamówienia:",),
    Phrase.NEWEST_OPEN: ("Oto najnowsze zamówienia w toku:",),
    Phrase.TURN_FAILED: ("Coś się zepsuło i nie umiem teraz odpowiedzieć.", "Wiadomość jest zapisana."),
    Phrase.PRODUCT_KIND: ("Czego mam poszukać?",),
    Phrase.FORGOTTEN: (
        "Dobrze, prośby co do rozmowy są usunięte, a z wcześniejszych rozmów nie korzystam.",
        "Sama treść rozmów zostaje w historii sklepu.",
    ),
    Phrase.EARLIER_ASK: (
        "Mogę korzystać z wcześniejszych rozmów z tego konta, ale tylko za zgodą.",
        "Czy mam to robić, teraz i następnym razem?",
    ),
    Phrase.NO_SUCH_REQUEST: ("Na tym koncie nie ma zgłoszenia o takim numerze.",),
}
"""The texts that differ where nobody is addressed by "ty". Whom we write to is not known, so no text names a
Pan or a Pani: "proszę podać", "można" fit everybody."""
