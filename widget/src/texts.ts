import type { ConnectionState } from "./connection";

/** Every text that the widget itself says, in one language. */
export interface Texts {
  locale: string;
  launcher: string;
  launcherUnread(count: number): string;
  dialog: string;
  assistant: string;
  aiBadge: string;
  you: string;
  agent: string;
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
  interrupted: string;
  typing: string;
  down: string;
  states: Record<ConnectionState, string>;
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
  launcherUnread: (count) => `Zapytaj (nowe wiadomości: ${count})`,
  dialog: "Czat",
  assistant: "Asystent",
  aiBadge: "Asystent AI",
  you: "Ty",
  agent: "Obsługa sklepu",
  close: "Zamknij czat",
  human: "Porozmawiaj z człowiekiem",
  thread: "Rozmowa",
  placeholder: "Napisz pytanie…",
  send: "Wyślij",
  left: (count) => `Pozostało znaków: ${count}`,
  sending: "Wysyłanie",
  sent: "Wysłano",
  failed: "Nie wysłano",
  retry: "Spróbuj ponownie",
  source: "Źródło",
  interrupted: "Odpowiedź przerwana",
  typing: "Odpowiedź w drodze",
  down: "Przewiń do najnowszych",
  states: {
    connecting: "Łączenie… Wiadomość zostanie wysłana po połączeniu.",
    online: "Połączono",
    offline: "Brak połączenia. Wiadomość zostanie wysłana po połączeniu.",
    refused: "Czat jest teraz niedostępny.",
  },
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
  launcherUnread: (count) => `Ask us (new messages: ${count})`,
  dialog: "Chat",
  assistant: "Assistant",
  aiBadge: "AI assistant",
  you: "You",
  agent: "Shop team",
  close: "Close chat",
  human: "Talk to a person",
  thread: "Conversation",
  placeholder: "Type your question…",
  send: "Send",
  left: (count) => `Characters left: ${count}`,
  sending: "Sending",
  sent: "Sent",
  failed: "Not sent",
  retry: "Try again",
  source: "Source",
  interrupted: "Reply interrupted",
  typing: "A reply is on its way",
  down: "Scroll to newest",
  states: {
    connecting: "Connecting… Your message will be sent once connected.",
    online: "Connected",
    offline: "No connection. Your message will be sent once connected.",
    refused: "The chat is not available right now.",
  },
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
