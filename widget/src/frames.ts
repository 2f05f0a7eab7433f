// Generated from conversation/frames.py by `python -m widget.generate_types`. Do not edit.

export const PROTOCOL_VERSION = 1;
export const MAX_FRAME_BYTES = 65536;
export const MAX_BODY_CHARS = 10000;

/** The frame with this `cid` is committed, as `seq`. */
export interface Ack {
  type: "ack";
  cid: string;
  seq: number;
}

/** A button or a form: `name` says which, `value` its fields. Names are listed in docs/architecture.md. */
export interface Action {
  type: "action";
  cid: string;
  name: string;
  value?: Record<string, unknown>;
}

/** The shopper wants a person. `cid` makes a resend harmless. */
export interface AskHuman {
  type: "ask_human";
  cid: string;
}

/** Who says it. `AGENT` is always a person. */
export type AuthorKind = "shopper" | "assistant" | "agent" | "system";

/** Who says it, for drawing: kind and name. */
export interface AuthorView {
  kind: AuthorKind;
  name: string;
}

/** The server closes. Reasons: `shutdown` (come back at once), `expired` (get a new token), `idle`. */
export interface Bye {
  type: "bye";
  reason: string;
}

/** Where a statement stands: the passage, and the words quoted from it. */
export interface Citation {
  passage_id: string;
  article_id: string;
  article_version: number;
  title: string;
  quote: string;
  language: string;
}

/** Verified sentence number `n` (from 0) of a reply in the making. */
export interface Delta {
  type: "delta";
  reply_id: string;
  n: number;
  text: string;
}

/** A frame could not be used. The socket closes if `fatal`. */
export interface ErrorFrame {
  type: "error";
  code: string;
  message: string;
  fatal: boolean;
}

/** Any other event of the log (`disclosure`, `handoff_requested`, `status_changed`, …). */
export interface EventFrame {
  type: "event";
  seq: number;
  kind: Kind;
  cid?: string | null;
  author: AuthorView;
  content: Record<string, unknown>;
  ts: string;
}

/** `GET /v1/events?conversation_id=&since=&wait=`: the log after `since`. */
export interface EventsReply {
  log_epoch: string;
  head: number;
  status: string;
  frames: (Msg | EventFrame)[];
}

/** First frame of a socket: who, which conversation, what was seen. Also asks for what was missed. */
export interface Hello {
  type: "hello";
  v: number;
  token: string;
  conversation_id: string;
  log_epoch?: string;
  since?: number;
}

/** What happened. */
export type Kind = "message" | "disclosure" | "status_changed" | "handoff_requested" | "assigned" | "agent_joined" | "agent_left" | "note" | "rating_requested" | "rating" | "customer_identified" | "interrupted" | "withdrawal_received" | "complaint_received" | "redacted";

/** A message of the log. `cid` is `reply_id` for a reply whose sentences came as deltas. */
export interface Msg {
  type: "msg";
  seq: number;
  cid?: string | null;
  author: AuthorView;
  body: string;
  citations: Citation[];
  quick_replies: QuickReply[];
  ts: string;
  generated: boolean;
  interrupted: boolean;
}

/** The frame with this `cid` was refused; `message` is a sentence for the shopper. */
export interface Nack {
  type: "nack";
  cid: string;
  code: string;
  message: string;
  retry_after?: number | null;
}

/** `POST /v1/messages`: any client frame but `hello`, over HTTP. */
export interface PostMessage {
  conversation_id: string;
  frame: Send | Seen | TypingNow | AskHuman | Action | Rate;
}

/** The answer to `POST /v1/messages`: the ack or nack of the frame, none for `seen` and `typing`. */
export interface PostReply {
  frames: (Ack | Nack)[];
}

/** A button under a message. Tapping it sends `send` as the shopper's own words, or starts `action`. */
export interface QuickReply {
  label: string;
  send: string;
  action: "" | "ask_human" | "back_to_assistant" | "resolve";
}

/** The answer to a `rating_requested`. */
export interface Rate {
  type: "rate";
  cid: string;
  request_seq: number;
  score: number;
  comment?: string;
}

/** The reply in the making was interrupted; its shown sentences are in the log. */
export interface Retract {
  type: "retract";
  reply_id: string;
}

/** Everything up to `seq` was on the screen. */
export interface Seen {
  type: "seen";
  seq: number;
}

/** A message. `cid` was stored by the client before it was sent. */
export interface Send {
  type: "send";
  cid: string;
  body: string;
}

/** A session. */
export interface SessionReply {
  token: string;
  expires_in: number;
  resume: string;
  conversation_id: string;
  log_epoch: string;
  head: number;
  status: string;
  language: string;
  shop_name: string;
  assistant_name: string;
  disclosure: string;
  identity: "guest" | "customer" | "refused";
  customer_name: string;
  suggestions: QuickReply[];
  max_body_chars: number;
  style: Style;
}

/** `POST /v1/session`. `resume` is what an earlier session gave; it also brings the conversation back. */
export interface SessionRequest {
  site_key: string;
  identity_token?: string | null;
  resume?: string | null;
  locale?: string;
}

/** How a shopper is addressed. */
export type Style = "formal" | "informal" | "neutral";

/** The shopper is typing. */
export interface TypingNow {
  type: "typing";
}

/** Somebody on the other side is writing. */
export interface TypingView {
  type: "typing";
  author: AuthorView;
}

/** The socket is open. With `reset`, drop what you hold: everything follows from seq 1. */
export interface Welcome {
  type: "welcome";
  v: number;
  log_epoch: string;
  head: number;
  status: string;
  reset: boolean;
}

export type ClientFrame = Hello | Send | Seen | TypingNow | AskHuman | Action | Rate;

export type ServerFrame = Welcome | Msg | EventFrame | Ack | Nack | Delta | Retract | TypingView | ErrorFrame | Bye;
