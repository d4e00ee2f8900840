import {oneLine} from '../../airbyte/json-line';
import type {RecordChange} from '../../airbyte/messages';
import {cast} from '../cast';
import {ANY} from '../column';
import {Findings} from '../findings';
import {ADDITIONAL, type RowColumn, type RowPlan} from '../flatten';
import {print} from '../print';
import {Byte} from './byte';
import {SENT, type WalkColumns} from './columns';
import {Output} from './output';
import type {Kept, Place, Places, Target} from './places';
import {UNUSUAL, endOfValue, parseValue} from './scan';
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
  undeclared: string[] = [];
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
    this.row.begin(record.length);
    this.rest.begin(record.length);
    this.undeclared = [];
    this.changes = [];
    this.masked = [];
    this.isPartKept = false;
  }

  end(): WalkedRow {
    const {row, rest, undeclared, changes, masked} = this;
    if (rest.size > 0) {
      const kept = rest.endObject();
      row.copy(REST, 0, REST.length);
      row.copy(kept, 0, kept.length);
    }
    const line = row.endObject();
    row.give();
    return {line, undeclared, changes, masked};
  }

  /** Writes a value to its column, or keeps it. */
  put(at: number, place: Place): number {
    const target = this.freeOf(place);
    if (target) return this.write(at, target);
    this.undeclared.push(place.key);
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
    row.copy(label, 0, label.length);
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
    return this.beginKept(place) ? this.sent(at) : UNUSUAL;
  }

  /** Keeps a member of an object, with others of the same. @param label of the member */
  keepPart(at: number, place: Place, label: Buffer): number {
    const {rest} = this;
    if (this.isPartKept) rest.byte(Byte.Comma);
    else if (!this.beginKept(place)) return UNUSUAL;
    else rest.byte(Byte.OpenObject);
    this.isPartKept = true;
    rest.copy(label, 0, label.length);
    return this.sent(at);
  }

  /** No more members of that object come. */
  endPart(): void {
    if (this.isPartKept) this.rest.byte(Byte.CloseObject);
    this.isPartKept = false;
  }

  /** Writes a value as it was sent. */
  private sent(at: number): number {
    const {rest} = this;
    const {size} = rest;
    const end = this.values.write(this.input, at, SENT, rest);
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

  /** @returns false where something else has the name */
  private beginKept({kept, label}: Place): boolean {
    this.rest.copy(label, 0, label.length);
    return this.claim(kept);
  }

  private claim(kept: Kept | undefined): boolean {
    if (kept === undefined || kept.row === this.plan.rows) return false;
    kept.row = this.plan.rows;
    return true;
  }
}
