import {orderOf} from '../../../tools/probe/probes/order';
import {outOfPlace} from '../../../tools/probe/probes/bodies';
import {witnessIn} from '../../../tools/probe/probes/bounds';
import {missingFrom} from '../../../tools/probe/probes/delay';
import {idForm} from '../../../tools/probe/probes/ids';
import {orderOfList} from '../../../tools/probe/probes/lists';
import {timestampForm} from '../../../tools/probe/probes/timestamps';
import {sizeSeen} from '../../../tools/probe/page-size';
import type {Reply} from '../../../tools/probe/reply';
import {type Row, rowsOf} from '../../../tools/probe/rows';
import {byOutcome, duration, records} from '../../../tools/probe/words';

function reply(json: unknown, status = 200): Reply {
  return {
    request: {method: 'GET', path: '/v1/tags'},
    ...{status, json, headers: {}, sentAtMs: 0, hasByteOrderMark: false},
  };
}

/** Records of these times, and of ids by their place. */
function rowsAt(...times: readonly number[]): readonly Row[] {
  const data = times.map((time, at) => ({
    id: `${at}`,
    attributes: {updatedAt: new Date(time).toISOString()},
  }));
  return rowsOf(reply({data})) ?? [];
}

test.each([
  [[1, 2, 2, 3], 'ascending'],
  [[1300, 1200, 1100, 2900, 2800], 'ascending to the second'],
  [[9000, 5000, 7000, 1000], 'not sorted'],
  [[...Array.from({length: 30}, (_, at) => at * 5000), 7], 'ascending'],
  [[5, 5], 'too few records to tell'],
  [[], 'too few records to tell'],
])('the order of %j is %s', (times, order) => {
  expect(orderOf(times)).toBe(order);
});

test('records are out of place that are not in order with most others, or outside of what was asked for', () => {
  expect(outOfPlace(rowsAt(10, 20, 30), [0, 100])).toEqual([]);
  expect(outOfPlace(rowsAt(10, 95, 30, 40), [0, 100])).toEqual([{offMs: 65}]);
  expect(outOfPlace(rowsAt(10, 20, 5, 30), [0, 100])).toEqual([{offMs: -15}]);
  expect(outOfPlace(rowsAt(20, 130), [0, 100])).toEqual([{offMs: 30}]);
});

test('a witness of the bounds has an instant of its own, in order, with milliseconds', () => {
  expect(witnessIn(rowsAt(1001, 2500, 2500, 3000, 4007, 5001))?.id).toBe('4');
  expect(witnessIn(rowsAt(1000, 2000, 2000))).toBeUndefined();
  expect(witnessIn([])).toBeUndefined();
});

test('what search lacks of a list is what should be among the newest, and is not in this version', () => {
  const found = rowsAt(500, 400, 300);
  const [first, second] = found as [Row, Row];
  expect(missingFrom(found, [first, second])).toEqual([]);
  const newer = {...second, updatedAtMs: 600};
  const unknown = {...second, id: 'x', updatedAtMs: 350};
  const old = {...second, id: 'y', updatedAtMs: 200};
  expect(missingFrom(found, [newer, unknown, old])).toEqual([newer, unknown]);
});

test.each([
  ['5f0c1d2e3a4b5c6d7e8f9a0c', '24 hex digits'],
  ['5f0c1d2e-3a4b-5c6d-7e8f-9a0c5f0c1d2e', 'a UUID'],
  [17, 'a number'],
  ['order-1', 'another text'],
  ['', 'none'],
  [undefined, 'none'],
])('the id %j is %s', (id, form) => {
  expect(idForm(id)).toBe(form);
});

test.each([
  ['2024-05-01T10:00:00.123Z', 'milliseconds'],
  ['2024-05-01T10:00:00Z', 'seconds'],
  ['2024-05-01T10:00:00.123456Z', '6 digits'],
  ['2024-05-01T10:00:00.123000Z', '6 digits, padded'],
  ['2024-05-01T10:00:00.123+00:00', 'milliseconds, +00:00'],
  ['2024-05-01T10:00:00.123-05:00', 'milliseconds, with an offset'],
  [1714557600123, 'a number'],
  ['yesterday', 'another text'],
  [null, 'null'],
  [undefined, 'none'],
])('the time %j is %s', (time, form) => {
  expect(timestampForm(time)).toBe(form);
});

test('the order of a list is told as far as its records tell', () => {
  expect(orderOfList(rowsAt(3, 1, 2))).toBe('by id');
  expect(orderOfList([...rowsAt(3, 1, 2)].reverse())).toBe('by id, descending');
  const [a, b, c] = rowsAt(3, 1, 2) as [Row, Row, Row];
  expect(orderOfList([b, c, a])).toBe('by updatedAt');
  expect(orderOfList([b, a, c])).toBe('in no order that shows');
});

test('what a page shows of the largest one', () => {
  const data = Array.from({length: 50}, (_, at) => ({id: `${at}`}));
  const seen = (json: unknown, refusedWith?: number, isNamed = false) =>
    sizeSeen({reply: reply(json), asked: 100, refusedWith, isNamed});
  expect(seen({data, meta: {pageSize: 50}})).toEqual({largest: 50, seen: '100 cut down to 50'});
  expect(seen({data, links: {next: '/v1/tags?page=2'}})).toEqual({largest: 50, seen: '100 cut down to 50'});
  expect(seen({data: [...data, ...data]})).toEqual({largest: 100, seen: '100 served'});
  expect(seen({data, meta: {pageSize: 100}}).largest).toBe(100);
  expect(seen({data})).toMatchObject({largest: undefined, seen: expect.stringContaining('too few records')});
  expect(seen({data}, 400, true)).toEqual({
    largest: 100,
    seen: 'larger pages refused (400, which names the largest), 100 taken',
  });
});

test('answers without a list are told from those without records', () => {
  expect(rowsOf(reply({data: []}))).toEqual([]);
  expect(rowsOf(reply({data: null}))).toEqual([]);
  expect(rowsOf(reply(undefined, 204))).toEqual([]);
  expect(rowsOf(reply({data: 'text'}))).toBeUndefined();
  expect(rowsOf(reply(undefined))).toBeUndefined();
  expect(rowsOf(reply({data: []}, 403))).toBeUndefined();
});

test('words', () => {
  expect([0, 1, 1204].map(records)).toEqual(['0 records', '1 record', '1,204 records']);
  expect([820, 12_000, 180_000, 5 * 3_600_000, 8 * 86_400_000].map(duration)).toEqual([
    '820 ms',
    '12 s',
    '3 min',
    '5 h',
    '8 days',
  ]);
  expect(
    byOutcome([
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
    ]),
  ).toBe('a, c: x; b: y');
});
