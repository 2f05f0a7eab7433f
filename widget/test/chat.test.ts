import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Chat } from "../src/chat";

type Frame = Record<string, unknown> & { type: string };

/** A socket whose other end is the test. */
class FakeSocket {
  static OPEN = 1;
  static last: FakeSocket;
  static made = 0;
  readyState = 1;
  sent: Frame[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: () => void;
  constructor() {
    FakeSocket.last = this;
    FakeSocket.made++;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Frame);
  }
  close(): void {
    this.readyState = 3;
  }
  says(frame: Frame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  welcomes(): void {
    this.onopen?.();
    this.says({ type: "welcome", v: 1, log_epoch: "e", head: 0, status: "pending", reset: false });
  }
  breaks(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  of(type: string): Frame[] {
    return this.sent.filter((frame) => frame.type === type);
  }
}

const SESSION = { token: "t", expires_in: 900, resume: "r", conversation_id: "c1", log_epoch: "e", head: 0, status: "pending", identity: "guest" };
const kept = new Map<string, string>();
const page = {
  WebSocket: FakeSocket,
  fetch: () => Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(SESSION) }),
  addEventListener: () => {},
  document: { hidden: false, addEventListener: () => {} },
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
};
const refused: string[] = [];
let chat: Chat;

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

async function connected(): Promise<FakeSocket> {
  await settle();
  FakeSocket.last.welcomes();
  return FakeSocket.last;
}

beforeEach(() => {
  for (const [name, value] of Object.entries({ ...page, navigator: { onLine: true } })) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  kept.clear();
  refused.length = 0;
  FakeSocket.made = 0;
  chat = new Chat({
    settings: () => ({ siteKey: "demo", server: "http://shop", locale: "pl", identityToken: null }),
    changed: () => {},
    arrived: () => {},
    sentence: () => {},
    refused: (frame) => refused.push(frame.cid),
    failed: () => {},
  });
  chat.open();
});

afterEach(() => {
  chat.close();
  mock.timers.reset();
});

test("however many messages are refused for now, each is sent again once", async () => {
  const socket = await connected();
  for (const body of ["a", "b", "c"]) chat.say(body);
  for (let round = 1; round <= 5; round++) {
    assert.equal(socket.of("send").length, 3 * round);
    for (const { cid } of socket.of("send").slice(-3)) socket.says({ type: "nack", cid, code: "unavailable", retry_after: 2 });
    mock.timers.tick(2000);
  }
});

test("a line on which a message waits for its time is not given up", async () => {
  const socket = await connected();
  chat.say("a");
  socket.says({ type: "nack", cid: socket.of("send")[0]!["cid"], code: "rate_limited", retry_after: 40 });
  mock.timers.tick(39_000);
  assert.equal(FakeSocket.made, 1);
  assert.equal(FakeSocket.last.readyState, 1);
});

test("a message that no server can read is given up, and those after it arrive", async () => {
  const socket = await connected();
  chat.say("x".repeat(100_000));
  chat.say("after it");
  const [poison, next] = socket.of("send").map(({ cid }) => cid as string);
  socket.says({ type: "error", code: "too_large", message: "Too large.", fatal: true });
  socket.breaks();
  assert.deepEqual(refused, [poison]);
  mock.timers.tick(30_000);
  const second = await connected();
  assert.deepEqual(second.of("send").map(({ cid }) => cid), [next]);
});

test("what another tab has written in this conversation is sent too, another conversation's is not", async () => {
  const frame = (cid: string) => ({ type: "send", cid, body: cid });
  await settle();
  kept.set("okienko:demo:outbox", JSON.stringify([{ conversation_id: "c1", frame: frame("mine") }, { conversation_id: "c2", frame: frame("theirs") }]));
  const socket = await connected();
  assert.deepEqual(socket.of("send").map(({ cid }) => cid), ["mine"]);
});

/** Answer `fetch` by address and note what was asked; without an answer of its own, a session. */
function answering(answers: Record<string, { status: number; body: unknown }>): { url: string; body: Frame }[] {
  const asked: { url: string; body: Frame }[] = [];
  const fetch = (url: string, { body }: { body?: string }) => {
    asked.push({ url, body: JSON.parse(body ?? "{}") as Frame });
    const { status, body: told } = Object.entries(answers).find(([part]) => url.includes(part))?.[1] ?? { status: 200, body: SESSION };
    return Promise.resolve({ ok: status < 400, status, url, json: () => Promise.resolve(told) });
  };
  Object.defineProperty(globalThis, "fetch", { value: fetch, configurable: true, writable: true });
  return asked;
}

test("an erased conversation is gone from here too, and nothing begins by itself", async () => {
  const socket = await connected();
  socket.says({ type: "msg", seq: 1, cid: null, author: { kind: "assistant", name: "" }, body: "Hello", citations: [], quick_replies: [], ts: "2026-11-22T10:00:00Z" });
  chat.say("my secret");
  socket.says({ type: "bye", reason: "erased" });
  socket.breaks();
  assert.equal(chat.state, "erased");
  assert.deepEqual(chat.protocol.items(), []);
  assert.deepEqual([...kept], []);
  mock.timers.tick(3_600_000);
  await settle();
  assert.equal(FakeSocket.made, 1);
  assert.equal(chat.state, "erased");
});

test("another conversation begins when the shopper wants it, without the token of the erased one", async () => {
  (await connected()).says({ type: "bye", reason: "erased" });
  const asked = answering({ "/v1/session": { status: 200, body: { ...SESSION, conversation_id: "c2", token: "t2" } } });
  chat.open();
  const socket = await connected();
  assert.deepEqual(asked.map(({ body }) => body["resume"]), [null]);
  assert.deepEqual(socket.of("hello").map(({ conversation_id, token, since }) => [conversation_id, token, since]), [["c2", "t2", 0]]);
  assert.equal(chat.state, "online");
});

test("what is written after the erasure goes into the new conversation", async () => {
  (await connected()).says({ type: "bye", reason: "erased" });
  answering({ "/v1/session": { status: 200, body: { ...SESSION, conversation_id: "c2" } } });
  chat.open();
  chat.say("hello again");
  const socket = await connected();
  assert.deepEqual(socket.of("send").map(({ body }) => body), ["hello again"]);
});

test("without sockets, 410 says that the conversation is erased", async () => {
  const asked = answering({ "/v1/events": { status: 410, body: { code: "erased", message: "" } } });
  await settle();
  for (let failed = 0; failed < 3; failed++) {
    FakeSocket.last.breaks();
    mock.timers.tick(30_000);
    await settle();
  }
  assert.ok(asked.some(({ url }) => url.includes("/v1/events")));
  assert.equal(chat.state, "erased");
  const before = asked.length;
  mock.timers.tick(3_600_000);
  await settle();
  assert.equal(asked.length, before);
});
