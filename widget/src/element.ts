import { Bar } from "./bar";
import { Chat } from "./chat";
import { Composer } from "./composer";
import { h, icon } from "./dom";
import { EmailForm } from "./form";
import { MAX_BODY_CHARS, type EventFrame, type Msg, type QuickReply, type Style } from "./frames";
import type { Lasting } from "./outbox";
import { RatingCard } from "./rating";
import { standingOf, type Rating } from "./standing";
import { colour, dress } from "./style";
import { textsFor, type Texts } from "./texts";
import { eventText, nameOf, Thread } from "./thread";

/** Names of what the element tells the page, as `okienko:<name>`. */
export type ChatEvent = "ready" | "opened" | "closed" | "message" | "unread" | "error";

const HASTY_MS = 500;

/**
 * `<okienko-chat site-key="…">`: the launcher and the chat.
 *
 * Attributes: `site-key`, `server` (default: the page's origin), `locale`, `identity-token`, `color`, `theme`
 * (`light`, `dark`, else the system's), `open`. Nothing is requested or stored before the shopper opens it.
 */
export class OkienkoChat extends HTMLElement {
  static readonly observedAttributes = ["locale", "identity-token", "color", "open"];

  #texts: Texts = textsFor("");
  #chat: Chat | null = null;
  #style: Style | undefined;
  #unread = 0;
  #form: EmailForm | null = null;
  #formSeq = 0;
  #dismissed = 0;
  #acted = 0;
  #card: RatingCard | null = null;
  #frame = 0;
  #gone: AbortController | null = null;

  readonly #badge = h("span.unread", { hidden: true });
  readonly #launcherText = h("span.launcher-text", {});
  readonly #launcher = h("button.launcher", { "aria-haspopup": "dialog", click: () => this.toggle("open") },
    icon("window"),
    this.#launcherText,
    this.#badge,
  );
  readonly #name = h("strong.name");
  readonly #aiBadge = h("span.ai");
  readonly #shop = h("span");
  readonly #dot = h("span.dot");
  readonly #dotText = h("span.hidden");
  readonly #closeButton = h("button.close", { click: () => this.toggle("close") }, icon("close"));
  readonly #thread = new Thread({
    quickReply: (reply) => this.#quickReply(reply),
    retry: (cid) => this.#chat?.retry(cid),
  });
  readonly #banner = h("p.banner", { role: "status", hidden: true });
  readonly #anew = h("button.primary anew", { click: () => this.#begin() });
  readonly #bar = new Bar((action) => this.#act(action), () => this.#reopenForm());
  readonly #emblem = h("div.emblem", { "aria-hidden": "true" }, icon("window"), icon("person"));
  readonly #composer = new Composer({
    send: (text) => this.#say(text),
    typing: () => this.#chat?.writing(),
  });
  readonly #panel = h("section.panel", { role: "dialog", tabindex: "-1", hidden: true },
    // No <header> nor <footer>: those would be landmarks, and rival the page's own.
    h("div.header", {},
      this.#emblem,
      h("div.titles", {}, h("div.title", {}, this.#name, this.#aiBadge), h("div.subtitle", {}, this.#dot, this.#dotText, this.#shop)),
      this.#closeButton,
    ),
    this.#thread.element,
    this.#banner,
    this.#anew,
    h("div.footer", {}, this.#bar.element, this.#composer.element),
  );

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    dress(root);
    root.append(this.#launcher, this.#panel);
    this.#panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) this.toggle("close");
      event.stopPropagation(); // The page's own shortcuts are not meant while somebody writes here.
    });
  }

  connectedCallback(): void {
    this.#relabel();
    colour(this, this.getAttribute("color"));
    const { signal } = (this.#gone = new AbortController());
    visualViewport?.addEventListener("resize", () => this.#fit(), { signal });
    visualViewport?.addEventListener("scroll", () => this.#fit(), { signal });
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    if (this.hasAttribute("open")) this.#open();
    this.#emit("ready");
  }

  disconnectedCallback(): void {
    this.#gone?.abort();
    this.#gone = null;
    this.#chat?.close();
    this.#chat = null;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (!this.#gone || before === now) return;
    if (name === "color") colour(this, now);
    else if (name === "open") now === null ? this.#close() : this.#open();
    else {
      if (name === "locale") this.#relabel();
      this.#chat?.renew();
    }
  }

  /** Open or close; without an argument, whichever it is not. */
  toggle(state?: "open" | "close"): void {
    this.toggleAttribute("open", state ? state === "open" : !this.hasAttribute("open"));
  }

  /** Say who is signed in, by a token that the shop has signed. Without a token: nobody. */
  setUser(_id: string, { identity_token }: { identity_token?: string } = {}): void {
    if (identity_token) this.setAttribute("identity-token", identity_token);
    else this.removeAttribute("identity-token");
  }

  setLocale(locale: string): void {
    this.setAttribute("locale", locale);
  }

  /** Forget the conversation and who was signed in, for instance when somebody signs out. */
  reset(): void {
    const chat = this.#chat ?? this.#newChat();
    this.#chat = null;
    chat.forget();
    this.removeAttribute("identity-token");
    this.#dropForm();
    this.#setUnread(0);
    if (this.hasAttribute("open")) this.#connect();
    else this.#draw();
  }

  /** Open, and ask this in the shopper's name. */
  ask(question: string): void {
    this.toggle("open");
    this.#say(question);
  }

  /** Open, with these words in the composer. */
  prefill(text: string): void {
    this.toggle("open");
    this.#composer.fill(text);
    this.#composer.focus();
  }

  #open(): void {
    this.#connect();
    this.#panel.hidden = false;
    this.#launcher.hidden = true;
    this.#fit();
    this.#setUnread(0);
    this.#draw();
    this.#composer.measure();
    this.#thread.toNewest();
    this.#focus();
    this.#emit("opened");
  }

  #close(): void {
    const hadFocus = this.shadowRoot!.activeElement !== null;
    this.#panel.hidden = true;
    this.#launcher.hidden = false;
    if (hadFocus) this.#launcher.focus({ preventScroll: true });
    this.#emit("closed");
  }

  // What was deleted is said first: another conversation begins once the shopper wants it.
  #connect(): void {
    this.#chat ??= this.#newChat();
    if (this.#chat.state !== "erased") this.#chat.open();
  }

  #begin(): void {
    this.#chat?.open();
    this.#focus();
  }

  #newChat(): Chat {
    return new Chat({
      settings: () => ({
        siteKey: this.getAttribute("site-key") ?? "",
        server: (this.getAttribute("server") ?? location.origin).replace(/\/+$/, ""),
        locale: this.#locale,
        identityToken: this.getAttribute("identity-token"),
      }),
      changed: () => this.#drawSoon(),
      arrived: (frame, streamed) => this.#arrived(frame, streamed),
      sentence: (text) => this.#thread.announce(text),
      refused: (frame, message) => this.#refused(frame, message),
      failed: (code, message) => this.#emit("error", { code, message }),
    });
  }

  #say(text: string): void {
    this.#chat ??= this.#newChat();
    this.#chat.open();
    this.#chat.say(text);
    this.#draw();
    this.#thread.toNewest();
  }

  #quickReply(reply: QuickReply): void {
    if (reply.action) this.#act(reply.action);
    else this.#say(reply.send || reply.label);
    this.#focus();
  }

  // One tap at a time: the second of two hasty ones would hit what stands there by then.
  #act(action: Exclude<QuickReply["action"], "">): void {
    const chat = this.#chat;
    if (!chat || chat.protocol.busy || Date.now() - this.#acted < HASTY_MS) return;
    this.#acted = Date.now();
    chat.open();
    if (action === "ask_human") chat.askHuman();
    else chat.act(action);
  }

  // On a phone the composer's focus would bring up the keyboard, over what there is to read.
  #focus(): void {
    if (matchMedia("(pointer: coarse)").matches) this.#panel.focus();
    else this.#composer.focus();
  }

  #arrived(frame: Msg | EventFrame, streamed: boolean): void {
    if (frame.type === "event") {
      const text = { rating_requested: this.#texts.rate, rating: this.#texts.rateThanks }[frame.kind as string] ?? eventText(frame, this.#texts);
      if (text) this.#thread.announce(text);
      return;
    }
    this.#emit("message", { seq: frame.seq, author: frame.author.kind, body: frame.body, generated: frame.generated });
    if (frame.author.kind === "shopper") return;
    if (!streamed) this.#thread.announce(`${nameOf(frame.author, this.#texts, this.#assistant)}: ${frame.body}`);
    if (this.#panel.hidden) this.#setUnread(this.#unread + 1);
  }

  #refused(frame: Lasting, message: string): void {
    if (frame.type === "action" && frame.name === "leave_email") this.#form?.refuse(message);
    else if (frame.type === "rate" && frame.request_seq === this.#card?.seq) this.#card.refuse(message);
    else this.#thread.announce(message || this.#texts.failed);
  }

  #setUnread(count: number): void {
    if (count === this.#unread) return;
    this.#unread = count;
    this.#badge.hidden = count === 0;
    this.#badge.textContent = count > 9 ? "9+" : `${count}`;
    this.#relabelLauncher();
    this.#emit("unread", { count });
  }

  get #locale(): string {
    return this.getAttribute("locale") || document.documentElement.lang || "pl";
  }

  // The session says how the shop addresses people; that stays when the session is over.
  get #wanted(): Texts {
    return textsFor(this.#locale, (this.#style = this.#chat?.session?.style ?? this.#style));
  }

  get #assistant(): string {
    return this.#chat?.session?.assistant_name || this.#texts.assistant;
  }

  #relabel(): void {
    const texts = (this.#texts = this.#wanted);
    this.#panel.lang = texts.locale;
    this.#launcher.lang = texts.locale;
    this.#launcherText.textContent = texts.launcher;
    this.#relabelLauncher();
    this.#closeButton.setAttribute("aria-label", texts.close);
    this.#bar.relabel(texts);
    this.#dropForm();
    this.#card = null;
    this.#draw();
  }

  #relabelLauncher(): void {
    const { launcher, launcherUnread } = this.#texts;
    this.#launcher.setAttribute("aria-label", this.#unread ? launcherUnread(this.#unread) : launcher);
  }

  // Many frames in one go are drawn once.
  #drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
    if (document.hidden) this.#draw(); // A hidden page gets no animation frames.
  }

  #draw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#texts !== this.#wanted) return this.#relabel();
    const here = this.shadowRoot!.activeElement as HTMLElement | null;
    const chat = this.#chat;
    const session = chat?.session;
    const texts = this.#texts;
    const items = chat?.protocol.items() ?? [];
    const standing = standingOf(items, chat?.protocol.status ?? "");
    const { person } = standing;
    const name = person === null ? this.#assistant : person || texts.agent;
    this.#name.textContent = name;
    this.#aiBadge.textContent = person === null ? texts.aiBadge : texts.person;
    this.#emblem.classList.toggle("by-person", person !== null);
    this.#shop.textContent = session?.shop_name ?? "";
    this.#panel.setAttribute("aria-label", `${texts.dialog}: ${name} ${session?.shop_name ?? ""}`.trim());
    this.#drawState();
    this.#composer.show(texts, session?.max_body_chars ?? MAX_BODY_CHARS);
    if (this.#panel.hidden) return;
    const form = this.#emailForm(standing.email);
    this.#bar.show(texts, standing, name, this.#dismissed); // Before the thread, which scrolls in the room that is left.
    this.#thread.show({
      items,
      texts,
      assistant: this.#assistant,
      disclosure: session?.disclosure ?? "",
      suggestions: session?.suggestions ?? [],
      typing: chat?.typing ?? false,
      form,
      card: this.#ratingCard(standing.rating),
    });
    // What is gone must not take the focus with it.
    if (here && (here.hidden || !here.isConnected)) this.#focus();
    this.#look();
  }

  #drawState(): void {
    const state = this.#chat?.state ?? "connecting";
    const texts = this.#texts;
    this.#dot.dataset["state"] = state;
    const said = texts.states[state];
    this.#dotText.textContent = `${said} `;
    const waiting = this.#chat?.protocol.items().some((item) => item.type === "own" && item.state === "sending");
    // A blink of the line is not worth a word unless something waits for it.
    this.#banner.hidden = state === "online" || (state === "connecting" && !waiting);
    const banner = this.#banner.hidden ? "" : said;
    if (this.#banner.textContent !== banner) this.#banner.textContent = banner;
    const erased = state === "erased";
    if (erased && this.#anew.hidden) this.#thread.announce(said);
    this.#anew.hidden = !erased;
    this.#anew.textContent = texts.anew;
  }

  #emailForm(seq: number): HTMLElement | null {
    if (!seq || seq === this.#dismissed) {
      this.#dropForm();
      return null;
    }
    if (!this.#form || this.#formSeq !== seq) {
      const close = () => {
        this.#dismissed = seq;
        this.#draw();
      };
      this.#form = new EmailForm(this.#texts, (email) => this.#chat?.act("leave_email", { email }), close);
      this.#formSeq = seq;
    }
    return this.#form.element;
  }

  #reopenForm(): void {
    this.#dismissed = 0;
    this.#draw();
    this.#form?.focus();
  }

  #ratingCard(rating: Rating | null): RatingCard | null {
    if (!rating) return (this.#card = null);
    const { seq, person } = rating;
    if (this.#card?.seq !== seq) this.#card = new RatingCard(seq, person, this.#texts, (score, comment) => this.#chat?.rate(seq, score, comment));
    this.#card.show(rating);
    return this.#card;
  }

  #dropForm(): void {
    // Whoever was in the form goes on in the chat, not at the top of the page.
    if (this.#form?.element.contains(this.shadowRoot!.activeElement)) this.#focus();
    this.#form = null;
    this.#formSeq = 0;
  }

  #look(): void {
    if (!this.#panel.hidden && !document.hidden) this.#chat?.saw();
  }

  // On a phone the keyboard covers the page; the panel keeps to what is left of it.
  #fit(): void {
    const view = visualViewport;
    if (!view) return;
    this.#panel.style.setProperty("--view-height", `${view.height}px`);
    this.#panel.style.setProperty("--view-top", `${view.offsetTop}px`);
  }

  #emit(name: ChatEvent, detail: Record<string, unknown> = {}): void {
    this.dispatchEvent(new CustomEvent(`okienko:${name}`, { detail, bubbles: true, composed: true }));
  }
}
