/** Every text that the widget itself says, in one language. */
export interface Texts {
  locale: string;
  launcher: string;
  launcherUnread(count: number): string;
  dialog(assistant: string, shop: string): string;
  assistant: string;
  aiBadge: string;
  you: string;
  agent: string;
  shop: string;
  close: string;
  human: string;
  thread: string;
  placeholder: string;
  send: string;
  left(count: number): string;
  sending: string;
  sent: string;
  failed: string;
  retry: string;
  source: string;
  closeSource: string;
  sourceLanguage: Record<string, string>;
  interrupted: string;
  typing: string;
  down: string;
  today: string;
  yesterday: string;
  connecting: string;
  online: string;
  offline: string;
  refused: string;
  emailTitle: string;
  emailLabel: string;
  emailSubmit: string;
  emailInvalid: string;
  agentJoined(name: string): string;
  agentLeft(name: string): string;
  resolved: string;
  suggestions: string;
}

const pl: Texts = {
  locale: "pl",
  launcher: "Zapytaj",
  launcherUnread: (count) => `Zapytaj, ${count} ${plural(count, "nowa wiadomość", "nowe wiadomości", "nowych wiadomości")}`,
  dialog: (assistant, shop) => (shop ? `Czat: ${assistant}, ${shop}` : `Czat: ${assistant}`),
  assistant: "Asystent",
  aiBadge: "Asystent AI",
  you: "Ty",
  agent: "Obsługa sklepu",
  shop: "Sklep",
  close: "Zamknij czat",
  human: "Porozmawiaj z człowiekiem",
  thread: "Rozmowa",
  placeholder: "Napisz pytanie…",
  send: "Wyślij",
  left: (count) => (count < 0 ? `O ${-count} ${plural(-count, "znak", "znaki", "znaków")} za dużo` : `Zostało ${count} ${plural(count, "znak", "znaki", "znaków")}`),
  sending: "Wysyłanie",
  sent: "Wysłano",
  failed: "Nie wysłano",
  retry: "Spróbuj ponownie",
  source: "Źródło",
  closeSource: "Zamknij źródło",
  sourceLanguage: { en: "po angielsku", pl: "po polsku" },
  interrupted: "Odpowiedź przerwana",
  typing: "Odpowiedź w drodze",
  down: "Przewiń do najnowszych",
  today: "Dzisiaj",
  yesterday: "Wczoraj",
  connecting: "Łączenie… Wiadomość zostanie wysłana po połączeniu.",
  online: "Połączono",
  offline: "Brak połączenia. Wiadomość zostanie wysłana po połączeniu.",
  refused: "Czat jest teraz niedostępny.",
  emailTitle: "Zostaw adres e-mail, a odpowie Ci człowiek.",
  emailLabel: "Twój e-mail",
  emailSubmit: "Zostaw e-mail",
  emailInvalid: "Sprawdź adres, na przykład: imie@poczta.pl",
  agentJoined: (name) => `Rozmowę prowadzi teraz ${name || "osoba z obsługi sklepu"}`,
  agentLeft: (name) => `${name || "Osoba z obsługi"}: koniec udziału w rozmowie`,
  resolved: "Rozmowa zakończona. Możesz pisać dalej w każdej chwili.",
  suggestions: "Podpowiedzi",
};

const en: Texts = {
  locale: "en-GB",
  launcher: "Ask us",
  launcherUnread: (count) => `Ask us, ${count} new ${count === 1 ? "message" : "messages"}`,
  dialog: (assistant, shop) => (shop ? `Chat: ${assistant}, ${shop}` : `Chat: ${assistant}`),
  assistant: "Assistant",
  aiBadge: "AI assistant",
  you: "You",
  agent: "Shop team",
  shop: "Shop",
  close: "Close chat",
  human: "Talk to a person",
  thread: "Conversation",
  placeholder: "Type your question…",
  send: "Send",
  left: (count) => (count < 0 ? `${-count} ${count === -1 ? "character" : "characters"} too many` : `${count} ${count === 1 ? "character" : "characters"} left`),
  sending: "Sending",
  sent: "Sent",
  failed: "Not sent",
  retry: "Try again",
  source: "Source",
  closeSource: "Close source",
  sourceLanguage: { en: "in English", pl: "in Polish" },
  interrupted: "Reply interrupted",
  typing: "A reply is on its way",
  down: "Scroll to newest",
  today: "Today",
  yesterday: "Yesterday",
  connecting: "Connecting… Your message will be sent once connected.",
  online: "Connected",
  offline: "No connection. Your message will be sent once connected.",
  refused: "The chat is not available right now.",
  emailTitle: "Leave your e-mail address and a person will answer you.",
  emailLabel: "Your e-mail",
  emailSubmit: "Leave e-mail",
  emailInvalid: "Please check the address, for example: name@mail.com",
  agentJoined: (name) => `${name || "A person from the shop"} is now in the conversation`,
  agentLeft: (name) => `${name || "The person from the shop"} has left the conversation`,
  resolved: "Conversation closed. You can write again at any time.",
  suggestions: "Suggestions",
};

/** Return the texts for a locale such as `pl-PL`; what is not Polish reads English. */
export function textsFor(locale: string): Texts {
  return /^pl\b/i.test(locale) ? pl : en;
}

/** Polish plural: 1 znak, 2–4 znaki (but not 12–14), 5 znaków. */
export function plural(count: number, one: string, few: string, many: string): string {
  if (count === 1) return one;
  const tens = count % 100;
  return count % 10 >= 2 && count % 10 <= 4 && (tens < 12 || tens > 14) ? few : many;
}
