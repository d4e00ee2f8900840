import {oneLine} from '../../airbyte/json-line';
import type {RecordChange} from '../../airbyte/messages';
import {cast} from '../cast';
import {ANY} from '../column';
import {Findings} from '../findings';
import {ADDITIONAL, type RowColumn, type RowPlan} from '../flatten';
import {print} from '../print';
import {Byte, endOfValue} from '../../json-bytes';
import type {WalkColumn, WalkColumns} from './columns';
import {Names} from './names';
import {Output} from './output';
import type {Inner, Kept, Place, Places, Target} from './places';
import {UNUSUAL, parseValue} from './scan';
import {ValueWalk} from './values';

/** A row, and what there is to say about it. */
export interface WalkedRow {
  /** JSON in UTF-8, on one line. */
  readonly line: Buffer;
  /** What has no column, by Kustomer's names. */
  readonly undeclared: readonly string[];
  /** Values that had to become null. */
  readonly changes: readonly RecordChange[];
  /** Paths of values that the API key may not see. */
  readonly masked: readonly string[];
}

const REST = Buffer.from(`,"${ADDITIONAL}":`);

/**
 * Writes one row after the other: each value to its column or to what is kept. All that writes takes where a value begins and
 * returns where it ends, or UNUSUAL: then the row is void.
 */
export class RowWriter {
  readonly undeclared = new Names();
  private changes: RecordChange[] = [];
  private masked: string[] = [];
  private input: Buffer = REST;
  private readonly row = new Output();
  private readonly rest = new Output();
  /** An object is being kept of which more members may come. */
  private isPartKept = false;
  private readonly values: ValueWalk;

  constructor(
    private readonly plan: RowPlan,
    private readonly places: Places,
    columns: WalkColumns,
  ) {
    this.values = new ValueWalk(this.row, columns.of(ANY));
  }

  begin(record: Buffer): void {
    this.input = record;
    this.plan.rows += 1;
    this.row.begin(record);
    this.rest.begin(record);
    this.undeclared.begin();
    this.changes = [];
    this.masked = [];
    this.isPartKept = false;
  }

  end(): WalkedRow {
    const {row, rest, changes, masked} = this;
    if (rest.size > 0) {
      row.put(REST);
      row.put(rest.endObject());
    }
    const line = row.endObject();
    row.give();
    return {line, undeclared: this.undeclared.end(), changes, masked};
  }

  /** Writes a value to its column, or keeps it. */
  put(at: number, place: Place): number {
    const target = this.freeOf(place);
    if (target) return this.write(at, target);
    this.undeclared.add(place.key);
    return this.keep(at, place);
  }

  /** The first of its columns that this row has not got yet. */
  freeOf({column, otherColumn}: Place): Target | undefined {
    if (this.isFree(column)) return column;
    return this.isFree(otherColumn) ? otherColumn : undefined;
  }

  isFree(target: Target | undefined): target is Target {
    return target !== undefined && target.column.row !== this.plan.rows;
  }

  /** Writes a value to a column that is free. */
  write(at: number, {column, label, value}: Target): number {
    const {row} = this;
    column.row = this.plan.rows;
    row.put(label);
    const {size} = row;
    const end = this.values.write(this.input, at, value, row);
    if (end !== UNUSUAL) return end;
    row.cut(size);
    return this.parse(at, (parsed) => this.cast(parsed, column));
  }

  /** Casts a value as the judge does. @returns undefined where something else has the name of what is kept of it */
  private cast(value: unknown, {name, column}: RowColumn): true | undefined {
    const found = new Findings();
    found.trail.push(name);
    this.row.text(oneLine(cast(value, column, found)));
    const {rest, changes, masked} = found;
    if (rest === undefined) return true;
    if (this.isPartKept) return undefined;
    for (const key of found.kept) if (!this.claim(this.places.keptAs(key))) return undefined;
    this.rest.text(oneLine(`,${rest.slice(1, -1)}`));
    this.changes.push(...changes);
    this.masked.push(...masked);
    return true;
  }

  /** Keeps a value under its key. */
  keep(at: number, place: Place): number {
    return this.beginKept(at, place) ? this.sent(at, place.sent) : UNUSUAL;
  }

  /** Keeps a member of the object at `start`, with others of the same. */
  keepPart(at: number, {label, sent}: Inner, start: number, place: Place): number {
    const {rest} = this;
    if (!this.isPartKept) {
      if (!this.beginKept(start, place)) return UNUSUAL;
      rest.copy(start, start + 1);
      this.isPartKept = true;
      rest.copy(at - label.length + 1, at);
    } else rest.copy(at - label.length, at);
    return this.sent(at, sent);
  }

  /** No more members of the object that ends before `end` come. */
  endPart(end: number): void {
    if (this.isPartKept) this.rest.copy(end - 1, end);
    this.isPartKept = false;
  }

  /** Writes a value as it was sent. */
  private sent(at: number, column: WalkColumn): number {
    const {rest} = this;
    const {size} = rest;
    const end = this.values.write(this.input, at, column, rest);
    if (end !== UNUSUAL) return end;
    rest.cut(size);
    return this.parse(at, (parsed) => {
      rest.text(oneLine(print(parsed)));
      return true;
    });
  }

  /** Parses what the walk leaves. @returns where the value ends; UNUSUAL if it is none, or `take` gives undefined */
  private parse(at: number, take: (value: unknown) => true | undefined): number {
    const end = endOfValue(this.input, at);
    const value = end === UNUSUAL ? undefined : parseValue(this.input, at, end);
    return value === undefined || take(value) === undefined ? UNUSUAL : end;
  }

  /** Writes the key of what is kept, of which the value begins at `at`. @returns false where something else has the name */
  private beginKept(at: number, {kept, label}: Place): boolean {
    const from = at - label.length;
    // With the comma before it, where the input has that too: then neighbours are copied in one piece.
    if (this.input[from] === Byte.Comma) this.rest.copy(from, at);
    else this.rest.put(label);
    return this.claim(kept);
  }

  private claim(kept: Kept | undefined): boolean {
    if (kept === undefined || kept.row === this.plan.rows) return false;
    kept.row = this.plan.rows;
    return true;
  }
}
