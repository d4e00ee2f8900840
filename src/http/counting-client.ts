import type {Call, Counts, Requester} from './call';

/** Passes calls on to a client, and counts what they cost. */
export class CountingClient implements Requester {
  readonly counts: Counts = {requests: 0, retries: 0, refusals: 0};

  constructor(private readonly client: Requester) {}

  get clockAheadMs(): number {
    return this.client.clockAheadMs;
  }

  request<T>(call: Call<T>, ...also: readonly Counts[]): Promise<T> {
    return this.client.request(call, this.counts, ...also);
  }
}
