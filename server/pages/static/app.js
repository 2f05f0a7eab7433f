// What every page does: the CSRF token on every request that writes, what to do when a session has ended,
// and one place to say what went wrong.
"use strict";

window.okienkoPage = {
  csrf: document.querySelector('meta[name="csrf"]').content,

  /** Say something for a few seconds; screen readers hear it too. */
  say(text) {
    const toast = document.getElementById("toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { toast.hidden = true; }, 8000);
  },

  /** Go and sign in, and come back. */
  signIn() {
    this.leaving = true;
    location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  },

  /** Fetch, signed: resolves with the reply, or with null after saying why not (`quiet` throws instead). */
  async request(url, { form, signal, quiet } = {}) {
    const options = { signal, headers: { "X-CSRF-Token": this.csrf, Accept: "application/json" } };
    if (form) Object.assign(options, { method: "POST", body: new URLSearchParams(form) });
    const reply = await fetch(url, options).catch((problem) => {
      if (quiet) throw problem;
      return null;
    });
    if (!reply) {
      this.say(document.body.dataset.offline);
      return null;
    }
    if (reply.status === 401) {
      this.signIn();
      return null;
    }
    if (!reply.ok) {
      const { message } = await reply.json().catch(() => ({}));
      if (quiet) throw new Error(message);
      this.say(message || document.body.dataset.failed);
      return null;
    }
    return reply;
  },
};

document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRF-Token"] = okienkoPage.csrf;
});
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 401) return okienkoPage.signIn();
  let message = "";
  try {
    message = JSON.parse(detail.xhr.responseText).message;
  } catch {
    // Not ours: the general sentence will do.
  }
  okienkoPage.say(message || document.body.dataset.failed);
});
document.addEventListener("htmx:sendError", () => okienkoPage.say(document.body.dataset.offline));

// The menu closes when one clicks elsewhere or presses Escape, as people expect of menus.
document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(target)) menu.open = false;
});
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of document.querySelectorAll(".menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// <form data-confirm="Really?"> asks first.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});
