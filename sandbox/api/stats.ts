import type {Request} from './http';

/** What was asked and answered since the beginning or the last reset. */
export class Stats {
  /** By method, path and search context: `POST /v1/customers/search conversation`. */
  requests: Record<string, number> = {};
  statuses: Record<string, number> = {};
  /** Records in the answers, by the same names. */
  records: Record<string, number> = {};
  /** 429s. */
  refused = 0;
  foreign = {served: 0, refused: 0};
  /** Of the first and last request, epoch ms. */
  firstAt: number | null = null;
  lastAt: number | null = null;

  /** How many requests there were. */
  get total(): number {
    return Object.values(this.requests).reduce((sum, count) => sum + count, 0);
  }

  /** Counts a request. */
  asked(name: string, now: number): void {
    this.requests[name] = (this.requests[name] ?? 0) + 1;
    this.firstAt ??= now;
    this.lastAt = now;
  }

  /** Counts an answer and its records. */
  answered(name: string, status: number, records: number): void {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    this.records[name] = (this.records[name] ?? 0) + records;
    this.refused += status === 429 ? 1 : 0;
  }

  /** Counts from nothing again. */
  reset(): void {
    const foreign = Object.assign(this.foreign, {served: 0, refused: 0});
    Object.assign(this, new Stats(), {foreign});
  }
}

/** The name a request is counted under. */
export function nameOf(request: Request, context: string | undefined): string {
  const path = request.path
    .replace(/\/$/, '')
    .replace(/^(\/v1\/(?:conversations|customers))\/[^/]+(?=\/(?!search$))/, '$1/{id}')
    .replace(/^(\/v1\/satisfaction-responses)\/[^/]+$/, '$1/{id}')
    .replace(/^(\/v1\/schedules)\/[^/]+/, '$1/{id}');
  return `${request.method} ${path}${context === undefined ? '' : ` ${context}`}`;
}
