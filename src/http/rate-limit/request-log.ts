/** Forgotten entries are dropped in batches, since moving the rest for each would be slow. */
const BATCH = 500;

/** When our own requests left. */
export class RequestLog {
  /** Epoch ms, ascending; entries before `first` are forgotten. */
  private times: number[] = [];
  private first = 0;

  /** @param at epoch ms, not before the last @param keepMs older entries will not be asked for any more */
  add(at: number, keepMs: number): void {
    this.times.push(at);
    while ((this.times[this.first] as number) < at - keepMs) this.first += 1;
    if (this.first < BATCH) return;
    this.times = this.times.slice(this.first);
    this.first = 0;
  }

  /** How many left after `after` and until `to`: epoch ms. */
  count(after: number, to: number): number {
    return to <= after ? 0 : this.indexAfter(to) - this.indexAfter(after);
  }

  /** The position of the first entry later than `at`. */
  private indexAfter(at: number): number {
    let [low, high] = [this.first, this.times.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
