import {AssumedLimit} from '../../../src/http/rate-limit/assumed-limit';

const MINUTE = 60_000;

class Setup {
  readonly changes: string[] = [];
  readonly limit = new AssumedLimit(100, (before, after) => this.changes.push(`${before} -> ${after}`));
  now = 0;

  /** Sends at this part of the pace for so many windows. */
  send(windows: number, share = 1): this {
    const end = this.now + windows * MINUTE;
    while (this.now < end) {
      this.limit.sent(this.now, MINUTE, this.limit.requests);
      this.now += MINUTE / (this.limit.requests * share);
    }
    return this;
  }

  refuse(sentInWindow: number): this {
    this.limit.refused(this.now, sentInWindow);
    return this;
  }
}

test('a whole window at the pace without a refusal doubles it', () => {
  expect(new Setup().send(2.1).changes).toEqual(['100 -> 200', '200 -> 400']);
});

test('a window below the pace proves nothing', () => {
  expect(new Setup().send(5, 0.5).changes).toEqual([]);
});

test('a refusal brings it back to what passed, for ten minutes, then for twenty', () => {
  const setup = new Setup().send(1.5).refuse(120);
  expect(setup.changes).toEqual(['100 -> 200', '200 -> 100']);
  expect(setup.send(9.9).limit.requests).toBe(100);
  expect(setup.send(0.5).limit.requests).toBe(200);
  expect(setup.refuse(120).send(19.9).limit.requests).toBe(100);
  expect(setup.send(0.5).limit.requests).toBe(200);
});

test('a refusal at the pace that was started with lowers it to what passed, by half at most', () => {
  expect(new Setup().send(0.8).refuse(70).limit.requests).toBe(70);
  expect(new Setup().send(0.4).refuse(30).limit.requests).toBe(50);
});

test('a refusal of the first requests may be the doing of others: only a second one lowers it', () => {
  const setup = new Setup().send(0.1).refuse(10);
  expect(setup.limit.requests).toBe(100);
  expect(setup.send(0.1).refuse(10).limit.requests).toBe(50);
});
