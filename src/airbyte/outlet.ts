import type {Clock} from '../clock';
import {type LogLevel, type Message, type Row, logMessage, stateMessage} from './messages';
import {oneLine} from './json-line';

/** Takes what goes to stdout; resolves when there is room for more. Everything comes out in the order of the calls. */
export type Write = (piece: string | Buffer) => Promise<void>;

/** Says something to people. */
export type Log = (level: LogLevel, message: string) => void;

const END = Buffer.from('}}\n');

/**
 * The only place that writes to stdout. Everything is written in the order of the calls, so that a STATE cannot overtake the
 * records it covers, and each STATE carries the number of its stream's records since the one before.
 */
export class Outlet {
  /** Logs at the level WARN so far. */
  warnings = 0;
  private readonly sinceState = new Map<string, number>();
  private lastWrite: Promise<void> = Promise.resolve();

  constructor(
    private readonly write: Write,
    private readonly clock: Clock,
  ) {}

  message(message: Message): Promise<void> {
    return this.put(`${oneLine(JSON.stringify(message))}\n`);
  }

  /** Writes a page of records in one piece. */
  records(stream: string, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve();
    this.sinceState.set(stream, (this.sinceState.get(stream) ?? 0) + rows.length);
    const head = oneLine(
      `{"type":"RECORD","record":{"stream":${JSON.stringify(stream)},"emitted_at":${this.clock.now()},"data":`,
    );
    const before = Buffer.from(head);
    const pieces: Buffer[] = [];
    for (const {line, changes} of rows) {
      const after =
        changes.length > 0 ? Buffer.from(`,"meta":${oneLine(JSON.stringify({changes}))}}}\n`) : END;
      pieces.push(before, line, after);
    }
    return this.put(Buffer.concat(pieces));
  }

  state(stream: string, state: unknown): Promise<void> {
    const count = this.sinceState.get(stream) ?? 0;
    this.sinceState.set(stream, 0);
    return this.message(stateMessage(stream, state, count));
  }

  /** Resolves when there is room for more than has been written. */
  readonly drained = (): Promise<void> => this.lastWrite;

  /** A log is small and needs no waiting for. */
  readonly log: Log = (level, message) => {
    if (level === 'WARN') this.warnings += 1;
    void this.message(logMessage(level, message));
  };

  private put(piece: string | Buffer): Promise<void> {
    this.lastWrite = this.write(piece);
    return this.lastWrite;
  }
}

/**
 * Writes to a Node stream and honours its back-pressure; all that wait for room wait for the same drain. A reader that has gone
 * away is the end of the process.
 */
export function writeTo(stream: NodeJS.WritableStream): Write {
  let room: Promise<void> | undefined;
  return (piece) => {
    if (stream.write(piece)) return Promise.resolve();
    room ??= new Promise((resolve) => {
      stream.once('drain', () => {
        room = undefined;
        resolve();
      });
    });
    return room;
  };
}
