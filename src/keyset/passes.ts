/** What one reading of a set has seen. */
export interface Pass {
  readonly ids: ReadonlySet<string>;
}

/** What all readings so far have seen together. */
export interface Passes {
  readonly found: ReadonlySet<string>;
  /** The last two saw the same ids. */
  readonly isRepeated: boolean;
}

/**
 * Reads a set that only page numbers reach until something proves that it was read whole: a record that leaves between two
 * pages moves the rest up by one, and hides another.
 * @param readPass one reading: hands on what it finds
 * @param isProved called after each reading
 * @param most readings at most
 * @returns false when nothing proved it
 */
export async function* readUntilProved<B, P extends Pass>(
  readPass: () => AsyncGenerator<B, P>,
  isProved: (pass: P, passes: Passes) => boolean,
  most: number,
): AsyncGenerator<B, boolean> {
  const found = new Set<string>();
  let before: ReadonlySet<string> | undefined;
  for (let number = 1; number <= most; number++) {
    const pass: P = yield* readPass();
    for (const id of pass.ids) found.add(id);
    const isRepeated = before !== undefined && sameIds(before, pass.ids);
    if (isProved(pass, {found, isRepeated})) return true;
    before = pass.ids;
  }
  return false;
}

function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
