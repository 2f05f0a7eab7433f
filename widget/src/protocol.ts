import { PROTOCOL_VERSION, type AuthorView, type EventFrame, type Hello, type Msg, type ServerFrame } from "./frames";
import type { Lasting } from "./outbox";
import { joinSentences } from "./richtext";

/** The state of a message that this browser wrote, until it is seen in the log. */
export type OwnState = "sending" | "sent" | "failed";

interface Keyed {
  /** Stable from the first sentence, or the first tap, to the logged message. */
  key: string;
}
export type EventItem = EventFrame & Keyed;
export type LoggedItem = Msg & Keyed;
/** A message of this browser that is not in the log yet. */
export interface OwnItem extends Keyed {
  type: "own";
  author: AuthorView;
  body: string;
  state: OwnState;
  problem: string;
}
/** A reply in the making: its verified sentences so far. */
export interface DraftItem extends Keyed {
  type: "draft";
  author: AuthorView;
  body: string;
  interrupted: boolean;
}
export type Said = LoggedItem | OwnItem | DraftItem;
/** One line of the thread. */
export type Item = EventItem | Said;

/** What the caller has to do after a frame. */
export type Effect =
  | { do: "hello" }
  | { do: "resend" }
  | { do: "settle"; cid: string }
  | { do: "retry"; afterSeconds: number }
  | { do: "refuse"; frame: Lasting; code: string; message: string }
  | { do: "clear" }
  | { do: "arrived"; frame: Msg | EventFrame; fresh: boolean; streamed: boolean }
  | { do: "sentence"; text: string }
  | { do: "typing" }
  | { do: "error"; code: string; message: string };

const SHOPPER: AuthorView = { kind: "shopper", name: "" };
const ASSISTANT: AuthorView = { kind: "assistant", name: "" };

interface Own {
  frame: Lasting;
  state: OwnState;
  problem: string;
  /** Refused for now: its time to be sent again comes. */
  held: boolean;
}

interface Draft {
  sentences: string[];
  interrupted: boolean;
}

/** The client's side of the wire protocol: a pure state machine. Frames go in; effects and the thread come out. */
export class Protocol {
  conversationId = "";
  logEpoch = "";
  status = "pending";
  #last = 0;
  #history = 0;
  #asked = false;
  #log: (LoggedItem | EventItem)[] = [];
  #own = new Map<string, Own>();
  #drafts = new Map<string, Draft>();

  /** The highest `seq` held; everything up to it is held too. */
  get last(): number {
    return this.#last;
  }

  /** Begin a conversation; what came up to `history` is old news. Another one's everything is dropped. */
  begin(conversationId: string, history: number): void {
    if (conversationId === this.conversationId) return;
    if (this.conversationId) this.#own.clear();
    this.conversationId = conversationId;
    this.logEpoch = "";
    this.#drop();
    this.#history = history;
  }

  hello(token: string): Hello {
    this.#asked = true;
    return {
      type: "hello",
      v: PROTOCOL_VERSION,
      token,
      conversation_id: this.conversationId,
      log_epoch: this.logEpoch,
      since: this.#last,
    };
  }

  /** Remember a frame that is being sent; a `send` is drawn until the log holds it. */
  sending(frame: Lasting): void {
    this.#own.set(frame.cid, { frame, state: "sending", problem: "", held: false });
  }

  /** Take back a refused message: the shopper discards it or sends it anew. */
  discard(cid: string): void {
    this.#own.delete(cid);
  }

  /** Whether a frame with this `cid` still waits for its answer. */
  isSending(cid: string): boolean {
    const own = this.#own.get(cid);
    return own?.state === "sending" && !own.held;
  }

  /** Whether a tap on a button still waits for its answer. */
  get busy(): boolean {
    return [...this.#own.values()].some(({ frame }) => frame.type !== "send");
  }

  receive(frame: ServerFrame): Effect[] {
    switch (frame.type) {
      case "welcome":
        return this.#welcome(frame.log_epoch, frame.head, frame.status, frame.reset);
      case "msg":
      case "event":
        return this.#append(frame);
      case "ack":
        return this.#acked(frame.cid);
      case "nack":
        return this.#refused(frame.cid, frame.code, frame.message, frame.retry_after);
      case "delta":
        return this.#delta(frame.reply_id, frame.n, frame.text);
      case "retract":
        return this.#retract(frame.reply_id);
      case "typing":
        return frame.author.kind === "shopper" ? [] : [{ do: "typing" }];
      case "error":
        return [...this.#unreadable(frame.code, frame.message), { do: "error", code: frame.code, message: frame.message }];
      default:
        return []; // `bye` is the connection's; a newer server's frame is not ours to refuse.
    }
  }

  /** The thread: the log, then what is on its way there, then the reply in the making. */
  items(): Item[] {
    const items: Item[] = [...this.#log];
    for (const [key, { frame, state, problem }] of this.#own) {
      if (frame.type === "send") items.push({ type: "own", key, author: SHOPPER, body: frame.body, state, problem });
    }
    for (const [key, { sentences, interrupted }] of this.#drafts) {
      const body = joinSentences(sentences.filter((sentence) => sentence !== undefined));
      items.push({ type: "draft", key, author: ASSISTANT, body, interrupted });
    }
    return items;
  }

  /** Whether the assistant owes a reply of which nothing is shown yet. */
  get awaitingReply(): boolean {
    if (this.status !== "pending" || this.#drafts.size) return false;
    const own = [...this.#own.values()].filter(({ frame }) => frame.type === "send");
    if (own.some(({ state }) => state === "sent")) return true;
    for (let index = this.#log.length - 1; index >= 0; index--) {
      const frame = this.#log[index]!;
      if (frame.type === "msg") return frame.author.kind === "shopper";
    }
    return false;
  }

  #welcome(logEpoch: string, head: number, status: string, reset: boolean): Effect[] {
    this.#asked = false;
    const another = this.logEpoch !== "" && this.logEpoch !== logEpoch;
    const effects: Effect[] = [];
    if (reset || another) {
      this.#drop();
      this.#history = head;
      effects.push({ do: "clear" });
    }
    this.logEpoch = logEpoch;
    this.status = status;
    // Another log, and no word that everything follows: ask for it.
    if (another && !reset) effects.push(...this.#ask());
    else effects.push({ do: "resend" });
    return effects;
  }

  #append(frame: Msg | EventFrame): Effect[] {
    if (frame.seq <= this.#last) return [];
    if (frame.seq > this.#last + 1) return this.#ask();
    this.#last = frame.seq;
    // An event and the message that answers it never share a key, even where they share a cid.
    this.#log.push({ ...frame, key: (frame.type === "msg" && frame.cid) || `${frame.seq}` });
    const effects: Effect[] = [];
    if (frame.cid && this.#own.delete(frame.cid)) effects.push({ do: "settle", cid: frame.cid });
    const streamed = frame.type === "msg" && this.#finishDraft(frame);
    if (frame.type === "event" && frame.kind === "status_changed") this.status = String(frame.content["to"] ?? this.status);
    effects.push({ do: "arrived", frame, fresh: frame.seq > this.#history, streamed });
    return effects;
  }

  // Returns whether its sentences were shown before it came.
  #finishDraft(frame: Msg): boolean {
    const before = this.#drafts.size;
    if (frame.interrupted) this.#drafts.clear();
    else if (frame.cid) this.#drafts.delete(frame.cid);
    // Whatever is said after a retracted reply stands in its place.
    if (frame.author.kind !== "shopper") for (const [id, draft] of this.#drafts) if (draft.interrupted) this.#drafts.delete(id);
    return this.#drafts.size < before;
  }

  #acked(cid: string): Effect[] {
    const own = this.#own.get(cid);
    if (own) own.state = "sent";
    if (own && own.frame.type !== "send") this.#own.delete(cid);
    return [{ do: "settle", cid }];
  }

  #refused(cid: string, code: string, message: string, retryAfter: number | null | undefined): Effect[] {
    const own = this.#own.get(cid);
    if (!own) return [{ do: "settle", cid }];
    if (retryAfter != null) {
      own.held = true;
      return [{ do: "retry", afterSeconds: retryAfter }];
    }
    own.state = "failed";
    own.problem = message;
    if (own.frame.type !== "send") this.#own.delete(cid);
    return [
      { do: "settle", cid },
      { do: "refuse", frame: own.frame, code, message },
    ];
  }

  // Frames are answered in order: the first without an answer is what the server could not read. Sent again, it would
  // end every line for ever.
  #unreadable(code: string, message: string): Effect[] {
    if (code !== "invalid_input" && code !== "too_large") return [];
    for (const [cid, { state, held }] of this.#own) if (state === "sending" && !held) return this.#refused(cid, code, message, null);
    return [];
  }

  #delta(replyId: string, n: number, text: string): Effect[] {
    if (this.#log.some((frame) => frame.type === "msg" && frame.cid === replyId)) return [];
    let draft = this.#drafts.get(replyId);
    if (!draft) {
      this.#drafts.clear(); // One running turn a conversation: another reply means the earlier one is over.
      this.#drafts.set(replyId, (draft = { sentences: [], interrupted: false }));
    }
    if (draft.sentences[n] === text) return [];
    draft.sentences[n] = text;
    return [{ do: "sentence", text }];
  }

  #retract(replyId: string): Effect[] {
    const draft = this.#drafts.get(replyId);
    if (draft) draft.interrupted = true;
    return [];
  }

  #ask(): Effect[] {
    if (this.#asked) return [];
    this.#asked = true;
    return [{ do: "hello" }];
  }

  #drop(): void {
    this.#last = 0;
    this.#log = [];
    this.#drafts.clear();
    this.status = "pending";
  }
}
