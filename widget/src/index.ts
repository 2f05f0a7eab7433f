import { OkienkoChat, type ChatEvent } from "./element";

type Call = [name: string, ...values: unknown[]];

/** What `window.okienko` is once the script has loaded. Before that a page may push calls: `okienko.push(["toggle", "open"])`. */
export interface OkienkoApi {
  push(...calls: Call[]): void;
  toggle(state?: "open" | "close"): void;
  setUser(id: string, user?: { identity_token?: string }): void;
  setLocale(locale: string): void;
  reset(): void;
  ask(question: string): void;
  prefill(text: string): void;
  on(name: ChatEvent, listener: (detail: unknown) => void): () => void;
}

// Script attribute → element attribute.
const CONFIGURATION = ["site-key", "locale", "identity-token", "server", "color", "theme"];

function start(script: HTMLScriptElement | null): void {
  if (customElements.get("okienko-chat")) return console.warn("Okienko: the script is on this page twice; the second does nothing.");
  const queued: unknown = window.okienko;
  const chat = document.querySelector<OkienkoChat>("okienko-chat") ?? (document.createElement("okienko-chat") as OkienkoChat);
  configure(chat, script);
  customElements.define("okienko-chat", OkienkoChat);
  customElements.upgrade(chat);
  const api = apiOf(chat);
  window.okienko = api;
  // Listeners that were queued must hear `ready`.
  if (Array.isArray(queued)) api.push(...(queued as Call[]));
  if (!chat.isConnected && chat.getAttribute("site-key")) document.body.append(chat);
}

function configure(chat: HTMLElement, script: HTMLScriptElement | null): void {
  for (const name of CONFIGURATION) {
    const value = script?.getAttribute(`data-${name}`);
    if (value && !chat.hasAttribute(name)) chat.setAttribute(name, value);
  }
  if (!chat.hasAttribute("server") && script?.src) chat.setAttribute("server", new URL(script.src).origin);
}

function apiOf(chat: OkienkoChat): OkienkoApi {
  const api: OkienkoApi = {
    push: (...calls) => calls.forEach(([name, ...values]) => call(api, name, values)),
    toggle: (state) => chat.toggle(state),
    setUser: (id, user) => chat.setUser(id, user),
    setLocale: (locale) => chat.setLocale(locale),
    reset: () => chat.reset(),
    ask: (question) => chat.ask(question),
    prefill: (text) => chat.prefill(text),
    on: (name, listener) => {
      const hear = (event: Event) => listener((event as CustomEvent).detail);
      chat.addEventListener(`okienko:${name}`, hear);
      return () => chat.removeEventListener(`okienko:${name}`, hear);
    },
  };
  return api;
}

function call(api: OkienkoApi, name: string, values: unknown[]): void {
  const method = api[name as keyof OkienkoApi] as ((...values: unknown[]) => unknown) | undefined;
  if (method) method(...values);
  else console.warn(`Okienko: no call ${name}.`);
}

declare global {
  interface Window {
    okienko?: OkienkoApi | Call[];
  }
}

// Only now is the running script known; a page whose body is not parsed yet is waited for.
const script = document.currentScript as HTMLScriptElement | null;
if (document.body) start(script);
else addEventListener("DOMContentLoaded", () => start(script));
