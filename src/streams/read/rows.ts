import type {Row} from '../../airbyte/messages';
import {oneLine} from '../../airbyte/json-line';
import type {Log} from '../../airbyte/outlet';
import type {Resource} from '../../kustomer/envelope';
import type {DecodeBytes} from '../../kustomer/search';
import {
  ADDITIONAL,
  type Shape,
  type StreamSchema,
  UNFIT,
  compileShape,
  compileWalk,
} from '../../records/shape';
import type {RecordWalk} from '../../records/walk/record';

/** A row, and what there is to say about it. */
export interface ShapedRow extends Row {
  /** What has no column, by Kustomer's names. */
  readonly undeclared: readonly string[];
  /** Paths of values that the API key may not see. */
  readonly masked: readonly string[];
}

/** Says at the end what there is to say about the rows that were written. */
export interface RowReport {
  /** Called with the rows that are written. */
  note(rows: readonly ShapedRow[]): void;
  report(log: Log): void;
}

/** Makes rows of resources, and reports on them. */
export interface RowMaker extends RowReport {
  /** @throws MalformedRecord */
  shape(resource: Resource): ShapedRow;
  /** The same of a record that is not parsed, with what it is found by; undefined where it has to be. */
  readonly walk: DecodeBytes<ShapedRow>;
}

/** Shapes the records of one stream in one read, and remembers what there is to say about them. */
export class Rows implements RowMaker {
  private readonly shapeOne: Shape;
  private walker: RecordWalk | undefined;
  private readonly undeclared = new Set<string>();
  /** The names that were noted last: many rows share one list. */
  private noted: readonly string[] = [];
  private readonly masked = new Set<string>();
  private readonly nulled = new Map<string, number>();

  constructor(
    private readonly stream: string,
    private readonly schema: StreamSchema,
  ) {
    this.shapeOne = compileShape(schema);
  }

  readonly walk: DecodeBytes<ShapedRow> = (body, at) => {
    this.walker ??= compileWalk(this.schema);
    return this.walker.walk(body, at);
  };

  /** @throws MalformedRecord */
  shape(resource: unknown): ShapedRow {
    const {json, ...about} = this.shapeOne(resource);
    return {line: Buffer.from(oneLine(json)), ...about};
  }

  note(rows: readonly ShapedRow[]): void {
    for (const {changes, undeclared, masked} of rows) {
      if (undeclared !== this.noted) for (const name of undeclared) this.undeclared.add(name);
      this.noted = undeclared;
      for (const path of masked) this.masked.add(path);
      for (const {field, reason} of changes) {
        if (reason === UNFIT) this.nulled.set(field, (this.nulled.get(field) ?? 0) + 1);
      }
    }
  }

  /** Says once what was found: what has no column, what Kustomer does not show, and values that no cast could save. */
  report(log: Log): void {
    const warn = (message: string): void => log('WARN', `${this.stream}: ${message}`);
    if (this.undeclared.size > 0) {
      warn(
        `Kustomer sends more than the schema declares; it is kept in ${ADDITIONAL}: ${listOf(this.undeclared)}`,
      );
    }
    if (this.masked.size > 0) {
      warn(
        `Kustomer masks values, since the roles of the API key lack the permission "Read Sensitive" for them; they are null, and each record names them in meta.changes: ${listOf(this.masked)}`,
      );
    }
    for (const [column, count] of this.nulled) {
      warn(
        `${count} values of ${column} do not fit its type and were emitted as null; each record names them in meta.changes and keeps them in ${ADDITIONAL}`,
      );
    }
  }
}

function listOf(names: ReadonlySet<string>): string {
  return [...names].sort().join(', ');
}
