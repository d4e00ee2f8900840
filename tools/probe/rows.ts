import {isObject, type JsonObject} from '../../src/json';
import {parseInstant} from '../../src/time';
import {isServed, type Reply} from './reply';

/** What matters of a record. */
export interface Row {
  readonly id: unknown;
  readonly type: unknown;
  readonly attributes: JsonObject;
  readonly relationships: JsonObject;
  /** Epoch ms; undefined where there is none that can be used. */
  readonly updatedAtMs: number | undefined;
  readonly createdAtMs: number | undefined;
  readonly isDeleted: boolean;
  /** Whether `links.self` leads to it. */
  readonly hasSelfLink: boolean;
}

/** The records of an answer; none for a 204 or `data: null`, undefined for anything but a list. */
export function rowsOf(reply: Reply): readonly Row[] | undefined {
  const {json, status} = reply;
  if (!isServed(reply)) return undefined;
  if (status === 204) return [];
  const data = isObject(json) ? (json['data'] ?? []) : undefined;
  return Array.isArray(data) ? data.filter(isObject).map(rowOf) : undefined;
}

function rowOf(record: JsonObject): Row {
  const attributes = isObject(record['attributes']) ? record['attributes'] : {};
  const {deleted, deletedAt} = attributes;
  const links = isObject(record['links']) ? record['links'] : {};
  return {
    id: record['id'],
    type: record['type'],
    attributes,
    relationships: isObject(record['relationships']) ? record['relationships'] : {},
    updatedAtMs: instantOf(attributes['updatedAt']),
    createdAtMs: instantOf(attributes['createdAt']),
    isDeleted: deleted === true || (typeof deletedAt === 'string' && deletedAt !== ''),
    hasSelfLink: typeof links['self'] === 'string' && links['self'] !== '',
  };
}

function instantOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : parseInstant(value);
}

/** All of the records whose time is known, with it. */
export function timesOf(rows: readonly Row[]): readonly number[] {
  return rows.flatMap(({updatedAtMs}) => updatedAtMs ?? []);
}
