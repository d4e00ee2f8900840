import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import type {Exchange} from '../reply';
import {duration} from '../words';

/** A smaller difference is the time that an answer takes: ms. */
const SAME_TIME_MS = 2000;
const ENCODINGS = /^(gzip|x-gzip|br|deflate|zstd|identity)(, *(gzip|br|deflate|zstd|identity))*$/;

/** How bodies are packed and written. */
export const encoding: Probe = {
  topic: 'encoding',
  assumed: 'long bodies are gzipped; UTF-8 without a byte order mark',
  async run({exchanges}: Subject): Promise<Outcome> {
    const all = exchanges.map(({headers}) => encodingOf(headers['content-encoding']));
    const hasMark = exchanges.some(({hasByteOrderMark}) => hasByteOrderMark);
    const kinds = [...new Set(all)];
    const isPlain = kinds.every((kind) => kind === 'gzip' || kind === 'none');
    return {
      verdict:
        kinds.length === 0
          ? 'not shown'
          : isPlain && !hasMark && kinds.includes('gzip')
            ? 'as assumed'
            : 'differs',
      seen: [...kinds, ...(hasMark ? ['with a byte order mark'] : [])].join(', ') || 'nothing came',
      does: 'asks for gzip; takes gzip, deflate, br and none',
      sandbox: {settings: {...settingOf(kinds), ...(hasMark && {charset: 'bom'})}},
    };
  },
};

function encodingOf(header: string | undefined): string {
  if (header === undefined) return 'none';
  return ENCODINGS.test(header) ? header : 'another';
}

function settingOf(kinds: readonly string[]): SandboxSettings {
  const [only] = kinds;
  if (kinds.every((kind) => kind === 'none')) return {encoding: 'identity'};
  if (kinds.length === 1 && (only === 'br' || only === 'deflate' || only === 'gzip, identity'))
    return {encoding: only};
  return {};
}

/** How far the clocks are apart, as the Date headers of answers tell (RFC 9110, 6.6.1). */
export const clocks: Probe = {
  topic: 'clocks',
  assumed: "this machine's clock and Kustomer's are the same",
  async run({exchanges}: Subject): Promise<Outcome> {
    const offs = exchanges.flatMap((exchange) => aheadOf(exchange) ?? []);
    if (offs.length === 0)
      return {verdict: 'not shown', seen: 'no Date header', does: 'trusts its own clock'};
    // A date is cut to the second and an answer takes its time, so the smallest difference is the nearest.
    const aheadMs = offs.reduce((least, off) => (Math.abs(off) < Math.abs(least) ? off : least));
    const isSame = Math.abs(aheadMs) < SAME_TIME_MS;
    return {
      verdict: isSame ? 'as assumed' : 'differs',
      seen: isSame
        ? 'the same, to 2 s'
        : `this machine's is ${duration(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead' : 'behind'}`,
      does: 'promises less by as much as its own clock is ahead',
    };
  },
};

function aheadOf({headers, sentAtMs}: Exchange): number | undefined {
  const date = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? undefined : sentAtMs - date;
}
