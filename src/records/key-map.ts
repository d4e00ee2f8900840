/** What a key of a JSON object becomes: a name, and what is known about the value. */
export interface Slot<T> {
  readonly name: string;
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

  private add(key: string): Slot<T> {
    const name = this.nameOf(key);
    const rival = this.byName.get(name);
    if (rival !== undefined) rival.contested = true;
    const isFull = this.slots.size >= REMEMBERED_KEYS;
    const slot = {name, value: this.valueOf(name), contested: rival !== undefined || isFull};
    if (isFull) return slot;
    this.slots.set(key, slot);
    if (rival === undefined) this.byName.set(name, slot);
    return slot;
  }
}

/**
 * Writes a value under a name that is still free, so that no value overwrites another: the wished name, else the
 * original key, else `<name>__2`, `<name>__3`, … (no key becomes a name with `__`, see {@link snakeCase}).
 *
 * @param target the object that is being filled
 * @param name the wished name
 * @param key the original key; leave it out where it must not be used
 * @returns the name that is free
 */
export function freeName(target: object, name: string, key = name): string {
  if (!Object.hasOwn(target, name)) return name;
  if (!Object.hasOwn(target, key)) return key;
  let number = 2;
  while (Object.hasOwn(target, `${name}__${number}`)) number += 1;
  return `${name}__${number}`;
}

/** Sets a property whatever its name: a plain assignment to `__proto__` would lose the value. */
export function setOwn(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, {value, writable: true, enumerable: true, configurable: true});
}
