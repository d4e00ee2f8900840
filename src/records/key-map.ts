/** What a key of a JSON object becomes: a name, and what is known about the value. */
export interface Slot<T> {
  /** Half surrogate pairs in it are U+FFFD, as in text (quote.ts). */
  readonly name: string;
  /** The name as it stands in JSON text, colon and all. */
  readonly label: string;
  readonly value: T;
  /** Another key is known to become the same name: look before writing. */
  contested: boolean;
}

/** Keys may be data (ids in free documents): beyond this many they are worked out each time, not remembered. */
const REMEMBERED_KEYS = 5_000;

/**
 * Remembers the slot of each key of one kind of object, so that a record costs one look-up a key.
 *
 * Two keys of one JSON object are never equal, so a name can only be taken if another key leads to it as well. Such
 * names are marked `contested`, and only they need to be checked against what is already written.
 */
export class KeyMap<T> {
  private readonly slots = new Map<string, Slot<T>>();
  private readonly byName = new Map<string, Slot<T>>();

  /**
   * @param nameOf the name of a key, e.g. `createdAt` → `created_at`
   * @param valueOf what to keep for a name
   */
  constructor(
    private readonly nameOf: (key: string) => string,
    private readonly valueOf: (name: string) => T,
  ) {}

  /** The slot of `key`. */
  get(key: string): Slot<T> {
    return this.slots.get(key) ?? this.add(key);
  }

  /** Whether one of the keys so far may have become `name`. */
  mayHave(name: string): boolean {
    return this.byName.has(name) || this.isFull();
  }

  private isFull(): boolean {
    return this.slots.size >= REMEMBERED_KEYS;
  }

  private add(key: string): Slot<T> {
    const name = this.nameOf(key).toWellFormed();
    const rival = this.byName.get(name);
    if (rival !== undefined) rival.contested = true;
    const isFull = this.isFull();
    const contested = rival !== undefined || isFull;
    const slot = {name, label: labelOf(name), value: this.valueOf(name), contested};
    if (isFull) return slot;
    this.slots.set(key, slot);
    if (rival === undefined) this.byName.set(name, slot);
    return slot;
  }
}

/** A name as it stands before its value in JSON text. */
export function labelOf(name: string): string {
  return `${JSON.stringify(name)}:`;
}

/**
 * The names that the keys of an object have become, in order, up to one of them. For the rare object in which a name is
 * contested: all before the first such key have the names of their slots.
 *
 * @param until the first key that is not counted; all are if it is left out
 */
export function namesBefore<T>(object: object, keys: KeyMap<T>, until?: string): Set<string> {
  const names = new Set<string>();
  for (const key in object) {
    if (key === until) break;
    names.add(keys.get(key).name);
  }
  return names;
}

/**
 * A name that is still free, so that no value takes the place of another: the wished name, else the original key, else
 * `<name>__2`, `<name>__3`, … (no key becomes a name with `__`, see {@link snakeCase}).
 *
 * @param taken the names in use; the one that is found is added
 * @param name the wished name
 * @param key the original key; leave it out where it must not be used
 */
export function claimName(taken: Set<string>, name: string, key = name): string {
  let free = taken.has(name) ? key.toWellFormed() : name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}__${number}`;
  taken.add(free);
  return free;
}
