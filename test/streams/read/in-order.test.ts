import {setImmediate as turn} from 'node:timers/promises';
import fc from 'fast-check';
import {InOrder, type Question} from '../../../src/streams/read/in-order';
import {VirtualClock} from '../../fakes/virtual-clock';

const MOST = 4;

/** Questions of which each is answered, and each answer taken, after so many ms. */
interface Course {
  readonly batches: readonly (readonly {readonly answerMs: number; readonly takeMs: number}[])[];
  /** The question that fails, of all. */
  readonly failing: number;
}

interface Seen {
  readonly taken: readonly number[];
  readonly asked: number;
  readonly mostUnderWay: number;
  readonly error: unknown;
}

const courses: fc.Arbitrary<Course> = fc.record({
  batches: fc.array(
    fc.array(fc.record({answerMs: fc.nat({max: 50}), takeMs: fc.nat({max: 10})}), {maxLength: 12}),
    {maxLength: 4},
  ),
  failing: fc.nat({max: 60}),
});

async function follow({batches, failing}: Course): Promise<Seen> {
  const clock = new VirtualClock(0);
  const inOrder = new InOrder<number>(MOST);
  const taken: number[] = [];
  let [asked, underWay, mostUnderWay] = [0, 0, 0];
  const questionOf = (number: number, {answerMs, takeMs}: Course['batches'][0][0]): Question<number> => ({
    async ask() {
      asked += 1;
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      await clock.sleep(answerMs);
      if (number === failing) throw new Error(`question ${number}`);
      return number;
    },
    async take(answer) {
      await clock.sleep(takeMs);
      taken.push(answer);
      underWay -= 1;
    },
  });
  let number = 0;
  const work = async (): Promise<void> => {
    try {
      for (const batch of batches) await inOrder.add(batch.map((times) => questionOf(number++, times)));
    } finally {
      await inOrder.finish();
    }
  };
  const error = await clock.run(work().catch((reason: unknown) => reason));
  return {taken, asked, mostUnderWay, error};
}

test('answers are taken in the order of the questions, whichever come first, and only so many are under way', async () => {
  await fc.assert(
    fc.asyncProperty(courses, async (course) => {
      const all = course.batches.flat().length;
      const {taken, asked, mostUnderWay, error} = await follow({...course, failing: Infinity});
      expect(error).toBeUndefined();
      expect(taken).toEqual(Array.from({length: all}, (_, number) => number));
      expect(asked).toBe(all);
      expect(mostUnderWay).toBe(Math.min(all, MOST));
    }),
  );
});

test('where one fails, all before it are taken and none behind it, and few of those have been asked', async () => {
  await fc.assert(
    fc.asyncProperty(courses, async (course) => {
      fc.pre(course.failing < course.batches.flat().length);
      const {taken, asked, error} = await follow(course);
      expect(error).toEqual(new Error(`question ${course.failing}`));
      expect(taken).toEqual(Array.from({length: course.failing}, (_, number) => number));
      expect(asked).toBeLessThanOrEqual(course.failing + MOST);
    }),
  );
});

test('where nobody takes, nothing is asked', async () => {
  let asked = 0;
  let takes = (): void => undefined;
  const blocked = new Promise<void>((resolve) => (takes = resolve));
  const question = {ask: async () => void (asked += 1), take: () => blocked};
  const inOrder = new InOrder<void>(MOST);
  await inOrder.add(Array.from({length: 3 * MOST}, () => question));
  for (let round = 0; round < 100; round++) await turn();
  expect(asked).toBe(MOST);
  takes();
  await inOrder.finish();
  expect(asked).toBe(3 * MOST);
});

test('one batch waits while the one before is asked, and no more', async () => {
  const answers: (() => void)[] = [];
  const question = {
    ask: () => new Promise<void>((resolve) => answers.push(resolve)),
    take: async () => undefined,
  };
  const inOrder = new InOrder<void>(MOST);
  const added: number[] = [];
  const work = (async () => {
    for (const batch of [1, 2, 3]) {
      await inOrder.add(Array.from({length: 2 * MOST}, () => question));
      added.push(batch);
    }
  })();
  const answer = async (count: number): Promise<void> => {
    for (let number = 0; number < count; number++) {
      for (let round = 0; round < 20; round++) await turn();
      answers.shift()?.();
    }
    for (let round = 0; round < 20; round++) await turn();
  };
  await answer(0);
  expect(added).toEqual([1]);
  await answer(MOST);
  expect(added).toEqual([1, 2]);
  await answer(2 * MOST);
  expect(added).toEqual([1, 2, 3]);
  await answer(3 * MOST);
  await Promise.all([work, inOrder.finish()]);
});
