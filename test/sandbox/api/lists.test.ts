import type {Settings} from '../../../sandbox/api/settings';
import {isObject, type JsonObject} from '../../../sandbox/world/json';
import {createWorld} from '../../../sandbox/world/world';
import {apiOf, ask, now, request} from '../asking';

const sizes = {
  users: 120,
  tags: 60,
  teams: 4,
  shortcuts: 8,
  companies: 5,
  customers: 130,
  kobjects: 400,
  conversations: 50,
  slas: 4,
  brands: 3,
  schedules: 2,
};
const world = createWorld({seed: 7, now, sizes});
const api = apiOf(world);

function get(url: string): ReturnType<typeof ask> {
  return ask(api, request('GET', url));
}

function attributes(records: JsonObject[]): JsonObject[] {
  return records.map((record) => (isObject(record['attributes']) ? record['attributes'] : {}));
}

test('lists are paged by number, without totals', () => {
  const first = get('/v1/tags/?pageSize=40');
  expect(first.ids).toHaveLength(40);
  expect(first.body.meta).toEqual({page: 1, pageSize: 40});
  expect(first.body.links).not.toHaveProperty('last');
  const second = get(String(first.body.links['next']));
  expect(second.body.links['next']).toBeNull();
  // Deleted tags are in the list as well.
  expect([...first.ids, ...second.ids].sort()).toEqual(
    world
      .truth('tags')
      .map(({id}) => id)
      .sort(),
  );
  expect(get('/v1/users').ids).toHaveLength(100);
});

test('the list of customers has totals', () => {
  const live = world.truth('customers', {includeDeleted: false}).length;
  expect(get('/v1/customers').body.meta).toMatchObject({total: live, totalPages: 2});
});

test('users: the living, or the deleted, or by one attribute', () => {
  const all = world.truth('users');
  const live = get('/v1/users?pageSize=500').ids;
  const deleted = get('/v1/users?pageSize=500&deleted=true');
  expect(deleted.ids.length).toBeGreaterThan(0);
  expect([...live, ...deleted.ids].sort()).toEqual(all.map(({id}) => id).sort());
  expect(attributes(deleted.body.data).every((user) => user['deleted'] === true)).toBe(true);
  expect(get('/v1/users?email=agent5@example.com').ids).toHaveLength(1);
  expect(
    attributes(get('/v1/users?userType=machine').body.data).every((user) => user['userType'] === 'machine'),
  ).toBe(true);
  expect(get('/v1/users?pending=true').ids.length).toBeLessThan(live.length);
  expect(get('/v1/users?pending=true&deleted=true').status).toBe(400);
});

test('tags: deleted ones as the settings have it', () => {
  const [live, all] = [false, true].map((includeDeleted) =>
    world.truth('tags', {includeDeleted}).map(({id}) => id),
  );
  const gone = all?.filter((id) => !live?.includes(id)).sort();
  const asked = (deletedTags: Settings['deletedTags'], query: string): ReturnType<typeof get> =>
    ask(apiOf(world, {deletedTags}), request('GET', `/v1/tags?${query}`));
  expect(gone?.length).toBeGreaterThan(0);
  expect(asked('asked', 'deleted=true').ids).toEqual(gone);
  expect(asked('listed', 'deleted=true').ids).toEqual(gone);
  expect(asked('listed', '').ids).toEqual(all?.sort());
  expect(asked('ignored', 'deleted=true').ids).toEqual(live?.sort());
  expect(asked('refused', 'deleted=true').status).toBe(400);
  expect(asked('refused', '').ids).toEqual(live?.sort());
});

test('klasses, and the objects of one', () => {
  expect(
    attributes(get('/v1/klasses').body.data)
      .map(({name}) => name)
      .sort(),
  ).toEqual(['gift-order', 'loop-return', 'shopify-order', 'stamped-io-review']);
  expect(attributes(get('/v1/klasses?status=disabled').body.data)).toMatchObject([{name: 'old-survey'}]);
  expect(attributes(get('/v1/klasses?status=existing_only').body.data)).toMatchObject([
    {name: 'past-warranty'},
  ]);
  expect(get('/v1/klasses/past-warranty').status).toBe(200);
  const objects = get('/v1/klasses/loop-return');
  expect(objects.body.data.every(({type}) => type === 'kobject.loop-return')).toBe(true);
  expect(objects.body.data[0]?.['relationships']).toMatchObject({
    klass: {data: {type: 'klass', id: 'loop-return'}},
  });
  const recent = get('/v1/klasses/loop-return?fromDate=2025-01-01');
  expect(recent.ids.length).toBeGreaterThan(0);
  expect(recent.ids.length).toBeLessThan(objects.ids.length);
});

test('service levels bring their versions when asked', () => {
  expect(get('/v1/slas').body).not.toHaveProperty('included');
  const {data, included} = get('/v1/slas?versions=all').body;
  const named = data.flatMap(({relationships}) =>
    (relationships as {versions: {data: JsonObject[]}}).versions.data.map(({id}) => id),
  );
  expect((included as JsonObject[]).map(({id}) => id)).toEqual(named);
});

test('attachments of a conversation', () => {
  const counts = world
    .truth('conversations')
    .map(({id}) => get(`/v1/conversations/${id}/attachments`).ids.length);
  expect(Math.min(...counts)).toBe(0);
  expect(Math.max(...counts)).toBeGreaterThan(0);
});

test('custom attributes are described by name and suffix, in no order', () => {
  const properties = (): JsonObject => {
    const {data} = get('/v1/metadata/customer').body as unknown as {
      data: {attributes: {properties: JsonObject}};
    };
    return data.attributes.properties;
  };
  expect(properties()).toMatchObject({
    ordersCountNum: {type: 'number', displayName: 'Orders Count'},
    acceptsMarketingBool: {type: 'boolean'},
    keypadInstalledAt: {type: 'date'},
  });
  expect(Object.keys(properties())).not.toEqual(Object.keys(properties()));
  expect(get('/v1/metadata/kobject.loop-return').status).toBe(200);
});

test('changes show in lists at once', () => {
  world.insert({object: 'teams', id: 'new-team', createdAt: now, updatedAt: now, lagMs: 60_000});
  expect(get('/v1/teams').ids).toContain('new-team');
});
