import { toJson } from "./json";
import type { ClientFrame, EventsReply, Hello, PostReply, SessionReply, SessionRequest, ServerFrame } from "./frames";

/**
 * `connecting` until the first word of the server, `offline` while it cannot be reached, `refused` for good; `erased`:
 * the conversation was deleted, and `open` begins another.
 */
export type ConnectionState = "connecting" | "online" | "offline" | "refused" | "erased";

/** What a connection asks of its owner, and tells it. */
export interface ConnectionPort {
  /** Base address of the shop's Okienko, without a slash at its end. */
  server: string;
  request(): SessionRequest;
  hello(token: string): Hello;
  since(): number;
  onSession(session: SessionReply): void;
  onFrame(frame: ServerFrame): void;
  onState(state: ConnectionState, problem?: string): void;
}

const SOCKET_FAILURES_BEFORE_POLLING = 3;
const SOCKET_RETRY_SECONDS = 300;
const WELCOME_SECONDS = 10;
const POLL_WAIT_SECONDS = 25;
const LONGEST_PAUSE_SECONDS = 30;
const STEADY_SECONDS = 5;
const SESSION_MS = 20_000;

type Timer = ReturnType<typeof setTimeout> | undefined;

/** Keeps one conversation connected: session, socket or long poll, backing off, token renewal. */
export class Connection {
  #wanted = false;
  #closed: AbortController | undefined;
  #session: SessionReply | null = null;
  #expiresAt = 0;
  #socket: WebSocket | null = null;
  #socketFailures = 0;
  #failures = 0;
  #polling: AbortController | null = null;
  #pollUntil = 0;
  #timer: Timer;
  #renewal: Timer;
  #attempt = 0;
  #steady: Timer;
  #waiting = false;
  #posts: Promise<void> = Promise.resolve();

  constructor(private readonly port: ConnectionPort) {}

  get session(): SessionReply | null {
    return this.#session;
  }

  open(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    const { signal } = (this.#closed = new AbortController());
    addEventListener("online", () => this.hurry(), { signal });
    addEventListener("offline", () => this.distrust(), { signal });
    document.addEventListener("visibilitychange", () => this.hurry(), { signal });
    void this.#connect();
  }

  close(): void {
    this.#wanted = false;
    this.#closed?.abort();
    clearTimeout(this.#renewal);
    this.#hangUp();
    this.#session = null;
    this.#expiresAt = 0;
  }

  /** Ask for a new session now: who chats, or in which language, has changed. */
  renew(): void {
    this.#expiresAt = 0;
    this.#hangUp();
    if (this.#wanted) void this.#connect();
  }

  /** Begin anew after the log had a hole. */
  hello(): void {
    if (this.#socket?.readyState === WebSocket.OPEN && this.#session) this.#write(this.port.hello(this.#session.token));
    else if (this.#polling) this.#poll();
  }

  /** Send if there is a way now. Returns whether it was sent; an answer comes as `ack` or `nack`. */
  send(frame: Exclude<ClientFrame, Hello>): boolean {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#write(frame);
    if (this.#polling) {
      // One after the other: the log keeps the order in which they arrive.
      this.#posts = this.#posts.then(() => this.#post(frame));
      return true;
    }
    this.hurry();
    return false;
  }

  /** The line is dead though it looks open (an answer is overdue, the network is gone): hang up and connect again. */
  distrust(): void {
    if (this.#socket || this.#polling) this.#failed();
  }

  async #connect(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#waiting = false;
    clearTimeout(this.#timer);
    this.port.onState(this.#failures ? "offline" : "connecting");
    try {
      if (Date.now() >= this.#expiresAt) await this.#openSession(attempt);
    } catch {
      if (attempt === this.#attempt) this.#failed();
      return;
    }
    if (attempt !== this.#attempt || !this.#wanted || this.#waiting) return;
    if (Date.now() < this.#pollUntil) this.#poll();
    else this.#openSocket(attempt);
  }

  // Tabs that open at once must not begin a conversation each: the first one does, the others resume it.
  async #openSession(attempt: number): Promise<void> {
    if (this.port.request().resume || !navigator.locks) await this.#fetchSession(attempt);
    else await navigator.locks.request("okienko", () => this.#fetchSession(attempt));
  }

  async #fetchSession(attempt: number): Promise<void> {
    const reply = await fetch(`${this.port.server}/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "omit",
      body: toJson(this.port.request()),
      signal: AbortSignal.timeout?.(SESSION_MS) ?? null,
    });
    if (attempt !== this.#attempt) return;
    // 4xx will not mend itself by asking again, except when there were too many at once.
    if (reply.status >= 400 && reply.status < 500 && reply.status !== 429 && reply.status !== 408) {
      const problem = (await reply.json().catch(() => null)) as { message?: string } | null;
      this.#waiting = true;
      this.port.onState("refused", problem?.message ?? `${reply.status}`);
      return;
    }
    if (!reply.ok) throw new Error(`session: ${reply.status}`);
    const session = (await reply.json()) as SessionReply;
    if (typeof session?.token !== "string") throw new Error("session: not from Okienko");
    if (attempt !== this.#attempt) return;
    this.#keepSession(session);
    this.port.onSession(session);
  }

  #keepSession(session: SessionReply): void {
    this.#session = session;
    // Counted from when it came: the shopper's clock may be wrong.
    const lives = Math.max(20, session.expires_in) * 1000;
    this.#expiresAt = Date.now() + lives * 0.95;
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => void this.#renewQuietly(), lives * 0.8);
  }

  // The open socket stays: it only hears the new token.
  async #renewQuietly(): Promise<void> {
    const conversation = this.#session?.conversation_id;
    try {
      await this.#openSession(this.#attempt);
      if (this.#session?.conversation_id !== conversation) this.renew();
      else if (this.#socket) this.hello();
    } catch {
      this.#expiresAt = 0;
    }
  }

  #openSocket(attempt: number): void {
    const session = this.#session!;
    const socket = new WebSocket(`${this.port.server.replace(/^http/, "ws")}/v1/chat`);
    this.#socket = socket;
    const overdue = setTimeout(() => socket.close(), WELCOME_SECONDS * 1000);
    let welcomed = false;
    socket.onopen = () => this.#write(this.port.hello(session.token));
    socket.onmessage = ({ data }) => {
      const frame = parseFrame(data);
      if (!frame || attempt !== this.#attempt) return;
      if (frame.type === "welcome" && !welcomed) {
        welcomed = true;
        clearTimeout(overdue);
        this.#socketFailures = 0;
        this.#online();
      }
      if (frame.type === "bye") this.#bye(frame.reason);
      if (frame.type === "error" && frame.fatal) this.#expiresAt = 0;
      this.port.onFrame(frame);
    };
    socket.onclose = () => {
      clearTimeout(overdue);
      if (attempt !== this.#attempt || !this.#wanted) return;
      this.#socket = null;
      if (!welcomed && ++this.#socketFailures >= SOCKET_FAILURES_BEFORE_POLLING) {
        this.#socketFailures = 0;
        this.#pollUntil = Date.now() + SOCKET_RETRY_SECONDS * 1000;
      }
      this.#failed();
    };
  }

  #bye(reason: string): void {
    if (reason === "expired") this.#expiresAt = 0;
    if (reason === "erased") this.port.onState(reason);
    if (reason === "idle" || reason === "replaced") {
      // Nobody needs the line: `hurry` takes it up again with the next message or look.
      this.#hangUp();
      this.#waiting = true;
    }
  }

  #online(): void {
    // A line that breaks as soon as it stands must not be tried ever faster.
    clearTimeout(this.#steady);
    this.#steady = setTimeout(() => (this.#failures = 0), STEADY_SECONDS * 1000);
    this.port.onState("online");
  }

  #failed(): void {
    this.#hangUp();
    this.#failures++;
    this.#waiting = true;
    this.port.onState(this.#failures > 1 || !navigator.onLine ? "offline" : "connecting");
    const longest = Math.min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** Math.min(this.#failures, 8));
    const pause = longest * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => void this.#connect(), pause * 1000);
  }

  /** Wait no longer: the network is back, the page is looked at, or somebody writes. */
  hurry(): void {
    if (this.#wanted && this.#waiting && !document.hidden) void this.#connect();
  }

  #hangUp(): void {
    this.#attempt++;
    clearTimeout(this.#timer);
    clearTimeout(this.#steady);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#polling?.abort();
    this.#polling = null;
  }

  #write(frame: ClientFrame): boolean {
    this.#socket!.send(toJson(frame));
    return true;
  }

  #poll(): void {
    this.#polling?.abort();
    const stop = new AbortController();
    this.#polling = stop;
    void this.#pollWhileWanted(stop);
  }

  async #pollWhileWanted(stop: AbortController): Promise<void> {
    let first = true;
    try {
      while (!stop.signal.aborted && Date.now() < this.#pollUntil && Date.now() < this.#expiresAt) {
        const events = await this.#fetchEvents(stop.signal, first ? 0 : POLL_WAIT_SECONDS);
        const { log_epoch, head, status, frames } = events;
        // What a socket says first; here every answer says it.
        this.port.onFrame({ type: "welcome", v: 1, log_epoch, head, status, reset: false });
        for (const frame of frames) this.port.onFrame(frame);
        if (first) this.#online();
        first = false;
      }
    } catch {
      if (this.#polling === stop) this.#failed();
      return;
    }
    if (this.#polling !== stop) return;
    this.#polling = null;
    void this.#connect();
  }

  async #fetchEvents(signal: AbortSignal, wait: number): Promise<EventsReply> {
    const { conversation_id } = this.#session!;
    const query = new URLSearchParams({ conversation_id, since: `${this.port.since()}`, wait: `${wait}` });
    const reply = await fetch(`${this.port.server}/v1/events?${query}`, {
      headers: this.#authorization(),
      credentials: "omit",
      signal,
    });
    return this.#read<EventsReply>(reply);
  }

  async #post(frame: Exclude<ClientFrame, Hello>): Promise<void> {
    const polling = this.#polling;
    if (!polling) return;
    try {
      const reply = await fetch(`${this.port.server}/v1/messages`, {
        method: "POST",
        headers: { ...this.#authorization(), "Content-Type": "application/json" },
        credentials: "omit",
        body: toJson({ conversation_id: this.#session!.conversation_id, frame }),
      });
      if ((reply.status === 400 || reply.status === 413) && "cid" in frame) {
        // What cannot be read now never can be.
        return this.port.onFrame({ type: "nack", cid: frame.cid, code: "invalid", message: "" });
      }
      const { frames } = await this.#read<PostReply>(reply);
      for (const answer of frames) this.port.onFrame(answer);
    } catch {
      if (this.#polling === polling) this.#failed();
    }
  }

  #authorization(): Record<string, string> {
    return { Authorization: `Bearer ${this.#session!.token}` };
  }

  async #read<T>(reply: Response): Promise<T> {
    if (reply.status === 401) this.#expiresAt = 0;
    if (reply.status === 410) this.port.onState("erased");
    if (!reply.ok) throw new Error(`${reply.url}: ${reply.status}`);
    return (await reply.json()) as T;
  }
}

function parseFrame(data: unknown): ServerFrame | null {
  try {
    const frame = JSON.parse(String(data)) as ServerFrame | null;
    return frame && typeof frame.type === "string" ? frame : null;
  } catch {
    return null;
  }
}
