import {WorkerSlots} from '../../src/keyset/worker-slots';

test.each([
  // max, taken, idle, gets one more
  [4, 0, 0, true],
  [4, 3, 0, true],
  [4, 4, 0, false],
  // One of four idle is no reason to stop, two are: they wait for the rate limit, and so would a fifth.
  [8, 4, 1, true],
  [8, 4, 2, false],
  [8, 1, 1, false],
])('of %i slots with %i taken and %i workers idle, another: %p', (max, taken, idle, gets) => {
  const slots = new WorkerSlots(max, () => idle);
  for (let number = 0; number < taken; number++) slots.acquire();
  expect(slots.tryAcquire()).toBe(gets);
});

test('a slot that is given back can be taken again', () => {
  const slots = new WorkerSlots(1, () => 0);
  expect([slots.tryAcquire(), slots.tryAcquire()]).toEqual([true, false]);
  slots.release();
  expect(slots.tryAcquire()).toBe(true);
});

test('the first worker of a stream gets a slot even where none is free, and it counts', () => {
  const slots = new WorkerSlots(1, () => 0);
  slots.acquire();
  slots.acquire();
  slots.release();
  expect(slots.tryAcquire()).toBe(false);
  slots.release();
  expect(slots.tryAcquire()).toBe(true);
});
