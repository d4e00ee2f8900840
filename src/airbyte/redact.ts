/** No run of a secret of this many characters may be shown. */
export const MIN_RUN = 8;
const MASK = '***';

/** Takes secrets out of a text. */
export type Redact = (text: string) => string;

/**
 * Masks whatever a text has in common with a secret: each run of 8 characters or more that is part of one, so that a copy that was
 * cut somewhere is masked too. A shorter secret is masked as a word within a text: its letters are everywhere, and alone it may be
 * one of the protocol's own words.
 */
export function redactorOf(secrets: Iterable<string>): Redact {
  const runs = new Set<string>();
  const words: RegExp[] = [];
  for (const secret of secrets) {
    for (let at = 0; at + MIN_RUN <= secret.length; at++) runs.add(secret.slice(at, at + MIN_RUN));
    if (secret.length > 0 && secret.length < MIN_RUN) words.push(wordOf(secret));
  }
  return (text) => words.reduce((masked, word) => masked.replace(word, MASK), maskRuns(text, runs));
}

/** Again and again, since what is left on both sides of a mask might make up another run where a secret holds the mask itself. */
function maskRuns(text: string, runs: ReadonlySet<string>): string {
  let masked = text;
  for (let before = ''; masked !== before;) {
    before = masked;
    masked = maskRunsOnce(before, runs);
  }
  return masked;
}

function maskRunsOnce(text: string, runs: ReadonlySet<string>): string {
  let masked = '';
  let copied = 0;
  for (let at = 0; at + MIN_RUN <= text.length; at++) {
    if (!runs.has(text.slice(at, at + MIN_RUN))) continue;
    let end = at + MIN_RUN;
    while (end < text.length && runs.has(text.slice(end + 1 - MIN_RUN, end + 1))) end++;
    masked += text.slice(copied, at) + MASK;
    copied = end;
    at = end - 1;
  }
  return masked + text.slice(copied);
}

function wordOf(secret: string): RegExp {
  const literal = secret.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const [before, after] = ['(?<![\\p{L}\\p{N}_-])', '(?![\\p{L}\\p{N}_-])'];
  return new RegExp(`(?!^${literal}$)${before}${literal}${after}`, 'gu');
}

/** The same JSON value with each text in it redacted, the names of members included. */
export function redactDeep(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((member) => redactDeep(member, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redact(name), redactDeep(member, redact)]),
  );
}
