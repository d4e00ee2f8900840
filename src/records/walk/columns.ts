import {oneLine} from '../../airbyte/json-line';
import {cast} from '../cast';
import {ANY, type Column, Kind} from '../column';
import {Findings} from '../findings';
import {print} from '../print';
import {type Followers, Keys, type Named, noFollowers} from './keys';

/** A column, or what is below one, as the walk sees it. All have the same fields, which keeps the walk fast. */
export interface WalkColumn {
  readonly kind: Kind;
  readonly items: WalkColumn;
  readonly keys: Keys<WalkColumn>;
  /** The keys that begin its objects. */
  readonly first: Followers<WalkColumn>;
  /** Prints a value as the judge does; undefined where something is lost that has to be kept elsewhere. */
  readonly print: (value: unknown) => string | undefined;
}

/** What is kept as it was sent. */
const SENT: WalkColumn = makeColumn({
  kind: Kind.Any,
  itemsOf: (own) => own,
  keys: new Keys((key) => ({name: key, value: sentColumn()})),
  print: (value) => usual(print(value)),
});

/** The column of what is kept as it was sent, at one place. */
export function sentColumn(): WalkColumn {
  return elsewhere(SENT);
}

/** Compiles columns for the walk, each once. */
export class WalkColumns {
  private readonly compiled = new Map<Column, WalkColumn>();
  private readonly anything = this.compile(ANY, (own) => own);
  /** Used again as long as nothing is found. */
  private found = new Findings();

  of(column: Column): WalkColumn {
    if (column === ANY) return elsewhere(this.anything);
    const compiled = this.compiled.get(column) ?? this.compile(column, () => this.of(column.items ?? ANY));
    this.compiled.set(column, compiled);
    return compiled;
  }

  private compile(column: Column, itemsOf: (own: WalkColumn) => WalkColumn): WalkColumn {
    return makeColumn({
      kind: column.kind,
      itemsOf,
      keys: new Keys((key) => this.named(column, key)),
      print: (value) => this.print(value, column),
    });
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

/** The same column at another place: objects of one place begin with the same keys. */
function elsewhere({kind, keys, print}: WalkColumn): WalkColumn {
  return makeColumn({kind, keys, print, itemsOf: (own) => own});
}

/** @param itemsOf what the members of a list are; they can be what the list itself is */
function makeColumn({
  kind,
  itemsOf,
  keys,
  print,
}: Omit<WalkColumn, 'items' | 'first'> & {itemsOf: (own: WalkColumn) => WalkColumn}): WalkColumn {
  const column = {kind, keys, first: noFollowers(), print} as {
    -readonly [Field in keyof WalkColumn]: WalkColumn[Field];
  };
  column.items = itemsOf(column);
  return column;
}

/** Ends of lines would be escaped, and once more in text. */
function usual(text: string): string | undefined {
  return oneLine(text) === text ? text : undefined;
}
