import fc from 'fast-check';
import {OutOfReachError, UnsettledError} from '../../src/http/errors';
import {FoundRecord} from '../../src/keyset/page';
import {Seen} from '../../src/keyset/seen';
import {readByPageNumber} from '../../src/keyset/ties';
import {FakePageSource, type PageSourceOptions, SECOND, recordsOf} from '../fakes/page-source';

/** Six records that nothing but their id tells apart; three pages and an empty one. */
const SIX = recordsOf('a@5/1 b@5/1 c@5/1 d@5/1 e@5/1 f@5/1');
const PAGES_OF_A_PASS = 4;

/** Reads such a tie by pages of two. */
async function read(options: Partial<PageSourceOptions> = {}, handed: readonly string[] = []) {
  const source = new FakePageSource({records: SIX, pageSize: 2, ...options});
  const seen = new Seen();
  const before = SIX.filter(({id}) => handed.includes(id)).map(
    (record) => new FoundRecord(record, record.id),
  );
  seen.add(before.map((record) => ({record, place: SECOND, isInPlace: true})));
  const met = new Set<string>();
  const ids: string[] = [];
  const tie = {
    source,
    updated: [5 * SECOND, 5 * SECOND],
    created: [SECOND, SECOND],
    seen,
    met: (id: string) => met.add(id),
  } as const;
  for await (const records of readByPageNumber(tie)) ids.push(...records.map(({id}) => id));
  return {ids: ids.join(''), met: [...met].sort().join(''), asked: source.queries.length};
}

describe('one pass is enough', () => {
  test('where all its answers counted what it found', async () => {
    expect(await read()).toMatchObject({ids: 'abcdef', asked: PAGES_OF_A_PASS});
  });

  test('where some were handed out before: they are met, and not handed out again', async () => {
    expect(await read({}, ['a', 'c'])).toEqual({ids: 'bdef', met: 'abcdef', asked: PAGES_OF_A_PASS});
  });
});

describe('it is read again', () => {
  test('where it found as many as its answers count up to: that says nothing of what a record that left has hidden', async () => {
    const {ids} = await read({
      totalCap: 5,
      before: (number, source) => number === 2 && source.remove('b'),
    });
    expect([...ids].sort().join('')).toBe('abcdef');
  });

  test('where nothing is counted: two passes that find the same are whole', async () => {
    expect(await read({totals: false})).toMatchObject({ids: 'abcdef', asked: 2 * PAGES_OF_A_PASS});
  });

  test.each([true, false])(
    'where a record leaves between two pages and hides another (totals: %p)',
    async (totals) => {
      // b leaves, so that c moves to page 1, which was read before.
      const {ids} = await read({
        totals,
        before: (number, source) => number === 2 && source.touch('b', 200 * SECOND),
      });
      expect([...ids].sort().join('')).toBe('abcdef');
    },
  );

  test('where a record joins meanwhile', async () => {
    const joins = recordsOf('A@5/1');
    const {ids} = await read({
      before: (number, source) => number === 2 && (source.records = [...joins, ...source.records]),
    });
    expect([...ids].sort().join('')).toBe('Aabcdef');
  });
});

describe('in an order that changes from page to page', () => {
  /** Shows the tie in this order from this question on. */
  const ordered = (source: FakePageSource, order: string): void => {
    const rest = source.records.filter(({id}) => order.includes(id));
    source.records = rest.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  };

  test('some passes show together what none shows alone, also after a record has left that none has shown', async () => {
    // f leaves at question 4, unseen. From then on each pass shows a record twice, and misses e or c by turns.
    const orders = ['abcde', '', 'abced', '', 'edabc', '', 'cdeab', ''];
    const {ids} = await read({
      hide: () => 'f',
      before(number, source) {
        if (number === 4) ordered(source, 'abcde');
        const order = number > 4 && orders[(number - 5) % orders.length];
        if (order) ordered(source, order);
      },
    });
    expect([...ids].sort().join('')).toBe('abcde');
  });

  test('whatever leaves meanwhile: what stays is found, or it fails by name', async () => {
    const ids = SIX.map(({id}) => id);
    const order = fc.shuffledSubarray(ids, {minLength: ids.length});
    const leaving = fc.dictionary(fc.constantFrom(...ids), fc.integer({min: 2, max: 40}));
    await fc.assert(
      fc.asyncProperty(fc.array(order, {minLength: 1, maxLength: 30}), leaving, async (orders, leaves) => {
        const reading = read({
          before(number, source) {
            const left = ids.filter((id) => number < (leaves[id] ?? Infinity));
            const shown = orders[number % orders.length] ?? ids;
            ordered(source, shown.filter((id) => left.includes(id)).join(''));
          },
        });
        const found = await reading.then(
          (whole) => whole.ids,
          (error: unknown) => error,
        );
        if (found instanceof UnsettledError) return;
        expect([...String(found)]).toEqual(expect.arrayContaining(ids.filter((id) => !(id in leaves))));
      }),
    );
  });
});

describe('it fails by its instants and counts', () => {
  const failureOf = async (
    options: Partial<PageSourceOptions>,
    kind: typeof OutOfReachError | typeof UnsettledError = OutOfReachError,
  ): Promise<Error> => {
    const failure: unknown = await read(options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    return failure as Error;
  };

  test('where there are more records than page numbers reach', async () => {
    const {message} = await failureOf({lastPage: 2});
    expect(message).toContain('updatedAt 1970-01-01T00:00:05.000Z and createdAt 1970-01-01T00:00:01.000Z');
    expect(message).toContain('than page numbers reach (4 were read, Kustomer says 6)');
  });

  test('not where they just fill the last page, and are counted', async () => {
    expect((await read({lastPage: 3})).ids).toBe('abcdef');
  });

  test('where they fill the last page, and nobody knows what follows', async () => {
    const {message} = await failureOf({lastPage: 3, totals: false});
    expect(message).toContain('6 were read, Kustomer says nothing of their number');
  });

  test('to be tried again later, where it never comes to rest', async () => {
    const {message} = await failureOf(
      {
        totals: false,
        before: (number, source) =>
          (source.records = recordsOf(`r${number}@5/1 s${number}@5/1 t${number}@5/1`)),
      },
      UnsettledError,
    );
    expect(message).toContain('keep changing while they are read');
  });
});
