import {merge, type Json, type JsonObject} from '../json';
import {OBJECT_NAMES, pathOf, singular, type ObjectName} from '../objects';
import {hash, Random} from '../random';
import type {Row} from '../row';
import type {World} from '../world';

const ORG_ID = '5f0c1d2e3a4b5c6d7e8f9a0b';

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
    const at = OBJECT_NAMES.indexOf(object);
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
    return {links: {self: `/v1/${pathOf(object)}/${id}`}, data: {type: singular(object), id}};
  }

  /** A relationship that has no `data`, only the address to ask. */
  only(tail: string): JsonObject {
    return {links: {self: `${this.address()}/${tail}`}};
  }

  /** The organization's own relationship, which every record has. */
  org(): JsonObject {
    return {links: {self: `/v1/orgs/${ORG_ID}`}, data: {type: 'org', id: ORG_ID}};
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

  /** What `make` makes in a share of all records, else nothing. */
  maybe(share: number, make: () => Json): Json | undefined {
    return this.random.chance(share) ? make() : undefined;
  }

  private address(): string {
    return `/v1/${pathOf(this.object)}/${this.row.id}`;
  }
}

const MS_PER_DAY = 86_400_000;
const dates = new Map<number, string>();
const DIGITS = Array.from({length: 1000}, (_, value) => String(value));
const two = DIGITS.slice(0, 60).map((text) => text.padStart(2, '0'));
const three = DIGITS.map((text) => text.padStart(3, '0'));

/** As the API writes times: UTC with milliseconds. Several times faster than Date: a page of conversations has 30,000. */
export function iso(ms: number): string {
  const day = Math.floor(ms / MS_PER_DAY);
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * MS_PER_DAY).toISOString().slice(0, 11);
    dates.set(day, date);
  }
  const rest = ms - day * MS_PER_DAY;
  const seconds = Math.floor(rest / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${date}${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${three[rest % 1000]}Z`;
}
