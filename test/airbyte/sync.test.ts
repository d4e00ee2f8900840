import {Outlet} from '../../src/airbyte/outlet';
import type {StreamRun} from '../../src/airbyte/stream';
import {Sync} from '../../src/airbyte/sync';
import {SleeplessClock} from '../fakes/sleepless-clock';
import {describeMessages, errorsOf, messagesOf} from '../support/messages';
import {ROW, explain, setUp, stream, task} from '../support/sync';

describe('Sync', () => {
  test('says of a stream how it fares, in order', async () => {
    const {sync, capture} = setUp();
    const tags = stream('tags', async (run) => {
      run.expect(3);
      await run.records([ROW, ROW]);
      await run.checkpoint({a: 1});
      await run.records([ROW]);
      await run.checkpoint({a: 2});
    });
    expect(await sync.run([task(tags)])).toEqual([]);
    expect(describeMessages(messagesOf(capture.messages, 'tags'))).toEqual([
      'STARTED',
      'RUNNING',
      'ESTIMATE 3',
      'RECORD',
      'RECORD',
      'STATE 2 {"a":1}',
      'RECORD',
      'STATE 1 {"a":2}',
      'COMPLETE',
    ]);
    expect(sync.written).toBe(3);
  });

  test('hands each stream its mode and state', async () => {
    const {sync} = setUp();
    const seen: unknown[] = [];
    const tags = stream('tags', async ({mode, state}) => void seen.push(mode, state));
    await sync.run([task(tags, {updated_at: 'x'})]);
    expect(seen).toEqual(['incremental', {updated_at: 'x'}]);
  });

  test('hands each stream the runs of all, for those that are read together', async () => {
    const {sync, capture} = setUp();
    const both = async (own: StreamRun, all: ReadonlyMap<string, StreamRun>): Promise<void> => {
      if (own !== all.get('tags')) return;
      for (const run of all.values()) await run.records([ROW]);
    };
    await sync.run([task(stream('users', both)), task(stream('tags', both))]);
    for (const name of ['users', 'tags']) {
      const lines = describeMessages(messagesOf(capture.messages, name));
      expect(lines.filter((line) => line === 'RECORD')).toHaveLength(1);
    }
  });

  test('one stream that fails is told of by name, and leaves the others alone', async () => {
    const {sync, capture} = setUp();
    let fail: ((error: Error) => void) | undefined;
    const failed = new Promise<void>((_, reject) => (fail = reject));
    const bad = stream('users', async (run) => {
      await run.records([ROW]);
      await run.checkpoint({b: 1});
      throw new Error('boom');
    });
    const good = stream('tags', async (run) => {
      await failed.catch(() => undefined);
      await run.records([ROW]);
      await run.checkpoint({a: 1});
    });
    const late = stream('teams', () => failed);
    const done = sync.run([task(bad), task(good), task(late)]);
    fail?.(new Error('late'));
    expect(await done).toEqual(['users', 'teams']);
    const {messages} = capture;
    expect(describeMessages(messagesOf(messages, 'users'))).toEqual([
      'STARTED',
      'RUNNING',
      'RECORD',
      'STATE 1 {"b":1}',
      'ERROR config_error',
      'INCOMPLETE',
    ]);
    expect(describeMessages(messagesOf(messages, 'tags'))).toEqual([
      'STARTED',
      'RUNNING',
      'RECORD',
      'STATE 1 {"a":1}',
      'COMPLETE',
    ]);
    expect(errorsOf(messagesOf(messages, 'users'))[0]).toEqual({
      message: 'sentence for Error: boom',
      internal_message: 'detail',
      failure_type: 'config_error',
      stack_trace: 'at x',
      stream_descriptor: {name: 'users'},
    });
  });

  test('a stream that throws before it returns a promise fails like any other', async () => {
    const {sync, capture} = setUp();
    const bad = stream('users', () => {
      throw new Error('at once');
    });
    expect(await sync.run([task(bad)])).toEqual(['users']);
    expect(describeMessages(messagesOf(capture.messages, 'users')).at(-1)).toBe('INCOMPLETE');
  });

  test('tells of the spent quota for the streams under way only', async () => {
    const {sync, capture} = setUp();
    let end = (): void => undefined;
    const running = stream('users', () => new Promise<void>((resolve) => (end = resolve)));
    const through = stream('tags', () => Promise.resolve());
    const done = sync.run([task(through), task(running)]);
    await new Promise((resolve) => setImmediate(resolve));
    sync.rateLimited(1_700_000_000_000);
    end();
    await done;
    sync.rateLimited(1_800_000_000_000);
    const limited = capture.messages.filter(({trace}) => trace?.stream_status?.reasons);
    expect(limited.map(({trace}) => trace?.stream_status)).toEqual([
      {
        stream_descriptor: {name: 'users'},
        status: 'RUNNING',
        reasons: [{type: 'RATE_LIMITED', rate_limited: {quota_reset: 1_700_000_000_000}}],
      },
    ]);
  });

  test('writes an estimate at once, again when it has changed by more than a tenth, and at the end what came', async () => {
    const {sync, capture} = setUp();
    const tags = stream('tags', async (run) => {
      for (const left of [1000, 1050, 1200, 1200, 1300, 0]) run.expect(left);
      await run.records([ROW]);
      run.expect(1499);
    });
    await sync.run([task(tags)]);
    const estimates = capture.messages.flatMap(({trace}) => (trace?.estimate ? [trace.estimate] : []));
    expect(estimates.map(({row_estimate: rows}) => rows)).toEqual([1000, 1200, 0, 1500, 1]);
    expect(estimates.every(({name, type}) => name === 'tags' && type === 'STREAM')).toBe(true);
  });

  test('counts what came, and the time, since the last checkpoint', async () => {
    const {sync, clock} = setUp();
    const seen: unknown[] = [];
    const tags = stream('tags', async (run) => {
      await run.records([ROW, ROW]);
      clock.time += 5;
      seen.push(run.sinceCheckpoint());
      await run.checkpoint({});
      clock.time += 7;
      seen.push(run.sinceCheckpoint());
    });
    await sync.run([task(tags)]);
    expect(seen).toEqual([
      {records: 2, ms: 5},
      {records: 0, ms: 7},
    ]);
  });

  test('waits for room before it asks a stream for more', async () => {
    let go = (): void => undefined;
    const outlet = new Outlet(
      (text) => new Promise((resolve) => (text.includes('RECORD') ? (go = resolve) : resolve())),
      new SleeplessClock(),
    );
    const sync = new Sync({outlet, clock: new SleeplessClock(), explain, quota: () => undefined});
    let pages = 0;
    const done = sync.run([
      task(
        stream('tags', async (run) => {
          await run.records([ROW]);
          pages += 1;
        }),
      ),
    ]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pages).toBe(0);
    go();
    await done;
    expect(pages).toBe(1);
  });
});
