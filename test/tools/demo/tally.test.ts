import type {Message} from '../../../tools/demo/messages';
import {Tally} from '../../../tools/demo/tally';

const row = (id: string, more: object = {}): Message => ({
  type: 'RECORD',
  record: {stream: 'tags', data: {id, updated_at: '2024-01-01T00:00:00.000Z', ...more}},
});

const state = (recordCount: number, type = 'STREAM'): Message => ({
  type: 'STATE',
  state: {type, stream: {stream_descriptor: {name: 'tags'}, stream_state: {}}, sourceStats: {recordCount}},
});

const status = (word: string, at = 1000): Message => ({
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: at,
    stream_status: {stream_descriptor: {name: 'tags'}, status: word},
  },
});

const good = [status('STARTED'), status('RUNNING'), row('a'), row('b'), state(2), status('COMPLETE', 3000)];

function tallyOf(messages: readonly Message[], exitCode = 0): Tally {
  const tally = new Tally(['tags'], (_stream, data) =>
    data['bad'] === true ? 'row/bad must not be' : undefined,
  );
  for (const message of messages) tally.take(message);
  tally.finish(exitCode);
  return tally;
}

test('counts a read in which all is well', () => {
  const tally = tallyOf(good);
  expect(tally.problems).toEqual([]);
  expect(tally.lastStates).toEqual([state(2).state]);
  expect(tally.streams.get('tags')).toMatchObject({
    rows: 2,
    states: 1,
    started: 1000,
    ended: 3000,
    isOver: true,
  });
});

test.each<[string, Message[], string]>([
  [
    'a state that counts wrong',
    [...good.slice(0, 4), state(3), ...good.slice(5)],
    'tags: a state counts 3 rows, not 2',
  ],
  ['no state', good.filter(({type}) => type !== 'STATE'), 'tags: no state came'],
  [
    'rows after the last state',
    [...good.slice(0, 5), row('c'), ...good.slice(5)],
    'tags: 1 rows came after the last state',
  ],
  [
    'a state of another type',
    [...good.slice(0, 4), state(2, 'LEGACY'), ...good.slice(5)],
    'tags: a state is LEGACY',
  ],
  ['no RUNNING', good.filter((message) => message !== good[1]), 'tags: its statuses are STARTED COMPLETE'],
  ['no end', good.slice(0, 5), 'tags: its statuses are STARTED RUNNING'],
  ['rows after the end', [...good, row('c'), state(1)], 'tags: a row came while it was not RUNNING'],
  [
    'a row that does not fit',
    [...good.slice(0, 4), row('c', {bad: true}), state(3), ...good.slice(5)],
    'tags: a row does not fit its schema: row/bad must not be',
  ],
  [
    'a stream of no catalog',
    [...good, {type: 'RECORD', record: {stream: 'x', data: {}}}],
    'x is no stream of the catalog',
  ],
  [
    'an error',
    [...good, {type: 'TRACE', trace: {type: 'ERROR', emitted_at: 1, error: {message: 'no'}}}],
    'the read failed: no',
  ],
])('notes %s', (_what, messages, problem) => {
  expect(tallyOf(messages).problems).toContain(problem);
});

test('notes an exit code other than 0, and how often a thing was wrong', () => {
  expect(tallyOf(good, 1).problems).toEqual(['the read ended with exit code 1']);
  const twice = [...good, row('c'), row('d'), state(2)];
  expect(tallyOf(twice).problems).toEqual(['tags: a row came while it was not RUNNING (2 times)']);
});
