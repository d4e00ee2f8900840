import type {RelationshipColumns, RowColumn, RowPlan} from '../flatten';
import {labelOf} from '../key-map';
import type {WalkColumn, WalkColumns} from './columns';
import {Keys} from './keys';

/** Where a member of the record, an attribute or a relationship goes. */
export interface Place {
  readonly key: string;
  readonly column: Target | undefined;
  /** Where `column` is taken. */
  readonly otherColumn: Target | undefined;
  readonly id: Target | undefined;
  /** `,"key":`, for what is kept as it was sent. */
  readonly label: Buffer;
  /** Shared by all places of that key: the number of the last row that kept something under it. */
  readonly kept: {row: number};
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
  /** `"name":` */
  readonly label: Buffer;
}

/** Where everything goes, by the keys that lead to it. */
export class Places {
  /** Of the record itself. */
  readonly members: Keys<Place>;
  readonly attributes: Keys<Place>;
  readonly relationships: Keys<Place>;
  /** Of a relationship, and of its data. */
  readonly inner = new Keys<Inner>((name) => ({name, value: {name, label: Buffer.from(labelOf(name))}}));
  private readonly targets = new Map<RowColumn, Target>();
  private readonly kept = new Map<string, {row: number}>();

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

  private placeOf(key: string, {data, otherData, id}: Partial<RelationshipColumns>): Place {
    const kept = this.kept.get(key) ?? {row: 0};
    this.kept.set(key, kept);
    return {
      ...{key, kept, label: memberLabel(key)},
      ...{column: this.targetOf(data), otherColumn: this.targetOf(otherData), id: this.targetOf(id)},
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
