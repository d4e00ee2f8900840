/** A 32-bit hash of up to four numbers: the same numbers give the same hash, neighbours give unrelated ones. */
export function hash(first: number, second = 0, third = 0, fourth = 0): number {
  return mix(mix(mix(mix(0x9e3779b9, first), second), third), fourth) >>> 0;
}

function mix(mixed: number, part: number): number {
  mixed = Math.imul(mixed ^ part ^ Math.floor(part / 0x100000000), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** A 32-bit hash of a text (FNV-1a). */
export function hashText(text: string): number {
  let mixed = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  }
  return mixed >>> 0;
}

/** 16 hex digits made of two hashes. */
export function hex16(first: number, second = 0, third = 0): string {
  const high = hash(first, second, third, 1);
  const low = hash(first, second, third, 2);
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** Pseudo-random numbers from a seed (mulberry32): the same seed gives the same numbers. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 (included) to 1 (not included). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True in `share` of all cases. */
  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of the list, which must not be empty. */
  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** A positive number around `mean`: mostly small, now and then large. */
  exponential(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}
