import type {Clock} from '../clock';
import {oneLine} from './json-line';
import {type LogLevel, type Message, type Row, logMessage, stateMessage} from './messages';
import {type Redact, redactDeep, redactorOf} from './redact';

/** Takes what goes to stdout; resolves when there is space for more. Everything comes out in the order of the calls. */
export type Write = (piece: string | Buffer) => Promise<void>;

/** Says something to people. */
export type Log = (level: LogLevel, message: string) => void;

const END = Buffer.from('}}\n');
/** Longer texts for people are cut: characters. */
const MAX_TEXT = 20_000;
/** Messages for people: a text that is cut is still good for them. */
const FOR_PEOPLE: ReadonlySet<Message['type']> = new Set(['LOG', 'TRACE', 'CONNECTION_STATUS']);

/**
 * The only place that writes to stdout. Everything is written in the order of the calls, so that a STATE cannot overtake the
 * records it covers, and each STATE carries the number of its stream's records since the one before. No message but a RECORD,
 * which is the customer's own data, holds any part of a secret, whatever a server has repeated.
 */
export class Outlet {
  /** Logs at the level WARN so far. */
  warnings = 0;
  private readonly sinceState = new Map<string, number>();
  private lastWrite: Promise<void> = Promise.resolve();
  private readonly secrets = new Set<string>();
  private mask: Redact = (text) => text;

  constructor(
    private readonly write: Write,
    private readonly clock: Clock,
  ) {}

  /** From now on no part of this is written. */
  hide(secret: string): void {
    this.secrets.add(secret);
    this.mask = redactorOf(this.secrets);
  }

  /** Takes what is hidden out of a text that is written elsewhere. */
  readonly redact: Redact = (text) => this.mask(text);

  message(message: Message): Promise<void> {
    // Redacted before it is cut, though a cut copy of a secret would be found too.
    const redact: Redact = FOR_PEOPLE.has(message.type) ? (text) => cut(this.mask(text)) : this.mask;
    return this.put(`${oneLine(JSON.stringify(redactDeep(message, redact)))}\n`);
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

  /** Resolves when there is space for more than has been written. */
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

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}… (${text.length} characters)`;
}

/** Writes to a Node stream and honours its back-pressure; all that wait for space wait for the same drain. */
export function writeTo(stream: NodeJS.WritableStream): Write {
  let drained: Promise<void> | undefined;
  return (piece) => {
    if (stream.write(piece)) return Promise.resolve();
    drained ??= new Promise((resolve) => {
      stream.once('drain', () => {
        drained = undefined;
        resolve();
      });
    });
    return drained;
  };
}
