import type {Explanation} from '../../src/airbyte/messages';
import {Outlet} from '../../src/airbyte/outlet';
import type {SyncStream} from '../../src/airbyte/stream';
import {Sync} from '../../src/airbyte/sync';
import {Capture} from './capture';
import {SleeplessClock} from '../fakes/sleepless-clock';

/** A record that says nothing. */
export const ROW = {line: Buffer.from('{"id":"1"}'), changes: []};

export function explain(error: unknown): Explanation {
  return {
    message: `sentence for ${String(error)}`,
    internal: 'detail',
    failureType: 'config_error',
    stack: 'at x',
  };
}

/** A sync, and what it writes. */
export function setUp(quota?: {remaining: number; limit: number}): {
  sync: Sync;
  capture: Capture;
  clock: SleeplessClock;
} {
  const capture = new Capture();
  const clock = new SleeplessClock();
  const outlet = new Outlet(capture.write, clock);
  return {sync: new Sync({outlet, clock, explain, quota: () => quota}), capture, clock};
}

export function stream(name: string, read: SyncStream['read']): SyncStream {
  return {name, read, counts: {requests: 12, retries: 3, refusals: 1}};
}

export function task(
  one: SyncStream,
  state?: unknown,
): {stream: SyncStream; mode: 'incremental'; state: unknown} {
  return {stream: one, mode: 'incremental', state};
}
