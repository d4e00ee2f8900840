import {mustRead} from './access';
import type {Call} from './call';
import {CHOICES, isChoice, isMulti, TREE_VALUES} from '../world/bodies/custom';
import {notFound} from './errors';
import type {JsonObject} from '../world/json';
import {hash, hashText, hex16} from '../world/random';
import {checkRefusals} from './refusals';

/** Answers `GET /v1/metadata/{resource}`: the custom attributes there are (docs/kustomer-api.md, Custom attributes). */
export function metadata({world, settings, token, random}: Call, resource: string): JsonObject {
  mustRead(token, ['metadata'], settings);
  checkRefusals(settings.refusals, {of: 'metadata', name: resource});
  const isStandard = ['company', 'conversation', 'customer', 'message'].includes(resource);
  if (!isStandard && !world.model.klasses.some(({name}) => resource === `kobject.${name}`)) throw notFound();
  const names = [...(world.model.attributes[resource] ?? [])];
  // No order is promised, so it is another one every time.
  const salt = random.int(0, 0x7fffffff);
  names.sort((left, right) => hash(hashText(left), salt) - hash(hashText(right), salt));
  const properties = Object.fromEntries(names.map((name) => [name, property(name)]));
  return {
    links: {self: `/v1/metadata/${resource}`},
    data: {
      type: 'metadata',
      id: resource,
      attributes: {properties, standardProperties: {}},
      links: {self: `/v1/metadata/${resource}`},
    },
  };
}

const TYPES: Record<string, string> = {
  Num: 'number',
  At: 'date',
  Bool: 'boolean',
  Id: 'string',
  Tree: 'tree',
};

function property(name: string): JsonObject {
  const [suffix = ''] = /(Num|At|Bool|Str|Txt|Url|Tree|Id)$/.exec(name) ?? [];
  const words = name.slice(0, name.length - suffix.length).replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return {
    id: hex16(hashText(name)),
    type: TYPES[suffix] ?? 'string',
    displayName: words.charAt(0).toUpperCase() + words.slice(1),
    ...(suffix === 'Tree' ? {tree: hex16(hashText(name), 1), enumeration: TREE_VALUES} : {}),
    ...(isChoice(name) ? {enumeration: CHOICES} : {}),
    ...(suffix === 'Id' ? {target: 'customer', multi: isMulti(name)} : {}),
    modifiedAt: '2024-05-01T10:00:00.000Z',
    modifiedBy: '5f0c1d2e3a4b5c6d7e8f9a0c',
  };
}
