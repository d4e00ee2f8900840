/** While more of the workers than this share are idle, another one would be so too. */
const MAX_IDLE_SHARE = 0.25;

/** How many windows are read at once, over all streams: each stream has one worker at least. */
export class WorkerSlots {
  private taken = 0;

  /**
   * @param max as many as there may be requests in flight
   * @param idle how many workers wait for something else than Kustomer, such as the rate limit
   */
  constructor(
    private readonly max: number,
    private readonly idle: () => number,
  ) {}

  /** Takes a slot if one is free and another worker would be of use: so there are as many as the latency calls for. */
  tryAcquire(): boolean {
    if (this.taken >= this.max || this.idle() > MAX_IDLE_SHARE * this.taken) return false;
    this.taken += 1;
    return true;
  }

  /** Takes a slot, free or not. */
  acquire(): void {
    this.taken += 1;
  }

  release(): void {
    this.taken -= 1;
  }
}
