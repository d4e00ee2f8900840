import {conversations, DAY_MS, LOUD, trial, WHOLE} from './common';

const YEAR_MS = 365 * DAY_MS;

/** Records and states that are odd. */
export const RECORDS = [
  trial('F15 future', 'the state is a year ahead', {
    state: {conversations: {updated_at: new Date(Date.now() + YEAR_MS).toISOString()}},
    runs: [{expect: {exit: 0, missing: Infinity, says: /future|ahead/}}],
  }),
  trial('F16 depth', 'a value of one record is nested 2,000 levels deep', {
    world: conversations(3_000, {heavy: 0.0005, heavyDepth: 2_000}),
    runs: [{expect: WHOLE}],
  }),
  trial('F17 wide', 'one record has 10,000 attributes', {
    world: conversations(3_000, {heavy: 0.0005, heavyAttributes: 10_000}),
    runs: [{expect: {exit: 0, mostSeconds: 10}}],
  }),
  trial('F18 n1', 'ids are numbers', {
    world: conversations(1_000, {ids: 'number'}),
    runs: [{expect: WHOLE}],
  }),
  ...(['s', 'us0', 'offset', 'us', 'shifted', 'epoch'] as const).map((timestamps) =>
    trial(`F18 time-${timestamps}`, `times are written as ${timestamps}`, {
      world: conversations(1_000, {timestamps}),
      onlyIds: true,
      runs: [{expect: timestamps === 'epoch' ? LOUD : WHOLE}],
    }),
  ),
  trial('held createdAt', 'records have no createdAt', {
    world: conversations(1_000, {createdAts: false}),
    runs: [{expect: WHOLE}],
  }),
];
