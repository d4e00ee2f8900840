import {isObject, type JsonObject} from '../../../sandbox/world/json';
import type {Settings} from '../../../sandbox/api/settings';
import {createWorld, worldOf} from '../../../sandbox/world/world';
import {apiOf, ask, conversation, conversations, now, request, search} from '../asking';

type Differing = Partial<Settings>;

const iso = (ms: number): string => new Date(ms).toISOString();

function attributes(record: JsonObject | undefined): JsonObject {
  return isObject(record?.['attributes']) ? record['attributes'] : {};
}

function updates(settings: Differing, query: JsonObject = {}): unknown[] {
  return search(apiOf(conversations(3), settings), query).body.data.map(
    (record) => attributes(record)['updatedAt'],
  );
}

describe('bodies that are not what the index has', () => {
  function revisions(settings: Differing): unknown[] {
    const world = worldOf(conversations(3));
    world.update('conversations', 'c000', {at: now, lagMs: 5000});
    world.update('conversations', 'c001', {at: now});
    return search(apiOf(world, settings)).body.data.map((record) => [
      record['id'],
      attributes(record)['rev'],
    ]);
  }

  test.each<[Settings['bodyFrom'], unknown[]]>([
    [
      'index',
      [
        ['c000', 1],
        ['c002', 1],
        ['c001', 2],
      ],
    ],
    [
      'store',
      [
        ['c000', 2],
        ['c002', 1],
        ['c001', 2],
      ],
    ],
    [
      'before',
      [
        ['c000', 1],
        ['c002', 1],
        ['c001', 1],
      ],
    ],
  ])('from the %s', (bodyFrom, expected) => {
    expect(revisions({bodyFrom})).toEqual(expected);
  });

  test('one record can be newer or older than its place for good', () => {
    expect(updates({skewed: ['c001'], skewMs: 86_400_000})[1]).toBe(iso(now - 2000 + 86_400_000));
    expect(updates({skewed: ['c001'], skewMs: -1})).toEqual([now - 3000, now - 2001, now - 1000].map(iso));
  });

  test.each<[Settings['badUpdatedAtAs'], unknown]>([
    ['absent', undefined],
    ['null', null],
    ['text', 'the day before yesterday'],
    ['number', now - 2000],
  ])('updatedAt can be %s', (badUpdatedAtAs, expected) => {
    expect(updates({badUpdatedAt: ['c001'], badUpdatedAtAs})[1]).toBe(expected);
    expect(updates({badUpdatedAt: 1, badUpdatedAtAs})).toContain(expected);
  });
});

describe('how records look', () => {
  test.each<[Settings['timestamps'], unknown]>([
    ['s', '2025-05-31T23:59:59Z'],
    ['us0', '2025-05-31T23:59:59.000000Z'],
    ['us', '2025-05-31T23:59:59.000001Z'],
    ['offset', '2025-05-31T23:59:59.000+00:00'],
    ['shifted', '2025-06-01T01:59:59.000+02:00'],
    ['epoch', now - 1000],
  ])('times as %s', (timestamps, expected) => {
    expect(updates({timestamps})[2]).toBe(expected);
  });

  test('ids can be numbers, in the address of what hangs on a record too', () => {
    const api = apiOf([conversation('4711', 5000), conversation('abc', 4000)], {ids: 'number'});
    const ids = search(api).body.data.map(({id}) => id);
    expect(ids).toEqual([4711, expect.any(Number)]);
    expect(ask(api, request('GET', `/v1/conversations/${String(ids[1])}/times`)).status).toBe(200);
  });

  const world = createWorld({seed: 3, now, sizes: {conversations: 30, customers: 20}});

  test('values can be masked, custom ones too', () => {
    const masked = {isMasked: true, maskedPresentation: '********'};
    const api = apiOf(world, {masked: ['emails', 'ordersCountNum', 'nope']});
    const customers = ask(api, request('GET', '/v1/customers')).body.data.map(attributes);
    expect(customers.every(({emails}) => JSON.stringify(emails) === JSON.stringify(masked))).toBe(true);
    expect(customers.map(({custom}) => (custom as JsonObject)['ordersCountNum'])).toContainEqual(masked);
    expect(customers[0]).not.toHaveProperty('nope');
  });

  test('attachments may have no ids, klasses no names, records no createdAt', () => {
    const api = apiOf(world, {attachmentIds: false, klassNames: false, createdAts: false});
    const attachments = world
      .truth('conversations')
      .flatMap(({id}) => ask(api, request('GET', `/v1/conversations/${id}/attachments`)).body.data);
    expect(attachments.length).toBeGreaterThan(0);
    expect(attachments.every((each) => !('id' in each) && isObject(each['links']))).toBe(true);
    const klasses = ask(api, request('GET', '/v1/klasses')).body.data;
    expect(klasses.map((klass) => 'name' in attributes(klass))).not.toContain(true);
    expect(attributes(search(api).body.data[0])).not.toHaveProperty('createdAt');
  });

  test('a record can have thousands of attributes, and values nested deeper than a stack', () => {
    const settings = {heavy: ['c001'], heavyAttributes: 5000, heavyDepth: 100_000};
    const {body} = apiOf(conversations(3), settings).handle(request('GET', '/v1/conversations'), now);
    expect(body.match(/"heavy\d+Str"/g)).toHaveLength(5000);
    expect(body).toContain(`"deepTxt":${'['.repeat(100_000)}1]`);
  });
});
