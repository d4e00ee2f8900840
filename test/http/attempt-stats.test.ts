import {AttemptStats} from '../../src/http/attempt-stats';
import type {Counts} from '../../src/http/call';

describe('AttemptStats', () => {
  test('counts in each counter', () => {
    const counters: Counts[] = [0, 5].map((retries) => ({requests: 0, retries, refusals: 0}));
    const stats = new AttemptStats(counters);
    stats.send(0, 0);
    stats.count('retries');
    expect(counters).toEqual([
      {requests: 1, retries: 1, refusals: 0},
      {requests: 1, retries: 6, refusals: 0},
    ]);
  });

  test('measures from the first attempt on, without the time in queues', () => {
    const stats = new AttemptStats([]);
    expect(stats.elapsedMs(900)).toBe(0);
    stats.send(0, 1000);
    expect(stats.elapsedMs(1500)).toBe(500);
    stats.queue(100);
    expect(stats.elapsedMs(1500)).toBe(400);
    stats.send(1600, 2000);
    expect(stats.elapsedMs(2000)).toBe(500);
  });

  test('knows since when there has been nothing but refusals', () => {
    const stats = new AttemptStats([]);
    expect(stats.refusedSince(true, 100)).toBe(100);
    expect(stats.refusedSince(true, 200)).toBe(100);
    expect(stats.refusedSince(false, 300)).toBe(300);
    expect(stats.refusedSince(true, 400)).toBe(400);
  });
});
