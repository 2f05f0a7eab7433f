import assert from "node:assert/strict";
import { test } from "node:test";
import { newCid } from "../src/cid";
import type { Send } from "../src/frames";
import { Outbox } from "../src/outbox";
import { Store } from "../src/store";

class FakeStorage {
  values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  removeItem = (key: string) => void this.values.delete(key);
}

function send(cid: string): Send {
  return { type: "send", cid, body: `body of ${cid}` };
}

function box(storage = new FakeStorage()): Outbox {
  return new Outbox(new Store("okienko:demo:", () => storage));
}

function cids(outbox: Outbox, conversation = "c1"): string[] {
  return outbox.pending(conversation).map(({ cid }) => cid);
}

test("frames wait in the order in which they were written, across a reload", () => {
  const storage = new FakeStorage();
  box(storage).put(send("a"), "c1");
  box(storage).put(send("b"), "c1");
  assert.deepEqual(cids(box(storage)), ["a", "b"]);
});

test("a settled frame is gone, and the last one leaves no key behind", () => {
  const storage = new FakeStorage();
  const outbox = box(storage);
  outbox.put(send("a"), "c1");
  outbox.put(send("b"), "c1");
  outbox.settle("a");
  outbox.settle("unknown");
  assert.deepEqual(cids(outbox), ["b"]);
  outbox.settle("b");
  assert.equal(storage.values.size, 0);
});

test("what was written before there was a conversation goes to it; another one's is dropped", () => {
  const outbox = box();
  outbox.put(send("early"), "");
  outbox.put(send("anna"), "annas");
  assert.deepEqual(outbox.adopt("mine").map(({ cid }) => cid), ["early"]);
  assert.deepEqual(cids(outbox, "mine"), ["early"]);
});

test("two tabs share the box", () => {
  const storage = new FakeStorage();
  const [first, second] = [box(storage), box(storage)];
  first.put(send("a"), "c1");
  second.put(send("b"), "c1");
  first.settle("a");
  assert.deepEqual(cids(second), ["b"]);
});

test("forbidden storage: the box works in memory", () => {
  const outbox = new Outbox(
    new Store("okienko:demo:", () => {
      throw new DOMException("denied", "SecurityError");
    }),
  );
  outbox.put(send("a"), "c1");
  assert.deepEqual(cids(outbox), ["a"]);
  outbox.settle("a");
  assert.deepEqual(cids(outbox), []);
});

test("full storage: what does not fit is kept in memory, not an older state of it", () => {
  const storage = new FakeStorage();
  const outbox = box(storage);
  outbox.put(send("a"), "c1");
  storage.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  outbox.put(send("b"), "c1");
  assert.deepEqual(cids(outbox), ["a", "b"]);
});

test("a damaged box is an empty one", () => {
  const storage = new FakeStorage();
  for (const damage of ["{", "null", '{"a":1}', '[1,null,{"frame":{}}]']) {
    storage.setItem("okienko:demo:outbox", damage);
    assert.deepEqual(box(storage).pending("c1"), [], damage);
  }
});

test("ids are UUIDs of version 4, also where randomUUID is missing", () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newCid(), pattern);
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  assert.match(newCid(), pattern);
  assert.notEqual(newCid(), newCid());
});

test("another tab's conversation is not sent into this one", () => {
  const storage = new FakeStorage();
  box(storage).put(send("a"), "c1");
  box(storage).put(send("b"), "c2");
  assert.deepEqual(cids(box(storage)), ["a"]);
});

test("a page that has taught arrays and strings to write themselves breaks nothing", () => {
  const taught = { configurable: true, value: () => "[taught]" };
  Object.defineProperty(Array.prototype, "toJSON", taught);
  Object.defineProperty(String.prototype, "toJSON", taught);
  try {
    const storage = new FakeStorage();
    box(storage).put(send("a"), "c1");
    assert.deepEqual(box(storage).pending("c1"), [send("a")]);
    assert.equal(JSON.stringify(["x"]), '"[taught]"');
  } finally {
    delete (Array.prototype as { toJSON?: unknown }).toJSON;
    delete (String.prototype as { toJSON?: unknown }).toJSON;
  }
});
