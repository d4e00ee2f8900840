import type {Interval} from '../../../src/time';
import {Coverage} from '../../../src/streams/read/coverage';
import type {StreamState} from '../../../src/cursor/stream-state';

/** What is done of 0 to 100, going on from a state where there is one. */
function coverage(state?: StreamState): Coverage {
  return new Coverage({range: [0, 100], state});
}

/** The archive has given a part. */
function archive(one: Coverage, done: Interval): void {
  one.onArchived(done);
}

const NOTHING_OWED = {pendingArchive: [], pendingDeleted: []};

test('at first all is missing from search, and nothing from the archive', () => {
  const one = coverage();
  expect([one.missingFromSearch(), one.missingFromArchive, one.missingDeleted]).toEqual([[[0, 100]], [], []]);
  expect(one.soFar(100)).toEqual({cursor: 0, done: [], ...NOTHING_OWED});
});

test('the cursor is the end of the unbroken part; what is done above it stands beside it', () => {
  const one = coverage();
  one.onSearched([50, 60], false);
  expect(one.soFar(100)).toEqual({cursor: 0, done: [[50, 60]], ...NOTHING_OWED});
  one.onSearched([0, 20], false);
  expect(one.soFar(100)).toEqual({cursor: 20, done: [[50, 60]], ...NOTHING_OWED});
  one.onSearched([21, 49], false);
  expect(one.soFar(100)).toEqual({cursor: 60, done: [], ...NOTHING_OWED});
  expect(one.missingFromSearch()).toEqual([[61, 100]]);
});

test('what the index may not show yet is read, but not done', () => {
  const one = coverage();
  one.onSearched([0, 100], false);
  expect(one.soFar(80)).toEqual({cursor: 80, done: [], ...NOTHING_OWED});
  expect(one.missingFromSearch()).toEqual([]);
});

test('a read goes on with the holes of the state before', () => {
  const one = coverage({
    cursor: 10,
    done: [
      [0, 10],
      [40, 60],
    ],
  });
  expect(one.missingFromSearch()).toEqual([
    [11, 39],
    [61, 100],
  ]);
  expect(one.missingFromSearch([0, 50])).toEqual([[11, 39]]);
});

test('a cursor that was promised is never taken back, though a lookback before it is read again', () => {
  const one = coverage({cursor: 30, done: []});
  expect(one.missingFromSearch()).toEqual([[0, 100]]);
  one.onSearched([0, 5], false);
  expect(one.soFar(100).cursor).toBe(30);
});

describe('where the archive is asked as well', () => {
  test('what only search has given is not done', () => {
    const one = coverage();
    one.expectArchive([0, 40]);
    one.onSearched([0, 100], false);
    expect(one.soFar(100)).toEqual({cursor: 0, done: [[41, 100]], ...NOTHING_OWED});
    archive(one, [0, 15]);
    expect(one.missingFromArchive).toEqual([[16, 40]]);
    expect(one.soFar(100)).toEqual({cursor: 15, done: [[41, 100]], ...NOTHING_OWED});
    archive(one, [16, 40]);
    expect(one.soFar(100)).toEqual({cursor: 100, done: [], ...NOTHING_OWED});
  });

  test('what an earlier read has finished is not asked of the archive again', () => {
    const one = coverage({cursor: 25, done: [[0, 25]]});
    one.expectArchive([0, 40]);
    expect(one.missingFromArchive).toEqual([[26, 40]]);
  });

  test('an archive that is refused holds nothing up, and owes what it should have given', () => {
    const one = coverage();
    one.expectArchive([0, 40]);
    one.onSearched([0, 100], false);
    one.onArchiveRefused();
    expect(one.soFar(100)).toEqual({cursor: 100, done: [], pendingArchive: [[0, 40]], pendingDeleted: []});
    expect(one.complete(100)).toEqual({cursor: 100, done: [], pendingArchive: [[0, 40]], pendingDeleted: []});
  });

  test('what it owes from earlier reads is asked for with the rest, and owed again if it is refused again', () => {
    const one = coverage({cursor: 60, done: [[0, 60]], pendingArchive: [[0, 40]]});
    one.expectArchive([0, 70]);
    expect(one.missingFromArchive).toEqual([
      [0, 40],
      [61, 70],
    ]);
    one.onArchiveRefused();
    expect(one.complete(100).pendingArchive).toEqual([
      [0, 40],
      [61, 70],
    ]);
    expect(one.missingFromArchive).toEqual([
      [0, 40],
      [61, 70],
    ]);
  });

  test('what it then gives is no longer owed', () => {
    const one = coverage({cursor: 100, done: [[0, 100]], pendingArchive: [[0, 40]]});
    archive(one, [0, 30]);
    expect(one.complete(100).pendingArchive).toEqual([[31, 40]]);
  });
});

describe('where deleted records are refused', () => {
  test('what is read without them is done, and its deleted records are owed', () => {
    const one = coverage();
    one.onSearched([0, 50], false);
    one.onSearched([51, 100], true);
    expect(one.complete(100)).toEqual({
      cursor: 100,
      done: [],
      pendingArchive: [],
      pendingDeleted: [[51, 100]],
    });
    expect(one.missingDeleted).toEqual([[51, 100]]);
  });

  test('they are owed by all reads to come until they are read', () => {
    const one = coverage({cursor: 100, done: [[0, 100]], pendingDeleted: [[10, 90]]});
    expect(one.missingDeleted).toEqual([[10, 90]]);
    one.onDeletedRead([10, 50]);
    expect(one.complete(100).pendingDeleted).toEqual([[51, 90]]);
    one.onDeletedRead([51, 90]);
    expect(one.complete(100)).toEqual({cursor: 100, done: [], ...NOTHING_OWED});
  });
});
