"""What the codes of the log, of orders and of the assistant are called, on every page."""

from __future__ import annotations

from foundation.language import Language

PL, EN = Language.PL, Language.EN

CODE_TEXTS: dict[str, dict[Language, str]] = {
    # How a conversation stands
    "status.pending": {PL: "odpowiada asystent", EN: "with the assistant"},
    "status.open": {PL: "u obsługi", EN: "with people"},
    "status.snoozed": {PL: "odłożona", EN: "snoozed"},
    "status.resolved": {PL: "zakończona", EN: "resolved"},
    # Why a person is called
    "reason.pilot": {PL: "Na czacie odpowiadają ludzie", EN: "People answer this chat"},
    "reason.assistant_off": {PL: "Asystent wyłączony", EN: "Assistant is off"},
    "reason.agent_removed": {PL: "Konto prowadzącej osoby usunięte", EN: "The agent's account was removed"},
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
}
