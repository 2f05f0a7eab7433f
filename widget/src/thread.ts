import { h, icon } from "./dom";
import type { AuthorKind, Citation, EventFrame, Msg, QuickReply } from "./frames";
import type { Item } from "./protocol";
import { parseBody, type Inline } from "./richtext";
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
  readonly #list = h("ol", { class: "list", role: "list" });
  readonly #down: HTMLButtonElement;
  readonly #live = h("div", { class: "hidden", role: "log", "aria-live": "polite" });
  #rows = new Map<string, Row>();
  #texts: Texts | null = null;

  constructor(private readonly port: ThreadPort) {
    this.#down = h("button", { class: "down", type: "button", part: "down", hidden: true, click: () => this.toNewest(true) }, icon("down"));
    const scroller = h("div", { class: "scroller", tabindex: "0", role: "region", scroll: () => this.#watchScroll() }, this.#list);
    this.element = h("div", { class: "thread", part: "thread" }, scroller, this.#down, this.#live);
  }

  get #scroller(): HTMLElement {
    return this.element.firstElementChild as HTMLElement;
  }

  /** Draw the thread anew; rows that are the same keep their elements. */
  show(view: ThreadView): void {
    if (this.#texts !== view.texts) this.#relabel(view.texts);
    const stay = this.#atNewest();
    const rows = new Map<string, Row>();
    for (const [key, signature, draw] of this.#plan(view)) {
      const old = this.#rows.get(key);
      if (old?.signature === signature) rows.set(key, old);
      else rows.set(key, { element: replaced(old?.element, draw()), signature });
    }
    this.#place(rows);
    if (stay) this.toNewest();
    this.#watchScroll();
  }

  /** Let a screen reader say it, once. */
  announce(text: string): void {
    const line = h("p", {}, text);
    this.#live.append(line);
    setTimeout(() => line.remove(), 15_000);
  }

  toNewest(smoothly = false): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: smoothly && !calm ? "smooth" : "auto" });
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
    const { items, texts } = view;
    const disclosed = items.some((item) => item.type === "event" && item.frame.kind === "disclosure");
    if (view.disclosure && !disclosed) yield ["disclosure", view.disclosure, () => quietLine(view.disclosure, "disclosure")];
    let day = "";
    let speaker = "";
    for (const [index, item] of items.entries()) {
      const ts = item.type === "msg" || item.type === "event" ? new Date(item.frame.ts) : new Date();
      const line = item.type === "event" ? eventText(item.frame, texts) : "";
      if (item.type === "event" && !line) continue;
      const date = ts.toDateString();
      if (date !== day && item.type !== "event") {
        yield [`day ${date}`, dayLabel(ts, texts), () => quietLine(dayLabel(ts, texts), "day")];
        day = date;
        speaker = "";
      }
      if (item.type === "event") {
        speaker = "";
        yield [item.key, line, () => eventLine(item.frame, line)];
        continue;
      }
      const said = speakerOf(item);
      const first = said !== speaker;
      speaker = said;
      const next = items[index + 1];
      const last = !next || next.type === "event" || speakerOf(next) !== said;
      const own = item.type === "own" ? item.state + item.problem : "";
      const draft = item.type === "draft" ? `${item.body}${item.interrupted}` : "";
      const signature = `${item.type} ${first} ${last} ${view.assistant} ${own}${draft}`;
      yield [item.key, signature, () => this.#message(item, first, last, view)];
    }
    if (view.typing) yield ["typing", texts.typing, () => typingDots(texts)];
    const replies = quickReplies(view);
    if (replies.length) yield ["replies", JSON.stringify(replies), () => this.#replies(replies, texts)];
    const { form } = view;
    if (form) yield ["form", "", () => h("li", { class: "row form-row" }, form)];
  }

  #message(item: Exclude<Item, { type: "event" }>, first: boolean, last: boolean, view: ThreadView): HTMLLIElement {
    const { texts } = view;
    const author: AuthorKind = item.type === "msg" ? item.frame.author.kind : item.type === "own" ? "shopper" : "assistant";
    const generated = item.type === "draft" || (item.type === "msg" && item.frame.generated);
    const name = displayName(item, view);
    const body = item.type === "draft" ? item.body : item.frame.body;
    const row = h("li", { class: `row ${author}${first ? " first" : ""}${last ? " last" : ""}`, part: `message message-${author}`, "data-author": author });
    if (item.type === "msg") row.dataset["seq"] = `${item.frame.seq}`;
    if (item.type === "draft") row.dataset["draft"] = item.interrupted ? "interrupted" : "true";
    if (item.type === "own") row.dataset["state"] = item.state;
    if (generated) row.dataset["generated"] = "true";
    const stack = h("div", { class: "stack" });
    // Sighted people see who speaks by side and colour; the name is there for everyone, drawn where a run begins.
    stack.append(h("div", { class: first && author !== "shopper" && author !== "system" ? "who" : "hidden" }, name));
    stack.append(h("div", { class: "bubble", part: `bubble bubble-${author}`, dir: "auto" }, ...richText(body)));
    if (item.type === "msg") stack.append(...sources(item.frame, texts));
    stack.append(...this.#meta(item, last, texts));
    if (author === "assistant" || author === "agent") row.append(avatar(author, first));
    row.append(stack);
    return row;
  }

  #meta(item: Exclude<Item, { type: "event" }>, last: boolean, texts: Texts): HTMLElement[] {
    const interrupted = (item.type === "msg" && item.frame.interrupted) || (item.type === "draft" && item.interrupted);
    const meta = h("div", { class: "meta", part: "meta" });
    if (interrupted) meta.append(h("span", {}, texts.interrupted));
    if (item.type === "msg" && (last || interrupted)) {
      const ts = new Date(item.frame.ts);
      meta.append(h("time", { datetime: item.frame.ts }, clock(ts, texts)));
      if (item.frame.author.kind === "shopper") meta.append(state("tick", texts.sent));
    }
    if (item.type === "own" && item.state !== "failed") meta.append(item.state === "sent" ? state("tick", texts.sent) : state("clock", texts.sending));
    if (item.type === "own" && item.state === "failed") {
      meta.classList.add("failed");
      const retry = () => this.port.retry(item.key);
      meta.append(icon("warning"), h("span", {}, item.problem || texts.failed), h("button", { type: "button", class: "retry", click: retry }, texts.retry));
    }
    return meta.childNodes.length ? [meta] : [];
  }

  #replies(replies: readonly QuickReply[], texts: Texts): HTMLLIElement {
    const buttons = replies.map((reply) =>
      h("button", { type: "button", class: "pill", part: "quick-reply", click: () => this.port.quickReply(reply) }, reply.action === "ask_human" ? icon("person") : null, reply.label),
    );
    return h("li", { class: "row replies", part: "quick-replies" }, h("div", { role: "group", "aria-label": texts.suggestions, class: "pills" }, ...buttons));
  }
}

/** The texts of a message as a screen reader should say it: who, then what. */
export function spokenMessage(frame: Msg, texts: Texts, assistant: string): string {
  const item: Item = { type: "msg", key: "", frame };
  const name = displayName(item, { assistant, texts });
  return name ? `${name}: ${frame.body}` : frame.body;
}

/** What an event says in the thread; empty if it is not drawn. */
export function eventText({ kind, content, author }: EventFrame, texts: Texts): string {
  const text = content["text"];
  if (typeof text === "string" && text && kind !== "note") return text;
  if (kind === "agent_joined") return texts.agentJoined(author.name);
  if (kind === "agent_left") return texts.agentLeft(author.name);
  if (kind === "status_changed" && content["status"] === "resolved") return texts.resolved;
  return "";
}

function replaced(old: HTMLLIElement | undefined, fresh: HTMLLIElement): HTMLLIElement {
  // The row was there: it must not come in again with the movement of a new one.
  if (old) fresh.classList.add("settled");
  return fresh;
}

function speakerOf(item: Item): string {
  if (item.type === "msg") return `${item.frame.author.kind} ${item.frame.author.name}`.trim();
  return item.type === "draft" ? "assistant" : item.type === "own" ? "shopper" : "";
}

function displayName(item: Exclude<Item, { type: "event" }>, { assistant, texts }: Pick<ThreadView, "assistant" | "texts">): string {
  const author = item.type === "msg" ? item.frame.author : { kind: item.type === "own" ? "shopper" : "assistant", name: "" };
  if (author.kind === "shopper") return texts.you;
  if (author.kind === "assistant") return assistant === texts.aiBadge ? assistant : `${author.name || assistant} · AI`;
  if (author.kind === "agent") return author.name || texts.agent;
  return "";
}

function richText(body: string): HTMLElement[] {
  return parseBody(body).map((block) => {
    if (block.kind === "list") return h(block.ordered ? "ol" : "ul", {}, ...block.items.map((item) => h("li", {}, ...inlines(item))));
    const lines = block.lines.flatMap((line, index) => (index ? [h("br"), ...inlines(line)] : inlines(line)));
    return h("p", {}, ...lines);
  });
}

function inlines(pieces: Inline[]): (Node | string)[] {
  return pieces.map(({ text, href }) => (href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, text) : text));
}

function avatar(author: AuthorKind, first: boolean): HTMLElement {
  return h("div", { class: `avatar${first ? "" : " blank"}`, "aria-hidden": "true" }, first && icon(author === "agent" ? "person" : "window"));
}

function state(name: "tick" | "clock", label: string): HTMLElement {
  return h("span", { class: "state", title: label }, icon(name), h("span", { class: "hidden" }, label));
}

// One button an article; a tap opens the quoted words below it.
function sources(frame: Msg, texts: Texts): HTMLElement[] {
  const articles = new Map<string, Citation[]>();
  for (const citation of frame.citations) {
    const quotes = articles.get(citation.article_id) ?? [];
    if (!quotes.some(({ quote }) => quote === citation.quote)) quotes.push(citation);
    articles.set(citation.article_id, quotes);
  }
  if (!articles.size) return [];
  const box = h("div", { class: "sources", part: "sources" });
  for (const citations of articles.values()) box.append(...source(citations, texts));
  return [box];
}

function source(citations: Citation[], texts: Texts): HTMLElement[] {
  const { title, language } = citations[0]!;
  const foreign = language && !texts.locale.startsWith(language) ? texts.sourceLanguage[language] : undefined;
  const panel = h(
    "div",
    { class: "source-panel", part: "source-panel", hidden: true, role: "region", "aria-label": `${texts.source}: ${title}` },
    h("strong", {}, title),
    ...citations.map(({ quote }) => h("blockquote", language ? { lang: language } : {}, h("mark", {}, quote))),
  );
  const label = `${texts.source}: ${title}${foreign ? ` (${foreign})` : ""}`;
  const button = h("button", { type: "button", class: "source", part: "source", "aria-expanded": "false", title: label }, icon("article"), h("span", {}, label));
  button.addEventListener("click", () => {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", `${!panel.hidden}`);
    if (!panel.hidden) panel.scrollIntoView({ block: "nearest" });
  });
  return [button, panel];
}

function quietLine(text: string, name: string): HTMLLIElement {
  return h("li", { class: `line ${name}`, part: name }, h("span", {}, text));
}

function eventLine(frame: EventFrame, text: string): HTMLLIElement {
  const line = quietLine(text, frame.kind === "disclosure" ? "disclosure" : "event");
  line.dataset["seq"] = `${frame.seq}`;
  line.dataset["kind"] = frame.kind;
  return line;
}

function typingDots(texts: Texts): HTMLLIElement {
  const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  const bubble = h("div", { class: "bubble" }, dots, h("span", { class: "hidden" }, texts.typing));
  return h("li", { class: "row assistant first last typing", part: "typing" }, avatar("assistant", true), h("div", { class: "stack" }, bubble));
}

// Only under the newest message, and only while nothing else is under way.
function quickReplies(view: ThreadView): readonly QuickReply[] {
  if (view.typing || view.form) return [];
  const said = view.items.filter((item) => item.type !== "event");
  const newest = said[said.length - 1];
  if (newest?.type === "msg" && newest.frame.quick_replies.length) return newest.frame.quick_replies;
  return said.some((item) => speakerOf(item).startsWith("shopper")) ? [] : view.suggestions;
}

function dayLabel(ts: Date, texts: Texts): string {
  const now = new Date();
  const daysAgo = Math.round((startOfDay(now) - startOfDay(ts)) / 86_400_000);
  if (daysAgo === 0) return texts.today;
  if (daysAgo === 1) return texts.yesterday;
  const year = ts.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(texts.locale, { weekday: "long", day: "numeric", month: "long", ...year }).format(ts);
}

function startOfDay(ts: Date): number {
  return new Date(ts.getFullYear(), ts.getMonth(), ts.getDate()).getTime();
}

function clock(ts: Date, texts: Texts): string {
  return new Intl.DateTimeFormat(texts.locale, { hour: "2-digit", minute: "2-digit" }).format(ts);
}
