import fc from 'fast-check';
import {InvalidStateError, formatStreamState} from '../../../src/cursor/stream-state';
import type {SyncMode} from '../../../src/airbyte/messages';
import {type PlanOptions, type ReadPlan, planRead} from '../../../src/streams/read/read-plan';

const NOW = Date.UTC(2024, 5, 1);
const START = Date.UTC(2023, 0, 1);
const MINUTE = 60_000;
const CONFIG = {startMs: START, endMs: undefined, lookbackMs: 10 * MINUTE};

type Config = Pick<PlanOptions, 'startMs' | 'endMs' | 'lookbackMs'>;

let logs: string[] = [];
beforeEach(() => (logs = []));

/** Plans a read of a stream, in a mode and from a state. */
function plan(mode: SyncMode, state: unknown, now: number, config: Config): ReadPlan | undefined {
  const log = (level: string, message: string): void => void logs.push(`${level} ${message}`);
  return planRead({mode, state, log}, {...config, name: 'tags', now});
}

function stateAt(cursor: number, fullRefresh?: boolean): unknown {
  return formatStreamState({cursor, done: [], ...(fullRefresh !== undefined && {fullRefresh})});
}

describe('planRead', () => {
  test.each(['incremental', 'full_refresh'] as const)(
    'without a state, %s reads from the start date to now',
    (mode) => {
      expect(plan(mode, undefined, NOW, CONFIG)).toEqual({range: [START, NOW], state: undefined});
      expect(plan(mode, {}, NOW, CONFIG)?.range).toEqual([START, NOW]);
    },
  );

  test('incremental goes on a lookback before its cursor, and never before the start date', () => {
    const cursor = NOW - 100 * MINUTE;
    expect(plan('incremental', stateAt(cursor), NOW, CONFIG)?.range).toEqual([cursor - 10 * MINUTE, NOW]);
    expect(plan('incremental', stateAt(START + 1), NOW, CONFIG)?.range).toEqual([START, NOW]);
    expect(plan('incremental', stateAt(START - 1e9), NOW, CONFIG)?.range).toEqual([START, NOW]);
  });

  test('the end date is the end where it is near, and now where it is not', () => {
    const end = START + 5 * MINUTE;
    expect(plan('incremental', undefined, NOW, {...CONFIG, endMs: end})?.range).toEqual([START, end]);
    expect(plan('incremental', undefined, NOW, {...CONFIG, endMs: NOW + MINUTE})?.range).toEqual([
      START,
      NOW,
    ]);
  });

  test('a cursor in the future, or past the end date, has nothing to read', () => {
    expect(plan('incremental', stateAt(NOW + 1), NOW, CONFIG)).toBeUndefined();
    expect(plan('incremental', stateAt(NOW), NOW, CONFIG)).toBeDefined();
    expect(plan('incremental', stateAt(START + 9), NOW, {...CONFIG, endMs: START + 8})).toBeUndefined();
  });

  test('a state in the future says so, and one past the end date does not', () => {
    plan('incremental', stateAt(NOW + 1), NOW, {...CONFIG, endMs: START + 8});
    expect(logs).toEqual([
      expect.stringMatching(
        /^WARN tags: the state lies in the future \(2024-06-01T00:00:00\.001Z\)/,
      ) as string,
    ]);
    plan('incremental', stateAt(NOW), NOW, {...CONFIG, endMs: START + 8});
    plan('full_refresh', stateAt(NOW + 1), NOW, CONFIG);
    expect(logs).toHaveLength(1);
  });

  test('full refresh goes on from its own states only, and not at all when it is through', () => {
    const cursor = NOW - 100 * MINUTE;
    expect(plan('full_refresh', stateAt(cursor), NOW, CONFIG)?.range).toEqual([START, NOW]);
    expect(plan('full_refresh', stateAt(NOW + 1), NOW, CONFIG)?.range).toEqual([START, NOW]);
    expect(plan('full_refresh', stateAt(cursor, false), NOW, CONFIG)?.range).toEqual([
      cursor - 10 * MINUTE,
      NOW,
    ]);
    expect(plan('full_refresh', stateAt(cursor, true), NOW, CONFIG)).toBeUndefined();
  });

  test('incremental may follow on a full refresh, complete or not', () => {
    const cursor = NOW - 100 * MINUTE;
    for (const complete of [true, false]) {
      expect(plan('incremental', stateAt(cursor, complete), NOW, CONFIG)?.range).toEqual([
        cursor - 10 * MINUTE,
        NOW,
      ]);
    }
  });

  test('a state that cannot be read is refused in both modes', () => {
    for (const mode of ['incremental', 'full_refresh'] as const) {
      expect(() => plan(mode, {updated_at: 'x'}, NOW, CONFIG)).toThrow(InvalidStateError);
    }
  });

  test('no instant between the cursor and the end is ever left out, and none before the start is read', () => {
    const times = fc.integer({min: START - 1e10, max: NOW + 1e10});
    const cases = fc.record({
      cursor: times,
      start: times,
      end: fc.option(times, {nil: undefined}),
      lookback: fc.nat(1440 * MINUTE),
    });
    fc.assert(
      fc.property(cases, ({cursor, start, end, lookback}) => {
        const found = plan('incremental', stateAt(cursor), NOW, {
          startMs: start,
          endMs: end,
          lookbackMs: lookback,
        });
        const upper = Math.min(NOW, end ?? NOW);
        if (!found) return expect(cursor).toBeGreaterThan(upper);
        const [from, to] = found.range;
        expect(to).toBe(upper);
        expect(from).toBeGreaterThanOrEqual(start);
        expect(from).toBeLessThanOrEqual(Math.max(start, cursor));
      }),
    );
  });
});
