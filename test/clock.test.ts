import {systemClock} from '../src/clock';

describe('systemClock', () => {
  test('tells the time of the machine', () => {
    const before = Date.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
    expect(systemClock.now()).toBeLessThanOrEqual(Date.now());
  });

  test('sleeps, also for no time or less', async () => {
    await systemClock.sleep(1);
    await systemClock.sleep(0);
    await systemClock.sleep(-5);
  });

  test('is woken by the signal, with its reason', async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(1e9, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
    await expect(systemClock.sleep(1e9, stop.signal)).rejects.toThrow('enough');
  });
});
