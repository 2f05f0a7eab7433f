import { newCid } from "./cid";
import { Connection, type ConnectionState } from "./connection";
import type { EventFrame, Msg, ServerFrame, SessionReply } from "./frames";
import { Outbox, type Lasting } from "./outbox";
import { Protocol, type Effect } from "./protocol";
import { Store } from "./store";

/** Who chats where. Read at each session, so that a change counts from the next one. */
export interface ChatSettings {
  siteKey: string;
  server: string;
  locale: string;
  identityToken: string | null;
}

/** What a chat tells its owner. */
export interface ChatPort {
  settings(): ChatSettings;
  /** Something that is drawn has changed. */
  changed(): void;
  /** New, not history. `streamed`: its sentences were told already. */
  arrived(frame: Msg | EventFrame, streamed: boolean): void;
  sentence(text: string): void;
  refused(frame: Lasting, message: string): void;
  failed(code: string, message: string): void;
}

const ANSWER_OVERDUE_MS = 10_000;
const TYPING_SHOWN_MS = 6000;
const AWAITED_MS = 60_000;

/** One shopper's conversation: the protocol, what is not sent yet, and the line, put together. Draws nothing. */
export class Chat {
  readonly protocol = new Protocol();
  state: ConnectionState = "connecting";
  problem = "";
  readonly #store: Store;
  readonly #outbox: Outbox;
  readonly #connection: Connection;
  #ready = false;
  #seen = 0;
  #typingUntil = 0;
  #awaitedSince = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly port: ChatPort) {
    const settings = port.settings();
    this.#store = new Store(`okienko:${settings.siteKey}:`);
    this.#outbox = new Outbox(this.#store);
    this.#connection = new Connection({
      server: settings.server,
      request: () => this.#request(),
      hello: (token) => this.protocol.hello(token),
      since: () => this.protocol.last,
      onSession: (session) => this.#begin(session),
      onFrame: (frame) => this.#receive(frame),
      onState: (state, problem = "") => this.#turn(state, problem),
    });
  }

  get session(): SessionReply | null {
    return this.#connection.session;
  }

  /** Whether dots should say that a reply is on its way. Never for ever: a silent minute ends the promise. */
  get typing(): boolean {
    if (Date.now() < this.#typingUntil) return true;
    return this.protocol.awaitingReply && Date.now() - this.#awaitedSince < AWAITED_MS;
  }

  /** Connect, if not connected. The first request and the first look into storage happen here. */
  open(): void {
    this.#connection.open();
  }

  close(): void {
    this.#ready = false;
    clearTimeout(this.#retry);
    this.#connection.close();
  }

  /** Somebody else chats now, or in another language. */
  renew(): void {
    this.#ready = false;
    this.#connection.renew();
  }

  /** Forget everything that this browser holds of the conversation. */
  forget(): void {
    this.close();
    this.#outbox.clear();
    this.#store.remove("resume");
  }

  say(body: string): void {
    this.#send({ type: "send", cid: newCid(), body: whole(body) });
    this.#await();
  }

  /** Send a refused message anew. */
  retry(cid: string): void {
    const item = this.protocol.items().find(({ key }) => key === cid);
    if (item?.type !== "own") return;
    this.protocol.discard(cid);
    this.say(item.body);
  }

  askHuman(): void {
    this.#send({ type: "ask_human", cid: newCid() });
  }

  act(name: string, value: Record<string, unknown> = {}): void {
    this.#send({ type: "action", cid: newCid(), name, value });
  }

  rate(requestSeq: number, score: number, comment: string): void {
    this.#send({ type: "rate", cid: newCid(), request_seq: requestSeq, score, comment: whole(comment) });
  }

  /** Everything held is on the screen. */
  saw(): void {
    if (!this.#ready || this.protocol.last <= this.#seen) return;
    this.#seen = this.protocol.last;
    this.#connection.send({ type: "seen", seq: this.#seen });
  }

  writing(): void {
    if (this.#ready) this.#connection.send({ type: "typing" });
  }

  #send(frame: Lasting): void {
    this.#outbox.put(frame, this.protocol.conversationId);
    this.protocol.sending(frame);
    this.#dispatch(frame);
    this.port.changed();
  }

  // Before the welcome nothing goes out: older messages have the right of way.
  #dispatch(frame: Lasting): void {
    if (!this.#ready) return this.#connection.hurry();
    this.protocol.sending(frame);
    this.#connection.send(frame);
    setTimeout(() => {
      if (this.#ready && this.protocol.isSending(frame.cid)) this.#connection.distrust();
    }, ANSWER_OVERDUE_MS);
  }

  #resend(): void {
    clearTimeout(this.#retry);
    if (this.#ready) for (const frame of this.#outbox.pending(this.protocol.conversationId)) this.#dispatch(frame);
  }

  #request() {
    const { siteKey, locale, identityToken } = this.port.settings();
    return { site_key: siteKey, locale, identity_token: identityToken, resume: this.#store.get("resume") };
  }

  #begin(session: SessionReply): void {
    const resumed = this.#store.get("resume") !== null;
    this.#store.set("resume", session.resume);
    if (session.conversation_id !== this.protocol.conversationId) {
      this.protocol.begin(session.conversation_id, resumed ? session.head : 0);
      this.protocol.status = session.status;
      this.#seen = 0;
      for (const frame of this.#outbox.adopt(session.conversation_id)) this.protocol.sending(frame);
    }
    if (session.identity === "refused") this.port.failed("identity_refused", "The identity token was not accepted.");
    this.port.changed();
  }

  #turn(state: ConnectionState, problem: string): void {
    this.state = state;
    this.problem = problem;
    if (state !== "online") this.#ready = false;
    if (state === "refused") this.port.failed("refused", problem);
    if (state === "erased") {
      this.forget();
      this.protocol.begin("", 0);
    }
    this.port.changed();
  }

  #receive(frame: ServerFrame): void {
    for (const effect of this.protocol.receive(frame)) this.#perform(effect);
    this.port.changed();
  }

  #perform(effect: Effect): void {
    switch (effect.do) {
      case "hello":
        this.#connection.hello();
        break;
      case "resend":
        this.#ready = true;
        this.#resend();
        break;
      case "settle":
        this.#outbox.settle(effect.cid);
        break;
      case "retry":
        // However many were refused: all are sent again once.
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.#resend(), effect.afterSeconds * 1000);
        break;
      case "refuse":
        this.port.refused(effect.frame, effect.message);
        break;
      case "clear":
        this.#seen = 0;
        break;
      case "arrived":
        this.#typingUntil = 0;
        if (effect.fresh) this.port.arrived(effect.frame, effect.streamed);
        break;
      case "sentence":
        this.#typingUntil = 0;
        this.port.sentence(effect.text);
        break;
      case "typing":
        this.#typingUntil = Date.now() + TYPING_SHOWN_MS;
        setTimeout(() => this.port.changed(), TYPING_SHOWN_MS);
        break;
      case "error":
        this.port.failed(effect.code, effect.message);
    }
  }

  #await(): void {
    this.#awaitedSince = Date.now();
    setTimeout(() => this.port.changed(), AWAITED_MS);
  }
}

// Half a character cannot be written as UTF-8.
function whole(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
