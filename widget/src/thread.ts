import { h, icon } from "./dom";
import type { AuthorKind, AuthorView, Citation, EventFrame, QuickReply } from "./frames";
import type { EventItem, Item, LoggedItem, Said } from "./protocol";
import { markForeign, parseBody, type Inline } from "./richtext";
import type { Texts } from "./texts";

/** Everything that the thread draws besides its items. */
export interface ThreadView {
  items: Item[];
  texts: Texts;
  /** The name shown above the assistant's messages. */
  assistant: string;
  /** Said at the top until the log's own disclosure is there. */
  disclosure: string;
  suggestions: readonly QuickReply[];
  typing: boolean;
  /** A form that stands below the newest message. */
  form: HTMLElement | null;
  /** A card that stands in place of the event `seq`. */
  card?: { seq: number; element: HTMLElement } | null;
}

/** What a tap in the thread starts. */
export interface ThreadPort {
  quickReply(reply: QuickReply): void;
  retry(cid: string): void;
}

interface Row {
  element: HTMLLIElement;
  signature: string;
}

/** The list of messages: draws items, keeps those that did not change, and stays at the newest. */
export class Thread {
  readonly element: HTMLElement;
  readonly #list = h("ol.list", { role: "list" });
  readonly #down: HTMLButtonElement;
  readonly #live = h("div.hidden", { role: "log", "aria-live": "polite" });
  #rows = new Map<string, Row>();
  #texts: Texts | null = null;

  constructor(private readonly port: ThreadPort) {
    this.#down = h("button.down", { hidden: true, click: () => this.#scroller.scrollTo(0, this.#scroller.scrollHeight) }, icon("send"));
    const scroller = h("div.scroller", { tabindex: "0", role: "region", scroll: () => this.#watchScroll() }, this.#list);
    this.element = h("div.thread", {}, scroller, this.#down, this.#live);
  }

  get #scroller(): HTMLElement {
    return this.element.firstElementChild as HTMLElement;
  }

  /** Draw the thread anew; rows that are the same keep their elements. */
  show(view: ThreadView): void {
    if (this.#texts !== view.texts) this.#relabel(view.texts);
    const stay = this.#atNewest();
    const held = this.#rows;
    const rows = new Map<string, Row>();
    for (const [key, signature, draw] of this.#plan(view)) {
      const old = this.#rows.get(key);
      if (old?.signature === signature) rows.set(key, old);
      else rows.set(key, { element: replaced(old?.element, draw()), signature });
    }
    this.#place(rows);
    if (stay) this.toNewest();
    // What is asked of the shopper comes into sight, unless it was passed over long ago.
    const newest = [...rows].at(-1);
    if (newest && !held.has(newest[0]) && newest[1].element.querySelector("form")) newest[1].element.scrollIntoView({ block: "nearest" });
    this.#watchScroll();
  }

  /** Let a screen reader say it, once. */
  announce(text: string): void {
    const line = h("p", {}, text);
    this.#live.append(line);
    setTimeout(() => line.remove(), 15_000);
  }

  /**
   * Scroll down, but not past the shopper's question or a person's newest words: a long answer is read from its
   * beginning. Never up: whoever has read on stays there.
   */
  toNewest(): void {
    const begun = this.#list.querySelectorAll<HTMLElement>(".shopper, .agent, .system, .form-row");
    const top = begun[begun.length - 1]?.offsetTop ?? Infinity;
    const { scrollTop, scrollHeight } = this.#scroller;
    this.#scroller.scrollTop = Math.max(scrollTop, Math.min(top - 12, scrollHeight));
  }

  #relabel(texts: Texts): void {
    this.#texts = texts;
    this.#rows.clear();
    this.#scroller.setAttribute("aria-label", texts.thread);
    this.#down.setAttribute("aria-label", texts.down);
  }

  #atNewest(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < 80;
  }

  #watchScroll(): void {
    this.#down.hidden = this.#atNewest();
  }

  #place(rows: Map<string, Row>): void {
    for (const [key, { element }] of this.#rows) if (rows.get(key)?.element !== element) element.remove();
    let next = this.#list.firstElementChild;
    for (const { element } of rows.values()) {
      if (element === next) next = next.nextElementSibling;
      else this.#list.insertBefore(element, next);
    }
    while (next) {
      const after: Element | null = next.nextElementSibling;
      next.remove();
      next = after;
    }
    this.#rows = rows;
  }

  // Key, signature (what a change of redraws the row) and how to draw it, from top to bottom.
  *#plan(view: ThreadView): Generator<[string, string, () => HTMLLIElement]> {
    const { texts } = view;
    const { card } = view;
    const items = view.items.filter((item) => item.type !== "event" || eventText(item, texts) || item.seq === card?.seq);
    const disclosed = items.some((item) => item.type === "event" && item.kind === "disclosure");
    if (view.disclosure && !disclosed) yield ["disclosure", view.disclosure, () => quietLine(view.disclosure, "disclosure")];
    let day = "";
    let speaker = "";
    for (const [index, item] of items.entries()) {
      if (item.type === "event") {
        speaker = "";
        if (card && item.seq === card.seq) yield [item.key, "card", () => h("li.row form-row", {}, card.element)];
        else yield [item.key, "", () => eventLine(item, eventText(item, texts))];
        continue;
      }
      const label = dayLabel(item.type === "msg" ? new Date(item.ts) : new Date(), texts);
      if (label !== day) yield [label, "", () => quietLine(label, "day")];
      const said = speakerOf(item);
      const first = said !== speaker || label !== day;
      const next = items[index + 1];
      const last = !next || speakerOf(next) !== said;
      day = label;
      speaker = said;
      const changing = item.type === "own" ? item.state + item.problem : item.type === "draft" ? item.body + item.interrupted : "";
      yield [item.key, `${item.type} ${first} ${last} ${view.assistant} ${changing}`, () => this.#message(item, first, last, view)];
    }
    if (view.typing) yield ["typing", "", () => typingDots(texts)];
    const replies = quickReplies(view);
    if (replies.length) yield ["replies", JSON.stringify(replies), () => this.#replies(replies, texts)];
    const { form } = view;
    if (form) yield ["form", "", () => h("li.row form-row", {}, form)];
  }

  #message(item: Said, first: boolean, last: boolean, { texts, assistant }: ThreadView): HTMLLIElement {
    const { kind } = item.author;
    const logged = item.type === "msg";
    const row = h(`li.row ${kind}${first ? " first" : ""}`, {
      part: `message message-${kind}`,
      "data-author": kind,
      "data-seq": logged && `${item.seq}`,
      "data-state": item.type === "own" && item.state,
      "data-generated": (item.type === "draft" || (logged && item.generated)) && "true",
    });
    const served = kind === "assistant" || kind === "agent";
    if (served) row.append(avatar(kind, first));
    row.append(
      h(
        "div.stack",
        {},
        // Sighted people see who speaks by side and colour; the name is there for everyone, drawn where a run begins.
        h(first && served ? "div.who" : "div.hidden", {}, nameOf(item.author, texts, assistant)),
        h("div.bubble", { part: `bubble bubble-${kind}`, dir: "auto" }, ...richText(item.body, logged ? item.citations : [], texts)),
        logged && item.citations.length > 0 && sources(item, texts),
        this.#meta(item, last, texts),
      ),
    );
    return row;
  }

  #meta(item: Said, last: boolean, texts: Texts): HTMLElement | null {
    const meta = h("div.meta");
    if (item.type === "own") {
      if (item.state === "failed") {
        meta.classList.add("failed");
        meta.append(h("span", {}, item.problem || texts.failed), h("button.retry", { click: () => this.port.retry(item.key) }, texts.retry));
      } else meta.append(state(item.state === "sent", texts));
      return meta;
    }
    if (item.interrupted) meta.append(texts.interrupted);
    if (item.type === "msg" && last) {
      meta.append(h("time", { datetime: item.ts }, clock(item.ts, texts)));
      if (item.author.kind === "shopper") meta.append(state(true, texts));
    }
    return meta.hasChildNodes() ? meta : null;
  }

  #replies(replies: readonly QuickReply[], texts: Texts): HTMLLIElement {
    const buttons = replies.map((reply) =>
      h("button.pill", { part: "quick-reply", click: () => this.port.quickReply(reply) }, reply.action === "ask_human" ? icon("person") : null, reply.label),
    );
    return h("li.row replies", {}, h("div.pills", { role: "group", "aria-label": texts.suggestions }, ...buttons));
  }
}

/** What an event says in the thread; empty if it is not drawn. */
export function eventText({ kind, content }: EventFrame, texts: Texts): string {
  const text = content["text"];
  if (typeof text === "string" && text && kind !== "note") return text;
  if (kind === "status_changed" && content["to"] === "resolved") return texts.resolved;
  return "";
}

function replaced(old: HTMLLIElement | undefined, fresh: HTMLLIElement): HTMLLIElement {
  // The row was there: it must not come in again with the movement of a new one.
  if (old) fresh.classList.add("settled");
  return fresh;
}

function speakerOf({ author: { kind, name }, type }: Item): string {
  return type === "event" ? "" : `${kind} ${name}`;
}

/** How an author is called in the thread. */
export function nameOf({ kind, name }: AuthorView, texts: Texts, assistant: string): string {
  return { shopper: texts.you, assistant: `${name || assistant} · AI`, agent: name || texts.agent, system: "" }[kind];
}

function richText(body: string, citations: readonly Citation[], { locale }: Texts): HTMLElement[] {
  const inlines = (line: Inline[]) => markForeign(line, citations, locale).map(inline);
  return parseBody(body).map(({ list, lines }) => {
    if (list) return h("ul", {}, ...lines.map((line) => h("li", {}, ...inlines(line))));
    return h("p", {}, ...lines.flatMap((line, index) => (index ? [h("br"), ...inlines(line)] : inlines(line))));
  });
}

function inline({ text, href, lang }: Inline): Node | string {
  if (lang) return h("span", { lang }, text);
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text) : text;
}

function avatar(author: AuthorKind, first: boolean): HTMLElement {
  return h(first ? "div.avatar" : "div.avatar blank", { "aria-hidden": "true" }, first && icon(author === "agent" ? "person" : "window"));
}

function state(sent: boolean, texts: Texts): HTMLElement {
  const label = sent ? texts.sent : texts.sending;
  return h("span.state", {}, icon(sent ? "tick" : "clock"), h("span.hidden", {}, label));
}

// One button an article; a tap opens the quoted words below it.
function sources({ citations }: LoggedItem, texts: Texts): HTMLElement {
  const box = h("div.sources");
  for (const id of new Set(citations.map(({ article_id }) => article_id))) {
    box.append(...source(citations.filter(({ article_id }) => article_id === id), texts));
  }
  return box;
}

function source(citations: Citation[], texts: Texts): HTMLElement[] {
  const { title, language } = citations[0]!;
  const quotes = [...new Set(citations.map(({ quote }) => quote))];
  const foreign = language && !texts.locale.startsWith(language);
  const label = `${texts.source}: ${title}${foreign ? ` (${new Intl.DisplayNames(texts.locale, { type: "language" }).of(language)})` : ""}`;
  const panel = h(
    "div.source-panel",
    { hidden: true, role: "region", "aria-label": label, lang: language || undefined },
    h("strong", {}, title),
    ...quotes.map((quote) => h("blockquote", {}, h("mark", {}, quote))),
  );
  const toggle = () => {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", `${!panel.hidden}`);
    panel.scrollIntoView({ block: "nearest" });
  };
  const button = h("button.source", { "aria-expanded": "false", title: label, click: toggle }, icon("article"), h("span", {}, label));
  return [button, panel];
}

function quietLine(text: string, name: string): HTMLLIElement {
  return h(`li.line ${name}`, { part: name }, h("span", {}, text));
}

function eventLine({ kind, seq }: EventItem, text: string): HTMLLIElement {
  const line = quietLine(text, kind === "disclosure" ? kind : "event");
  line.dataset["seq"] = `${seq}`;
  line.dataset["kind"] = kind;
  return line;
}

function typingDots(texts: Texts): HTMLLIElement {
  const dots = h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  const bubble = h("div.bubble", {}, dots, h("span.hidden", {}, texts.typing));
  return h("li.row assistant first typing", {}, avatar("assistant", true), h("div.stack", {}, bubble));
}

// Only under the newest message, and only while nothing else is under way.
function quickReplies({ items, typing, form, suggestions }: ThreadView): readonly QuickReply[] {
  if (typing || form) return [];
  const said = items.filter((item) => item.type !== "event");
  const newest = said[said.length - 1];
  if (newest?.type === "msg" && newest.quick_replies.length) return newest.quick_replies;
  return said.some((item) => item.author.kind === "shopper") ? [] : suggestions;
}

function dayLabel(ts: Date, { locale }: Texts): string {
  const now = new Date();
  const days = Math.round((new Date(ts).setHours(0, 0, 0, 0) - now.setHours(0, 0, 0, 0)) / 86_400_000);
  if (days > -2) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.min(days, 0), "day");
  const year = ts.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", year }).format(ts);
}

function clock(ts: string, { locale }: Texts): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(new Date(ts));
}
