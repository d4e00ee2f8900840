import {merge, type JsonObject} from '../json';
import type {Klass} from '../model';
import {hash} from '../random';
import type {Row} from '../row';
import type {World} from '../world';
import {customAttributes} from './custom';
import type {Maker} from './maker';
import {ICONS, sentence} from './words';

/** The name of the klass a custom object belongs to: one of those that have objects, or the one it was loaded with. */
export function klassNameOf(world: World, row: Row): string {
  const loaded = world.loadedBody('kobjects', row.id)?.['type'];
  if (typeof loaded === 'string') return loaded.replace('kobject.', '');
  const used = world.model.klasses.filter(({status}) => status !== 'disabled');
  return (used[hash(world.seed, row.slot, 11) % used.length] as Klass).name;
}

/** A custom object: its type is `kobject.<klass>`, and `relationships.klass` has the klass's name as id. */
export function kobject(maker: Maker): JsonObject {
  const {random, world} = maker;
  const name = klassNameOf(world, maker.row);
  const displayName = world.model.klasses.find((klass) => klass.name === name)?.displayName ?? name;
  const type = `kobject.${name}`;
  const attributes = {
    externalId: `${name}-${maker.row.slot}`,
    title: `${displayName} ${random.int(1000, 99999)}`,
    description: sentence(maker.fresh, random.int(3, 12)),
    icon: random.pick(ICONS),
    images: [],
    tags: maker.ids('tags', 2),
    custom: customAttributes(world.model, type, maker),
    data: maker.maybe(0.3, () => ({
      lines: [{sku: `A-${random.int(1, 999)}`, count: random.int(1, 5)}],
      source: 'shop',
    })),
    klassDisplayName: displayName,
    klassMixins: [],
    roleGroupVersions: [],
    importedAt: maker.maybe(0.2, () => maker.createdAt),
  };
  const klass = {links: {self: `/v1/klasses/${name}`}, data: {type: 'klass', id: name}};
  // An object belongs to a customer or to a company.
  const owner = random.chance(0.9)
    ? {customer: maker.to('customers')}
    : {company: maker.to('companies'), queue: maker.to('queues')};
  return maker.resource(
    merge(maker.stamps(), attributes, workOn(maker)),
    {klass, ...owner, ...maker.people()},
    type,
  );
}

/** Whether somebody has it to do, and whether it was done: one in five is work at all. */
function workOn(maker: Maker): JsonObject {
  const {random} = maker;
  if (!random.chance(0.2)) return {status: 'open', doneCount: 0};
  const doneCount = random.int(0, 2);
  const [user, team] = [maker.id('users'), maker.id('teams')];
  const time = random.int(1000, 1e8);
  const done: JsonObject = {
    time,
    businessTime: Math.floor(time / 4),
    createdAt: maker.moment(),
    createdBy: user,
    createdByTeam: team,
    commentCount: random.int(0, 3),
  };
  return {
    status: doneCount > 0 ? 'done' : 'open',
    doneCount,
    reopenCount: Math.max(0, doneCount - 1),
    reopenFromDoneCount: Math.max(0, doneCount - 1),
    reopenDoneCount: Math.max(0, doneCount - 1),
    firstDone: doneCount > 0 ? done : undefined,
    lastDone: doneCount > 0 ? done : undefined,
    assignedUser: user,
    assignedUsers: [user],
    assignedTeam: team,
    assignedTeams: [team],
  };
}

/** A company. */
export function company(maker: Maker): JsonObject {
  const {random, row, world} = maker;
  const name = `Company ${row.slot}`;
  const attributes = {
    name,
    tags: maker.ids('tags', 2),
    domains: [`company${row.slot}.example.com`],
    emails: [{email: `office@company${row.slot}.example.com`, type: 'work', verified: false}],
    phones: [],
    whatsapps: [],
    socials: [],
    urls: [],
    locations: random.chance(0.3) ? [{type: 'work', address: '1 Main Street'}] : [],
    roleGroupVersions: [],
    externalId: maker.maybe(0.5, () => `company-${row.slot}`),
    custom: customAttributes(world.model, 'company', maker),
    avatarUrl: maker.maybe(0.3, () => `https://company${row.slot}.example.com/logo.png`) ?? null,
    employeeCount: random.int(0, 500),
    defaultLang: maker.maybe(0.5, () => 'en_us') ?? null,
  };
  return maker.resource(merge(maker.stamps(), attributes), {
    ...maker.people(),
    parent: maker.maybe(0.1, () => maker.to('companies')),
  });
}
