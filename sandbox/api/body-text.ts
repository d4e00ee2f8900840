import {iso} from '../world/bodies/maker';
import type {JsonObject} from '../world/json';
import {DEEP_VALUE} from './records';
import type {Settings} from './settings';

const TIME = /"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{3})Z"/g;
const TWO_HOURS_MS = 7_200_000;

/** The text of an answer, with times written as the settings have it. */
export function writeBody(body: JsonObject, {timestamps, heavyDepth, charset}: Settings): string {
  const plain = JSON.stringify(body);
  const text = timestamps === 'ms' ? plain : plain.replace(TIME, TIMESTAMPS[timestamps]);
  const deep = heavyDepth > 0 ? text.replaceAll(`"${DEEP_VALUE}"`, nested(heavyDepth)) : text;
  return charset === 'bom' ? `\uFEFF${deep}` : deep;
}

/** From the whole JSON string of a time, its seconds and its ms, to how it is written. */
const TIMESTAMPS: Record<
  Exclude<Settings['timestamps'], 'ms'>,
  (whole: string, seconds: string, ms: string) => string
> = {
  s: (_, seconds) => `"${seconds}Z"`,
  us0: (_, seconds, ms) => `"${seconds}.${ms}000Z"`,
  // The same digits for the same ms, so that the order of records holds.
  us: (_, seconds, ms) => `"${seconds}.${ms}${String((Number(ms) * 7 + 1) % 1000).padStart(3, '0')}Z"`,
  offset: (_, seconds, ms) => `"${seconds}.${ms}+00:00"`,
  shifted: (whole) => `"${iso(epoch(whole) + TWO_HOURS_MS).slice(0, -1)}+02:00"`,
  epoch: (whole) => String(epoch(whole)),
};

function epoch(whole: string): number {
  return Date.parse(whole.slice(1, -1));
}

function nested(depth: number): string {
  return '['.repeat(depth) + '1' + ']'.repeat(depth);
}
