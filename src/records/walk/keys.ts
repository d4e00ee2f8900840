import {Byte} from '../../json-bytes';
import {startsWith} from './scan';

/** What a key becomes. */
export interface Named<T> {
  /** As it is written: the keys of one object that have one name are no usual object. */
  readonly name: string;
  readonly value: T;
}

/** A key of an object, found by its bytes. */
export interface Slot<T> {
  readonly key: string;
  readonly value: T;
  /** `"key":` as it stands in the input. */
  readonly bytes: Buffer;
  /** `"name":` as it is written; undefined where that is the same. */
  readonly label: Buffer | undefined;
  /** Shared by all keys that have the name: the number of the last object that had one of them. */
  readonly mark: {object: number};
  readonly followers: Followers<T>;
}

/** The two keys that were met last at one place: most objects have their keys in the order of the one before. */
export interface Followers<T> {
  last: Slot<T> | undefined;
  other: Slot<T> | undefined;
}

/** Of a place that no key has been met at yet. */
export function noFollowers<T>(): Followers<T> {
  return {last: undefined, other: undefined};
}

/** Keys may be data (ids in free documents): objects with more of them than these are not usual. */
const MOST_KEYS = 5_000;

/** The keys of one kind of object. */
export class Keys<T> {
  private readonly slots = new Map<string, Slot<T>>();
  private readonly marks = new Map<string, {object: number}>();
  /** Those that begin an object, where nothing more is known of the object. */
  readonly first = noFollowers<T>();

  /** @param nameOf what a key becomes; undefined for one that is not usual */
  constructor(private readonly nameOf: (key: string) => Named<T> | undefined) {}

  /**
   * The slot of the key that begins at `at`.
   * @param followers of the key before it in the same object, or those that begin an object where this one stands
   * @returns undefined where no key is, or not a usual one
   */
  read(input: Buffer, at: number, followers: Followers<T>): Slot<T> | undefined {
    const {last, other} = followers;
    if (last !== undefined && startsWith(last.bytes, input, at)) return last;
    const isOther = other !== undefined && startsWith(other.bytes, input, at);
    followers.last = isOther ? other : this.find(input, at);
    followers.other = last;
    return followers.last;
  }

  private find(input: Buffer, at: number): Slot<T> | undefined {
    if (input[at] !== Byte.Quote) return undefined;
    let end = at + 1;
    for (let byte = input[end]; byte !== Byte.Quote; byte = input[++end]) {
      if (byte === undefined || byte < Byte.Space || byte === Byte.Backslash) return undefined;
    }
    if (input[end + 1] !== Byte.Colon) return undefined;
    const key = input.toString('utf8', at + 1, end);
    return this.slots.get(key) ?? this.add(key, input, at, end + 2);
  }

  private add(key: string, input: Buffer, from: number, to: number): Slot<T> | undefined {
    const first = input[from + 1] as number;
    // Objects of JavaScript have such keys first, whatever their order in the text.
    const isIndex = first >= Byte.Zero && first <= Byte.Nine;
    const named = isIndex || this.slots.size >= MOST_KEYS ? undefined : this.nameOf(key);
    if (!named) return undefined;
    const bytes = Buffer.from(input.subarray(from, to));
    const label = Buffer.from(`${JSON.stringify(named.name)}:`);
    const mark = this.marks.get(named.name) ?? {object: 0};
    this.marks.set(named.name, mark);
    // Written out: objects made by spreading have a shape each on Node 20, which made all that looks at them twice as slow.
    const slot: Slot<T> = {
      key,
      value: named.value,
      bytes,
      label: label.equals(bytes) ? undefined : label,
      mark,
      followers: noFollowers(),
    };
    this.slots.set(key, slot);
    return slot;
  }
}
