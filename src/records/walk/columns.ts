import {oneLine} from '../../airbyte/json-line';
import {cast} from '../cast';
import {ANY, type Column, Kind} from '../column';
import {Findings} from '../findings';
import {print} from '../print';
import {Keys, type Named} from './keys';

/** A column, or what is below one, as the walk sees it. All have the same fields, which keeps the walk fast. */
export interface WalkColumn {
  readonly kind: Kind;
  readonly items: WalkColumn;
  readonly keys: Keys<WalkColumn>;
  /** Prints a value as the judge does; undefined where something is lost that has to be kept elsewhere. */
  readonly print: (value: unknown) => string | undefined;
}

/** Of what is kept as it was sent. */
export const SENT: WalkColumn = makeColumn({
  kind: Kind.Any,
  itemsOf: (own) => own,
  keys: new Keys((key) => ({name: key, value: SENT})),
  print: (value) => usual(print(value)),
});

/** Compiles columns for the walk, each once. */
export class WalkColumns {
  private readonly compiled = new Map<Column, WalkColumn>();
  /** Used again as long as nothing is found. */
  private found = new Findings();

  of(column: Column): WalkColumn {
    return (
      this.compiled.get(column) ??
      makeColumn({
        kind: column.kind,
        itemsOf: (own) => {
          this.compiled.set(column, own);
          return this.of(column.items ?? ANY);
        },
        keys: new Keys((key) => this.named(column, key)),
        print: (value) => this.print(value, column),
      })
    );
  }

  private print(value: unknown, column: Column): string | undefined {
    const text = cast(value, column, this.found);
    if (this.found.rest === undefined) return usual(text);
    this.found = new Findings();
    return undefined;
  }

  /** What says that a value is a mask is no usual key. */
  private named(column: Column, key: string): Named<WalkColumn> | undefined {
    if (key === 'isMasked') return undefined;
    const {name, value} = column.keys.get(key);
    return {name, value: this.of(value)};
  }
}

/** @param itemsOf what the members of a list are; they can be what the list itself is */
function makeColumn({
  kind,
  itemsOf,
  keys,
  print,
}: Omit<WalkColumn, 'items'> & {itemsOf: (own: WalkColumn) => WalkColumn}): WalkColumn {
  const column = {kind, keys, print} as {-readonly [Field in keyof WalkColumn]: WalkColumn[Field]};
  column.items = itemsOf(column);
  return column;
}

/** Ends of lines would be escaped, and once more in text. */
function usual(text: string): string | undefined {
  return oneLine(text) === text ? text : undefined;
}
