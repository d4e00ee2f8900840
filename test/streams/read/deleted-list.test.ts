import fc from 'fast-check';
import {DeletedList} from '../../../src/streams/read/deleted-list';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);
const READ = Date.UTC(2024, 5, 1);
const MINUTE = 60_000;

/** One that says that the list was read beside these ids, as the state of a read after so many hours finds it. */
function after(hours: number, ids: readonly string[], startMs = START): DeletedList {
  const options = {startMs, lookbackMs: 10 * MINUTE};
  const first = new DeletedList(undefined, {...options, now: READ});
  first.due(new Set(ids), READ);
  first.done();
  return new DeletedList(first.stateAt(READ), {...options, now: READ + hours * HOUR});
}

describe('a list of deleted records', () => {
  test('is due from the start date on where no state speaks of it', () => {
    const list = new DeletedList(undefined, {now: READ, startMs: START, lookbackMs: 10 * MINUTE});
    expect(list.due(new Set(), READ)).toEqual([START, READ]);
  });

  test('is not due while the live ids are the same, in whatever order', () => {
    const ids = fc.uniqueArray(fc.string(), {minLength: 1});
    fc.assert(
      fc.property(ids, fc.nat(22), (some, hours) => {
        expect(after(hours, some).due(new Set([...some].reverse()), READ + hours * HOUR)).toBeUndefined();
      }),
    );
  });

  test.each([
    ['one has gone', ['a']],
    ['one has come', ['a', 'b', 'c']],
    ['one has gone and one has come', ['a', 'c']],
    ['all have gone', []],
  ])('is due as soon as %s, from a lookback before it was last read', (_, live) => {
    const range = [READ - 10 * MINUTE, READ + HOUR];
    expect(after(1, ['a', 'b']).due(new Set(live), READ + HOUR)).toEqual(range);
  });

  test('is due after almost a day, so that a daily sync that comes a little early asks too', () => {
    const now = READ + 23 * HOUR;
    expect(after(23, ['a']).due(new Set(['a']), now)).toEqual([READ - 10 * MINUTE, now]);
  });

  test('is never read from before the start date', () => {
    expect(after(30, ['a'], READ).due(new Set(), READ + 30 * HOUR)).toEqual([READ, READ + 30 * HOUR]);
  });

  test('moves its state only where it was read to its end', () => {
    const list = after(1, ['a']);
    const before = list.stateAt(READ + HOUR);
    list.due(new Set(['b']), READ + HOUR);
    expect(list.stateAt(READ + HOUR)).toEqual(before);
    list.done();
    expect(list.stateAt(READ + HOUR)).toEqual({
      cursor: READ + HOUR,
      liveIds: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
    expect(list.stateAt(READ + HOUR)?.liveIds).not.toBe(before?.liveIds);
  });
});
