import {type Expectation, askUntilBelieved, doubtOf} from '../../src/keyset/doubts';
import type {Page} from '../../src/keyset/page';
import {type DoubtKind, Quirks} from '../../src/keyset/quirks';
import {pageOf} from '../fakes/page-source';

const FULL = 'a@1 b@2 c@3';

/** A page of three at most: of `count` records, or of nobody knows how many. */
function ofThree(table: string, count?: number): Page<string> {
  return pageOf(table, {capacity: 3, total: count === undefined ? undefined : {count, atLeast: false}});
}

/** Nothing was asked before. */
const NOTHING = {records: undefined, coversKnown: false, isRepeated: false, isKnown: () => false};

describe('what makes an answer doubtful', () => {
  test.each<[string, Page<string>, Partial<Expectation>, DoubtKind | undefined, number]>([
    ['a full page with more to come: nothing', ofThree(FULL, 9), {}, undefined, 0],
    ['a page that shows all that it counts: nothing', ofThree('a@1', 1), {}, undefined, 0],
    ['fewer than it counts, and not full', ofThree('a@1', 3), {}, 'short', 2],
    ['fewer than fit, where nothing is counted', ofThree('a@1 b@2'), {}, 'uncounted', 1],
    ['one record twice', ofThree('a@1 a@1 c@3', 3), {}, 'repeating', 1],
    ['it counts fewer than the answer before left', ofThree(FULL, 3), {records: 5}, 'shrunk', 2],
    ['nothing, where nothing was ever seen', ofThree('', 0), {}, 'blank', 1],
    ['nothing, though it begins where records stand', ofThree('', 0), {coversKnown: true}, 'empty', 1],
    ['nothing, though answers before counted more', ofThree('', 0), {records: 4}, 'empty', 4],
    ['nothing, though it counts some itself', ofThree('', 7), {}, 'empty', 7],
    ['nothing, as counted before', ofThree('', 0), {records: 0, coversKnown: true}, undefined, 0],
    ['nothing, as counted before, though it counts some itself', ofThree('', 2), {records: 0}, 'empty', 2],
  ])('%s', (_what, page, expectation, kind, records) => {
    const doubt = doubtOf(page, {...NOTHING, ...expectation}, new Quirks());
    expect(doubt).toEqual(kind && {kind, records});
  });
});

/** Asks a server that gives these answers, one after the other, and the last again and again. */
async function ask(
  answers: readonly Page<string>[],
): Promise<{ids: string; asked: number; unsettled: DoubtKind | undefined; quirks: Quirks}> {
  const quirks = new Quirks();
  let asked = 0;
  const {page, unsettled} = await askUntilBelieved({
    ask: (attempt) => {
      expect(attempt).toBe(asked);
      return Promise.resolve(answers[Math.min(asked++, answers.length - 1)] as Page<string>);
    },
    doubt: (one) => doubtOf(one, {...NOTHING, coversKnown: true}, quirks),
    quirks,
    instantOf: ({updatedAt}) => updatedAt,
  });
  return {ids: page.records.map(({id}) => id).join(''), asked, unsettled: unsettled?.kind, quirks};
}

describe('a doubted question is asked again', () => {
  const short = ofThree('a@1 c@3', 3);
  const empty = ofThree('', 0);
  test.each<[string, Page<string>[], string, number]>([
    ['not, where nothing is doubtful', [ofThree(FULL, 3)], 'abc', 1],
    ['and the answer that shows all is believed at once', [short, ofThree(FULL, 3)], 'abc', 2],
    ['and believed where it repeats', [short, short], 'ac', 2],
    ['four times where it is empty: all of a range hangs on it', [empty, empty, empty, empty, empty], '', 5],
    ['and an empty page gives way to what comes then', [empty, ofThree(FULL, 3)], 'abc', 2],
    ['and answers with different holes add up', [short, ofThree('b@2 c@3', 3)], 'abc', 2],
    ['and an answer with less than before takes nothing away', [short, ofThree('a@1', 3)], 'ac', 2],
  ])('%s', async (_what, answers, ids, asked) => {
    expect(await ask(answers)).toMatchObject({ids, asked, unsettled: undefined});
  });

  test('six times in all, and what never comes to rest is said to be unsettled', async () => {
    const restless = ['a@1', 'b@2', 'c@3', 'd@4', 'e@5', 'f@6', 'g@7'].map((table) =>
      pageOf(table, {capacity: 9, total: {count: 9, atLeast: false}}),
    );
    expect(await ask(restless)).toMatchObject({ids: 'abcdef', asked: 6, unsettled: 'short'});
  });

  test('no more, after three times that it came again: then it is how this server answers', async () => {
    const {quirks} = await ask([short, short]);
    quirks.falseAlarm('short', 1);
    expect(doubtOf(short, NOTHING, quirks)).toBeDefined();
    quirks.falseAlarm('short', 1);
    expect(doubtOf(short, NOTHING, quirks)).toBeUndefined();
  });
});

test('of two answers that were cut, only what lies before the first cut is known to be whole', async () => {
  // The second shows that b was hidden, and was cut at c: whether something lies between c and d is not known.
  const quirks = new Quirks();
  const answers = [ofThree('a@1 c@3 d@4', 9), ofThree('a@1 b@2 c@3', 9)];
  const {page} = await askUntilBelieved({
    ask: (attempt) => Promise.resolve(answers[attempt] as Page<string>),
    doubt: ({records}) => (records.some(({id}) => id === 'b') ? undefined : {kind: 'unsorted', records: 1}),
    quirks,
    instantOf: ({updatedAt}) => updatedAt,
  });
  expect(page.records.map(({id}) => id)).toEqual(['a', 'b', 'c']);
});
