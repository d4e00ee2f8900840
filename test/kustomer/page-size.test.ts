import fc from 'fast-check';
import {PageSize, PageSizes, SMALLEST_PAGE} from '../../src/kustomer/page-size';
import type {Failure} from '../../src/http/failure';

const REFUSED: Failure = {kind: 'status', status: 400, text: '', headers: {}};
const REFUSALS = [400, 413, 422].map((status) => ({...REFUSED, status}));
const BROKEN: Failure = {...REFUSED, status: 502};
const LATE: Failure = {kind: 'timeout', text: '', headers: {}};
const CUT: Failure = {kind: 'unreadable', text: '', headers: {}};
const OTHERS: readonly Failure[] = [
  {kind: 'network', text: '', headers: {}},
  ...[401, 403, 404, 408, 425, 429].map((status) => ({...REFUSED, status})),
];

/** The sizes that one request asks for while it fails again and again. */
function sizesOf(size: PageSize, failure: Failure, attempts: number): number[] {
  const request = size.request();
  return Array.from({length: attempts}, (_, at) => {
    const asked = request.next();
    request.failed(failure, at + 1);
    return asked;
  });
}

/** A request that succeeds once it asks for no more than `most`; returns the sizes that it asked for. */
function ask(size: PageSize, most: number, failure: Failure): number[] {
  const request = size.request();
  const asked = [];
  for (let tries = 1; ; tries++) {
    asked.push(request.next());
    if (request.next() <= most) {
      request.came(request.next());
      return asked;
    }
    if (!request.failed(failure, tries) && tries > 9) throw new Error('it does not ask for fewer');
  }
}

describe('a size that is refused', () => {
  test.each(REFUSALS)('becomes the next that is documented or worthwhile: $status', (refusal) => {
    expect(sizesOf(new PageSize(500), refusal, 6)).toEqual([500, 100, 50, 25, 25, 25]);
    expect(sizesOf(new PageSize(1000), refusal, 3)).toEqual([1000, 500, 100]);
    expect(sizesOf(new PageSize(240), refusal, 3)).toEqual([240, 100, 50]);
    expect(sizesOf(new PageSize(60), refusal, 3)).toEqual([60, 50, 25]);
  });

  test.each([
    'pageSize must not be greater than 250',
    '400 invalid Page size is too large {"parameter":"pageSize","maximum":250}',
    'pageSize must be <= 250',
    'page_size: must be between 1 and 250',
    'size should be less than or equal to "250"',
  ])('becomes the maximum that the answer names: %s', (text) => {
    expect(sizesOf(new PageSize(500), {...REFUSED, text}, 3)).toEqual([500, 250, 100]);
  });

  test.each([
    'from + size must be less than or equal to: [10000]',
    'the request exceeds 1 MB',
    'request 250 was refused',
    'must not be greater than 500',
  ])('does not become any other number that the answer names: %s', (text) => {
    expect(sizesOf(new PageSize(500), {...REFUSED, text}, 2)).toEqual([500, 100]);
  });

  test('is known to all requests once a smaller one was served, and never tried again', () => {
    const size = new PageSize(500);
    expect(ask(size, 100, REFUSED)).toEqual([500, 100]);
    expect(ask(size, 100, REFUSED)).toEqual([100]);
    for (let page = 0; page < 1000; page++) expect(ask(size, 100, REFUSED)).toEqual([100]);
  });

  test('is nobody else’s business while no smaller one was served', () => {
    const size = new PageSize(500);
    sizesOf(size, REFUSED, 9);
    expect(size.now).toBe(500);
  });

  test('is tried again after a while where it had been served before', () => {
    const size = new PageSize(500);
    ask(size, 500, REFUSED);
    expect(ask(size, 100, REFUSED)).toEqual([500, 100]);
    for (let page = 1; page < 50; page++) expect(ask(size, 500, REFUSED)).toEqual([100]);
    expect(ask(size, 500, REFUSED)).toEqual([500]);
  });

  test('says whether the next attempt asks for fewer', () => {
    const request = new PageSize(50).request();
    expect(request.failed(REFUSED, 1)).toBe(true);
    expect(request.failed(REFUSED, 2)).toBe(false);
  });

  test('is not asked for again by a request that was under way when another learnt of it', () => {
    const size = new PageSize(500);
    const underWay = size.request();
    ask(size, 100, REFUSED);
    expect(underWay.failed(REFUSED, 1)).toBe(true);
    expect(underWay.next()).toBe(100);
  });

  test('a limit of one request is nobody else’s business', () => {
    const size = new PageSize(500);
    const request = size.request();
    request.limit(50);
    expect(request.next()).toBe(50);
    request.came(50);
    expect(size.now).toBe(500);
  });

  test('a wish of fewer than 25 is left as it is', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: SMALLEST_PAGE}), (wish) => {
        expect(sizesOf(new PageSize(wish), REFUSED, 2)).toEqual([wish, wish]);
      }),
    );
  });
});

describe('a size that cannot be served for now', () => {
  test.each([BROKEN, LATE, CUT])(
    'becomes smaller with the second failure of one request: $kind',
    (failure) => {
      expect(sizesOf(new PageSize(500), failure, 6)).toEqual([500, 500, 100, 50, 25, 25]);
    },
  );

  test('grows again, rung by rung, with every 50 good responses', () => {
    const size = new PageSize(500);
    expect(ask(size, 50, BROKEN)).toEqual([500, 500, 100, 50]);
    const asked = Array.from({length: 200}, () => ask(size, 500, BROKEN)[0]);
    expect(asked.indexOf(100)).toBe(49);
    expect(asked.indexOf(500)).toBe(99);
  });

  test('never grows to a size that was refused', () => {
    const size = new PageSize(500);
    ask(size, 100, REFUSED);
    ask(size, 25, BROKEN);
    for (let page = 0; page < 1000; page++) ask(size, 100, BROKEN);
    expect(size.now).toBe(100);
  });
});

test('no other failure has to do with the size', () => {
  for (const failure of OTHERS) {
    const size = new PageSize(500);
    expect(sizesOf(size, failure, 9)).toEqual(Array(9).fill(500));
    expect(size.request().failed(failure, 9)).toBe(false);
  }
});

test('whatever happens, sizes stay between 25 (or a smaller wish) and the wish, and one request never grows', () => {
  const outcome = fc.oneof(
    fc.nat(600),
    fc.constantFrom(...OTHERS, ...REFUSALS, BROKEN, LATE, CUT, {...REFUSED, text: 'at most 40'}),
  );
  const requests = fc.array(fc.array(outcome, {maxLength: 8}), {maxLength: 100});
  fc.assert(
    fc.property(fc.integer({min: 1, max: 1000}), requests, (wish, all) => {
      const size = new PageSize(wish);
      for (const outcomes of all) {
        const request = size.request();
        let before = Infinity;
        outcomes.forEach((one, at) => {
          const asked = request.next();
          expect(asked).toBeLessThanOrEqual(Math.min(wish, before));
          expect(asked).toBeGreaterThanOrEqual(Math.min(wish, SMALLEST_PAGE));
          before = asked;
          if (typeof one === 'number') request.came(Math.min(one, asked));
          else if (request.failed(one, at + 1)) expect(request.next()).toBeLessThan(asked);
        });
      }
    }),
  );
});

test('whatever a server serves at most, no more is asked for once it is known, and all that it serves is', () => {
  fc.assert(
    fc.property(fc.integer({min: 25, max: 1200}), fc.constantFrom(1000, 500, 100), (most, wish) => {
      const size = new PageSize(wish);
      for (let request = 0; request < 120; request++) ask(size, most, REFUSED);
      const rungs = [wish, 500, 100, 50, 25].filter((rung) => rung <= wish && rung <= most);
      expect(size.now).toBe(rungs[0]);
    }),
  );
});

test('a page is full when it holds as many as any did, or as are asked for', () => {
  const size = new PageSize(500);
  for (const records of [70, 100, 3]) size.request().came(records);
  expect(size.full).toBe(100);
  ask(size, 50, REFUSED);
  expect(size.full).toBe(50);
});

describe('PageSizes', () => {
  test('gives requests of one kind one size, within the bound of the config', () => {
    const sizes = new PageSizes(300);
    expect(sizes.of('/v1/tags', 100)).toBe(sizes.of('/v1/tags', 100));
    expect(sizes.of('/v1/tags', 100).now).toBe(100);
    expect(sizes.of('/v1/users', 500).now).toBe(300);
    ask(sizes.of('/v1/users', 500), 100, REFUSED);
    expect(sizes.of('/v1/teams', 500).now).toBe(300);
    expect(sizes.of('/v1/users', 500).now).toBe(100);
  });
});
