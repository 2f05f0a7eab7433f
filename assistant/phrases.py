"""Every fixed text of the assistant, in both languages. Data, no logic but looking up.

What is said here needs no source: it claims nothing about the shop, its goods or an order. Polish avoids
forms with a gender: the assistant has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from foundation.language import Language

PL, EN = Language.PL, Language.EN


class Phrase(StrEnum):
    """A kind of fixed text."""

    GREETING = "greeting"
    THANKS = "thanks"
    EMPTY = "empty"
    ABOUT_ASSISTANT = "about_assistant"
    THIRD_LANGUAGE = "third_language"
    ABSTAIN = "abstain"
    OFFER_PERSON = "offer_person"
    NEAR_TOPICS = "near_topics"
    ASK_BACK = "ask_back"
    WHICH_TOPIC = "which_topic"
    HANDOFF_ASKED = "handoff_asked"
    HANDOFF_UNSURE = "handoff_unsure"
    HANDOFF_NO_GUESS = "handoff_no_guess"
    HANDOFF_COMPLAINT = "handoff_complaint"
    HANDOFF_COMPLAINT_ALONE = "handoff_complaint_alone"
    HANDOFF_UNUSUAL = "handoff_unusual"
    HANDOFF_UNUSUAL_ALONE = "handoff_unusual_alone"
    SIGN_IN = "sign_in"
    SIGN_IN_HOW = "sign_in_how"
    GUEST_ORDER = "guest_order"
    GUEST_ORDER_HOW = "guest_order_how"
    GUEST_NEED_EMAIL = "guest_need_email"
    GUEST_NEED_NUMBER = "guest_need_number"
    GUEST_NO_MATCH = "guest_no_match"
    GUEST_LIMITED = "guest_limited"
    GUEST_MORE = "guest_more"
    CODE_SENT = "code_sent"
    CODE_WRONG = "code_wrong"
    CODE_OVER = "code_over"
    CODES_LIMITED = "codes_limited"
    CODE_NO_MAIL = "code_no_mail"
    CODE_RIGHT = "code_right"
    RECEIPT_MAILED = "receipt_mailed"
    RECEIPT_WHERE = "receipt_where"
    WITHDRAWAL_LOOKED_AT = "withdrawal_looked_at"
    NO_SUCH_ORDER = "no_such_order"
    NO_ORDERS = "no_orders"
    NO_SUCH_ITEM = "no_such_item"
    ORDERS_UNAVAILABLE = "orders_unavailable"
    LATE_PARCEL = "late_parcel"
    NOT_IN_RECORD = "not_in_record"
    TWO_OPEN = "two_open"
    THREE_OPEN = "three_open"
    NEWEST_OPEN = "newest_open"
    THESE_ORDERS = "these_orders"
    OTHER_LANGUAGE_ONLY = "other_language_only"
    TURN_FAILED = "turn_failed"
    PRODUCTS_FOUND = "products_found"
    PRODUCT_KIND = "product_kind"
    PRODUCT_GOES_WITH_WHAT = "product_goes_with_what"
    PRODUCT_PRICE = "product_price"
    PRODUCT_WHOM = "product_whom"
    PRODUCT_NONE = "product_none"
    PRODUCT_NONE_AT_PRICE = "product_none_at_price"
    PRODUCT_NO_PAIRS = "product_no_pairs"
    NOTED_SHORT = "noted_short"
    NOTED_FULL = "noted_full"
    NOTED_LANGUAGE = "noted_language"
    NOTED_ADDRESS = "noted_address"
    NOTED_INFORMAL = "noted_informal"
    CONSENT_ASK = "consent_ask"
    CONSENT_KEPT = "consent_kept"
    CONSENT_KEPT_TOO = "consent_kept_too"
    CONSENT_DECLINED = "consent_declined"
    FORGOTTEN = "forgotten"
    NO_SOURCE = "no_source"


TEXTS: Mapping[Phrase, Mapping[Language, tuple[str, ...]]] = {
    Phrase.GREETING: {
        PL: ("Cześć!", "W czym mogę pomóc?"),
        EN: ("Hello!", "How can I help?"),
    },
    Phrase.THANKS: {
        PL: ("Proszę bardzo!", "Jeśli pojawi się jeszcze jakieś pytanie, jestem tutaj."),
        EN: ("You're welcome!", "If anything else comes up, I'm here."),
    },
    Phrase.EMPTY: {
        PL: ("Napisz, w czym mogę pomóc – na przykład w sprawie dostawy, zwrotu albo zamówienia.",),
        EN: ("Tell me how I can help – with a delivery, a return or an order, for example.",),
    },
    Phrase.ABOUT_ASSISTANT: {
        PL: (
            "Jestem asystentem AI, nie człowiekiem.",
            "Odpowiadam na podstawie artykułów sklepu, a w każdej chwili możesz poprosić o rozmowę z osobą "
            "z obsługi.",
        ),
        EN: (
            "I'm an AI assistant, not a person.",
            "I answer from the shop's own articles, and you can ask for a person at any time.",
        ),
    },
    Phrase.THIRD_LANGUAGE: {
        PL: (
            "I can help you in English or Polish – could you write in one of them?",
            "\nMogę pomóc po polsku lub po angielsku – napisz, proszę, w jednym z tych języków.",
        ),
        EN: (
            "I can help you in English or Polish – could you write in one of them?",
            "\nMogę pomóc po polsku lub po angielsku – napisz, proszę, w jednym z tych języków.",
        ),
    },
    Phrase.ABSTAIN: {
        PL: ("Nie mam tego w artykułach sklepu.",),
        EN: ("I don't have that in the shop's articles.",),
    },
    Phrase.OFFER_PERSON: {
        PL: ("Mogę przekazać pytanie osobie z obsługi.",),
        EN: ("I can pass your question on to a person from the shop.",),
    },
    Phrase.NEAR_TOPICS: {
        PL: ("Może chodzi o jeden z tematów poniżej, a jeśli nie, mogę przekazać pytanie osobie z obsługi.",),
        EN: ("Perhaps it's one of the topics below; if not, I can pass your question on to a person.",),
    },
    Phrase.ASK_BACK: {
        PL: ("Nie mam pewności, o co chodzi.",),
        EN: ("I'm not sure what you mean.",),
    },
    Phrase.WHICH_TOPIC: {
        PL: ("Czy o jedną z tych spraw? Jeśli nie, mogę przekazać pytanie osobie z obsługi.",),
        EN: ("Is it one of these? If not, I can pass your question on to a person from the shop.",),
    },
    Phrase.HANDOFF_ASKED: {
        PL: ("Jasne, przekazuję rozmowę osobie z obsługi.",),
        EN: ("Of course, I'm passing this on to a person from the shop.",),
    },
    Phrase.HANDOFF_UNSURE: {
        PL: ("Tego też nie mam w artykułach sklepu, więc przekazuję rozmowę osobie z obsługi.",),
        EN: ("I don't have that in the shop's articles either, so I'm passing this on to a person.",),
    },
    Phrase.HANDOFF_NO_GUESS: {
        PL: ("Nie chcę zgadywać, więc przekazuję rozmowę osobie z obsługi.",),
        EN: ("I'd rather not guess, so I'm passing this on to a person from the shop.",),
    },
    # Each reason has words of its own: the conversation's history tells by them what a person was called for.
    Phrase.HANDOFF_COMPLAINT: {
        PL: ("Przekazuję też sprawę osobie z obsługi.",),
        EN: ("I'm also passing this on to a person from the shop.",),
    },
    Phrase.HANDOFF_COMPLAINT_ALONE: {
        PL: ("Przykro mi, że tak wyszło.", "Przekazuję sprawę osobie z obsługi."),
        EN: ("I'm sorry it turned out this way.", "A person from the shop is getting your complaint."),
    },
    Phrase.HANDOFF_UNUSUAL: {
        PL: ("Tę sprawę przekazuję też osobie z obsługi.",),
        EN: ("I'm also handing this case to a person from the shop.",),
    },
    Phrase.HANDOFF_UNUSUAL_ALONE: {
        PL: ("Przykro mi, że tak się stało.", "Tę sprawę przekazuję osobie z obsługi."),
        EN: ("I'm sorry this happened.", "I'm handing this case to a person from the shop."),
    },
    Phrase.SIGN_IN: {
        PL: (
            "Żeby sprawdzić Twoje zamówienie, muszę wiedzieć, że jest Twoje: zaloguj się w sklepie i zapytaj "
            "jeszcze raz.",
        ),
        EN: ("To look up your order I need to know it's yours: sign in to the shop and ask me again.",),
    },
    Phrase.SIGN_IN_HOW: {
        PL: ("Bez logowania sprawę może przejąć osoba z obsługi.",),
        EN: ("If you don't want to sign in, a person from the shop can take over.",),
    },
    Phrase.GUEST_ORDER: {
        PL: (
            "Podaj numer zamówienia i adres e-mail, z którym zostało złożone – sprawdzę, na jakim jest "
            "etapie.",
        ),
        EN: (
            "Give me the order number and the e-mail address it was placed with, and I'll check its status.",
        ),
    },
    Phrase.GUEST_ORDER_HOW: {
        PL: ("Możesz też zalogować się w sklepie albo poprosić o rozmowę z osobą z obsługi.",),
        EN: ("You can also sign in to the shop, or ask for a person.",),
    },
    Phrase.GUEST_NEED_EMAIL: {
        PL: ("Podaj jeszcze adres e-mail, z którym złożono to zamówienie.",),
        EN: ("Please give me the e-mail address that the order was placed with, too.",),
    },
    Phrase.GUEST_NEED_NUMBER: {
        PL: ("Podaj jeszcze numer zamówienia – jest w e-mailu z jego potwierdzeniem.",),
        EN: ("Please give me the order number, too – it's in the e-mail that confirms the order.",),
    },
    Phrase.GUEST_NO_MATCH: {
        PL: (
            "Nie mam zamówienia o takim numerze, złożonego z tym adresem e-mail.",
            "Sprawdź, proszę, jedno i drugie – numer jest w e-mailu z potwierdzeniem zamówienia.",
        ),
        EN: (
            "I have no order with that number and that e-mail address.",
            "Please check both – the number is in the e-mail that confirms the order.",
        ),
    },
    Phrase.GUEST_LIMITED: {
        PL: (
            "To było już kilka nieudanych prób.",
            "Spróbuj ponownie za kwadrans albo poproś o rozmowę z osobą z obsługi.",
        ),
        EN: ("That was several tries in a row.", "Try again in a quarter of an hour, or ask for a person."),
    },
    Phrase.GUEST_MORE: {
        PL: ("Szczegóły pokażę po wpisaniu kodu, który mogę wysłać na adres e-mail z zamówienia.",),
        EN: (
            "I can show the details once you type in a code that I can send to the order's e-mail address.",
        ),
    },
    Phrase.CODE_SENT: {
        PL: (
            "Kod jest w drodze na adres e-mail z zamówienia.",
            "Wpisz go tutaj – jest ważny przez 10 minut.",
        ),
        EN: (
            "A code is on its way to the order's e-mail address.",
            "Type it in here – it's valid for 10 minutes.",
        ),
    },
    Phrase.CODE_WRONG: {
        PL: ("To nie jest ten kod.", "Sprawdź, proszę, cyfry w najnowszym e-mailu."),
        EN: ("That isn't the code.", "Please check the digits in the newest e-mail."),
    },
    Phrase.CODE_OVER: {
        PL: ("Ten kod już nie działa, ale mogę wysłać nowy.",),
        EN: ("That code no longer works, but I can send a new one.",),
    },
    Phrase.CODES_LIMITED: {
        PL: (
            "Kilka kodów jest już w drodze – sprawdź też folder ze spamem.",
            "Nowy mogę wysłać za kwadrans, a w każdej chwili możesz poprosić o rozmowę z osobą z obsługi.",
        ),
        EN: (
            "A few codes are on their way already – please check your spam folder, too.",
            "I can send a new one in a quarter of an hour, and you can ask for a person at any time.",
        ),
    },
    Phrase.CODE_NO_MAIL: {
        PL: (
            "Nie mogę wysłać kodu e-mailem.",
            "Szczegóły zobaczysz po zalogowaniu w sklepie albo poda je osoba z obsługi.",
        ),
        EN: (
            "I can't send a code by e-mail.",
            "You'll see the details when you sign in to the shop, or a person can help.",
        ),
    },
    Phrase.CODE_RIGHT: {
        PL: ("Dziękuję, kod się zgadza.",),
        EN: ("Thank you, the code is right.",),
    },
    Phrase.RECEIPT_MAILED: {
        PL: ("Potwierdzenie z treścią i czasem jest w drodze na Twój adres e-mail.",),
        EN: ("A confirmation with its text and time is on its way to your e-mail address.",),
    },
    Phrase.RECEIPT_WHERE: {
        PL: ("Podaj, proszę, adres e-mail, na który wysłać potwierdzenie.",),
        EN: ("Please give me an e-mail address to send the confirmation to.",),
    },
    Phrase.WITHDRAWAL_LOOKED_AT: {
        PL: ("Szczegóły sprawdzi osoba z obsługi i odpisze.",),
        EN: ("A person from the shop will look at the details and write back.",),
    },
    Phrase.NO_SUCH_ORDER: {
        PL: ("Na Twoim koncie nie ma zamówienia o takim numerze.", "Sprawdź, proszę, czy numer jest dobry."),
        EN: ("There is no order with that number on your account.", "Please check the number."),
    },
    Phrase.NO_ORDERS: {
        PL: ("Na Twoim koncie nie ma jeszcze żadnego zamówienia.",),
        EN: ("There are no orders on your account yet.",),
    },
    Phrase.NO_SUCH_ITEM: {
        PL: ("W Twoich zamówieniach nie ma takiego produktu.",),
        EN: ("I can't see that item in your orders.",),
    },
    Phrase.ORDERS_UNAVAILABLE: {
        PL: (
            "Nie mogę teraz zajrzeć do zamówień.",
            "Spróbuj za chwilę albo poproś o rozmowę z osobą z obsługi.",
        ),
        EN: ("I can't look at the orders right now.", "Try again in a moment, or ask for a person."),
    },
    Phrase.LATE_PARCEL: {
        PL: ("Jeśli paczki nadal nie ma, mogę przekazać sprawę osobie z obsługi.",),
        EN: ("If the parcel still hasn't come, I can pass this on to a person from the shop.",),
    },
    Phrase.NOT_IN_RECORD: {
        PL: ("Więcej na ten temat w danych zamówienia nie ma.",),
        EN: ("The order's record says no more about that.",),
    },
    Phrase.TWO_OPEN: {PL: ("Masz dwa zamówienia w toku:",), EN: ("You have two orders under way:",)},
    Phrase.THREE_OPEN: {PL: ("Masz trzy zamówienia w toku:",), EN: ("You have three orders under way:",)},
    Phrase.NEWEST_OPEN: {
        PL: ("Oto Twoje najnowsze zamówienia w toku:",),
        EN: ("Here are your newest orders under way:",),
    },
    Phrase.THESE_ORDERS: {PL: ("Oto te zamówienia:",), EN: ("Here are those orders:",)},
    Phrase.OTHER_LANGUAGE_ONLY: {
        PL: ("Mam to tylko w artykule po angielsku, cytuję go w oryginale:",),
        EN: ("I have this only in an article in Polish; here it is in the original:",),
    },
    Phrase.TURN_FAILED: {
        PL: ("Coś się zepsuło i nie umiem teraz odpowiedzieć.", "Twoja wiadomość jest zapisana."),
        EN: ("Something broke and I can't answer just now.", "Your message is kept."),
    },
    Phrase.PRODUCTS_FOUND: {
        PL: ("Z katalogu sklepu mogę zaproponować:",),
        EN: ("From the shop's catalogue I can suggest:",),
    },
    Phrase.PRODUCT_KIND: {PL: ("Czego szukasz?",), EN: ("What are you looking for?",)},
    Phrase.PRODUCT_GOES_WITH_WHAT: {PL: ("Do czego ma to pasować?",), EN: ("What should it go with?",)},
    Phrase.PRODUCT_PRICE: {PL: ("W jakiej cenie?",), EN: ("In what price range?",)},
    Phrase.PRODUCT_WHOM: {PL: ("Dla kogo to będzie?",), EN: ("Who is it for?",)},
    Phrase.PRODUCT_NONE: {
        PL: ("Nie widzę tego w katalogu sklepu.",),
        EN: ("I can't see that in the shop's catalogue.",),
    },
    Phrase.PRODUCT_NONE_AT_PRICE: {
        PL: ("W tej cenie nic takiego w katalogu nie ma.",),
        EN: ("The catalogue has nothing like that at this price.",),
    },
    Phrase.PRODUCT_NO_PAIRS: {
        PL: ("Na razie nie wiem, co z katalogu dobrze do tego pasuje.",),
        EN: ("I don't know yet what in the catalogue goes well with that.",),
    },
    Phrase.NOTED_SHORT: {
        PL: ("Dobrze, będę odpowiadać krócej.",),
        EN: ("All right, I'll keep my answers shorter.",),
    },
    Phrase.NOTED_FULL: {
        PL: ("Dobrze, będę odpowiadać pełniej.",),
        EN: ("All right, I'll answer in full.",),
    },
    Phrase.NOTED_LANGUAGE: {
        PL: ("Dobrze, będę odpowiadać po polsku.",),
        EN: ("All right, I'll answer in English.",),
    },
    Phrase.NOTED_ADDRESS: {
        PL: ("Dziękuję, mam to na uwadze – choć część moich stałych tekstów jest napisana na „ty”.",),
        EN: ("Thank you, I've noted that.",),
    },
    Phrase.NOTED_INFORMAL: {PL: ("Jasne, jesteśmy na „ty”.",), EN: ("Sure, no formalities.",)},
    Phrase.CONSENT_ASK: {
        PL: ("Czy mam to zapamiętać na przyszłość?",),
        EN: ("Shall I remember this for next time?",),
    },
    Phrase.CONSENT_KEPT: {
        PL: ("Dobrze, zapamiętam.", "Wystarczy napisać „zapomnij”, a to usunę."),
        EN: ("All right, I'll remember.", "Just write “forget it” and I'll delete it."),
    },
    Phrase.CONSENT_KEPT_TOO: {
        PL: ("Zapamiętam to też na przyszłość.",),
        EN: ("I'll remember this for next time, too.",),
    },
    Phrase.CONSENT_DECLINED: {
        PL: ("Dobrze, tylko w tej rozmowie.",),
        EN: ("All right, for this conversation only.",),
    },
    Phrase.FORGOTTEN: {
        PL: (
            "Dobrze, Twoje prośby co do rozmowy są usunięte i już się nimi nie kieruję.",
            "Sama treść rozmowy zostaje w historii sklepu.",
        ),
        EN: (
            "All right, your wishes about the chat are deleted and I no longer go by them.",
            "The conversation itself stays in the shop's history.",
        ),
    },
    Phrase.NO_SOURCE: {
        PL: ("Moja ostatnia wiadomość nie podawała niczego z artykułów ani z danych sklepu.",),
        EN: ("My last message gave nothing from the shop's articles or records.",),
    },
}

ASK_PERSON_LABEL: Mapping[Language, str] = {PL: "Porozmawiaj z człowiekiem", EN: "Talk to a person"}

WITHDRAW_LABEL: Mapping[Language, str] = {PL: "Odstępuję od umowy", EN: "I withdraw from the contract"}
SEND_BACK_LABEL: Mapping[Language, str] = {PL: "Jak odesłać zwrot?", EN: "How do I send the return?"}
NOTED_NAME: Mapping[Language, str] = {PL: "Dobrze, {name}.", EN: "All right, {name}."}
CONSENT_LABELS: Mapping[Language, tuple[str, str]] = {
    PL: ("Tak, zapamiętaj", "Nie, dziękuję"),
    EN: ("Yes, remember it", "No, thanks"),
}
ANY_KIND_LABEL: Mapping[Language, str] = {PL: "Obojętnie", EN: "Anything"}
ANY_PRICE_LABEL: Mapping[Language, str] = {PL: "Bez ograniczeń", EN: "Any price"}
SEND_CODE_LABEL: Mapping[Language, str] = {PL: "Wyślij mi kod", EN: "Send me a code"}

_KINDS: Mapping[str, Phrase] = {
    sentence.strip(): phrase
    for phrase, languages in TEXTS.items()
    for sentences in languages.values()
    for sentence in sentences
}


def say(phrase: Phrase, language: Language) -> tuple[str, ...]:
    """Return the sentences of a fixed text."""
    return TEXTS[phrase][language]


def kind_of(sentence: str) -> Phrase | None:
    """Return which fixed text a sentence belongs to, or None for any other sentence."""
    return _KINDS.get(sentence.strip())


def opens_with(body: str, *phrases: Phrase) -> bool:
    """Return whether a message of the assistant opens with one of the given fixed texts."""
    return any(body.startswith(texts[0]) for p in phrases for texts in TEXTS[p].values())


def contains(body: str, *phrases: Phrase) -> bool:
    """Return whether a message of the assistant has a sentence of one of the given fixed texts."""
    return any(s.strip() in body for p in phrases for texts in TEXTS[p].values() for s in texts)
