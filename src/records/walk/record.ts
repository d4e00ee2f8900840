import {isAscii, isUtf8} from 'node:buffer';
import {hasLineEnd} from '../../airbyte/json-line';
import {parseInstant} from '../../time';
import type {RowPlan} from '../flatten';
import {Byte, NO_END, endOfValue} from '../../json-bytes';
import {WalkColumns} from './columns';
import {usualInstant} from './instants';
import type {Keys} from './keys';
import {type Inner, type Place, Places, type Target} from './places';
import {RowWriter, type WalkedRow} from './row-writer';
import {UNUSUAL, endOfString} from './scan';

/** A record as a row, and what reading a moving set goes by. */
export interface WalkedRecord {
  readonly id: string;
  /** Epoch ms. */
  readonly updatedAt: number;
  /** Epoch ms; undefined where the record has none that can be used. */
  readonly createdAt: number | undefined;
  readonly decoded: WalkedRow;
  /** Where it ends in the input. */
  readonly end: number;
}

/** The relationship that is being walked. */
interface Relationship {
  readonly place: Place;
  /** Where it begins. */
  readonly at: number;
  readonly target: Target | undefined;
  /** Where its data begins. */
  dataAt: number | undefined;
}

const NOTHING = Buffer.alloc(0);

/** Whether bytes are UTF-8, without what would have to be escaped to stay on one line. */
function isUsualText(bytes: Buffer): boolean {
  return isAscii(bytes) || (isUtf8(bytes) && !hasLineEnd(bytes));
}

/**
 * Makes rows of records as `flatten` does, without parsing them, in half the time that JSON.parse and JSON.stringify take.
 * Whatever is not as usual it leaves to `flatten`, which is its judge: what both make is the same, byte for byte
 * (test/records/walk).
 */
export class RecordWalk {
  private readonly places: Places;
  private readonly writer: RowWriter;
  // What is found in the record that is being walked.
  private input: Buffer = NOTHING;
  private isUsualText = true;
  private id: string | undefined;
  private updatedAt: number | undefined;
  private createdAt: number | undefined;
  private hasAttributes = false;
  private current!: Relationship;
  /** Objects so far. */
  private objects = 0;

  constructor(plan: RowPlan) {
    const columns = new WalkColumns();
    this.places = new Places(plan, columns);
    this.writer = new RowWriter(plan, this.places, columns);
  }

  /**
   * @param input what should be JSON text in UTF-8: a body of many records is looked at once, so its bytes must not change
   * @param at where the record begins
   * @returns undefined for a record that is not usual, or none at all
   */
  walk(input: Buffer, at: number): WalkedRecord | undefined {
    if (input !== this.input) {
      this.input = input;
      this.isUsualText = isUsualText(input);
    }
    return this.isUsualText ? this.record(at) : this.walkAlone(at);
  }

  /** Walks one of several records of which not all are usual text. */
  private walkAlone(at: number): WalkedRecord | undefined {
    const {input} = this;
    const end = endOfValue(input, at);
    const text = input.subarray(at, end);
    if (end === NO_END || !isUsualText(text)) return undefined;
    this.input = text;
    const walked = this.record(0);
    this.input = input;
    return walked?.end === text.length ? {...walked, end} : undefined;
  }

  private record(at: number): WalkedRecord | undefined {
    this.writer.begin(this.input);
    this.hasAttributes = false;
    this.id = this.updatedAt = this.createdAt = undefined;
    const end = this.object(at, this.places.members, this.member);
    const {id, updatedAt, createdAt} = this;
    if (end === UNUSUAL || id === undefined || updatedAt === undefined) return undefined;
    return {id, updatedAt, createdAt, decoded: this.writer.end(), end};
  }

  /** Walks the members of an object. @param take writes the value that begins at `at`, and returns where it ends, or UNUSUAL */
  private object<T>(at: number, keys: Keys<T>, take: (at: number, value: T) => number): number {
    const {input} = this;
    if (input[at] !== Byte.OpenObject) return UNUSUAL;
    if (input[at + 1] === Byte.CloseObject) return at + 2;
    const number = ++this.objects;
    let {first: followers} = keys;
    for (let next = at + 1; ; next++) {
      const slot = keys.read(input, next, followers);
      if (slot === undefined || slot.mark.object === number) return UNUSUAL;
      slot.mark.object = number;
      ({followers} = slot);
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
        return this.writer.put(at, place);
      case 'attributes':
        this.hasAttributes = true;
        return this.object(at, this.places.attributes, this.attribute);
      case 'relationships':
        return this.hasAttributes ? this.object(at, this.places.relationships, this.relationship) : UNUSUAL;
      default:
        return this.hasAttributes ? this.writer.put(at, place) : UNUSUAL;
    }
  };

  private ownId(at: number, place: Place): number {
    const end = endOfString(this.input, at);
    if (this.input[at] !== Byte.Quote || end === UNUSUAL) return UNUSUAL;
    const id = this.input.toString('utf8', at + 1, end - 1);
    if (id === '' || id.includes('\\')) return UNUSUAL;
    this.id = id;
    return this.writer.put(at, place);
  }

  private readonly attribute = (at: number, place: Place): number => {
    const end = this.writer.put(at, place);
    if (place.key === 'updatedAt') this.updatedAt = this.instant(at, end);
    else if (place.key === 'createdAt') this.createdAt = this.instant(at, end);
    return end;
  };

  private instant(at: number, end: number): number | undefined {
    if (end === UNUSUAL || this.input[at] !== Byte.Quote) return undefined;
    const [from, to] = [at + 1, end - 1];
    return usualInstant(this.input, from, to) ?? parseInstant(this.input.toString('latin1', from, to));
  }

  private readonly relationship = (at: number, place: Place): number => {
    const {input} = this;
    const target = this.writer.freeOf(place);
    if (input[at] === Byte.N) {
      const end = target ? this.writer.write(at, target) : this.writer.keep(at, place);
      return end === UNUSUAL || this.putId(at, place) === UNUSUAL ? UNUSUAL : end;
    }
    if (input[at] !== Byte.OpenObject) return UNUSUAL;
    return input[at + 1] === Byte.CloseObject ? this.writer.keep(at, place) : this.parts(at, place, target);
  };

  /** The members of a relationship: its data goes to its column, all else is kept. */
  private parts(at: number, place: Place, target: Target | undefined): number {
    this.current = {place, at, target, dataAt: undefined};
    const end = this.object(at, this.places.inner, this.part);
    if (end === UNUSUAL) return UNUSUAL;
    this.writer.endPart(end);
    const {dataAt} = this.current;
    return dataAt !== undefined && this.putId(dataAt, place) === UNUSUAL ? UNUSUAL : end;
  }

  private readonly part = (at: number, inner: Inner): number => {
    const {writer, current} = this;
    const {place, target} = current;
    if (inner.name === 'data') {
      current.dataAt = at;
      if (target) return writer.write(at, target);
      if (this.input[at] !== Byte.N) writer.undeclared.add(place.key);
    }
    return writer.keepPart(at, inner, current.at, place);
  };

  /** Writes the id of the one thing whose reference begins at `at`; null of nothing. A list has none. */
  private putId(at: number, {id}: Place): number {
    const {input} = this;
    if (id === undefined || !this.writer.isFree(id) || input[at] === Byte.OpenList) return at;
    if (input[at] === Byte.N) return this.writer.write(at, id);
    if (input[at] !== Byte.OpenObject || input[at + 1] === Byte.CloseObject) return at;
    const {inner} = this.places;
    let followers = inner.first;
    for (let next = at + 1; ; next++) {
      const slot = inner.read(input, next, followers);
      const start = next + (slot?.bytes.length ?? 0);
      if (slot?.key === 'id') return input[start] === Byte.Quote ? this.writer.write(start, id) : UNUSUAL;
      next = endOfString(input, start);
      if (slot === undefined || input[start] !== Byte.Quote || input[next] !== Byte.Comma) return UNUSUAL;
      ({followers} = slot);
    }
  }
}
