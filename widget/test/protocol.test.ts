import assert from "node:assert/strict";
import { test } from "node:test";
import type { EventFrame, Msg, ServerFrame, Welcome } from "../src/frames";
import { Protocol, type Effect } from "../src/protocol";

const TS = "2026-11-21T12:00:00Z";

function msg(seq: number, body: string, more: Partial<Msg> = {}): Msg {
  return { type: "msg", seq, author: { kind: "assistant", name: "" }, body, citations: [], quick_replies: [], ts: TS, generated: true, interrupted: false, ...more };
}

function own(seq: number, cid: string, body: string): Msg {
  return msg(seq, body, { cid, author: { kind: "shopper", name: "" }, generated: false });
}

function event(seq: number, kind: EventFrame["kind"], content: Record<string, unknown> = {}): EventFrame {
  return { type: "event", seq, kind, author: { kind: "system", name: "" }, content, ts: TS };
}

function welcome(more: Partial<Welcome> = {}): Welcome {
  return { type: "welcome", v: 1, log_epoch: "e1", head: 0, status: "pending", reset: false, ...more };
}

function opened(...frames: ServerFrame[]): Protocol {
  const protocol = new Protocol();
  protocol.begin("c1", 0);
  protocol.hello("token");
  protocol.receive(welcome());
  for (const frame of frames) protocol.receive(frame);
  return protocol;
}

function bodies(protocol: Protocol): string[] {
  return protocol.items().map((item) => (item.type === "event" ? `(${item.kind})` : `${item.type}: ${item.body}`));
}

function does(effects: Effect[]): string[] {
  return effects.map((effect) => effect.do);
}

test("hello says what is held", () => {
  const protocol = opened(msg(1, "a"), msg(2, "b"));
  assert.deepEqual(protocol.hello("t2"), { type: "hello", v: 1, token: "t2", conversation_id: "c1", log_epoch: "e1", since: 2 });
});

test("a welcome lets what is not acknowledged be sent again", () => {
  const protocol = new Protocol();
  protocol.begin("c1", 0);
  assert.deepEqual(does(protocol.receive(welcome())), ["resend"]);
});

test("what was seen is dropped", () => {
  const protocol = opened(msg(1, "a"));
  assert.deepEqual(protocol.receive(msg(1, "again")), []);
  assert.deepEqual(bodies(protocol), ["msg: a"]);
});

test("a hole asks once for what is missing, and shows nothing out of turn", () => {
  const protocol = opened(msg(1, "a"));
  assert.deepEqual(does(protocol.receive(msg(3, "c"))), ["hello"]);
  assert.deepEqual(does(protocol.receive(msg(4, "d"))), []);
  assert.deepEqual(bodies(protocol), ["msg: a"]);
  protocol.hello("token");
  protocol.receive(welcome({ head: 4 }));
  for (const frame of [msg(2, "b"), msg(3, "c"), msg(4, "d")]) protocol.receive(frame);
  assert.deepEqual(bodies(protocol), ["msg: a", "msg: b", "msg: c", "msg: d"]);
});

test("a reset drops the log and keeps what was not sent", () => {
  const protocol = opened(msg(1, "a"));
  protocol.sending({ type: "send", cid: "x", body: "mine" });
  assert.deepEqual(does(protocol.receive(welcome({ reset: true, head: 1 }))), ["clear", "resend"]);
  assert.deepEqual(bodies(protocol), ["own: mine"]);
  protocol.receive(msg(1, "new"));
  assert.deepEqual(bodies(protocol), ["msg: new", "own: mine"]);
});

test("another log epoch asks for everything", () => {
  const protocol = opened(msg(1, "a"));
  assert.deepEqual(does(protocol.receive(welcome({ log_epoch: "e2" }))), ["clear", "hello"]);
  assert.equal(protocol.hello("t").since, 0);
  assert.deepEqual(does(protocol.receive(welcome({ log_epoch: "e2" }))), ["resend"]);
});

test("another conversation shows nothing of the one before", () => {
  const protocol = opened(msg(1, "a"));
  protocol.sending({ type: "send", cid: "x", body: "mine" });
  protocol.begin("c2", 0);
  assert.deepEqual(protocol.items(), []);
  assert.equal(protocol.hello("t").log_epoch, "");
});

test("an own message goes from sending to sent to the log under one key", () => {
  const protocol = opened();
  protocol.sending({ type: "send", cid: "x", body: "mine" });
  assert.equal(protocol.isSending("x"), true);
  assert.deepEqual(protocol.receive({ type: "ack", cid: "x", seq: 1 }), [{ do: "settle", cid: "x" }]);
  assert.equal(protocol.isSending("x"), false);
  const before = protocol.items()[0]!;
  assert.equal(before.type === "own" && before.state, "sent");
  protocol.receive(own(1, "x", "mine"));
  assert.deepEqual(bodies(protocol), ["msg: mine"]);
  assert.equal(protocol.items()[0]!.key, before.key);
});

test("a message seen in the log needs no ack", () => {
  const protocol = opened();
  protocol.sending({ type: "send", cid: "x", body: "mine" });
  assert.deepEqual(does(protocol.receive(own(1, "x", "mine"))), ["settle", "arrived"]);
  assert.deepEqual(bodies(protocol), ["msg: mine"]);
});

test("a refused message stays, with the reason, until it is discarded", () => {
  const protocol = opened();
  protocol.sending({ type: "send", cid: "x", body: "mine" });
  const effects = protocol.receive({ type: "nack", cid: "x", code: "conflict", message: "Send it anew." });
  assert.deepEqual(does(effects), ["settle", "refuse"]);
  const [item] = protocol.items();
  assert.equal(item?.type === "own" && item.problem, "Send it anew.");
  protocol.discard("x");
  assert.deepEqual(protocol.items(), []);
});

test("a nack that names a time is tried again, not shown as failed", () => {
  const protocol = opened();
  protocol.sending({ type: "send", cid: "x", body: "mine" });
  const effects = protocol.receive({ type: "nack", cid: "x", code: "rate_limited", message: "", retry_after: 3 });
  assert.deepEqual(effects, [{ do: "retry", afterSeconds: 3 }]);
  assert.deepEqual(bodies(protocol), ["own: mine"]);
  assert.equal(protocol.isSending("x"), false, "it waits for its time, not for an answer");
});

test("sentences grow into a reply, and the message takes their place", () => {
  const protocol = opened(own(1, "x", "question"));
  assert.equal(protocol.awaitingReply, true);
  protocol.receive({ type: "delta", reply_id: "r:x", n: 0, text: "One." });
  assert.equal(protocol.awaitingReply, false);
  protocol.receive({ type: "delta", reply_id: "r:x", n: 1, text: "\n- two" });
  protocol.receive({ type: "delta", reply_id: "r:x", n: 1, text: "\n- two" });
  assert.deepEqual(bodies(protocol), ["msg: question", "draft: One.\n- two"]);
  const { key } = protocol.items()[1]!;
  const effects = protocol.receive(msg(2, "One.\n- two", { cid: "r:x" }));
  assert.equal(effects[0]?.do === "arrived" && effects[0].streamed, true);
  assert.deepEqual(bodies(protocol), ["msg: question", "msg: One.\n- two"]);
  assert.equal(protocol.items()[1]!.key, key);
});

test("a late sentence of a finished reply is nothing", () => {
  const protocol = opened(msg(1, "One.", { cid: "r:x" }));
  assert.deepEqual(protocol.receive({ type: "delta", reply_id: "r:x", n: 0, text: "One." }), []);
  assert.deepEqual(bodies(protocol), ["msg: One."]);
});

test("a retracted reply is marked, and the interrupted message takes its place", () => {
  const protocol = opened();
  protocol.receive({ type: "delta", reply_id: "r:x", n: 0, text: "One." });
  protocol.receive({ type: "retract", reply_id: "r:x" });
  const [draft] = protocol.items();
  assert.equal(draft?.type === "draft" && draft.interrupted, true);
  protocol.receive(msg(1, "One.", { cid: "r:x", interrupted: true }));
  assert.deepEqual(bodies(protocol), ["msg: One."]);
});

test("after a retraction, whoever speaks next ends the draft; the shopper does not", () => {
  const protocol = opened();
  protocol.receive({ type: "delta", reply_id: "r:x", n: 0, text: "One." });
  protocol.receive({ type: "retract", reply_id: "r:x" });
  protocol.receive(own(1, "y", "and?"));
  assert.equal(protocol.items().length, 2);
  protocol.receive(msg(2, "Dzień dobry, tu Ola.", { author: { kind: "agent", name: "Ola" } }));
  assert.deepEqual(bodies(protocol), ["msg: and?", "msg: Dzień dobry, tu Ola."]);
});

test("history is no news", () => {
  const protocol = new Protocol();
  protocol.begin("c1", 2);
  protocol.receive(welcome({ head: 2 }));
  const fresh = [msg(1, "a"), msg(2, "b"), msg(3, "c")].map((frame) => {
    const effect = protocol.receive(frame).find((one) => one.do === "arrived");
    return effect?.do === "arrived" && effect.fresh;
  });
  assert.deepEqual(fresh, [false, false, true]);
});

test("no reply is promised once a person has the conversation", () => {
  const protocol = opened(event(1, "status_changed", { from: "pending", to: "open", by: "agent" }), own(2, "x", "hello?"));
  assert.equal(protocol.status, "open");
  assert.equal(protocol.awaitingReply, false);
});

test("the shopper's own typing is not shown, nor a frame of a newer server", () => {
  const protocol = opened();
  assert.deepEqual(protocol.receive({ type: "typing", author: { kind: "shopper", name: "" } }), []);
  assert.deepEqual(protocol.receive({ type: "typing", author: { kind: "agent", name: "Ola" } }), [{ do: "typing" }]);
  assert.deepEqual(protocol.receive({ type: "confetti" } as unknown as ServerFrame), []);
});

test("state plus events equals a fresh state, wherever the line breaks", () => {
  const log = [event(1, "disclosure", { text: "AI" }), own(2, "x", "q"), msg(3, "a", { cid: "r:x" }), own(4, "y", "q2"), msg(5, "b", { cid: "r:y" })];
  const whole = bodies(opened(...log));
  for (let cut = 0; cut <= log.length; cut++) {
    const protocol = opened(...log.slice(0, cut));
    const { since } = protocol.hello("t");
    protocol.receive(welcome({ head: 5 }));
    for (const frame of log.slice(Math.max(0, since! - 1))) protocol.receive(frame);
    assert.deepEqual(bodies(protocol), whole, `cut after ${cut}`);
  }
});

test("a tap on a button is busy until it is answered", () => {
  const protocol = opened();
  protocol.sending({ type: "action", cid: "x", name: "resolve", value: {} });
  assert.equal(protocol.busy, true);
  assert.deepEqual(protocol.items(), []);
  protocol.receive({ type: "ack", cid: "x", seq: 1 });
  assert.equal(protocol.busy, false);
  protocol.sending({ type: "send", cid: "y", body: "mine" });
  assert.equal(protocol.busy, false);
});
