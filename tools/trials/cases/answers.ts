import type {Fault} from '../../../sandbox/faults/faults';
import {conversations, LOUD, trial, WHOLE} from './common';

/** As long as Kustomer's keys, which are JWTs; it is none. */
const LONG_TOKEN = Array.from({length: 323}, (_, at) =>
  String.fromCharCode(97 + ((at * 7 + Math.floor(at / 26) * 3) % 26)),
).join('');
const PART = 8;
const ANY_PART = RegExp(
  Array.from({length: LONG_TOKEN.length - PART + 1}, (_, at) => LONG_TOKEN.slice(at, at + PART)).join('|'),
);
const OWN_KEY = {tokens: [{token: LONG_TOKEN, roles: ['org']}]};

/** A server that repeats the key. */
const ECHOES: readonly (readonly [string, Fault])[] = [
  ['html', {kind: 'html', status: 400, text: '{authorization}'}],
  ['title', {kind: 'status', status: 400, text: `${'x'.repeat(400)} {authorization}`}],
  ['noId', {kind: 'noId', text: '{authorization}'}],
  ['updatedAt', {kind: 'badUpdatedAt', text: '{authorization}'}],
];

/** Answers that cannot be used, or say more than they should. */
export const ANSWERS = [
  ...ECHOES.map(([label, fault]) =>
    trial(`F5 ${label}`, `a server repeats the key (${label})`, {
      streams: ['customers'],
      world: {sizes: {customers: 500}, settings: OWN_KEY},
      config: {api_token: LONG_TOKEN},
      stopAfterMs: 20_000,
      runs: [
        {
          faults: [{...fault, times: -1}],
          expect: {
            exit: label === 'noId' || label === 'updatedAt' ? 0 : 1,
            missing: Infinity,
            never: ANY_PART,
          },
        },
      ],
    }),
  ),
  trial('F5 html-200', 'check: a page repeats the key in place of an answer', {
    command: 'check',
    world: {settings: OWN_KEY},
    config: {api_token: LONG_TOKEN},
    runs: [
      {
        faults: [{kind: 'html', text: '{authorization}', times: -1}],
        expect: {exit: 0, says: /./, never: ANY_PART},
      },
    ],
  }),
  ...(['br', 'deflate', 'gzip, identity'] as const).map((encoding) =>
    trial(`F13 ${encoding.replace(/\W+/g, '-')}`, `bodies come as ${encoding}, unasked`, {
      world: conversations(500, {encoding}),
      stopAfterMs: 6_000,
      runs: [{expect: WHOLE}],
    }),
  ),
  ...(['bom', 'utf16'] as const).map((charset) =>
    trial(`F13 ${charset}`, `bodies are ${charset}`, {
      world: conversations(500, {charset}),
      stopAfterMs: 6_000,
      runs: [{expect: charset === 'bom' ? WHOLE : LOUD}],
    }),
  ),
  ...(['null', 'object', 'noContent'] as const).map((emptyLists) =>
    trial(`F13 empty-${emptyLists}`, `an empty list answers ${emptyLists}`, {
      streams: ['tags'],
      world: {sizes: {tags: 0}, settings: {emptyLists}},
      stopAfterMs: 15_000,
      runs: [{expect: emptyLists === 'object' ? {...LOUD, says: /no list of records/} : WHOLE}],
    }),
  ),
  trial('F18 p5', 'one 422', {
    config: {page_size: 100},
    runs: [{faults: [{kind: 'status', status: 422, match: {nth: 8}}], expect: WHOLE}],
  }),
  ...[400, 413, 500, 502, 503, 520, 529].map((status) =>
    trial(`held one-${status}`, `one ${status}`, {
      config: {page_size: 100},
      runs: [{faults: [{kind: 'status', status, match: {nth: 8}}], expect: WHOLE}],
    }),
  ),
  ...(['reset', 'cut', 'noData', 'html', 'timed_out', 'short', 'outOfOrder'] as const).map((kind) =>
    trial(`held one-${kind}`, `one answer is spoilt (${kind})`, {
      config: {page_size: 100},
      runs: [{faults: [{kind, match: {nth: 8}}], expect: WHOLE}],
    }),
  ),
  trial('held one-empty', 'one answer has no body', {
    config: {page_size: 100},
    runs: [{faults: [{kind: 'body', text: '', match: {nth: 8}}], expect: WHOLE}],
  }),
  ...[301, 302, 307, 308].map((status) =>
    trial(`held ${status}`, `redirects (${status}) to elsewhere`, {
      runs: [
        {
          faults: [{kind: 'body', status, headers: {location: 'http://127.0.0.1:9/'}, times: -1}],
          expect: {...LOUD, says: /redirects/},
        },
      ],
    }),
  ),
];
