/**
 * Decodes one response at a time. A page takes ten times its size once it is decompressed, and more while its records are made,
 * so decoding two at once doubles the memory and saves no time: it is all on one thread (docs/performance.md).
 */
export class DecodeQueue {
  private last: Promise<unknown> = Promise.resolve();

  /** @param backpressure awaited before each job: resolves when there is space for more output */
  constructor(private readonly backpressure: () => Promise<void>) {}

  /** Runs the job once all earlier ones have ended. @throws what the job throws; later jobs run all the same */
  run<T>(job: () => Promise<T>): Promise<T> {
    const outcome = this.last.then(async () => {
      await this.backpressure();
      return job();
    });
    this.last = outcome.catch(() => undefined);
    return outcome;
  }
}
