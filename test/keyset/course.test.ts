import {stepAfter} from '../../src/keyset/course';
import {FoundRecord} from '../../src/keyset/page';
import {seek} from '../../src/keyset/seek';
import {byUpdatedAt} from '../../src/keyset/sort-keys';
import {Window} from '../../src/keyset/windows';
import {FakePageSource, type PageSourceOptions, SECOND, recordsOf} from '../fakes/page-source';

const END = 100 * SECOND;

async function read(options: Partial<PageSourceOptions>, settledTo?: number) {
  const source = new FakePageSource({
    records: recordsOf('a@1 b@2 c@3 d@4 e@5 f@6 g@7 h@8 i@9'),
    pageSize: 4,
    ...options,
  });
  const window = new Window(0, END, settledTo);
  const ids: string[] = [];
  const promised: number[] = [];
  for await (const {records, doneTo} of seek(byUpdatedAt(source, window), window)) {
    ids.push(...records.map(({id}) => id));
    promised.push(doneTo);
  }
  return {ids: ids.join(''), promised, starts: source.queries.map(({updated: [from]}) => from / SECOND)};
}

test('questions go on from the last record, as long as counts agree, and promise what comes before it', async () => {
  const {ids, starts, promised} = await read({});
  expect([ids, starts]).toEqual(['abcdefghi', [-0.001, 4, 7]]);
  expect(promised).toEqual([3 * SECOND - 1, 6 * SECOND - 1, END]);
});

test('they go on from the one before it where nothing is counted, or records may still join', async () => {
  expect((await read({totals: false})).starts.slice(0, 3)).toEqual([-0.001, 3, 5]);
  expect((await read({}, 1)).starts.slice(-3)).toEqual([3, 5, 7]);
});

test('a last record that is newer than its place leads too far: a count shows it, and the cursor goes back', async () => {
  const records = recordsOf('a@1 b@2 c@3 x@4 d@5 e@6 f@7 g@8 h@9').map((record) =>
    record.id === 'x' ? {...record, place: record.updatedAt, updatedAt: 7.5 * SECOND} : record,
  );
  const {ids, starts} = await read({records});
  expect([...ids].sort().join('')).toBe('abcdefghx');
  // The count is doubted, and asked for again, before it is believed.
  expect(starts.slice(0, 4)).toEqual([-0.001, 6.999, 6.999, 3]);
});

test('a page whose records all tell a later time than their place leads too far as well: what was counted is looked for again', async () => {
  const moved = recordsOf('a@60 b@70 c@80 d@90');
  const records = [
    ...moved.map((record, at) => ({...record, place: (at + 1) * SECOND})),
    ...recordsOf('e@5'),
  ];
  // The index has followed by the time that it is asked from the beginning again.
  const before = (number: number, source: FakePageSource): void => {
    const isAgain = number > 1 && (source.queries.at(-1)?.updated[0] ?? 0) < SECOND;
    if (isAgain) source.records = [...recordsOf('e@5'), ...moved];
  };
  const {ids, starts} = await read({records, before});
  expect([...ids].sort().join('')).toBe('abcde');
  expect(starts.indexOf(-0.001, 1)).toBeGreaterThan(1);
});

test('it is looked for three times at most', async () => {
  const records = recordsOf('a@60 b@70 c@80 d@90 e@5').map((record, at) => ({
    ...record,
    place: (at + 1) * SECOND,
  }));
  const {starts} = await read({records});
  expect(starts.filter((start) => start < 1)).toHaveLength(4);
});

test('a record that moves on does not keep it from going on', async () => {
  const {ids} = await read({
    before: (number, source) => number % 2 === 0 && source.touch('i', 200 * SECOND + number),
  });
  expect(ids).toBe('abcdefgh');
});

describe('a page that was cut shows', () => {
  const placed = (...places: number[]) =>
    places.map((place, at) => ({
      record: new FoundRecord({id: `r${at}`, updatedAt: place, createdAt: 0}, ''),
      place,
      isInPlace: true,
    }));

  test.each<[string, number[], boolean, number, number]>([
    ['all before its last instant but one', [1000, 2000, 3000], true, 2000, 3000],
    ['as much where several share the last one', [1000, 2000, 2000], true, 1000, 2000],
    ['nothing but its only instant', [2000, 2000], true, 2000, 2000],
    ['whole seconds, where it may not be sorted within one', [1000, 2100, 2900], false, 1000, 2000],
  ])('%s', (_, places, isFine, sure, bold) => {
    expect(stepAfter(placed(...places), 0, isFine)).toEqual({sure, bold});
  });
});
