import type {Call, Counts, Requester} from './requester';

/** A client that counts apart what goes through it. */
export class CountedClient implements Requester {
  readonly counts: Counts = {requests: 0, retries: 0, refusals: 0};

  constructor(private readonly client: Requester) {}

  get clockAhead(): number {
    return this.client.clockAhead;
  }

  request<T>(call: Call<T>, ...also: readonly Counts[]): Promise<T> {
    return this.client.request(call, this.counts, ...also);
  }
}
