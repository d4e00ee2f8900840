/** Latencies up to a third away from `ms`, always the same ones. */
export function around(ms: number): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return ms * (2 / 3 + (2 / 3) * (state / 0x7fffffff));
  };
}
