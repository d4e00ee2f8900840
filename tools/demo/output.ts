import {closeSync, mkdirSync, openSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import type {Row} from './messages';

/** What the demo leaves behind: JSON files, and one file of JSON Lines per stream, to which every read appends. */
export class Output {
  private readonly files = new Map<string, number>();

  /** @param directory is made where it is not there */
  constructor(private readonly directory: string) {
    mkdirSync(directory, {recursive: true});
  }

  /** Starts the files of the streams anew. */
  open(streams: readonly string[]): void {
    for (const stream of streams) this.files.set(stream, openSync(this.path(`${stream}.jsonl`), 'w'));
  }

  row(stream: string, data: Row): void {
    const file = this.files.get(stream);
    if (file !== undefined) writeSync(file, `${JSON.stringify(data)}\n`);
  }

  /** Writes a file of JSON. Returns its path. */
  json(name: string, content: unknown): string {
    writeFileSync(this.path(name), `${JSON.stringify(content, undefined, 2)}\n`);
    return this.path(name);
  }

  /** Writes a file of text. */
  text(name: string, content: string): void {
    writeFileSync(this.path(name), content);
  }

  close(): void {
    for (const file of this.files.values()) closeSync(file);
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}
