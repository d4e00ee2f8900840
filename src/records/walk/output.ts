import {Byte} from './byte';

/** Rows share a buffer of this size: one of its own for each takes longer to make than to fill. */
const CHUNK_BYTES = 1 << 16;
/** Up to here a loop is faster than a call. */
const SHORT_BYTES = 96;

/** JSON text in UTF-8 on its way into a buffer. What was written and given away is never written over. */
export class Output {
  length = 0;
  private bytes: Buffer;
  private begun = 0;

  constructor(size = CHUNK_BYTES) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  /** Begins a text of about so many bytes behind what was given away. */
  begin(about: number): void {
    if (this.begun + 2 * about > this.bytes.length) {
      this.bytes = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, 4 * about));
      this.begun = 0;
    }
    this.length = this.begun;
  }

  /** Bytes since the beginning. */
  get size(): number {
    return this.length - this.begun;
  }

  /** The members that were written since the beginning, as an object; they begin with a comma. */
  endObject(): Buffer {
    this.byte(Byte.CloseObject);
    this.bytes[this.begun] = Byte.OpenObject;
    return this.bytes.subarray(this.begun, this.length);
  }

  /** The text is given away: what comes next goes behind it. */
  give(): void {
    this.begun = this.length;
  }

  /** Takes back what was written since it had a size. */
  cut(size: number): void {
    this.length = this.begun + size;
  }

  byte(byte: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = byte;
  }

  /** A part of other bytes. */
  copy(source: Buffer, from: number, to: number): void {
    const size = to - from;
    if (this.length + size > this.bytes.length) this.grow(size);
    const {bytes} = this;
    let {length} = this;
    if (size > SHORT_BYTES) source.copy(bytes, length, from, to);
    else for (let at = from; at < to; at++) bytes[length++] = source[at] as number;
    this.length += size;
  }

  text(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.length + size > this.bytes.length) this.grow(size);
    this.bytes.write(text, this.length);
    this.length += size;
  }

  /** Escapes the quotes and backslashes of what was written since it had a size, so that it can stand in a string. */
  escape(size: number): void {
    const start = this.begun + size;
    let more = 0;
    for (let at = start; at < this.length; at++) if (needsEscape(this.bytes[at])) more++;
    if (more === 0) return;
    if (this.length + more > this.bytes.length) this.grow(more);
    const {bytes} = this;
    let to = this.length + more;
    for (let at = this.length - 1; at >= this.begun + size; at--) {
      const byte = bytes[at] as number;
      bytes[--to] = byte;
      if (needsEscape(byte)) bytes[--to] = Byte.Backslash;
    }
    this.length += more;
  }

  private grow(more: number): void {
    const written = this.bytes.subarray(this.begun, this.length);
    this.bytes = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, 2 * (written.length + more)));
    written.copy(this.bytes);
    this.begun = 0;
    this.length = written.length;
  }
}

function needsEscape(byte: number | undefined): boolean {
  return byte === Byte.Quote || byte === Byte.Backslash;
}
