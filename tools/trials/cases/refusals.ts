import type {RefusalRule} from '../../../sandbox/api/refusals';
import {conversations, LOUD, trial, WHOLE} from './common';

const THREE = {sizes: {conversations: 2_000, customers: 1_500, notes: 300}};
const UNKNOWN = 'Unknown attribute note_updated_at';
/** No tie is as large as this many pages of 100; the middle of a window is beyond. */
const DEEP = 10;
const OLD = {sizes: {conversations: 2_000}, historyDays: 1_100};

function archive(status: number, text?: string): RefusalRule[] {
  return [{of: 'archive', status, ...(text !== undefined && {text})}];
}

/** Requests that are refused: whose fault that is, and who pays for it. */
export const REFUSALS = [
  trial('F1 K1', 'searches of notes answer 400; then the cause is gone', {
    streams: ['conversations', 'customers', 'notes'],
    world: THREE,
    runs: [
      {
        settings: {refusals: [{of: 'search', names: ['note'], status: 400, text: UNKNOWN}]},
        expect: {exit: 1, missing: 300, says: /note_updated_at/},
      },
      {settings: {refusals: []}, expect: WHOLE},
    ],
  }),
  trial('F1 K3', 'six 400s in a row, then good answers; and once more', {
    streams: ['conversations', 'customers', 'notes'],
    world: THREE,
    runs: [
      {
        faults: [{kind: 'status', status: 400, text: UNKNOWN, times: 6, match: {context: 'conversation'}}],
        expect: WHOLE,
      },
      {expect: WHOLE},
    ],
  }),
  trial('F1 K2', 'archive searches answer 400; then the cause is gone', {
    world: OLD,
    runs: [
      {
        settings: {refusals: archive(400, 'The archive is not enabled')},
        expect: {exit: 0, missing: 700, says: /archive/},
      },
      {settings: {refusals: []}, expect: WHOLE},
    ],
  }),
  trial('F1 deleted', 'includeDeleted is refused by name, for notes alone; then it is not', {
    streams: ['conversations', 'customers', 'notes'],
    world: THREE,
    runs: [
      {
        settings: {
          refusals: [
            {
              of: 'search',
              names: ['note'],
              includeDeleted: true,
              status: 400,
              text: 'includeDeleted is not allowed',
            },
          ],
        },
        expect: {exit: 0, missing: 30, says: /eleted/},
      },
      {settings: {refusals: []}, expect: WHOLE},
    ],
  }),
  ...[422, 403, 404, 400].map((status) =>
    trial(`F8 i-${status}`, `pages from the 10th on answer ${status}`, {
      world: conversations(6_000, {refusals: [{of: 'search', fromPage: DEEP, status}]}),
      config: {page_size: 100},
      runs: [{expect: WHOLE}],
    }),
  ),
  trial('F8 i3', 'pages from the 10th on answer 500', {
    world: conversations(6_000, {refusals: [{of: 'search', fromPage: DEEP, status: 500}]}),
    config: {page_size: 100},
    runs: [{expect: WHOLE}],
  }),
  ...(['empty', 'first', 'failed'] as const).map((deepPages) =>
    trial(`F8 i-${deepPages}`, `pages from the 10th on: ${deepPages}`, {
      world: conversations(6_000, {deepPages, deepFromPage: DEEP}),
      config: {page_size: 100},
      runs: [{expect: WHOLE}],
    }),
  ),
  ...[402, 403, 422, 451, 501].map((status) =>
    trial(`F12 archive-${status}`, `archive searches answer ${status}; then they answer`, {
      world: OLD,
      runs: [
        {settings: {refusals: archive(status)}, expect: {exit: 0, missing: Infinity, says: /rchive/}},
        {settings: {refusals: []}, expect: WHOLE},
      ],
    }),
  ),
  trial('F12 archive-500', 'archive searches answer 500', {
    world: OLD,
    stopAfterMs: 5_000,
    runs: [{settings: {refusals: archive(500)}, expect: LOUD}],
  }),
  trial('F12 way-out', 'the same with include_archived: false', {
    world: OLD,
    config: {include_archived: false},
    runs: [{settings: {refusals: archive(500)}, expect: {exit: 0, missing: Infinity}}],
  }),
  ...[401, 402, 403, 422].map((status) =>
    trial(`held mid-${status}`, `the 8th answer and all later ones are ${status}; then they are good`, {
      config: {page_size: 100},
      runs: [
        {
          faults: [{kind: 'status', status, times: -1, match: {nth: 8}}],
          expect: {...LOUD, says: RegExp(String(status))},
        },
        {expect: WHOLE},
      ],
    }),
  ),
];
