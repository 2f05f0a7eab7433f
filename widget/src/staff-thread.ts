// The widget's thread as the desk shows it: `<okienko-thread>` (built as server/pages/static/thread.js).
import { h } from "./dom";
import type { EventFrame, Msg } from "./frames";
import type { EventItem, LoggedItem } from "./protocol";
import { dress } from "./style";
import { textsFor, type Texts } from "./texts";
import { Thread } from "./thread";
import css from "./staff-thread.css";

type Frame = Msg | EventFrame;

/**
 * A conversation for staff: both audiences, notes and all. The shop's side stands right, the shopper left.
 *
 * Attributes: `locale`, `shopper` (their name), `assistant` (its name), `texts` (JSON: what lines say, from the
 * server). `receive` takes frames whose `seq` is their place in the whole log. A suggestion that is taken comes
 * out as the event `okienko:use` with its `body`.
 */
export class OkienkoThread extends HTMLElement {
  #items: (LoggedItem | EventItem)[] = [];
  #notes = new Map<number, EventFrame>();
  #last = 0;
  #own: Record<string, string> = {};
  #texts: Texts = textsFor("");
  readonly #thread = new Thread({ quickReply: () => {}, retry: () => {} });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    dress(root);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    root.append(this.#thread.element);
  }

  connectedCallback(): void {
    this.#own = JSON.parse(this.getAttribute("texts") || "{}") as Record<string, string>;
    this.#texts = { ...textsFor(this.getAttribute("locale") ?? ""), you: this.getAttribute("shopper") ?? "" };
    this.#draw();
  }

  /** The highest `seq` held. */
  get last(): number {
    return this.#last;
  }

  /** Add what is new, in order; what is known is left alone. Fresh words of the shopper are announced. */
  receive(frames: Frame[]): void {
    const before = this.#last;
    for (const frame of frames) {
      if (frame.seq <= this.#last) continue;
      this.#last = frame.seq;
      this.#items.push(this.#item(frame));
      if (before && frame.type === "msg" && frame.author.kind === "shopper") this.#thread.announce(`${this.#texts.you}: ${frame.body}`);
    }
    if (this.#last === before) return;
    const stay = !before || this.#atEnd();
    this.#draw();
    if (stay) this.toEnd();
  }

  /** Show the newest words. */
  toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  get #scroller(): HTMLElement {
    return this.#thread.element.firstElementChild as HTMLElement;
  }

  #atEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < 120;
  }

  #item(frame: Frame): LoggedItem | EventItem {
    const key = `${frame.seq}`;
    if (frame.type === "msg") return { ...frame, key };
    if (frame.kind !== "note") return { ...frame, key, content: { ...frame.content, text: this.#line(frame) } };
    this.#notes.set(frame.seq, frame);
    const { author, content, ts } = frame;
    const label = this.#say(content["suggestion"] ? "suggestion" : "note", { name: author.name });
    const citations = (content["citations"] as Msg["citations"] | undefined) ?? [];
    const body = `${content["body"] ?? ""}`;
    // A name of its own keeps a note from running on into its author's messages.
    return { type: "msg", key, seq: frame.seq, author: { kind: "agent", name: label }, body, citations, quick_replies: [], ts, generated: !!content["suggestion"], interrupted: false };
  }

  // What the line of an event says; empty if it has none.
  #line({ kind, author, content }: EventFrame): string {
    const name = `${content["name"] || author.name}`;
    switch (kind) {
      case "disclosure":
        return `${content["text"] ?? ""}`;
      case "handoff_requested":
        if (content["email_left"]) return this.#say("email_left", { email: `${content["email"]}` });
        return this.#say("handoff", { reason: this.#own[`reason.${content["reason"]}`] ?? `${content["reason"]}` });
      case "assigned":
        return this.#say("assigned", { name });
      case "agent_left":
        return this.#say("agent_left", { name });
      case "status_changed":
        return content["to"] === "resolved" ? this.#say(`resolved.${content["by"]}`, { name: author.name }) : "";
      case "customer_identified":
        return this.#say("identified", { name });
      case "rating":
        return this.#say("rating", { score: `${content["score"]}`, comment: content["comment"] ? ` ${content["comment"]}` : "" });
      default:
        return "";
    }
  }

  #say(key: string, places: Record<string, string> = {}): string {
    return (this.#own[`thread.${key}`] ?? "").replace(/\{(\w+)\}/g, (_, place: string) => places[place] ?? "");
  }

  #draw(): void {
    if (!this.isConnected) return;
    this.#thread.show({
      items: this.#items,
      texts: this.#texts,
      assistant: this.getAttribute("assistant") || this.#texts.assistant,
      disclosure: "",
      suggestions: [],
      typing: false,
      form: null,
    });
    for (const [seq, note] of this.#notes) {
      const row = this.#thread.element.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
      if (row && row.dataset["author"] !== "note") this.#dressNote(row, note);
    }
  }

  #dressNote(row: HTMLElement, { content }: EventFrame): void {
    row.dataset["author"] = "note";
    row.classList.add("note");
    if (!content["suggestion"]) return;
    row.classList.add("suggestion");
    const use = () => this.dispatchEvent(new CustomEvent("okienko:use", { detail: { body: `${content["body"] ?? ""}` }, bubbles: true }));
    row.querySelector(".stack")!.append(h("button.use", { click: use }, this.#say("use")));
  }
}

if (!customElements.get("okienko-thread")) customElements.define("okienko-thread", OkienkoThread);
