import fc from 'fast-check';
import {type Intervals, add, intersect} from '../../src/cursor/intervals';
import {
  InvalidStateError,
  type StreamState,
  formatStreamState,
  parseStreamState,
  stateWithin,
} from '../../src/cursor/stream-state';
import type {Interval} from '../../src/time';

const instants = fc.integer({min: Date.UTC(1990, 0), max: Date.UTC(2100, 0)});
const windows = fc
  .array(fc.tuple(instants, fc.nat(1e9)).map(([from, length]): Interval => [from, from + length]))
  .map((list) => list.reduce<Intervals>(add, []));
const owed = windows.filter(({length}) => length > 0);
const parts = {cursor: instants, done: windows, pendingArchive: owed, pendingDeleted: owed};
const states = fc.record(
  {
    ...parts,
    fullRefresh: fc.boolean(),
    sortedBy: fc.string(),
    deletedList: fc.record({cursor: instants, liveIds: fc.string()}),
    byConversation: fc.record(parts, {requiredKeys: ['cursor', 'done']}),
  },
  {requiredKeys: ['cursor', 'done']},
) as fc.Arbitrary<StreamState>;

describe('a stream state', () => {
  test('comes back from JSON as it went', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(parseStreamState(JSON.parse(JSON.stringify(formatStreamState(state))))).toEqual(state);
      }),
    );
  });

  test('of a complete read is a plain cursor', () => {
    const cursor = Date.UTC(2024, 0, 1);
    expect(formatStreamState({cursor, done: []})).toEqual({updated_at: '2024-01-01T00:00:00.000Z'});
  });

  test('names the windows above the cursor, and whether a full refresh is through', () => {
    const day = (date: number) => Date.UTC(2024, 0, date);
    expect(formatStreamState({cursor: day(1), done: [[day(2), day(3)]], fullRefresh: false})).toEqual({
      updated_at: '2024-01-01T00:00:00.000Z',
      done: [['2024-01-02T00:00:00.000Z', '2024-01-03T00:00:00.000Z']],
      __ab_full_refresh_sync_complete: false,
    });
  });

  test('says when the list of deleted records was read, and beside which live ones', () => {
    const cursor = Date.UTC(2024, 0, 2);
    const deletedList = {cursor: Date.UTC(2024, 0, 1), liveIds: '0123456789abcdef'};
    expect(formatStreamState({cursor, done: [], deletedList})).toEqual({
      updated_at: '2024-01-02T00:00:00.000Z',
      deleted_list: {updated_at: '2024-01-01T00:00:00.000Z', live_ids: '0123456789abcdef'},
    });
  });

  test.each([[undefined], [null], [{}]])('that says nothing is none: %j', (json) =>
    expect(parseStreamState(json)).toBeUndefined(),
  );

  test.each([
    ['2023-01-01', Date.UTC(2023, 0, 1)],
    ['2023-01-01T00:00:00Z', Date.UTC(2023, 0, 1)],
    ['2023-01-01T00:00:00.000000Z', Date.UTC(2023, 0, 1)],
    ['2023-01-01T00:00:00+00:00', Date.UTC(2023, 0, 1)],
    ['2023-01-01 00:00:00+00:00', Date.UTC(2023, 0, 1)],
  ])('takes the cursor %s', (text, cursor) =>
    expect(parseStreamState({updated_at: text})).toEqual({cursor, done: []}),
  );

  test('puts windows in order, and together where they touch', () => {
    const iso = (ms: number) => new Date(ms).toISOString();
    const done = [
      [iso(30), iso(40)],
      [iso(10), iso(19)],
      [iso(20), iso(25)],
    ];
    expect(parseStreamState({updated_at: iso(0), done})).toEqual({
      cursor: 0,
      done: [
        [10, 25],
        [30, 40],
      ],
    });
  });

  const at = '2023-01-01T00:00:00Z';
  const later = '2023-01-02T00:00:00Z';
  test.each([
    ['a text', at],
    ['a list', [at]],
    ['a number', 7],
    ['no cursor', {done: []}],
    ['a cursor that is no date', {updated_at: 'yesterday'}],
    ['a cursor that is a number', {updated_at: 1672531200000}],
    ['a null cursor', {updated_at: null}],
    ['a day that does not exist', {updated_at: '2023-02-30'}],
    ['windows that are no list', {updated_at: at, done: {from: at, to: later}}],
    ['a window that is none', {updated_at: at, done: [at, later]}],
    ['a window without an end', {updated_at: at, done: [[at]]}],
    ['a window with three ends', {updated_at: at, done: [[at, later, later]]}],
    ['a window that ends before it begins', {updated_at: at, done: [[later, at]]}],
    ['a window of no dates', {updated_at: at, done: [[1, 2]]}],
    ['a list of deleted ones that is none', {updated_at: at, deleted_list: null}],
    ['a list of deleted ones without its time', {updated_at: at, deleted_list: {live_ids: 'ab'}}],
    ['a list of deleted ones without live ones', {updated_at: at, deleted_list: {updated_at: at}}],
  ])('cannot be read from %s, and says why', (_, json) => {
    expect(() => parseStreamState(json)).toThrow(InvalidStateError);
  });

  test('never breaks on anything else than with InvalidStateError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({updated_at: fc.jsonValue(), done: fc.jsonValue(), deleted_list: fc.jsonValue()}),
        ),
        (json) => {
          try {
            parseStreamState(json);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidStateError);
          }
        },
      ),
    );
  });
});

describe('stateWithin', () => {
  const small = fc.nat(30);
  const parts = fc
    .array(fc.tuple(small, small).map(([a, b]): Interval => [Math.min(a, b), Math.max(a, b)]))
    .map((list) => list.reduce<Intervals>(add, []));
  const cases = fc.record({from: small, length: small, done: parts, settled: small, reached: small});

  test('promises only what is done and settled, or was promised before, and all of that', () => {
    fc.assert(
      fc.property(cases, ({from, length, done, settled, reached}) => {
        const {cursor, done: above} = stateWithin([from, from + length], done, settled, reached);
        const safe = intersect(done, [[from, settled]]);
        const isSafe = (instant: number) => safe.some(([a, b]) => a <= instant && instant <= b);
        const promised = (instant: number) =>
          instant < cursor || above.some(([a, b]) => a <= instant && instant <= b);
        for (let instant = from; instant <= 70; instant++) {
          // At the cursor itself the next read begins.
          if (promised(instant)) expect(isSafe(instant) || instant < Math.max(reached, from)).toBe(true);
          if (isSafe(instant) && instant > cursor) expect(promised(instant)).toBe(true);
        }
      }),
    );
  });

  test('never undercuts a cursor that was promised', () => {
    fc.assert(
      fc.property(cases, ({from, length, done, settled, reached}) => {
        const {cursor} = stateWithin([from, from + length], done, settled, reached);
        expect(cursor).toBeGreaterThanOrEqual(Math.max(from, reached));
      }),
    );
  });

  test('moves the cursor through what is contiguous only', () => {
    expect(
      stateWithin(
        [0, 100],
        [
          [0, 10],
          [20, 30],
        ],
        90,
        0,
      ),
    ).toEqual({cursor: 10, done: [[20, 30]]});
  });

  test('leaves out what the index may not show yet', () => {
    expect(stateWithin([0, 100], [[0, 100]], 90, 0)).toEqual({cursor: 90, done: []});
  });
});
