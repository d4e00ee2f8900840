import {Kind} from '../column';
import {Byte, endOfValue} from '../../json-bytes';
import type {WalkColumn} from './columns';
import {isUsualInstant} from './instants';
import type {Output} from './output';
import {
  UNUSUAL,
  endOfNumber,
  endOfString,
  hasFraction,
  isNumberStart,
  parseValue,
  startsWith,
  usualText,
} from './scan';

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

/**
 * Writes values as `cast` does, but from bytes to bytes: what is right as it stands is copied, in pieces as long as can be, and
 * keys are replaced. A value that needs more is parsed and cast.
 */
export class ValueWalk {
  private input: Buffer = NULL;
  /** What of the input has been written, up to here. */
  private written = 0;
  /** Objects so far. */
  private objects = 0;

  constructor(
    private out: Output,
    private readonly anything: WalkColumn,
  ) {}

  /**
   * Writes the value that begins at `at`.
   * @returns where it ends, or UNUSUAL: what was written until then is void
   */
  write(input: Buffer, at: number, column: WalkColumn, out: Output): number {
    this.input = input;
    this.out = out;
    this.written = at;
    const end = this.value(at, column);
    if (end !== UNUSUAL) out.copy(this.written, end);
    return end;
  }

  private value(at: number, column: WalkColumn): number {
    const byte = this.input[at];
    if (column.kind === Kind.List && byte !== Byte.OpenList && byte !== Byte.N) {
      return this.listOfOne(at, column);
    }
    switch (byte) {
      case Byte.Quote:
        return this.string(at, column);
      case Byte.OpenObject:
        return this.object(at, column);
      case Byte.OpenList:
        return this.list(at, column);
      case Byte.N:
        return startsWith(NULL, this.input, at) ? at + NULL.length : UNUSUAL;
      case Byte.T:
        return this.boolean(at, TRUE, column);
      case Byte.F:
        return this.boolean(at, FALSE, column);
      default:
        return isNumberStart(byte) ? this.number(at, column) : UNUSUAL;
    }
  }

  private string(at: number, column: WalkColumn): number {
    const {kind} = column;
    const end = endOfString(this.input, at);
    if (end === UNUSUAL) return this.recast(at, column);
    if (kind === Kind.Text || kind === Kind.Any) return end;
    const fits = kind === Kind.DateTime && isUsualInstant(this.input, at + 1, end - 1);
    return fits ? end : this.cast(at, end, column, usualText(this.input, at, end));
  }

  private number(at: number, column: WalkColumn): number {
    const {kind} = column;
    const end = endOfNumber(this.input, at);
    if (end === UNUSUAL) return this.recast(at, column);
    if (kind === Kind.Number || kind === Kind.Any) return end;
    if (kind === Kind.Integer && !hasFraction(this.input, at, end)) return end;
    return kind === Kind.Text ? this.quoted(at, end) : this.recast(at, column);
  }

  private boolean(at: number, word: Buffer, column: WalkColumn): number {
    const {kind} = column;
    if (!startsWith(word, this.input, at)) return UNUSUAL;
    const end = at + word.length;
    if (kind === Kind.Boolean || kind === Kind.Any) return end;
    return kind === Kind.Text ? this.quoted(at, end) : this.recast(at, column);
  }

  private list(at: number, column: WalkColumn): number {
    const {kind, items} = column;
    if (kind === Kind.Text) return this.asText(at);
    if (kind !== Kind.List && kind !== Kind.Any) return this.recast(at, column);
    const {input} = this;
    if (input[at + 1] === Byte.CloseList) return at + 2;
    for (let next = at + 1; ; next++) {
      next = this.value(next, items);
      if (next === UNUSUAL) return UNUSUAL;
      if (input[next] === Byte.CloseList) return next + 1;
      if (input[next] !== Byte.Comma) return UNUSUAL;
    }
  }

  private listOfOne(at: number, {items}: WalkColumn): number {
    this.put(at, Byte.OpenList);
    const end = this.value(at, items);
    if (end !== UNUSUAL) this.put(end, Byte.CloseList);
    return end;
  }

  private object(at: number, column: WalkColumn): number {
    const {kind, keys, first} = column;
    if (kind === Kind.Text) return this.asText(at);
    if (kind !== Kind.Object && kind !== Kind.Any) return this.recast(at, column);
    const {input} = this;
    if (input[at + 1] === Byte.CloseObject) return at + 2;
    const number = ++this.objects;
    let followers = first;
    for (let next = at + 1; ; next++) {
      const slot = keys.read(input, next, followers);
      // Two keys that are the same, or become the same.
      if (slot === undefined || slot.mark.object === number) return UNUSUAL;
      slot.mark.object = number;
      ({followers} = slot);
      const start = next + slot.bytes.length;
      if (slot.label !== undefined) this.replace(next, start, slot.label);
      next = this.value(start, slot.value);
      if (next === UNUSUAL) return UNUSUAL;
      if (input[next] === Byte.CloseObject) return next + 1;
      if (input[next] !== Byte.Comma) return UNUSUAL;
    }
  }

  private replace(from: number, to: number, bytes: Buffer): void {
    this.out.copy(this.written, from);
    this.out.put(bytes);
    this.written = to;
  }

  /** A number or a boolean in a column of text. */
  private quoted(at: number, end: number): number {
    this.put(at, Byte.Quote);
    this.put(end, Byte.Quote);
    return end;
  }

  /** A list or an object in a column of text: its JSON text. */
  private asText(at: number): number {
    this.put(at, Byte.Quote);
    const {size} = this.out;
    const end = this.value(at, this.anything);
    if (end === UNUSUAL) return UNUSUAL;
    this.out.copy(this.written, end);
    this.written = end;
    this.out.escape(size);
    this.put(end, Byte.Quote);
    return end;
  }

  /** Puts a byte between what is before `at` and what follows. */
  private put(at: number, byte: Byte): void {
    this.out.copy(this.written, at);
    this.out.byte(byte);
    this.written = at;
  }

  /** Parses a value and casts it. */
  private recast(at: number, column: WalkColumn): number {
    const end = endOfValue(this.input, at);
    const value = end === UNUSUAL ? undefined : parseValue(this.input, at, end);
    return value === undefined ? UNUSUAL : this.cast(at, end, column, value);
  }

  /** Casts the value between two places. */
  private cast(at: number, end: number, column: WalkColumn, value: unknown): number {
    const text = column.print(value);
    if (text === undefined) return UNUSUAL;
    this.out.copy(this.written, at);
    this.out.text(text);
    this.written = end;
    return end;
  }
}
