import {Byte} from '../../json-bytes';

/** Rows share a buffer of this size: one of its own for each takes longer to make than to fill. */
const CHUNK_BYTES = 1 << 16;
/** Up to here a loop is faster than a call. */
const SHORT_BYTES = 96;

const NOTHING = Buffer.alloc(0);

/**
 * JSON text in UTF-8 on its way into a buffer, most of it pieces of an input: what stands there in one piece is copied in one
 * piece. What was written and given away is never written over.
 */
export class Output {
  private bytes: Buffer;
  private begun = 0;
  private length = 0;
  private input: Buffer = NOTHING;
  // What of the input is still to be copied.
  private from = 0;
  private to = 0;

  constructor(size = CHUNK_BYTES) {
    this.bytes = Buffer.allocUnsafeSlow(size);
  }

  /** Begins a text behind what was given away. @param input what pieces of it are copied from */
  begin(input: Buffer): void {
    this.input = input;
    this.length = this.begun;
    this.from = this.to = 0;
  }

  /** Bytes since the beginning. */
  get size(): number {
    return this.length - this.begun + this.to - this.from;
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
    const more = this.size - size;
    if (more <= this.to - this.from) {
      this.to -= more;
      return;
    }
    this.from = this.to;
    this.length = this.begun + size;
  }

  byte(byte: number): void {
    this.settle();
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = byte;
  }

  /** A part of the input. */
  copy(from: number, to: number): void {
    if (from !== this.to) {
      this.settle();
      this.from = from;
    }
    this.to = to;
  }

  /** Other bytes. */
  put(bytes: Buffer): void {
    this.settle();
    this.append(bytes, 0, bytes.length);
  }

  text(text: string): void {
    this.settle();
    const size = Buffer.byteLength(text);
    if (this.length + size > this.bytes.length) this.grow(size);
    this.bytes.write(text, this.length);
    this.length += size;
  }

  /** Escapes the quotes and backslashes of what was written since it had a size, so that it can stand in a string. */
  escape(size: number): void {
    this.settle();
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

  private settle(): void {
    const {from, to} = this;
    if (from === to) return;
    this.from = to;
    this.append(this.input, from, to);
  }

  private append(source: Buffer, from: number, to: number): void {
    const size = to - from;
    if (this.length + size > this.bytes.length) this.grow(size);
    const {bytes} = this;
    let {length} = this;
    if (size > SHORT_BYTES) source.copy(bytes, length, from, to);
    else for (let at = from; at < to; at++) bytes[length++] = source[at] as number;
    this.length += size;
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
