import {FoundRecord, type Page, type PageSource, type Query} from '../../src/keyset/page';
import {Quirks} from '../../src/keyset/quirks';
import {seek} from '../../src/keyset/seek';
import {byUpdatedAt} from '../../src/keyset/sort-keys';
import {Window} from '../../src/keyset/windows';

const CAPACITY = 3;
/** [updatedAt, createdAt]: a tie that fills a page, and what follows. */
const RECORDS = [
  [10, 1],
  [10, 2],
  [10, 3],
  [20, 4],
  [30, 5],
] as const;

/** Answers as documented, but empty (and its total agrees) for the first question from `emptyFrom` on. */
function sourceOf(emptyFrom: number): PageSource<number> {
  let spoilt = false;
  const page = ({updated, createdFrom = -Infinity, createdTo = Infinity, sort, page: number}: Query) => {
    const isEmpty = !spoilt && sort === 'updated' && updated[0] >= emptyFrom;
    spoilt ||= isEmpty;
    const found = RECORDS.filter(
      ([at, made]) =>
        !isEmpty && at >= updated[0] && at <= updated[1] && made >= createdFrom && made <= createdTo,
    );
    const records = found
      .slice((number - 1) * CAPACITY, number * CAPACITY)
      .map(
        ([updatedAt, createdAt]) => new FoundRecord({id: String(createdAt), updatedAt, createdAt}, createdAt),
      );
    const total = {count: found.length, atLeast: false};
    const answer: Page<number> = {records, total, asked: CAPACITY, capacity: CAPACITY, provenLast: false};
    return Promise.resolve(answer);
  };
  const endpoint = {method: 'POST', path: '/v1/customers/search'} as const;
  return {endpoint, limits: {lastPage: 100, totalCap: 10_000}, quirks: new Quirks(), page};
}

async function idsOf(emptyFrom: number): Promise<string[]> {
  const window = new Window(0, 100);
  const ids: string[] = [];
  for await (const {records} of seek(byUpdatedAt(sourceOf(emptyFrom), window), window)) {
    ids.push(...records.map(({id}) => id));
  }
  return ids.sort();
}

test.each([
  ['behind a tie', 11],
  ['at an instant that was seen', 20],
])('an answer that is empty just once %s loses nothing', async (_, emptyFrom) => {
  expect(await idsOf(emptyFrom)).toEqual(['1', '2', '3', '4', '5']);
});
