import {isAscii, isUtf8} from 'node:buffer';
import {hasLineEnd} from '../../airbyte/json-line';
import {parseInstant} from '../../time';
import {ANY} from '../column';
import {ADDITIONAL, type RowPlan} from '../flatten';
import {Byte} from './byte';
import {SENT, WalkColumns} from './columns';
import type {Keys, Slot} from './keys';
import {Output} from './output';
import {type Inner, type Place, Places, type Target} from './places';
import {UNUSUAL, endOfString} from './scan';
import {ValueWalk} from './values';

/** A record as a row, and what reading a moving set goes by. */
export interface WalkedRecord {
  readonly id: string;
  /** Epoch ms. */
  readonly updatedAt: number;
  /** Epoch ms; undefined where the record has none that can be used. */
  readonly createdAt: number | undefined;
  /** The row: JSON in UTF-8, on one line. */
  readonly line: Buffer;
  /** What has no column, by Kustomer's names. */
  readonly undeclared: readonly string[];
}

/** The relationship that is being walked. */
interface Relationship {
  readonly place: Place;
  readonly target: Target | undefined;
  /** Where its data begins. */
  dataAt: number | undefined;
  /** Some of it is kept. */
  isKept: boolean;
}

const NONE: readonly never[] = Object.freeze([]);
const NULL = Buffer.from('null');
const REST = Buffer.from(`,"${ADDITIONAL}":`);

/**
 * Makes rows of records as `flatten` does, without parsing them, in half the time that JSON.parse and JSON.stringify take.
 * Whatever is not as usual it leaves to `flatten`, which is its judge: what both make is the same, byte for byte
 * (test/records/walk).
 */
export class RecordWalk {
  private readonly row = new Output();
  private readonly rest = new Output();
  private readonly values: ValueWalk;
  private readonly places: Places;
  private undeclared: string[] = [];
  // What is found in the record that is being walked.
  private input: Buffer = NULL;
  private id: string | undefined;
  private updatedAt: number | undefined;
  private createdAt: number | undefined;
  private hasAttributes = false;
  private current!: Relationship;
  /** Objects so far. */
  private objects = 0;

  constructor(private readonly plan: RowPlan) {
    const columns = new WalkColumns();
    this.places = new Places(plan, columns);
    this.values = new ValueWalk(this.row, columns.of(ANY));
  }

  /** @param record JSON text in UTF-8 @returns undefined for a record that is not usual, or none at all */
  walk(record: Buffer): WalkedRecord | undefined {
    if (!isAscii(record) && (!isUtf8(record) || hasLineEnd(record))) return undefined;
    this.input = record;
    this.plan.rows += 1;
    this.row.begin(record.length);
    this.rest.begin(record.length);
    this.undeclared = [];
    this.hasAttributes = false;
    this.id = this.updatedAt = this.createdAt = undefined;
    const end = this.object(0, this.places.members, this.member);
    const {id, updatedAt, createdAt, undeclared} = this;
    if (end !== record.length || id === undefined || updatedAt === undefined) return undefined;
    return {
      id,
      updatedAt,
      createdAt,
      line: this.line(),
      undeclared: undeclared.length === 0 ? NONE : undeclared,
    };
  }

  private line(): Buffer {
    const {row, rest} = this;
    if (rest.size > 0) {
      const kept = rest.endObject();
      row.copy(REST, 0, REST.length);
      row.copy(kept, 0, kept.length);
    }
    const line = row.endObject();
    row.give();
    return line;
  }

  /** Walks the members of an object. @param take writes the value that begins at `at`, and returns where it ends, or UNUSUAL */
  private object<T>(at: number, keys: Keys<T>, take: (at: number, value: T) => number): number {
    const {input} = this;
    if (input[at] !== Byte.OpenObject) return UNUSUAL;
    if (input[at + 1] === Byte.CloseObject) return at + 2;
    let slot: Slot<T> | undefined;
    const number = ++this.objects;
    for (let next = at + 1; ; next++) {
      slot = keys.read(input, next, slot);
      if (slot === undefined || slot.mark.object === number) return UNUSUAL;
      slot.mark.object = number;
      next = take(next + slot.bytes.length, slot.value);
      if (next === UNUSUAL) return UNUSUAL;
      if (input[next] === Byte.CloseObject) return next + 1;
      if (input[next] !== Byte.Comma) return UNUSUAL;
    }
  }

  private readonly member = (at: number, place: Place): number => {
    switch (place.key) {
      case 'id':
        return this.ownId(at, place);
      case 'type':
      case 'links':
        return this.put(at, place);
      case 'attributes':
        this.hasAttributes = true;
        return this.object(at, this.places.attributes, this.attribute);
      case 'relationships':
        return this.hasAttributes ? this.object(at, this.places.relationships, this.relationship) : UNUSUAL;
      default:
        return this.hasAttributes ? this.put(at, place) : UNUSUAL;
    }
  };

  private ownId(at: number, place: Place): number {
    const end = endOfString(this.input, at);
    if (this.input[at] !== Byte.Quote || end === UNUSUAL) return UNUSUAL;
    const id = this.input.toString('utf8', at + 1, end - 1);
    if (id === '' || id.includes('\\')) return UNUSUAL;
    this.id = id;
    return this.put(at, place);
  }

  private readonly attribute = (at: number, place: Place): number => {
    const end = this.put(at, place);
    if (place.key === 'updatedAt') this.updatedAt = this.instant(at, end);
    else if (place.key === 'createdAt') this.createdAt = this.instant(at, end);
    return end;
  };

  private instant(at: number, end: number): number | undefined {
    if (end === UNUSUAL || this.input[at] !== Byte.Quote) return undefined;
    return parseInstant(this.input.toString('latin1', at + 1, end - 1));
  }

  private readonly relationship = (at: number, place: Place): number => {
    const {input} = this;
    const target = this.freeOf(place);
    if (input[at] === Byte.N) {
      const end = target ? this.write(at, target) : this.keep(at, place);
      return end === UNUSUAL || this.putId(at, place) === UNUSUAL ? UNUSUAL : end;
    }
    if (input[at] !== Byte.OpenObject) return UNUSUAL;
    return input[at + 1] === Byte.CloseObject ? this.keep(at, place) : this.parts(at, place, target);
  };

  /** The members of a relationship: its data goes to its column, all else is kept. */
  private parts(at: number, place: Place, target: Target | undefined): number {
    this.current = {place, target, dataAt: undefined, isKept: false};
    const end = this.object(at, this.places.inner, this.part);
    const {dataAt, isKept} = this.current;
    if (isKept) this.rest.byte(Byte.CloseObject);
    return end === UNUSUAL || (dataAt !== undefined && this.putId(dataAt, place) === UNUSUAL) ? UNUSUAL : end;
  }

  private readonly part = (at: number, {name, label}: Inner): number => {
    const {current, rest} = this;
    const {place, target} = current;
    if (name === 'data') {
      current.dataAt = at;
      if (target) return this.write(at, target);
      if (this.input[at] !== Byte.N) this.undeclared.push(place.key);
    }
    if (current.isKept) rest.byte(Byte.Comma);
    else if (!this.beginKept(place)) return UNUSUAL;
    else rest.byte(Byte.OpenObject);
    current.isKept = true;
    rest.copy(label, 0, label.length);
    return this.values.write(this.input, at, SENT, rest);
  };

  /** Writes the id of the one thing whose reference begins at `at`; null of nothing. A list has none. */
  private putId(at: number, {id}: Place): number {
    const {input} = this;
    if (id === undefined || id.column.row === this.plan.rows || input[at] === Byte.OpenList) return at;
    if (input[at] === Byte.N) return this.write(at, id);
    if (input[at] !== Byte.OpenObject || input[at + 1] === Byte.CloseObject) return at;
    let slot: Slot<Inner> | undefined;
    for (let next = at + 1; ; next++) {
      slot = this.places.inner.read(input, next, slot);
      const start = next + (slot?.bytes.length ?? 0);
      if (slot?.key === 'id') return input[start] === Byte.Quote ? this.write(start, id) : UNUSUAL;
      next = endOfString(input, start);
      if (slot === undefined || input[start] !== Byte.Quote || input[next] !== Byte.Comma) return UNUSUAL;
    }
  }

  /** Writes a value to its column, or keeps it. */
  private put(at: number, place: Place): number {
    const target = this.freeOf(place);
    if (target) return this.write(at, target);
    this.undeclared.push(place.key);
    return this.keep(at, place);
  }

  private freeOf({column, otherColumn}: Place): Target | undefined {
    const {rows} = this.plan;
    if (column !== undefined && column.column.row !== rows) return column;
    return otherColumn !== undefined && otherColumn.column.row !== rows ? otherColumn : undefined;
  }

  private write(at: number, {column, label, value}: Target): number {
    column.row = this.plan.rows;
    this.row.copy(label, 0, label.length);
    return this.values.write(this.input, at, value, this.row);
  }

  private keep(at: number, place: Place): number {
    return this.beginKept(place) ? this.values.write(this.input, at, SENT, this.rest) : UNUSUAL;
  }

  /** @returns false where something else has the name */
  private beginKept({kept, label}: Place): boolean {
    if (kept.row === this.plan.rows) return false;
    kept.row = this.plan.rows;
    this.rest.copy(label, 0, label.length);
    return true;
  }
}
