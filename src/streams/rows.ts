import type {Row} from '../airbyte/messages';
import type {Log} from '../airbyte/outlet';
import type {Resource} from '../kustomer/envelope';
import {type Shape, type StreamSchema, compileShape} from '../records/shape';

/** What makes rows of resources, and says at the end what had to be said about them. */
export interface RowMaker {
  /** @throws MalformedRecord */
  shape(resource: Resource): Row;
  report(log: Log): void;
}

/** Shapes the records of one stream in one read, and remembers what had to be said about them. */
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
  shape(resource: unknown): Row {
    const shaped = this.shapeOne(resource);
    for (const column of shaped.undeclared) this.undeclared.add(column);
    for (const {field} of shaped.changes) this.nulled.set(field, (this.nulled.get(field) ?? 0) + 1);
    return shaped;
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
