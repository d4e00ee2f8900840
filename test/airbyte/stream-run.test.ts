import type {StreamRun} from '../../src/airbyte/stream';
import type {Capture} from '../support/capture';
import {ROW, setUp, stream, task} from '../support/sync';

function linesOf({messages}: Capture): string[] {
  return messages.flatMap(({log}) => (log ? [`${log.level} ${log.message}`] : []));
}

describe('progress', () => {
  test('shows progress to people now and then, not with each page', async () => {
    const {sync, capture, clock} = setUp({remaining: 1342, limit: 2000});
    const tags = stream('tags', async (run) => {
      run.expect(100);
      for (let page = 0; page < 10; page++) {
        await run.records([ROW]);
        clock.time += 10_000;
      }
    });
    await sync.run([task(tags)]);
    const quota = '658 of 2000 requests of the rate limit used';
    expect(linesOf(capture).slice(0, -1)).toEqual([
      `INFO tags: 4 records in 30.0 s (0/s), about 4 % of 100, about 12 min left, ${quota}`,
      `INFO tags: 7 records in 60.0 s (0/s), about 7 % of 100, about 13 min left, ${quota}`,
      `INFO tags: 10 records in 90.0 s (0/s), about 10 % of 100, about 14 min left, ${quota}`,
    ]);
  });

  test.each([
    [99, 1000, 'about 9 % of 1099, about 5 min left'],
    [99, 100, 'about 50 % of 199, about 30 s left'],
    [99, 99 * 700, 'about 0 % of 69399, about 5.8 h left'],
    [99, 0, 'about 99 % of 99, about 0 s left'],
  ])('what is left after %d records of which %d are to come: %s', async (records, left, told) => {
    const {sync, capture, clock} = setUp();
    const tags = stream('tags', async (run) => {
      await run.records(Array<typeof ROW>(records - 1).fill(ROW));
      run.expect(left + 1);
      clock.time += 30_000;
      await run.records([ROW]);
    });
    await sync.run([task(tags)]);
    expect(linesOf(capture)[0]).toBe(`INFO tags: 99 records in 30.0 s (3/s), ${told}`);
  });

  test('does not guess how long it takes while nothing has come', async () => {
    const {sync, capture, clock} = setUp();
    const tags = stream('tags', async (run) => {
      run.expect(100);
      clock.time += 30_000;
      await run.records([]);
    });
    await sync.run([task(tags)]);
    expect(linesOf(capture)[0]).toBe('INFO tags: 0 records in 30.0 s (0/s)');
  });

  test('sums up at the end what a stream has cost, whether it is complete or not', async () => {
    const {sync, capture, clock} = setUp();
    const read = async (run: StreamRun): Promise<void> => {
      clock.time += 2000;
      await run.records([ROW, ROW]);
      run.log('WARN', 'careful');
      run.log('INFO', 'by the way');
      sync.rateLimited(clock.time);
    };
    const bad = async (run: StreamRun): Promise<void> => {
      await read(run);
      throw new Error('boom');
    };
    await sync.run([task(stream('tags', read))]);
    await sync.run([task(stream('users', bad))]);
    const told = '2 records in 2.0 s (1/s) in 12 requests (3 retried, 1 rate-limited, 1 waits), 1 warnings';
    expect(linesOf(capture).filter((line) => line.includes('requests'))).toEqual([
      `INFO tags: complete, ${told}`,
      `ERROR users: failed after ${told}: sentence for Error: boom`,
    ]);
  });
});
