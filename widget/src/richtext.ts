/** A piece of a line: words, and where they lead if they are a link. */
export interface Inline {
  text: string;
  href?: string;
}

export type Block = { kind: "paragraph"; lines: Inline[][] } | { kind: "list"; ordered: boolean; items: Inline[][] };

const LINK = /\b(?:https?:\/\/|mailto:)[^\s<>"'„”]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;
const BULLET = /^\s*[-•*]\s+(?=\S)/;
const NUMBER = /^\s*\d{1,2}[.)]\s+(?=\S)/;

/** Split a message into paragraphs and lists. No markup is parsed: what is not a list item is text. */
export function parseBody(body: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  const lines = body.replace(/\r\n?/g, "\n").trim().split("\n");
  lines.forEach((line, index) => {
    if (!line.trim()) {
      open = null;
      return;
    }
    const marker = BULLET.exec(line) ?? numberMarker(lines, index);
    if (marker) {
      const ordered = !BULLET.test(line);
      if (open?.kind !== "list" || open.ordered !== ordered) blocks.push((open = { kind: "list", ordered, items: [] }));
      open.items.push(linkify(line.slice(marker[0].length)));
    } else {
      if (open?.kind !== "paragraph") blocks.push((open = { kind: "paragraph", lines: [] }));
      open.lines.push(linkify(line));
    }
  });
  return blocks;
}

// "2." counts as a list only beside another number: a lone "15. grudnia" is a date.
function numberMarker(lines: string[], index: number): RegExpExecArray | null {
  const marker = NUMBER.exec(lines[index]!);
  const beside = [lines[index - 1], lines[index + 1]].some((line) => line !== undefined && NUMBER.test(line));
  return marker && beside ? marker : null;
}

/** Cut a line at the http(s) and mail addresses that stand in it. Trailing punctuation stays outside a link. */
export function linkify(line: string): Inline[] {
  const pieces: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(LINK)) {
    const text = withoutTail(match[0]);
    const href = safeHref(text);
    if (!href || match.index < end) continue;
    if (match.index > end) pieces.push({ text: line.slice(end, match.index) });
    pieces.push({ text, href });
    end = match.index + text.length;
  }
  if (end < line.length) pieces.push({ text: line.slice(end) });
  return pieces;
}

function withoutTail(link: string): string {
  let text = link.replace(/[.,;:!?…]+$/, "");
  // A closing bracket belongs to the link only if it was opened inside.
  while (/[)\]]$/.test(text) && !/[([]/.test(text)) text = text.slice(0, -1).replace(/[.,;:!?…]+$/, "");
  return text;
}

function safeHref(text: string): string | null {
  const target = /^(?:https?:|mailto:)/i.test(text) ? text : `mailto:${text}`;
  try {
    const url = new URL(target);
    return ["http:", "https:", "mailto:"].includes(url.protocol) && !url.username ? url.href : null;
  } catch {
    return null;
  }
}

/** Join a reply's sentences as they came: an item that opens with a new line needs no space before it. */
export function joinSentences(sentences: readonly string[]): string {
  return sentences.reduce((body, next) => body + (body && !/\s$/.test(body) && !/^\s/.test(next) ? " " : "") + next, "");
}
