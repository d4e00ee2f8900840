import type {Json, JsonObject} from '../json';
import type {Model} from '../model';
import {hashText, type Random} from '../random';
import type {Maker} from './maker';
import {iso} from './maker';
import {sentence} from './words';

/** The paths a tree attribute can hold; parts are joined by dots (assumed). */
export const TREE_VALUES = [
  'orders',
  'orders.late',
  'orders.late.carrier',
  'returns',
  'returns.damaged',
  'product.question',
];

/** The values a choice attribute can hold. */
export const CHOICES = ['Yes', 'No', 'Not sure'];

/** Every third text attribute is a choice from a list. */
export function isChoice(name: string): boolean {
  return name.endsWith('Str') && hashText(name) % 3 === 0;
}

/** Every second id attribute holds a list. */
export function isMulti(name: string): boolean {
  return name.endsWith('sId') || (name.endsWith('Id') && hashText(name) % 2 === 0);
}

/**
 * Some of the custom attributes that the organization has for `resource`, at most 40, each of the type that its name's
 * suffix gives (docs/kustomer-api.md, Custom attributes).
 */
export function customAttributes(model: Model, resource: string, maker: Maker): JsonObject {
  const {random} = maker;
  const names = model.attributes[resource] ?? [];
  const share = Math.min(0.3, 40 / names.length);
  const custom: JsonObject = {};
  for (const name of names) {
    // A member for every name, though most are left out of the JSON: objects of ever new shapes are slow to make.
    custom[name] = random.chance(share)
      ? valueOf(name, random, maker)
      : random.chance(0.05)
        ? null
        : undefined;
  }
  return custom;
}

function valueOf(name: string, random: Random, maker: Maker): Json {
  switch (/(Num|At|Bool|Url|Tree|Txt|Id)$/.exec(name)?.[1]) {
    case 'Num':
      return random.chance(0.5) ? random.int(0, 5000) : random.int(0, 500000) / 100;
    case 'At':
      return iso(maker.row.createdAt - random.int(0, 1e10));
    case 'Bool':
      return random.chance(0.5);
    case 'Url':
      return `https://desk.example.com/tickets/${random.int(1, 99999)}`;
    case 'Tree':
      return random.pick(TREE_VALUES);
    case 'Txt':
      return sentence(random, random.int(5, 25));
    case 'Id':
      return isMulti(name) ? maker.ids('customers', 3) : maker.id('customers');
    default:
      return isChoice(name) ? random.pick(CHOICES) : sentence(random, random.int(1, 3));
  }
}
