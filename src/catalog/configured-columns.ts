import {isObject} from '../json';
import type {StreamSchema} from '../records/shape';

/** The types that a property of `custom` may have. */
const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object']);

/**
 * The inverse of `declareCustomColumns` (custom-columns.ts): finds the columns of `custom` that `discover` declared, as far as values
 * are cast by them, and gives them to the stream's own schema. So rows fit what was discovered, without asking the organization again.
 * @param configured the stream's `json_schema` in the configured catalog, whatever that is; what makes no sense there stays open
 */
export function restoreCustomColumns(configured: unknown, schema: StreamSchema): StreamSchema {
  const own = schema.properties?.['custom'];
  const custom = propertiesOf(configured)['custom'];
  if (!own || mainType(custom) !== 'object') return schema;
  const properties: [string, StreamSchema][] = [];
  for (const [name, property] of Object.entries(propertiesOf(custom))) {
    const sane = saneProperty(property);
    if (sane) properties.push([name, sane]);
  }
  if (properties.length === 0) return schema;
  return {
    ...schema,
    properties: {...schema.properties, custom: {...own, properties: Object.fromEntries(properties)}},
  };
}

/** Only what values are cast by. */
function saneProperty(property: unknown): StreamSchema | undefined {
  const type = mainType(property);
  if (!isObject(property) || type === undefined) return undefined;
  const items = type === 'array' ? saneProperty(property['items']) : undefined;
  const isDateTime = type === 'string' && property['format'] === 'date-time';
  return {
    type: ['null', type],
    ...(isDateTime && {format: 'date-time'}),
    ...(items && {items}),
  };
}

/** The one type beside `null`; undefined where there is none that a value could be cast to. */
function mainType(schema: unknown): string | undefined {
  const types = isObject(schema) ? [schema['type']].flat().filter((type) => type !== 'null') : [];
  const [type] = types;
  return types.length === 1 && typeof type === 'string' && TYPES.has(type) ? type : undefined;
}

function propertiesOf(schema: unknown): Readonly<Record<string, unknown>> {
  const properties = isObject(schema) ? schema['properties'] : undefined;
  return isObject(properties) ? properties : {};
}
