import type {Row} from '../../airbyte/messages';
import {oneLine} from '../../airbyte/json-line';
import type {Log} from '../../airbyte/outlet';
import type {Resource} from '../../kustomer/envelope';
import {type Shape, type StreamSchema, compileShape} from '../../records/shape';

/** A row, and what there is to say about it. */
export interface ShapedRow extends Row {
  /** Columns that the schema does not declare. */
  readonly undeclared: readonly string[];
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
}

/** Shapes the records of one stream in one read, and remembers what there is to say about them. */
export class Rows implements RowMaker {
  private readonly shapeOne: Shape;
  private readonly undeclared = new Set<string>();
  private readonly nulled = new Map<string, number>();

  constructor(
    private readonly stream: string,
    schema: StreamSchema,
  ) {
    this.shapeOne = compileShape(schema);
  }

  /** @throws MalformedRecord */
  shape(resource: unknown): ShapedRow {
    const {json, changes, undeclared} = this.shapeOne(resource);
    return {line: Buffer.from(oneLine(json)), changes, undeclared};
  }

  note(rows: readonly ShapedRow[]): void {
    for (const {changes, undeclared} of rows) {
      for (const column of undeclared) this.undeclared.add(column);
      for (const {field} of changes) this.nulled.set(field, (this.nulled.get(field) ?? 0) + 1);
    }
  }

  /** Says once what was found: columns that no schema declares, and values that no cast could save. */
  report(log: Log): void {
    if (this.undeclared.size > 0) {
      const columns = [...this.undeclared].sort().join(', ');
      log(
        'WARN',
        `${this.stream}: Kustomer sends attributes that the schema does not declare; they are emitted all the same: ${columns}`,
      );
    }
    for (const [column, count] of this.nulled) {
      log(
        'WARN',
        `${this.stream}: ${count} values of ${column} do not fit its type and were emitted as null; each record names them in meta.changes`,
      );
    }
  }
}
