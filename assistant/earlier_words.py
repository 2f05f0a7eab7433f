"""What an earlier conversation was about, and how a request stands, in words. Polish and English. Pure.

Facts out of the log and the register: each text is evidence of its own, and is said word for word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from assistant.brief import Subject
from assistant.remembering import Preference
from customer.day_words import written_day
from customer.request import CustomerRequest, RequestKind, RequestState
from customer.terms import day_of
from feedback.earlier import EarlierConversation
from foundation.language import Language

PL, EN = Language.PL, Language.EN

_ABOUT = {
    Subject.ORDER_STATUS.value: {PL: "status zamówienia", EN: "how an order stands"},
    Subject.CANCELLATION.value: {PL: "anulowanie zamówienia", EN: "cancelling an order"},
    Subject.ORDER_CHANGE.value: {PL: "zmianę w zamówieniu", EN: "changing an order"},
    Subject.ADDRESS.value: {PL: "adres", EN: "an address"},
    Subject.DELIVERY.value: {PL: "dostawę", EN: "delivery"},
    Subject.PAYMENT.value: {PL: "płatność", EN: "a payment"},
    Subject.INVOICE.value: {PL: "fakturę", EN: "an invoice"},
    Subject.REFUND.value: {PL: "zwrot pieniędzy", EN: "a refund"},
    Subject.RETURN.value: {PL: "zwrot towaru", EN: "a return"},
    Subject.COMPLAINT.value: {PL: "reklamację", EN: "a complaint"},
    Subject.ACCOUNT.value: {PL: "konto w sklepie", EN: "the account at the shop"},
    Subject.NEWSLETTER.value: {PL: "newsletter", EN: "the newsletter"},
}
MOST_SUBJECTS = 2
MOST_ARTICLES = 3

_AND = {PL: " i ", EN: " and "}
_LAST = {PL: "Ostatnio, {day}, chodziło o {what}", EN: "Last time, on {day}, it was about {what}"}
_THEN = {PL: "{day} chodziło o {what}", EN: "On {day} it was about {what}"}
_LAST_OF_NOTHING = {PL: "Ostatnia rozmowa była {day}", EN: "The last chat was on {day}"}
_THEN_OF_NOTHING = {PL: "Była też rozmowa {day}", EN: "There was a chat on {day}"}
_ORDERS = {PL: (" (zamówienie {0})", " (zamówienia: {0})"), EN: (" (order {0})", " (orders: {0})")}
_ARTICLES = {
    PL: ("Odpowiedź była z artykułu {0}.", "Odpowiedzi były z artykułów: {0}."),
    EN: ("The answer came from the article {0}.", "The answers came from the articles {0}."),
}
_QUOTED = {PL: "„{0}”", EN: "“{0}”"}
_AGENT = {
    PL: "Odpowiadała wtedy też osoba z obsługi.",
    EN: "A person from the shop answered then, too.",
}
_SCORE = {PL: "Ocena tamtej rozmowy: {0} na 5.", EN: "That chat was rated {0} out of 5."}

_REQUEST = {
    RequestKind.COMPLAINT: {PL: "Reklamacja {0} z {1}: {2}.", EN: "Complaint {0} of {1}: {2}."},
    RequestKind.WITHDRAWAL: {
        PL: "Odstąpienie od umowy {0} z {1}: {2}.",
        EN: "Withdrawal from the contract {0} of {1}: {2}.",
    },
}
_STATE = {
    PL: {
        (RequestKind.COMPLAINT, RequestState.RECEIVED): "przyjęta, czeka na rozpatrzenie",
        (RequestKind.COMPLAINT, RequestState.IN_PROGRESS): "zajmuje się nią osoba z obsługi",
        (RequestKind.COMPLAINT, RequestState.SETTLED): "załatwiona {day}",
        (RequestKind.WITHDRAWAL, RequestState.RECEIVED): "przyjęte, czeka na osobę z obsługi",
        (RequestKind.WITHDRAWAL, RequestState.IN_PROGRESS): "zajmuje się nim osoba z obsługi",
        (RequestKind.WITHDRAWAL, RequestState.SETTLED): "załatwione {day}",
    },
    EN: {
        (kind, state): words
        for kind in RequestKind
        for state, words in (
            (RequestState.RECEIVED, "received, waiting for a person from the shop"),
            (RequestState.IN_PROGRESS, "a person from the shop is working on it"),
            (RequestState.SETTLED, "settled on {day}"),
        )
    },
}
_KEPT = {PL: "Zapamiętane prośby", EN: "Wishes that are kept"}
_WISHES = {
    (Preference.LENGTH, "short"): {PL: "krótkie odpowiedzi", EN: "short answers"},
    (Preference.LENGTH, "full"): {PL: "pełne odpowiedzi", EN: "full answers"},
    (Preference.LANGUAGE, "pl"): {PL: "język polski", EN: "Polish"},
    (Preference.LANGUAGE, "en"): {PL: "język angielski", EN: "English"},
    (Preference.ADDRESS, "formal"): {PL: "forma Pan/Pani", EN: "formal address"},
    (Preference.ADDRESS, "informal"): {PL: "forma „ty”", EN: "informal address"},
    (Preference.NAME, ""): {PL: "imię {0}", EN: "the name {0}"},
}
# A shop may hold the money back until it has the goods, or proof that they were sent: art. 32 ust. 3 ustawy o
# prawach konsumenta. An answer to a complaint is late after 14 days: art. 7a.
_DUE = {
    RequestKind.COMPLAINT: {
        PL: ("Termin na odpowiedź sklepu mija {0}.", "Termin na odpowiedź sklepu minął {0}."),
        EN: ("The shop has until {0} to answer.", "The shop had until {0} to answer."),
    },
    RequestKind.WITHDRAWAL: {
        PL: (
            "Termin na zwrot pieniędzy mija {0}, chyba że sklep czeka jeszcze na towar lub dowód jego "
            "odesłania.",
            "Termin na zwrot pieniędzy minął {0}, chyba że sklep czeka jeszcze na towar lub dowód jego "
            "odesłania.",
        ),
        EN: (
            "The money is due by {0}, unless the shop is still waiting for the goods or for proof that they "
            "were sent.",
            "The money was due by {0}, unless the shop is still waiting for the goods or for proof that they "
            "were sent.",
        ),
    },
}


def conversation_lines(
    told: EarlierConversation,
    language: Language,
    *,
    newest: bool,
    orders: Sequence[str] = (),
    fully: bool = False,
) -> list[str]:
    """Return what an earlier conversation was about.

    Args:
        told: The conversation.
        language: To say it in.
        newest: It is the last one.
        orders: Of the orders told of, those that are the customer's own.
        fully: Say also which articles answered, who spoke and how it was rated.
    """
    what = [_ABOUT[code][language] for code in told.subjects if code in _ABOUT][:MOST_SUBJECTS]
    words = (_LAST if newest else _THEN) if what else (_LAST_OF_NOTHING if newest else _THEN_OF_NOTHING)
    of_orders = _ORDERS[language][len(orders) > 1].format(", ".join(orders)) if orders else ""
    day = written_day(day_of(told.began_at), language)
    about = words[language].format(day=day, what=_AND[language].join(what))
    lines = [f"{about}{of_orders}."]
    articles = [_QUOTED[language].format(title) for title in told.articles[:MOST_ARTICLES]]
    if articles and (fully or not what):
        lines.append(_ARTICLES[language][len(articles) > 1].format(", ".join(articles)))
    if told.with_agent:
        lines.append(_AGENT[language])
    if fully and told.score is not None:
        lines.append(_SCORE[language].format(told.score))
    return lines


def wishes_line(wishes: Mapping[Preference, str], language: Language) -> str:
    """Return which wishes are kept; empty if none is."""
    told = [
        phrase[language].format(value)
        for kind, value in wishes.items()
        if (phrase := _WISHES.get((kind, "" if kind is Preference.NAME else value))) is not None
    ]
    return f"{_KEPT[language]}: {', '.join(told)}." if told else ""


def request_lines(request: CustomerRequest, language: Language, now: datetime) -> list[str]:
    """Return how a request stands, and until when the shop has time; its own words are not repeated."""
    settled = written_day(day_of(request.settled_at), language) if request.settled_at else ""
    state = _STATE[language][request.kind, request.state].format(day=settled).rstrip()
    came = written_day(day_of(request.received_at), language)
    lines = [_REQUEST[request.kind][language].format(request.number, came, state)]
    if request.state is not RequestState.SETTLED:
        last: date = day_of(request.due_at - timedelta(microseconds=1))
        over = request.time_left(now).overdue
        lines.append(_DUE[request.kind][language][over].format(written_day(last, language)))
    return lines
