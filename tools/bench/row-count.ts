import {StringDecoder} from 'node:string_decoder';

interface Line {
  readonly type?: string;
  /** Airbyte's messages have the row in `data`, Singer's have it right here. */
  readonly record?: {readonly id?: unknown; readonly data?: {readonly id?: unknown}};
}

/** Takes the output of a connector or tap apart, after it was counted: how many rows came, and how much was in them. */
export class RowCount {
  rows = 0;
  private readonly ids = new Set<unknown>();
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private leaves = 0;

  take(chunk: Buffer): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.line(JSON.parse(line) as Line);
  }

  /** Rows by their id. */
  get distinct(): number {
    return this.ids.size;
  }

  /** Values in a row, on average. */
  get values(): number {
    return this.leaves / Math.max(1, this.rows);
  }

  private line({type, record}: Line): void {
    if (type !== 'RECORD' || !record) return;
    const row = record.data ?? record;
    this.rows += 1;
    this.ids.add(row.id);
    this.leaves += leavesOf(row);
  }
}

/** The values in a JSON value that are neither containers nor null. */
function leavesOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, one) => sum + leavesOf(one), 0);
}
