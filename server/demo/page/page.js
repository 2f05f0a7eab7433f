// The demo shop's page: its language, who chats, and the buttons that ask. What a shop's own page would do
// is in `chatAs`: get a token from its server, hand it to the widget.
"use strict";

window.okienko = window.okienko || [];

const parameters = new URLSearchParams(location.search);
const chooser = document.getElementById("customer");
let customers = [];
let tokenAskedAt = 0;

function language() {
  return document.documentElement.lang;
}

function remember(name, value) {
  if (value) parameters.set(name, value);
  else parameters.delete(name);
  history.replaceState(null, "", `${location.pathname}${parameters.size ? `?${parameters}` : ""}${location.hash}`);
}

function speak(chosen) {
  document.documentElement.lang = chosen;
  document.title = chosen === "pl" ? "Leśna Ścieżka: buty i ubrania na spacer" : "Leśna Ścieżka: shoes and clothes for walks";
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === chosen));
  }
  listCustomers();
}

function listCustomers() {
  const chosen = chooser.value;
  const guest = new Option(language() === "pl" ? "gość" : "a guest", "");
  const options = customers.map((one) => new Option(`${one.name} (${uncapitalised(one[`description_${language()}`])})`, one.id));
  chooser.replaceChildren(guest, ...options);
  chooser.value = chosen;
}

function uncapitalised(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

async function chatAs(customer) {
  if (!customer) {
    window.okienko.push(["reset"]);
    return;
  }
  tokenAskedAt = Date.now();
  const reply = await fetch(`/demo/identity?customer=${encodeURIComponent(customer)}`);
  if (!reply.ok) return;
  const { identity_token } = await reply.json();
  if (chooser.value === customer) window.okienko.push(["setUser", customer, { identity_token }]);
}

async function start() {
  if (parameters.get("lang") === "en") speak("en");
  const reply = await fetch("/demo/customers");
  if (reply.ok) customers = await reply.json();
  listCustomers();
  const known = customers.some(({ id }) => id === parameters.get("customer"));
  if (!known) return;
  chooser.value = parameters.get("customer");
  await chatAs(chooser.value);
}

chooser.addEventListener("change", () => {
  remember("customer", chooser.value);
  void chatAs(chooser.value);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.language) {
    speak(button.dataset.language);
    remember("lang", language() === "en" ? "en" : "");
    window.okienko.push(["setLocale", language()]);
  }
  const words = button.dataset[language()];
  if ("open" in button.dataset) window.okienko.push(["toggle", "open"]);
  if ("ask" in button.dataset) window.okienko.push(["ask", words]);
  if ("prefill" in button.dataset) window.okienko.push(["prefill", words]);
});

// A token lives for an hour; a page may stay open for longer.
document.addEventListener("okienko:error", ({ detail }) => {
  if (detail.code === "identity_refused" && chooser.value && Date.now() - tokenAskedAt > 60_000) void chatAs(chooser.value);
});

void start();
