import fc from 'fast-check';
import {bodyOf} from '../../../../sandbox/world/bodies/index';
import {Maker} from '../../../../sandbox/world/bodies/maker';
import {timesOf} from '../../../../sandbox/world/bodies/parts';
import {slaVersions} from '../../../../sandbox/world/bodies/setup';
import {createWorld, type World} from '../../../../sandbox/world/world';
import type {Row} from '../../../../sandbox/world/row';
import {day, now} from '../../asking';

interface Mark {
  sentAt: string;
  createdAt: string;
  time: number;
  businessTime: number;
  messageCount: number;
}

interface Conversation extends Record<string, unknown> {
  createdAt: string;
  updatedAt: string;
  status: 'open' | 'snoozed' | 'done';
  direction: 'in' | 'out';
  firstMessageIn?: Mark;
  firstMessageOut?: Mark;
  lastMessageIn?: Mark;
  lastMessageOut?: Mark;
  firstResponse?: Mark & {responseTime: number};
  lastResponse?: Mark;
  firstDone?: Mark;
  lastDone?: Mark;
  doneCount: number;
  reopenCount: number;
  messageCount: number;
  inboundMessageCount: number;
  outboundMessageCount: number;
  endedAt?: string;
  satisfaction: number;
  satisfactionLevel: Record<string, unknown>;
  totalOpen: Mark;
  totalDone: Mark;
  totalSnooze: Mark;
}

interface Version {
  id: string;
  attributes: {name: string; version: number; metrics: {firstResponse: {all: number}}};
}

/** A conversation that may be under a service level. */
interface Under {
  attributes: Conversation & {
    sla?: {
      name: string;
      version: number;
      breached: boolean;
      matchedAt: string;
      metrics: {firstResponse: {breachAt: string}};
    };
  };
  relationships: Record<string, {data: {id: string}} | undefined>;
}

function attributesOf(world: World, row: Row): Conversation {
  const body = JSON.parse(JSON.stringify(bodyOf(world, 'conversations', row))) as {attributes: Conversation};
  return body.attributes;
}

const rows = fc
  .record({
    seed: fc.nat(),
    slot: fc.nat(500),
    life: fc.oneof(fc.nat(3_600_000), fc.nat(40 * day)),
    version: fc.integer({min: 1, max: 4}),
  })
  .map(({seed, slot, life, version}) => {
    const world = createWorld({seed, now, sizes: {users: 5, teams: 3, messages: 20}});
    const row: Row = {
      id: 'a'.repeat(24),
      slot,
      createdAt: now - life,
      updatedAt: now,
      deletedAt: null,
      version,
    };
    return {world, row};
  });

/** Times in ascending order; what did not happen is passed over. */
function expectInOrder(...times: (string | undefined)[]): void {
  const happened = times.filter((time) => time !== undefined);
  expect(happened).toEqual([...happened].sort());
}

const RUNS = {numRuns: 1000};

test('times follow each other', () => {
  fc.assert(
    fc.property(rows, ({world, row}) => {
      const it = attributesOf(world, row);
      const [first, second] =
        it.direction === 'in'
          ? [it.firstMessageIn, it.firstMessageOut]
          : [it.firstMessageOut, it.firstMessageIn];
      expectInOrder(it.createdAt, first?.sentAt, second?.sentAt, it.updatedAt);
      expectInOrder(it.firstMessageIn?.sentAt, it.lastMessageIn?.sentAt, it.updatedAt);
      expectInOrder(
        it.firstMessageOut?.sentAt,
        it.lastMessageOut?.sentAt,
        // One that was taken up again has answers after it was done.
        it.status === 'done' ? it.lastDone?.createdAt : undefined,
        it.updatedAt,
      );
      expectInOrder(it.createdAt, it.firstDone?.createdAt, it.lastDone?.createdAt, it.updatedAt);
      expectInOrder(it.firstResponse?.createdAt, it.lastResponse?.createdAt, it.updatedAt);
    }),
    RUNS,
  );
});

test('durations and counts are those of the times', () => {
  fc.assert(
    fc.property(rows, ({world, row}) => {
      const it = attributesOf(world, row);
      const time = (text: string | undefined): number => Date.parse(text ?? '');
      expect(it.messageCount).toBe(it.inboundMessageCount + it.outboundMessageCount);
      if (it.direction === 'in' && it.firstMessageOut?.sentAt) {
        const waited = time(it.firstMessageOut.sentAt) - time(it.firstMessageIn?.sentAt);
        expect([it.firstResponse?.time, it.firstResponse?.responseTime]).toEqual([waited, waited]);
      }
      if (it.doneCount === 1) expect(it.firstDone?.time).toBe(time(it.firstDone?.createdAt) - row.createdAt);
      expect(it.totalOpen.time + it.totalDone.time + it.totalSnooze.time).toBe(row.updatedAt - row.createdAt);
      for (const mark of [it.firstResponse, it.firstDone, it.lastDone, it.totalOpen]) {
        expect(mark?.businessTime ?? 0).toBeLessThanOrEqual(mark?.time ?? 0);
      }
      expect(it.lastDone !== undefined).toBe(it.doneCount > 0);
      expect(it.doneCount - it.reopenCount).toBe(it.status === 'done' ? 1 : 0);
      expect(it.endedAt).toBe(it.status === 'done' ? it.lastDone?.createdAt : undefined);
    }),
    RUNS,
  );
});

test('a survey is rated where its status says so, after it was sent', () => {
  fc.assert(
    fc.property(rows, ({world, row}) => {
      const {satisfaction, satisfactionLevel: level, lastDone, updatedAt} = attributesOf(world, row);
      const {status, rating, score, sentAt, firstAnswer} = level as Record<
        string,
        string | number | undefined
      >;
      const isRated = status === 'rated' || status === 'commented';
      expect([undefined, 'canceled', 'scheduled', 'offered', 'unresponded', 'rated', 'commented']).toContain(
        status,
      );
      expect(rating !== undefined).toBe(isRated);
      expect(firstAnswer !== undefined).toBe(status === 'commented');
      if (isRated) {
        expect([score, satisfaction]).toEqual([Number(rating) >= 4 ? 1 : 0, score]);
        expectInOrder(lastDone?.createdAt, String(sentAt), String(level['updatedAt']), updatedAt);
      }
      if (status === undefined) expect(satisfaction).toBe(0);
    }),
    RUNS,
  );
});

test('a later version of a conversation keeps what an earlier one told', () => {
  fc.assert(
    fc.property(rows, fc.nat(10 * day), ({world, row}, later) => {
      const before = attributesOf(world, row);
      const after = attributesOf(world, {...row, updatedAt: row.updatedAt + later, version: row.version + 1});
      for (const name of ['firstMessageIn', 'firstResponse', 'firstDone']) {
        if (before[name] !== undefined) expect(after[name]).toEqual(before[name]);
      }
      expect(after.messageCount).toBeGreaterThanOrEqual(before.messageCount);
      expect(after.doneCount).toBeGreaterThanOrEqual(before.doneCount);
      const ids = (each: Row): unknown[] => timesOf(world, each).map(({id}) => id);
      expect(ids({...row, updatedAt: row.updatedAt + later, version: row.version + 1})).toEqual(
        expect.arrayContaining(ids(row)),
      );
    }),
    RUNS,
  );
});

test('work on it lies within its life, and its length is that of its times', () => {
  fc.assert(
    fc.property(rows, ({world, row}) => {
      const works = timesOf(world, row) as unknown as {
        attributes: {createdAt: string; handleAt: string; handleTime: number};
      }[];
      for (const {attributes} of works) {
        expect(Date.parse(attributes.createdAt) - Date.parse(attributes.handleAt)).toBe(
          attributes.handleTime * 1000,
        );
        expect(Date.parse(attributes.handleAt)).toBeGreaterThanOrEqual(row.createdAt);
        expect(Date.parse(attributes.createdAt)).toBeLessThanOrEqual(row.updatedAt);
      }
    }),
    RUNS,
  );
});

test('most are done, about one in ten was reopened, and ratings are mostly good', () => {
  const world = createWorld({seed: 11, now, sizes: {conversations: 3000, users: 20, teams: 4, messages: 50}});
  const all = [...world.table('conversations').rows()].map((row) => attributesOf(world, row));
  const share = (test: (it: Conversation) => boolean): number => all.filter(test).length / all.length;
  const statuses = (['open', 'snoozed', 'done'] as const).map((status) =>
    share((it) => it.status === status),
  );
  expect(statuses[0]).toBeGreaterThan(0.03);
  expect(statuses[1]).toBeGreaterThan(0.005);
  expect(statuses[2]).toBeGreaterThan(0.75);
  expect(share(({reopenCount}) => reopenCount > 0)).toBeGreaterThan(0.06);
  expect(share(({reopenCount}) => reopenCount > 0)).toBeLessThan(0.14);
  const ratings = all.flatMap(({satisfactionLevel: {rating}}) =>
    rating === undefined ? [] : [Number(rating)],
  );
  expect(ratings.length / all.length).toBeGreaterThan(0.1);
  expect(ratings.length / all.length).toBeLessThan(0.3);
  expect(new Set(ratings)).toEqual(new Set([1, 2, 3, 4, 5]));
  const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  expect(mean).toBeGreaterThan(3.5);
  expect(mean).toBeLessThan(4.6);
  for (const status of ['offered', 'unresponded', 'rated', 'commented']) {
    expect(share(({satisfactionLevel}) => satisfactionLevel['status'] === status)).toBeGreaterThan(0);
  }
});

test('a service level is the one it names, in the version that applies, and one in ten or so was breached', () => {
  const sizes = {conversations: 2000, users: 5, teams: 3, messages: 20, slas: 4};
  const world = createWorld({seed: 11, now, sizes});
  const levels = [...world.table('slas').rows()].map(
    (row) => JSON.parse(JSON.stringify(slaVersions(new Maker(world, 'slas', row)))) as Version[],
  );
  const versions = new Map(levels.flat().map((version) => [version.id, version.attributes]));
  const kept = [...world.table('conversations').rows()].flatMap((row) => {
    const {attributes, relationships} = JSON.parse(
      JSON.stringify(bodyOf(world, 'conversations', row)),
    ) as Under;
    expect(relationships['sla'] === undefined).toBe(attributes.sla === undefined);
    if (!attributes.sla) return [];
    const version = versions.get(relationships['slaVersion']?.data.id ?? '');
    const {name, version: number, breached, matchedAt, metrics} = attributes.sla;
    expect([name, number]).toEqual([version?.name, version?.version]);
    const within = Date.parse(metrics.firstResponse.breachAt) - Date.parse(matchedAt);
    expect(within).toBe(version?.metrics.firstResponse.all);
    const {firstResponse, updatedAt} = attributes;
    const waited = firstResponse?.time ?? Date.parse(updatedAt) - Date.parse(matchedAt);
    expect(breached).toBe(waited > within);
    return [breached];
  });
  expect(kept.length).toBeGreaterThan(500);
  const share = kept.filter((breached) => breached).length / kept.length;
  expect(share).toBeGreaterThan(0.05);
  expect(share).toBeLessThan(0.25);
});
