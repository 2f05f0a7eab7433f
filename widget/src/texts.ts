import type { ConnectionState } from "./connection";
import type { Style } from "./frames";

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
  anew: string;
  emailTitle: string;
  emailLabel: string;
  emailSubmit: string;
  emailInvalid: string;
  emailClose: string;
  person: string;
  /** `place` 0: none to tell. */
  waiting(place: number): string;
  waitingClosed: string;
  withPerson(name: string): string;
  back: string;
  end: string;
  resolved: string;
  rate: string;
  rateAssistant: string;
  ratePerson(name: string): string;
  /** From 1 to 5. */
  scores: string[];
  comment: string;
  rateThanks: string;
  rateChange: string;
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
    erased: "Ta rozmowa została usunięta.",
  },
  anew: "Zacznij nową rozmowę",
  emailTitle: "Zostaw adres e-mail, a odpowie Ci człowiek.",
  emailLabel: "Twój e-mail",
  emailSubmit: "Zostaw e-mail",
  emailInvalid: "Sprawdź adres, na przykład: imie@poczta.pl",
  emailClose: "Zamknij formularz",
  person: "człowiek",
  waiting: (place) => `Rozmowa czeka na człowieka.${place ? ` Miejsce w kolejce: ${place}.` : ""}`,
  waitingClosed: "Rozmowa czeka na człowieka. Obsługa teraz nie pracuje.",
  withPerson: (name) => `Rozmowę prowadzi ${name}`,
  back: "Wróć do asystenta",
  end: "Zakończ rozmowę",
  resolved: "Rozmowa zakończona. Możesz pisać dalej.",
  rate: "Jak oceniasz tę rozmowę?",
  rateAssistant: "Rozmowa z asystentem AI",
  ratePerson: (name) => `Rozmowa z człowiekiem: ${name}`,
  scores: ["bardzo źle", "źle", "ani dobrze, ani źle", "dobrze", "bardzo dobrze"],
  comment: "Komentarz (nieobowiązkowy)",
  rateThanks: "Dziękujemy za ocenę",
  rateChange: "Zmień ocenę",
  suggestions: "Podpowiedzi",
};

// Where nobody is addressed by "ty". Who reads it is not known: no Pan, no Pani. Names of buttons stay.
const formal: Texts = {
  ...pl,
  you: "Moja wiadomość",
  placeholder: "Proszę wpisać pytanie…",
  emailTitle: "Proszę zostawić adres e-mail, a odpowie człowiek.",
  emailLabel: "Adres e-mail",
  emailInvalid: "Proszę sprawdzić adres, na przykład: imie@poczta.pl",
  resolved: "Rozmowa zakończona. Można pisać dalej.",
  rate: "Prosimy o ocenę tej rozmowy",
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
    erased: "This conversation has been deleted.",
  },
  anew: "Start a new conversation",
  emailTitle: "Leave your e-mail address and a person will answer you.",
  emailLabel: "Your e-mail",
  emailSubmit: "Leave e-mail",
  emailInvalid: "Please check the address, for example: name@mail.com",
  emailClose: "Close the form",
  person: "person",
  waiting: (place) => `Your chat is waiting for a person.${place ? ` Place in the queue: ${place}.` : ""}`,
  waitingClosed: "Your chat is waiting for a person. Nobody is at work now.",
  withPerson: (name) => `You are talking to ${name}`,
  back: "Back to the assistant",
  end: "End the chat",
  resolved: "This chat has ended. You can go on writing.",
  rate: "How was this chat?",
  rateAssistant: "With the AI assistant",
  ratePerson: (name) => `With a person: ${name}`,
  scores: ["very bad", "bad", "neither good nor bad", "good", "very good"],
  comment: "Comment (optional)",
  rateThanks: "Thank you for your rating",
  rateChange: "Change it",
  suggestions: "Suggestions",
};

/** Return the texts for a locale such as `pl-PL`; what is not Polish reads English, which has one form of address. */
export function textsFor(locale: string, style: Style = "informal"): Texts {
  if (!/^pl\b/i.test(locale)) return en;
  return style === "informal" ? pl : formal;
}
