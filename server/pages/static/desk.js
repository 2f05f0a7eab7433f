// The desk: keeps the list and the open thread live by long polls, and does what the agent's buttons say.
"use strict";

(() => {
  const desk = document.getElementById("desk");
  const page = window.okienkoPage;
  const locale = document.documentElement.lang;
  const WAIT_SECONDS = 20;

  const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

  // A poll that answers at once again and again would spin: a failed one waits, longer each time.
  async function forever(signal, once) {
    let failures = 0;
    while (!signal.aborted && !page.leaving) {
      try {
        await once();
        if (failures) document.getElementById("toast").hidden = true;
        failures = 0;
      } catch {
        if (signal.aborted || page.leaving) return;
        failures += 1;
        if (failures > 1) page.say(document.body.dataset.offline);
        await pause(Math.min(15, 2 ** failures));
      }
    }
  }

  // Waiting times

  function since(moment) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(moment)) / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const two = (number) => `${number}`.padStart(2, "0");
    if (hours >= 48) return new Intl.RelativeTimeFormat(locale).format(-Math.floor(hours / 24), "day");
    return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  }

  function ago(moment) {
    const seconds = (Date.parse(moment) - Date.now()) / 1000;
    const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
    if (seconds > -60) return format.format(0, "second");
    if (seconds > -3600) return format.format(Math.round(seconds / 60), "minute");
    if (seconds > -86400) return format.format(Math.round(seconds / 3600), "hour");
    return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(new Date(moment));
  }

  function tick() {
    for (const time of desk.querySelectorAll("[data-since]")) {
      time.textContent = since(time.dataset.since);
      time.parentElement.classList.toggle("wait-long", Date.now() - Date.parse(time.dataset.since) > 600_000);
    }
    for (const time of desk.querySelectorAll("[data-ago]")) time.textContent = ago(time.dataset.ago);
  }
  setInterval(tick, 1000);
  tick();

  // The list

  const list = document.getElementById("list");
  let listPoll = new AbortController();

  function shownList() {
    return list.querySelector(".list").dataset;
  }

  function showList(html) {
    const focused = document.activeElement?.closest("#list [data-case], #list [data-tab-link]");
    const key = focused && (focused.dataset.case ? `[data-case="${focused.dataset.case}"]` : `[data-tab-link="${focused.dataset.tabLink}"]`);
    const top = list.querySelector(".chats")?.scrollTop ?? 0;
    list.innerHTML = html; // Our own server's, where every value was escaped.
    const chats = list.querySelector(".chats");
    if (chats) chats.scrollTop = top;
    if (key) list.querySelector(key)?.focus({ preventScroll: true });
    mark();
    tick();
    const { waiting } = shownList();
    document.title = (waiting > 0 ? `(${waiting}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  }

  function mark() {
    const id = open()?.dataset.id;
    for (const link of list.querySelectorAll("[data-case]")) {
      if (link.dataset.case === id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  async function fetchList(tab, etag, wait, signal) {
    const reply = await page.request(`/desk/list?${new URLSearchParams({ tab, etag, wait })}`, { signal, quiet: true });
    if (reply && reply.status !== 204 && !signal.aborted) showList(await reply.text());
  }

  function followList() {
    listPoll.abort();
    const { signal } = (listPoll = new AbortController());
    return forever(signal, () => fetchList(shownList().tab, shownList().etag, WAIT_SECONDS, signal));
  }

  async function showTab(tab) {
    listPoll.abort();
    listPoll = new AbortController();
    try {
      await fetchList(tab, "", 0, listPoll.signal);
    } catch {
      page.say(document.body.dataset.offline);
    }
    followList();
  }

  // The open conversation

  let casePoll = new AbortController();
  const QUIET = new Set(["msg", "note", "rating", "disclosure"]);

  function open() {
    return document.querySelector("#case .case");
  }

  function enter() {
    mark();
    casePoll.abort();
    if (!open()) return;
    open().addEventListener("okienko:use", ({ detail }) => fill(detail.body));
    setMode("reply");
    follow();
  }

  function follow() {
    casePoll.abort();
    const { signal } = (casePoll = new AbortController());
    const shown = open();
    const thread = shown.querySelector("okienko-thread");
    forever(signal, async () => {
      const query = new URLSearchParams({ since: thread.last, wait: WAIT_SECONDS, visible: !document.hidden });
      const reply = await page.request(`/desk/c/${shown.dataset.id}/events?${query}`, { signal, quiet: true });
      if (!reply) return casePoll.abort();
      const { frames } = await reply.json();
      if (signal.aborted) return;
      const first = thread.last === 0;
      thread.receive(frames);
      if (!first && frames.some((frame) => !QUIET.has(frame.kind ?? frame.type))) await refresh();
    });
  }

  // Who has it, and what is known: drawn anew without touching what is being written.
  async function refresh() {
    const shown = open();
    if (!shown) return;
    for (const [part, id] of [["head", "head"], ["customer", "customer"]]) {
      const reply = await page.request(`/desk/c/${shown.dataset.id}/${part}`, { quiet: true }).catch(() => null);
      if (!reply || open() !== shown) return; // The next event asks again.
      const place = document.getElementById(id);
      const unfolded = [...place.querySelectorAll("details[open]")].length > 0;
      if (part === "customer" && unfolded) continue; // Somebody is reading an order.
      const focused = place.contains(document.activeElement);
      place.innerHTML = await reply.text(); // As above.
      if (focused) (part === "head" ? shown.querySelector("textarea:enabled") ?? place.querySelector("button") : null)?.focus();
    }
    setMode(composer().dataset.mode);
    tick();
  }

  async function openCase(id, tab, push = true) {
    const url = `/desk/c/${id}${tab ? `?tab=${tab}` : ""}`;
    const target = document.getElementById("case");
    await htmx.ajax("GET", url, { target, swap: "innerHTML" });
    if (push) history.pushState({ id }, "", url);
    show("thread");
    enter();
    open()?.querySelector("textarea:enabled, [data-act]")?.focus({ preventScroll: true });
  }

  function show(view) {
    desk.dataset.show = view;
    if (view === "list") list.querySelector("[aria-current=true], [data-case]")?.focus({ preventScroll: true });
    if (view === "thread") open()?.querySelector("okienko-thread").toEnd?.();
  }

  // Actions

  async function act(name, fields = {}) {
    const shown = open();
    const url = `/desk/c/${shown.dataset.id}/${name}`;
    const reply = await fetch(url, {
      method: "POST",
      headers: { "X-CSRF-Token": page.csrf, Accept: "application/json" },
      body: new URLSearchParams(fields),
    }).catch(() => null);
    if (reply?.ok) return true;
    if (reply?.status === 401) page.signIn();
    const said = reply ? await reply.json().catch(() => ({})) : {};
    if (said.owner) page.say(desk.dataset.taken.replace("{name}", said.owner));
    else page.say(reply ? said.message || document.body.dataset.failed : document.body.dataset.offline);
    if (reply && reply.status !== 401) await refresh();
    return false;
  }

  function composer() {
    return document.getElementById("composer");
  }

  function setMode(mode) {
    const form = composer();
    if (!form) return;
    form.dataset.mode = mode;
    const mine = document.querySelector("#head .case-head").dataset.mine === "true";
    for (const button of form.querySelectorAll(".mode")) button.setAttribute("aria-pressed", `${button.dataset.mode === mode}`);
    const { body } = form.elements;
    const closed = mode === "reply" && !mine;
    body.disabled = closed;
    body.placeholder = closed ? body.dataset.closed : body.dataset[mode];
    form.querySelector(".button").disabled = closed;
  }

  function fill(text) {
    setMode("reply");
    const { body } = composer().elements;
    body.value = text;
    measure(body);
    if (!body.disabled) body.focus();
  }

  function measure(body) {
    body.style.height = "auto";
    body.style.height = `${body.scrollHeight + 2}px`;
  }

  // randomUUID exists on https and localhost only; a shop may try things out in its own network.
  function newCid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function send(form) {
    const { body } = form.elements;
    const text = body.value.trim();
    if (!text || form.dataset.sending) return;
    // The same words sent again after a failure are the same message.
    if (form.dataset.cidOf !== text) Object.assign(form.dataset, { cid: newCid(), cidOf: text });
    form.dataset.sending = "true";
    const done = await act(form.dataset.mode, { body: text, cid: form.dataset.cid });
    delete form.dataset.sending;
    if (!done || !form.isConnected) return;
    if (body.value.trim() === text) body.value = "";
    delete form.dataset.cidOf;
    measure(body);
    open().querySelector("okienko-thread").toEnd();
    body.focus();
  }

  document.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const target = event.target.closest("a, button");
    if (!target) return;
    const { case: id, tabLink, go, mode, act: name } = target.dataset;
    if (!id && !tabLink && !go && !mode && !name) return;
    event.preventDefault();
    if (id) await openCase(id, target.closest("#list") ? shownList().tab : "all");
    else if (tabLink) await showTab(tabLink);
    else if (go) show(go);
    else if (mode) {
      setMode(mode);
      composer().elements.body.focus();
    } else if (name) {
      target.disabled = true;
      const done = await act(name);
      target.disabled = false;
      if (done) await refresh();
      if (done && name === "take") composer().elements.body.focus();
    }
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.id === "composer") {
      event.preventDefault();
      await send(form);
    } else if (form.dataset.act) {
      event.preventDefault();
      if (await act(form.dataset.act, Object.fromEntries(new FormData(form)))) {
        form.closest("details").open = false;
        await refresh();
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "body" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    composer().requestSubmit();
  });
  document.addEventListener("input", ({ target }) => {
    if (target.id === "body") measure(target);
  });

  addEventListener("popstate", () => location.reload());
  addEventListener("pagehide", () => {
    listPoll.abort();
    casePoll.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && open()) follow(); // What came meanwhile is read now.
  });

  followList();
  enter();
})();
