import {eventsOf} from '../../../../sandbox/world/bodies/events';
import {bodyOf} from '../../../../sandbox/world/bodies/index';
import {mergesOf} from '../../../../sandbox/world/bodies/merges';
import {attachmentsOf, notesOf} from '../../../../sandbox/world/bodies/parts';
import {conversationOf, responseOf} from '../../../../sandbox/world/bodies/responses';
import type {JsonObject} from '../../../../sandbox/world/json';
import type {Row} from '../../../../sandbox/world/row';
import {createWorld} from '../../../../sandbox/world/world';

const NOW = Date.UTC(2024, 5, 1);
const world = createWorld({
  ...{seed: 11, now: NOW},
  sizes: {conversations: 1000, customers: 300, messages: 20, notes: 300, users: 8, teams: 3},
});
const conversations = [...world.table('conversations').rows()];
const customers = [...world.table('customers').rows()];

const attributesOf = (record: JsonObject): JsonObject => record['attributes'] as JsonObject;
const idIn = (record: JsonObject, name: string): unknown =>
  ((record['relationships'] as Record<string, {data: {id: string}}>)[name] as {data: {id: string}}).data.id;
const later = (row: Row): Row => ({...row, version: row.version + 1, updatedAt: row.updatedAt + 1000});

test('notes are where their conversation says: as many, and within its life', () => {
  let notes = 0;
  let fitting = 0;
  for (const row of conversations) {
    const own = notesOf(world, row);
    expect(attributesOf(bodyOf(world, 'conversations', row))['noteCount']).toBe(own.length);
    expect(own.map((note) => idIn(note, 'conversation'))).toEqual(own.map(() => row.id));
    notes += own.length;
    fitting += own.filter(
      (note) =>
        Date.parse(String(attributesOf(note)['createdAt'])) >= row.createdAt &&
        Date.parse(String(attributesOf(note)['updatedAt'])) <= row.updatedAt,
    ).length;
  }
  expect(notes).toBe(300);
  // In a world as small as this, a few notes have no conversation that fits.
  expect(fitting).toBeGreaterThan(200);
});

test('events follow the statuses of a conversation, and a later version adds to them', () => {
  for (const row of conversations) {
    const events = eventsOf(world, row);
    const times = events.map((event) => Date.parse(String(attributesOf(event)['createdAt'])));
    expect(Math.min(...times)).toBe(row.createdAt);
    expect(Math.max(...times)).toBeLessThanOrEqual(row.updatedAt);
    const statuses = events
      .map(
        (event) =>
          (attributesOf(event)['changes'] as {attributes?: {status?: JsonObject}} | undefined)?.attributes
            ?.status,
      )
      .filter((change) => change !== undefined)
      .reverse();
    const {status} = attributesOf(bodyOf(world, 'conversations', row));
    expect(statuses.at(-1)?.['after'] ?? 'open').toBe(status);
    statuses.slice(1).forEach((change, at) => expect(change['before']).toBe(statuses[at]?.['after']));
    expect(eventsOf(world, later(row))).toEqual(expect.arrayContaining(events));
    expect(eventsOf(world, later(row)).length).toBeGreaterThan(events.length);
  }
});

test('merges lead from a customer that is gone to the one that has them', () => {
  const all = customers.flatMap((row) => mergesOf(world, row).map((merge) => ({row, merge})));
  expect(all.length).toBeGreaterThan(20);
  for (const {row, merge} of all) {
    expect(idIn(merge, 'target')).toBe(row.id);
    expect(world.table('customers').find(String(idIn(merge, 'source')))).toBeUndefined();
    expect(mergesOf(world, later(row))).toEqual(expect.arrayContaining([merge]));
  }
});

test('a response is there once its survey was sent, and says what the conversation says', () => {
  const all = conversations.flatMap((row) => {
    const response = responseOf(world, row);
    return response ? [{row, response}] : [];
  });
  expect(all.length).toBeGreaterThan(40);
  for (const {row, response} of all) {
    const level = attributesOf(bodyOf(world, 'conversations', row))['satisfactionLevel'] as JsonObject;
    const {status, rating, answers} = attributesOf(response);
    expect([response['id'], status, rating]).toEqual([
      level['formResponse'],
      level['status'],
      level['rating'],
    ]);
    expect((answers as unknown[]).length).toBe(status === 'commented' ? 1 : 0);
    expect(conversationOf(world, String(response['id']))).toBe(row);
  }
  const sent = all.map(({response}) => attributesOf(response)['status']);
  expect(new Set(sent)).toEqual(new Set(['offered', 'unresponded', 'rated', 'commented']));
});

test('attachments name their message, and have a signed address', () => {
  const [attachment] = conversations.flatMap((row) => attachmentsOf(world, row));
  const {links} = attachment as {links: {self: string; related: string}};
  expect(links.self).toContain(`/v1/messages/${String(idIn(attachment as JsonObject, 'message'))}/`);
  expect(links.related).toContain('X-Amz-Security-Token');
});
