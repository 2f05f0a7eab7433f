"""Every fixed text of the assistant in English, which has one form of address. Data."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.phrase import Phrase

TEXTS: Mapping[Phrase, tuple[str, ...]] = {
    Phrase.GREETING: ("Hello!", "How can I help?"),
    Phrase.THANKS: ("You're welcome!", "If anything else comes up, I'm here."),
    Phrase.ALL_RIGHT: ("All right.", "Should you need anything else, I'm here."),
    Phrase.EMPTY: ("Tell me how I can help – with a delivery, a return or an order, for example.",),
    Phrase.ABOUT_ASSISTANT: (
        "I'm an AI assistant, not a person.",
        "I answer from the shop's own articles, and you can ask for a person at any time.",
    ),
    Phrase.THIRD_LANGUAGE: (
        "I can help you in English or Polish – could you write in one of them?",
        "\nMogę pomóc po polsku lub po angielsku – proszę napisać w jednym z tych języków.",
    ),
    Phrase.ABSTAIN: ("I don't have any information about that.",),
    Phrase.OFFER_PERSON: ("I can pass your question on to a person from the shop.",),
    Phrase.NEAR_TOPICS: (
        "Perhaps it's one of the topics below; if not, I can pass your question on to a person.",
    ),
    Phrase.ASK_BACK: ("I'm not sure what you mean.",),
    Phrase.WHICH_TOPIC: (
        "Is it one of these? If not, I can pass your question on to a person from the shop.",
    ),
    Phrase.HANDOFF_ASKED: ("Of course, I'm passing this on to a person from the shop.",),
    Phrase.HANDOFF_UNSURE: (
        "I don't have any information about that either, so I'm passing this on to a person.",
    ),
    Phrase.HANDOFF_NO_GUESS: ("I'd rather not guess, so I'm passing this on to a person from the shop.",),
    Phrase.SORRY: ("I'm sorry about this.",),
    Phrase.HANDOFF_COMPLAINT: ("I'm also passing this on to a person from the shop.",),
    Phrase.HANDOFF_COMPLAINT_ALONE: (
        "I'm sorry it turned out this way.",
        "A person from the shop is getting your complaint.",
    ),
    Phrase.HANDOFF_UNUSUAL: ("I'm also handing this case to a person from the shop.",),
    Phrase.HANDOFF_UNUSUAL_ALONE: (
        "I'm sorry this happened.",
        "I'm handing this case to a person from the shop.",
    ),
    Phrase.SIGN_IN: (
        "To look up your order I need to know it's yours: sign in to the shop and ask me again.",
    ),
    Phrase.SIGN_IN_HOW: ("If you don't want to sign in, a person from the shop can take over.",),
    Phrase.GUEST_ORDER: (
        "Give me the order number and the e-mail address it was placed with, and I'll check its status.",
    ),
    Phrase.GUEST_ORDER_HOW: ("You can also sign in to the shop, or ask for a person.",),
    Phrase.GUEST_NEED_EMAIL: ("Please give me the e-mail address that the order was placed with, too.",),
    Phrase.GUEST_NEED_NUMBER: (
        "Please give me the order number, too – it's in the e-mail that confirms the order.",
    ),
    Phrase.GUEST_NO_MATCH: (
        "I have no order with that number and that e-mail address.",
        "Please check both – the number is in the e-mail that confirms the order.",
    ),
    Phrase.GUEST_LIMITED: (
        "That was several tries in a row.",
        "Try again in a quarter of an hour, or ask for a person.",
    ),
    Phrase.GUEST_MORE: (
        "I can show the details once you type in a code that I can send to the order's e-mail address.",
    ),
    Phrase.CODE_SENT: (
        "A code is on its way to the order's e-mail address.",
        "Type it in here – it's valid for 10 minutes.",
    ),
    Phrase.CODE_WRONG: ("That isn't the code.", "Please check the digits in the newest e-mail."),
    Phrase.CODE_OVER: ("That code no longer works, but I can send a new one.",),
    Phrase.CODES_LIMITED: (
        "A few codes are on their way already – please check your spam folder, too.",
        "I can send a new one in a quarter of an hour, and you can ask for a person at any time.",
    ),
    Phrase.CODE_NO_MAIL: (
        "I can't send a code by e-mail.",
        "You'll see the details when you sign in to the shop, or a person can help.",
    ),
    Phrase.CODE_RIGHT: ("Thank you, the code is right.",),
    Phrase.RECEIPT_MAILED: ("A confirmation with its text and time is on its way to your e-mail address.",),
    Phrase.RECEIPT_WHERE: ("Please give me an e-mail address to send the confirmation to.",),
    Phrase.WITHDRAWAL_LOOKED_AT: ("A person from the shop will look at the details and write back.",),
    Phrase.NO_SUCH_ORDER: ("There is no order with that number on your account.", "Please check the number."),
    Phrase.NO_ORDERS: ("There are no orders on your account yet.",),
    Phrase.NO_SUCH_ITEM: ("I can't see that item in your orders.",),
    Phrase.ORDERS_UNAVAILABLE: (
        "I can't look at the orders right now.",
        "Try again in a moment, or ask for a person.",
    ),
    Phrase.LATE_PARCEL: ("If the parcel still hasn't come, I can pass this on to a person from the shop.",),
    Phrase.NOT_IN_RECORD: ("The order's record says no more about that.",),
    Phrase.TWO_OPEN: ("You have two orders under way:",),
    Phrase.THREE_OPEN: ("You have three orders under way:",),
    Phrase.NEWEST_OPEN: ("Here are your newest orders under way:",),
    Phrase.THESE_ORDERS: ("Here are those orders:",),
    Phrase.OTHER_LANGUAGE_ONLY: ("I have this only in an article in Polish; here it is in the original:",),
    Phrase.TURN_FAILED: ("Something broke and I can't answer just now.", "Your message is kept."),
    Phrase.PRODUCTS_FOUND: ("From the shop's catalogue I can suggest:",),
    Phrase.PRODUCT_KIND: ("What are you looking for?",),
    Phrase.PRODUCT_GOES_WITH_WHAT: ("What should it go with?",),
    Phrase.PRODUCT_PRICE: ("In what price range?",),
    Phrase.PRODUCT_WHOM: ("Who is it for?",),
    Phrase.PRODUCT_PRICES: ("In the shop's catalogue:",),
    Phrase.PRODUCT_SOME_PRICES: ("Some prices from the catalogue, from the lowest to the highest:",),
    Phrase.PRODUCT_NONE: ("I can't see that in the shop's catalogue.",),
    Phrase.PRODUCT_NONE_AT_PRICE: ("The catalogue has nothing like that at this price.",),
    Phrase.PRODUCT_NO_PAIRS: ("I don't know yet what in the catalogue goes well with that.",),
    Phrase.NOTED_SHORT: ("All right, I'll keep my answers shorter.",),
    Phrase.NOTED_FULL: ("All right, I'll answer in full.",),
    Phrase.NOTED_LANGUAGE: ("All right, I'll answer in English.",),
    Phrase.NOTED_ADDRESS: ("Thank you, I've noted that.",),
    Phrase.NOTED_INFORMAL: ("Sure, no formalities.",),
    Phrase.CONSENT_ASK: ("Shall I remember this for next time?",),
    Phrase.CONSENT_KEPT: ("All right, I'll remember.", "Just write “forget it” and I'll delete it."),
    Phrase.CONSENT_KEPT_TOO: ("I'll remember this for next time, too.",),
    Phrase.CONSENT_DECLINED: ("All right, for this conversation only.",),
    Phrase.FORGOTTEN: (
        "All right, your wishes about the chat are deleted, and I won't use earlier chats.",
        "The conversations themselves stay in the shop's history.",
    ),
    Phrase.NO_SOURCE: ("My last message gave nothing from the shop's articles or records.",),
    Phrase.EARLIER_ASK: (
        "I can use your earlier chats with the shop, but only if you agree.",
        "Shall I do so, now and next time?",
    ),
    Phrase.EARLIER_ON: ("All right, I'll use them.", "Just write “forget it” and I'll stop."),
    Phrase.EARLIER_OFF: ("All right, I won't use earlier chats.",),
    Phrase.EARLIER_NONE: ("I have no earlier chat from this account.",),
    Phrase.EARLIER_SIGN_IN: ("I can see earlier chats only when you are signed in to the shop.",),
    Phrase.EARLIER_WHAT_NOW: ("How can I help with it now?",),
    Phrase.NO_SUCH_REQUEST: ("There is no request with that number on your account.",),
    Phrase.HANDOFF_SOONER: (
        "I don't have any information about that, so I'm passing this on to a person right away.",
    ),
}
