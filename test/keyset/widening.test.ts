import {OutOfReachError} from '../../src/http/errors';
import {FoundRecord} from '../../src/keyset/page';
import {readWidening} from '../../src/keyset/widening';
import type {Interval} from '../../src/time';

/** One instant, with a millisecond around it, and its whole second. */
const EXACT: Interval = [1500, 1500];
const WIDER: Interval = [1499, 1501];
const COARSE: Interval = [999, 2000];

/** What a server gives for each question, in turn, as ids. */
async function widen({
  shown = 'a',
  answers,
  stillThere = true,
}: {
  shown?: string;
  answers: (range: Interval, number: number) => string;
  stillThere?: boolean;
}): Promise<{range: Interval; asked: Interval[]; ids: string}> {
  const asked: Interval[] = [];
  const reading = readWidening<string>({
    endpoint: {method: 'POST', path: '/v1/fake'},
    what: 'records of then',
    ranges: [EXACT, WIDER, COARSE],
    shown: new Set(shown),
    async *read(range, met) {
      const ids = [...answers(range, asked.push(range))];
      for (const id of ids) met(id);
      yield await Promise.resolve(ids.map((id) => new FoundRecord({id, updatedAt: 1500, createdAt: 0}, id)));
    },
    isStillThere: () => Promise.resolve(stillThere),
  });
  let ids = '';
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) ids += step.value.map(({id}) => id).join('');
  return {range: step.value, asked, ids};
}

test.each<[string, (range: Interval) => string, Interval, Interval[]]>([
  ['that keeps bounds is asked for the instant alone', () => 'ab', EXACT, [EXACT]],
  [
    'that leaves bounds out is asked for a millisecond more',
    (range) => (range === EXACT ? '' : 'ab'),
    WIDER,
    [EXACT, WIDER],
  ],
  [
    'that cuts times to the second is asked for the second',
    (range) => (range === COARSE ? 'ab' : ''),
    COARSE,
    [EXACT, WIDER, COARSE],
  ],
])('a server %s', async (_what, answers, range, asked) => {
  expect(await widen({answers})).toEqual({range, asked, ids: 'ab'});
});

test('a reading that shows others, but none of those that led to it, proves nothing', async () => {
  const {asked, ids} = await widen({answers: (range) => (range === EXACT ? 'x' : 'a')});
  expect([asked, ids]).toEqual([[EXACT, WIDER], 'xa']);
});

test('one of those that led to it is enough: the others may have moved on', async () => {
  expect((await widen({shown: 'abc', answers: () => 'c'})).asked).toEqual([EXACT]);
});

test('with nothing shown before, the narrowest question is right', async () => {
  expect(await widen({shown: '', answers: () => ''})).toMatchObject({range: EXACT, asked: [EXACT]});
});

test('records that have all moved on were not hidden: the narrowest question was right to show none', async () => {
  expect(await widen({answers: () => '', stillThere: false})).toEqual({
    range: EXACT,
    asked: [EXACT],
    ids: '',
  });
});

test('records that come and go are asked for in three rounds, from narrow to wide', async () => {
  const {range, asked} = await widen({answers: (_range, number) => (number === 8 ? 'a' : '')});
  expect(asked).toEqual([EXACT, WIDER, COARSE, EXACT, WIDER, COARSE, EXACT, WIDER]);
  expect(range).toBe(WIDER);
});

test('and then fail by name, instead of being taken for gone', async () => {
  const failing = widen({answers: () => ''});
  await expect(failing).rejects.toThrow(OutOfReachError);
  await expect(failing).rejects.toThrow('records of then are shown, but a question for that time alone');
});
