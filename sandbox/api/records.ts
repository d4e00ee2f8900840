import {bodyOf} from '../world/bodies/index';
import {iso} from '../world/bodies/maker';
import {isObject, type Json, type JsonObject} from '../world/json';
import {hashText, hex16} from '../world/random';
import type {ObjectName} from '../world/objects';
import type {Row} from '../world/row';
import type {Call} from './call';
import {isOneOf} from './holes';
import type {Settings} from './settings';

/** Stands in a body where `writeBody` puts a value that is nested deeper than `JSON.stringify` can go. */
export const DEEP_VALUE = '@@deep@@';

/** What a masked value is replaced by (docs/kustomer-api.md, Where and who). */
const MASK: JsonObject = {isMasked: true, maskedPresentation: '********'};

/** The resource of a row, as the settings have it look. */
export function recordOf({world, settings}: Call, object: ObjectName, row: Row): JsonObject {
  return dressed(bodyOf(world, object, row), row, settings);
}

/** A resource as the settings have it look. */
export function dressed(record: JsonObject, row: Row, settings: Settings): JsonObject {
  const changes = [
    ...(settings.createdAts ? [] : [{createdAt: undefined}]),
    ...(isOneOf(settings.badUpdatedAt, row, settings, 'badUpdatedAt')
      ? [{updatedAt: badTime(row, settings)}]
      : []),
    ...(settings.masked.length === 0 ? [] : [masked(record, settings.masked)]),
    ...(isOneOf(settings.heavy, row, settings, 'heavy') ? [heavy(record, settings)] : []),
    ...(settings.klassNames || record['type'] !== 'klass' ? [] : [{name: undefined}]),
  ];
  const known =
    changes.length === 0 ? record : withAttributes(record, Object.assign({}, ...changes) as JsonObject);
  return settings.ids === 'text' || known['id'] === undefined ? known : {...known, id: numericId(row.id)};
}

/** The resource with another `updatedAt` than its place in the index, where the settings have it so. */
export function skewed(record: JsonObject, row: Row, settings: Settings): JsonObject {
  return isOneOf(settings.skewed, row, settings, 'skewed')
    ? withAttributes(record, {updatedAt: iso(row.updatedAt + settings.skewMs)})
    : record;
}

/** The number that stands for an id: the same digits, or 48 bits of a hash. */
export function numericId(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : parseInt(hex16(hashText(id)).slice(0, 12), 16);
}

function badTime(row: Row, {badUpdatedAtAs}: Settings): Json | undefined {
  return {absent: undefined, null: null, text: 'the day before yesterday', number: row.updatedAt}[
    badUpdatedAtAs
  ];
}

function masked(record: JsonObject, names: readonly string[]): JsonObject {
  const attributes = attributesOf(record);
  const custom = attributes['custom'];
  const mask = (values: JsonObject): JsonObject =>
    Object.fromEntries(names.filter((name) => values[name] !== undefined).map((name) => [name, MASK]));
  return {...mask(attributes), ...(isObject(custom) ? {custom: {...custom, ...mask(custom)}} : {})};
}

function heavy(record: JsonObject, {heavyAttributes, heavyDepth}: Settings): JsonObject {
  const custom = attributesOf(record)['custom'];
  const many = Object.fromEntries(
    Array.from({length: heavyAttributes}, (_, at) => [`heavy${at}Str`, `${at}`]),
  );
  const deep = heavyDepth > 0 ? {deepTxt: DEEP_VALUE} : {};
  return {custom: {...(isObject(custom) ? custom : {}), ...many, ...deep}};
}

function attributesOf(record: JsonObject): JsonObject {
  return isObject(record['attributes']) ? record['attributes'] : {};
}

function withAttributes(record: JsonObject, changes: JsonObject): JsonObject {
  return {...record, attributes: {...attributesOf(record), ...changes}};
}
