import type { Item } from "./protocol";

const CHANGE_WITHIN_MS = 24 * 3_600_000;

/** The newest question how it was, and its answer so far. */
export interface Rating {
  /** The request's `seq`, which an answer names. */
  seq: number;
  /** The person who is rated; null: the assistant. */
  person: string | null;
  /** 1–5; 0 while nobody has answered. */
  score: number;
  comment: string;
  /** The `seq` of the newest answer. */
  answer: number;
  /** Until when the answer may be changed: 24 hours from the first one (ms since 1970). */
  until: number;
}

/** Who has the conversation, what the shopper may do about it, and what is asked of them. */
export interface Standing {
  /** The name of the person who has it; null: nobody has. */
  person: string | null;
  /** It waits for a person. */
  waiting: boolean;
  /** The place in the queue when it was last told; 0: none was. */
  place: number;
  /** Nobody was at work when a person was asked for. */
  closed: boolean;
  /** The `seq` of the event that asks for an address; 0: none is wanted. */
  email: number;
  /** There is something to end. */
  endable: boolean;
  rating: Rating | null;
}

/** Read from the log how a conversation stands; `status` is the server's newest word of it. Pure. */
export function standingOf(items: readonly Item[], status: string): Standing {
  const now: Standing = { person: null, waiting: false, place: 0, closed: false, email: 0, endable: false, rating: null };
  for (const item of items) {
    if (item.type !== "event") {
      if (item.type === "msg" && item.author.kind === "shopper") now.endable = true;
      continue;
    }
    const { kind, content, seq } = item;
    const { rating } = now;
    if (kind === "handoff_requested") {
      // Leaving an address is such an event too; it says nothing of the queue.
      now.email = content["needs"] === "email" ? seq : 0;
      if ("open" in content) {
        now.closed = !content["open"];
        now.place = now.closed ? 0 : Number(content["position"] ?? 0);
      }
    } else if (kind === "agent_joined" || kind === "agent_left" || (kind === "status_changed" && content["to"] !== "open")) {
      now.person = kind === "agent_joined" ? text(content["name"]) : null;
      now.email = now.place = 0;
      now.closed = false;
    } else if (kind === "rating_requested") {
      const served = content["served"] as { kind?: unknown; name?: unknown } | undefined;
      const person = served?.kind === "agent" ? text(served.name) : null;
      now.rating = { seq, person, score: 0, comment: "", answer: 0, until: 0 };
    } else if (kind === "rating" && rating && content["request_seq"] === rating.seq) {
      rating.until ||= Date.parse(item.ts) + CHANGE_WITHIN_MS;
      rating.score = Number(content["score"]);
      rating.comment = text(content["comment"]);
      rating.answer = seq;
    }
  }
  now.waiting = status === "open" && now.person === null;
  now.endable = status === "open" || (now.endable && status !== "resolved");
  return now;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
