import {DecodeQueue} from '../../../src/http/body/decode-queue';

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('DecodeQueue', () => {
  test('runs one job at a time, in the order of the calls, each after back-pressure', async () => {
    const told: string[] = [];
    const queue = new DecodeQueue(async () => void told.push('space'));
    const jobs = ['a', 'b', 'c'].map((name) =>
      queue.run(async () => {
        told.push(`${name} begins`);
        await soon();
        told.push(`${name} ends`);
        return name;
      }),
    );
    expect(await Promise.all(jobs)).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['a', 'b', 'c'].flatMap((name) => ['space', `${name} begins`, `${name} ends`]));
  });

  test('goes on after a job that failed', async () => {
    const queue = new DecodeQueue(() => Promise.resolve());
    const failed = queue.run(() => Promise.reject(new Error('no')));
    const next = queue.run(() => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
