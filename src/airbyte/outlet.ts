import type {Clock} from '../clock';
import {type LogLevel, type Message, type Row, logMessage, stateMessage} from './messages';

/** Takes text for stdout; resolves when there is room for more. Texts come out in the order of the calls. */
export type Write = (text: string) => Promise<void>;

/** Says something to people. */
export type Log = (level: LogLevel, message: string) => void;

/**
 * The only place that writes to stdout. Everything is written in the order of the calls, so that a STATE cannot overtake the
 * records it covers, and each STATE carries the number of its stream's records since the one before.
 */
export class Outlet {
  private readonly sinceState = new Map<string, number>();

  constructor(
    private readonly write: Write,
    private readonly clock: Clock,
  ) {}

  message(message: Message): Promise<void> {
    return this.write(`${oneLine(JSON.stringify(message))}\n`);
  }

  /** Writes a page of records in one piece. */
  records(stream: string, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve();
    this.sinceState.set(stream, (this.sinceState.get(stream) ?? 0) + rows.length);
    const head = `{"type":"RECORD","record":{"stream":${JSON.stringify(stream)},"emitted_at":${this.clock.now()},"data":`;
    let text = '';
    for (const {json, changes} of rows) {
      text += head + json;
      if (changes.length > 0) text += `,"meta":${JSON.stringify({changes})}`;
      text += '}}\n';
    }
    return this.write(oneLine(text));
  }

  state(stream: string, state: unknown): Promise<void> {
    const count = this.sinceState.get(stream) ?? 0;
    this.sinceState.set(stream, 0);
    return this.message(stateMessage(stream, state, count));
  }

  /** A log is small and needs no waiting for. */
  readonly log: Log = (level, message) => void this.message(logMessage(level, message));
}

/** What Python's `splitlines`, and so Airbyte's tools, take for the end of a line besides what JSON escapes anyway. */
const LINE_ENDS = ['\u0085', '\u2028', '\u2029'] as const;

/** Looks for one after the other: a class of characters in a regular expression takes ten times as long. */
function oneLine(text: string): string {
  let line = text;
  for (const end of LINE_ENDS)
    if (line.includes(end))
      line = line.replaceAll(end, `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return line;
}

/**
 * Writes to a Node stream and honours its back-pressure; all that wait for room wait for the same drain. A reader that has gone
 * away is the end of the process.
 */
export function writeTo(stream: NodeJS.WritableStream): Write {
  let room: Promise<void> | undefined;
  return (text) => {
    if (stream.write(text)) return Promise.resolve();
    room ??= new Promise((resolve) => {
      stream.once('drain', () => {
        room = undefined;
        resolve();
      });
    });
    return room;
  };
}
