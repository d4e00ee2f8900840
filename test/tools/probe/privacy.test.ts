import fc from 'fast-check';
import {bodyOf} from '../../../sandbox/world/bodies/index';
import {isObject} from '../../../sandbox/world/json';
import {OBJECT_NAMES} from '../../../sandbox/world/objects';
import type {World} from '../../../sandbox/world/world';
import type {Settings} from '../../../sandbox/api/settings';
import {NOW} from '../../fakes/connection';
import {type Probed, probe, worldOfSize} from './probing';

/** Attributes whose values name somebody or something. */
const NAMING = /^(id|name|displayName|email|emails|phone|phones|preview|subject|username|externalId|key)$/i;
/** A shorter value may be part of any word. */
const SHORTEST = 5;

/** All ids, and all texts that name somebody or something, in the records of a world; with the names of what is the organization's own. */
function secretsOf(world: World): Set<string> {
  const {klasses, attributes} = world.model;
  const secrets = new Set([...klasses.map(({name}) => name), ...Object.values(attributes).flat()]);
  const take = (value: unknown): void => {
    if (typeof value === 'string' && value.length >= SHORTEST) secrets.add(value);
    else if (Array.isArray(value)) value.forEach(take);
    else if (isObject(value)) Object.values(value).forEach(take);
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) (NAMING.test(name) ? take : walk)(member);
  };
  for (const object of OBJECT_NAMES) {
    const table = world.table(object);
    for (const row of table.rows()) walk(bodyOf(world, object, row));
  }
  // Words such as `order` and `updatedAt` are not only the organization's own.
  return new Set(
    [...secrets].filter((secret) => secret.length >= SHORTEST && !/^([a-z]+|updatedAt)$/.test(secret)),
  );
}

function leaksIn({table, report}: Probed, secrets: Iterable<string>): string[] {
  const output = `${table.replace(/\s+/g, ' ')}\n${JSON.stringify(report)}`;
  return [...secrets].filter((secret) => output.includes(secret));
}

const settings: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    ids: fc.constantFrom('text', 'number'),
    nextForm: fc.constantFrom('relative', 'absolute', 'cursor'),
    errorForm: fc.constantFrom('message', 'jsonApi'),
    largerPages: fc.constantFrom('clamped', 'refused'),
    totals: fc.constantFrom('capped', 'text', 'object', 'missing'),
    masked: fc.constant(['emails', 'phones', 'orderNumberStr']),
    rejectIncludeDeleted: fc.boolean(),
  },
  {requiredKeys: []},
);

test('no id, no name, no address and no name of an attribute or klass is in what it prints', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({seed: fc.nat(1000), size: fc.integer({min: 0, max: 150})}),
      fc.constantFrom('none' as const, 'published' as const, 'huge' as const),
      fc.constantFrom('sandbox-token', 'sandbox-no-notes', 'sandbox-no-metadata', 'sandbox-search-only'),
      settings,
      async ({seed, size}, model, token, oddities) => {
        const world = worldOfSize(size, {seed, model});
        const secrets = secretsOf(world);
        expect(leaksIn(await probe({world, token, settings: oddities}), secrets)).toEqual([]);
      },
    ),
    {numRuns: 25},
  );
});

test('nor anything that an answer repeats: texts of errors, headers, types, links', async () => {
  const CANARY = 'canary-7f3a';
  const refusals = (['search', 'archive', 'lists', 'metadata', 'parts'] as const).map((of) => ({
    of,
    status: 400,
    text: `${CANARY} includeDeleted pageSize pod ${CANARY} but handled by ${CANARY}`,
  }));
  const headers = {[`x-${CANARY}`]: CANARY, 'x-ratelimit-limit': CANARY, 'content-encoding': CANARY};
  const accounts = [
    {settings: {refusals}},
    {
      prepare: ({faults}: Probed['api']) =>
        faults.set([{kind: 'status', status: 401, text: `${CANARY} {authorization}`, headers, times: -1}]),
    },
    {
      prepare: ({faults}: Probed['api']) =>
        faults.set([
          {kind: 'body', text: JSON.stringify({errors: [{code: CANARY}], data: CANARY}), headers, times: -1},
        ]),
    },
  ];
  for (const account of accounts) {
    const probed = await probe({world: worldOfSize(100), token: 'sandbox-no-notes', ...account});
    expect(leaksIn(probed, [CANARY, 'sandbox-no-notes'])).toEqual([]);
  }
});

test('nor what a record says, wherever it says it', async () => {
  const CANARY = 'canary-7f3a';
  const text = (): string => CANARY;
  const world = worldOfSize(0, {model: 'none'});
  const attributes = Object.fromEntries(
    ['name', 'updatedAt', 'createdAt', 'deletedAt', CANARY].map((name) => [name, text()]),
  );
  for (const [object, type] of [
    ['tags', 'tag'],
    ['kobjects', `kobject.${CANARY}`],
    ['klasses', 'klass'],
  ] as const) {
    world.insert({
      object,
      id: CANARY,
      createdAt: NOW - 1000,
      updatedAt: NOW - 500,
      body: {type, id: CANARY, attributes},
    });
  }
  expect(leaksIn(await probe({world}), [CANARY])).toEqual([]);
});
