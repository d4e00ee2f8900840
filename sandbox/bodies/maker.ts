import {merge, type Json, type JsonObject} from '../json';
import {objectNames, singular, type ObjectName} from '../objects';
import {hash, Random} from '../random';
import type {Row} from '../row';
import type {World} from '../world';

const orgId = '5f0c1d2e3a4b5c6d7e8f9a0b';

/** What a body is made with: all chance comes from (seed, object, slot), or also the version where a change should show. */
export class Maker {
  /** The same for every version of the record. */
  readonly random: Random;
  /** Another for every version. */
  readonly fresh: Random;
  readonly createdAt: string;
  readonly updatedAt: string;

  constructor(
    readonly world: World,
    readonly object: ObjectName,
    readonly row: Row,
  ) {
    const at = objectNames.indexOf(object);
    this.random = new Random(hash(world.seed, at, row.slot));
    this.fresh = new Random(hash(world.seed, at, row.slot, row.version));
    this.createdAt = iso(row.createdAt);
    this.updatedAt = iso(row.updatedAt);
  }

  /** The id of some other record. */
  id(object: ObjectName): string {
    return this.world.reference(object, Math.floor(this.random.next() * 0x7fffffff));
  }

  /** Up to `most` ids of other records. */
  ids(object: ObjectName, most: number): string[] {
    return Array.from({length: this.random.int(0, most)}, () => this.id(object));
  }

  /** A moment in the record's life. */
  moment(): string {
    const {createdAt, updatedAt} = this.row;
    return iso(createdAt + Math.floor(this.random.next() * (updatedAt - createdAt)));
  }

  /** A relationship that tells type and id. */
  to(object: ObjectName, id = this.id(object)): JsonObject {
    return {links: {self: `/v1/${object}/${id}`}, data: {type: singular(object), id}};
  }

  /** A relationship that has no `data`, only the address to ask. */
  only(tail: string): JsonObject {
    return {links: {self: `${this.address()}/${tail}`}};
  }

  /** The organisation's own relationship, which every record has. */
  org(): JsonObject {
    return {links: {self: `/v1/orgs/${orgId}`}, data: {type: 'org', id: orgId}};
  }

  /** Who made and who changed it. */
  people(): JsonObject {
    return {createdBy: this.to('users'), modifiedBy: this.to('users')};
  }

  /** createdAt, updatedAt, rev, and the marks of a deleted record. */
  stamps(): JsonObject {
    const {deletedAt, version} = this.row;
    const deleted = deletedAt === null ? {} : {deleted: true, deletedAt: iso(deletedAt)};
    return {
      createdAt: this.createdAt,
      updatedAt: this.updatedAt,
      modifiedAt: this.updatedAt,
      rev: version,
      ...deleted,
    };
  }

  /** The whole resource. */
  resource(attributes: JsonObject, relationships: JsonObject, type = singular(this.object)): JsonObject {
    const links = {self: this.address()};
    return {type, id: this.row.id, attributes, relationships: merge(relationships, {org: this.org()}), links};
  }

  /** `value` in a share of all records, else nothing. */
  maybe(share: number, value: Json): Json | undefined {
    return this.random.chance(share) ? value : undefined;
  }

  private address(): string {
    return `/v1/${this.object}/${this.row.id}`;
  }
}

/** As the API writes times: UTC with milliseconds. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
