import type {RelationshipColumns, RowColumn, RowPlan} from '../flatten';
import {labelOf} from '../key-map';
import {type WalkColumn, type WalkColumns, sentColumn} from './columns';
import {Keys} from './keys';

/** Names may be data (positions in lists): beyond this many, records with new ones are not usual. */
const MOST_NAMES = 20_000;

/** A name that something can be kept under: the number of the last row in which it was. */
export interface Kept {
  row: number;
}

/** Where a member of the record, an attribute or a relationship goes. */
export interface Place {
  readonly key: string;
  readonly column: Target | undefined;
  /** Where `column` is taken. */
  readonly otherColumn: Target | undefined;
  readonly id: Target | undefined;
  /** `,"key":`, for what is kept as it was sent. */
  readonly label: Buffer;
  readonly kept: Kept | undefined;
  /** What its value is where it is kept. */
  readonly sent: WalkColumn;
}

/** A column of the row, as the walk sees it. */
export interface Target {
  readonly column: RowColumn;
  readonly value: WalkColumn;
  /** `,"name":` */
  readonly label: Buffer;
}

/** A member of a relationship. */
export interface Inner {
  readonly name: string;
  /** `,"name":` */
  readonly label: Buffer;
  readonly sent: WalkColumn;
}

/** Where everything goes, by the keys that lead to it. */
export class Places {
  /** Of the record itself. */
  readonly members: Keys<Place>;
  readonly attributes: Keys<Place>;
  readonly relationships: Keys<Place>;
  /** Of a relationship, and of its data. */
  readonly inner = new Keys<Inner>((name) => ({
    name,
    value: {name, label: memberLabel(name), sent: sentColumn()},
  }));
  private readonly targets = new Map<RowColumn, Target>();
  private readonly kept = new Map<string, Kept>();

  constructor(
    plan: RowPlan,
    private readonly columns: WalkColumns,
  ) {
    const relationship = (key: string): Place => this.placeOf(key, plan.relationships.get(key).value);
    this.members = new Keys((key) => {
      const own = plan.own.get(key);
      return {name: key, value: own ? this.placeOf(key, {data: own.column}) : relationship(key)};
    });
    this.attributes = new Keys((key) => ({
      name: key,
      value: this.placeOf(key, {data: plan.attributes.get(key).value}),
    }));
    this.relationships = new Keys((key) => ({name: key, value: relationship(key)}));
  }

  /** Shared by all that is kept under a name. @returns undefined where there are too many of them */
  keptAs(name: string): Kept | undefined {
    const kept = this.kept.get(name) ?? {row: 0};
    if (!this.kept.has(name) && this.kept.size >= MOST_NAMES) return undefined;
    this.kept.set(name, kept);
    return kept;
  }

  private placeOf(key: string, {data, otherData, id}: Partial<RelationshipColumns>): Place {
    // Written out, as slots are (keys.ts).
    return {
      key,
      column: this.targetOf(data),
      otherColumn: this.targetOf(otherData),
      id: this.targetOf(id),
      label: memberLabel(key),
      kept: this.keptAs(key),
      sent: sentColumn(),
    };
  }

  private targetOf(column: RowColumn | undefined): Target | undefined {
    if (column === undefined) return undefined;
    const target = this.targets.get(column) ?? {
      column,
      value: this.columns.of(column.column),
      label: memberLabel(column.name),
    };
    this.targets.set(column, target);
    return target;
  }
}

function memberLabel(name: string): Buffer {
  return Buffer.from(`,${labelOf(name)}`);
}
