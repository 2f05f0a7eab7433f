import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventFrame, Msg } from "../src/frames";
import type { Item } from "../src/protocol";
import { standingOf } from "../src/standing";

const TS = "2026-11-21T12:00:00Z";
const HOUR = 3_600_000;

type Line = [kind: EventFrame["kind"] | "said", content?: Record<string, unknown>, ts?: string];

/** A log of events in this order; `said` is a message, of the shopper unless `by` says otherwise. */
function log(...lines: Line[]): Item[] {
  return lines.map(([kind, content = {}, ts = TS], index): Item => {
    const seq = index + 1;
    const common = { seq, ts, key: `${seq}` };
    const by = (content["by"] ?? "shopper") as Msg["author"]["kind"];
    if (kind !== "said") return { type: "event", kind, author: { kind: "system", name: "" }, content, ...common };
    return { type: "msg", author: { kind: by, name: "" }, body: "…", citations: [], quick_replies: [], generated: false, interrupted: false, ...common };
  });
}

const SERVED = { kind: "assistant", id: "", name: "" };
const ASKED: Line = ["rating_requested", { served: SERVED, resolution: 1 }];
const OPENED: Line = ["status_changed", { from: "pending", to: "open", by: "shopper" }];
const RESOLVED: Line = ["status_changed", { from: "pending", to: "resolved", by: "shopper" }];
const JOINED: Line = ["agent_joined", { name: "Ewa" }];

test("a new conversation: the assistant has it, nothing to end, nothing asked", () => {
  const standing = standingOf(log(["disclosure", { text: "AI" }], ["said", { by: "assistant" }]), "pending");
  assert.deepEqual(standing, { person: null, waiting: false, place: 0, closed: false, email: 0, endable: false, rating: null });
});

test("whoever has written can end it, until it is ended", () => {
  assert.equal(standingOf(log(["said"]), "pending").endable, true);
  assert.equal(standingOf(log(["said"], RESOLVED), "resolved").endable, false);
  assert.equal(standingOf(log(["handoff_requested"], OPENED), "open").endable, true);
});

test("waiting for a person: the place in the queue, and an address is wanted", () => {
  const asked: Line = ["handoff_requested", { reason: "asked_for_person", position: 3, open: true, needs: "email" }];
  const standing = standingOf(log(["said"], asked, OPENED), "open");
  assert.deepEqual([standing.waiting, standing.place, standing.closed, standing.email], [true, 3, false, 2]);
});

test("outside hours there is no place in the queue", () => {
  const asked: Line = ["handoff_requested", { reason: "asked_for_person", position: 3, open: false, needs: "email" }];
  const { waiting, place, closed } = standingOf(log(asked, OPENED), "open");
  assert.deepEqual([waiting, place, closed], [true, 0, true]);
});

test("an address that was left is not asked for again, and keeps the place", () => {
  const asked: Line = ["handoff_requested", { position: 2, open: true, needs: "email" }];
  const left: Line = ["handoff_requested", { reason: "left_email", email_left: true, email: "a@b.pl" }];
  const { waiting, place, email } = standingOf(log(asked, OPENED, left), "open");
  assert.deepEqual([waiting, place, email], [true, 2, 0]);
});

test("back to the assistant: nobody is waited for, no address is wanted", () => {
  const asked: Line = ["handoff_requested", { position: 1, open: true, needs: "email" }];
  const back: Line = ["status_changed", { from: "open", to: "pending", by: "shopper" }];
  const { waiting, place, email } = standingOf(log(asked, OPENED, back), "pending");
  assert.deepEqual([waiting, place, email], [false, 0, 0]);
});

test("a person joins: they have it, nobody waits, no address is wanted", () => {
  const asked: Line = ["handoff_requested", { position: 1, open: true, needs: "email" }];
  const { person, waiting, email, endable } = standingOf(log(asked, OPENED, JOINED), "open");
  assert.deepEqual([person, waiting, email, endable], ["Ewa", false, 0, true]);
});

test("a person leaves: to the assistant, to the queue, or at the end", () => {
  const left: Line = ["agent_left", { name: "Ewa" }];
  const back: Line = ["status_changed", { from: "open", to: "pending", by: "agent" }];
  assert.equal(standingOf(log(OPENED, JOINED, left, back), "pending").person, null);
  assert.deepEqual([standingOf(log(OPENED, JOINED, left), "open")].map(({ person, waiting }) => [person, waiting]), [[null, true]]);
  assert.equal(standingOf(log(OPENED, JOINED, RESOLVED), "resolved").person, null);
});

test("a person without a name is a person", () => {
  const { person, waiting } = standingOf(log(OPENED, ["agent_joined"]), "open");
  assert.deepEqual([person, waiting], ["", false]);
});

test("a rating is asked for: of the assistant, or of a person by name", () => {
  const { rating } = standingOf(log(["said"], RESOLVED, ASKED), "resolved");
  assert.deepEqual(rating, { seq: 3, person: null, score: 0, comment: "", answer: 0, until: 0 });
  const served = { kind: "agent", id: "s1", name: "Ewa" };
  assert.equal(standingOf(log(["rating_requested", { served }]), "resolved").rating?.person, "Ewa");
});

test("a rating is answered, and may be changed for 24 hours from the first answer", () => {
  const first: Line = ["rating", { request_seq: 1, score: 2, comment: "slow" }];
  const later: Line = ["rating", { request_seq: 1, score: 4, comment: "" }, "2026-11-21T20:00:00Z"];
  const until = Date.parse(TS) + 24 * HOUR;
  assert.deepEqual(standingOf(log(ASKED, first), "resolved").rating, { seq: 1, person: null, score: 2, comment: "slow", answer: 2, until });
  assert.deepEqual(standingOf(log(ASKED, first, later), "resolved").rating, { seq: 1, person: null, score: 4, comment: "", answer: 3, until });
});

test("an answer counts for its own question only", () => {
  const answer: Line = ["rating", { request_seq: 1, score: 5, comment: "" }];
  const { rating } = standingOf(log(ASKED, answer, ["said"], RESOLVED, ASKED), "resolved");
  assert.deepEqual([rating?.seq, rating?.score], [5, 0]);
  const late = standingOf(log(ASKED, ["said"], RESOLVED, ASKED, answer), "resolved");
  assert.deepEqual([late.rating?.seq, late.rating?.score], [4, 0]);
});

test("events of a newer server, or without their content, change nothing", () => {
  const strange = log(["confetti" as EventFrame["kind"]], ["handoff_requested"], ["rating"], ["rating_requested"]);
  const { person, email, place, rating } = standingOf(strange, "pending");
  assert.deepEqual([person, email, place, rating?.person], [null, 0, 0, null]);
});
