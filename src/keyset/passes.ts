/** What one reading of a set has seen. */
export interface Pass {
  readonly ids: ReadonlySet<string>;
  /** The reading shows by itself that it missed nothing. */
  readonly isWhole: boolean;
}

/**
 * Reads a set that only page numbers reach until one reading is whole, or two in a row saw the same ids: a record that leaves
 * between two pages moves the rest up by one, and hides another. Hands out each record once.
 * @param most readings at most
 * @returns whether the set was read whole; false when it changed through all readings
 */
export async function* readUntilAgreed<T extends {readonly id: string}>(
  readPass: () => AsyncGenerator<readonly T[], Pass>,
  most: number,
): AsyncGenerator<readonly T[], boolean> {
  const known = new Set<string>();
  let before: Pass | undefined;
  for (let number = 1; number <= most; number++) {
    const pages = readPass();
    let page = await pages.next();
    for (; !page.done; page = await pages.next()) {
      const fresh = page.value.filter(({id}) => !known.has(id) && known.add(id));
      if (fresh.length > 0) yield fresh;
    }
    const pass = page.value;
    if (pass.isWhole || (before && sameIds(before.ids, pass.ids))) return true;
    before = pass;
  }
  return false;
}

export function sameIds(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
