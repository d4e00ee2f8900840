import type {Requester} from './call';

/** Makes all calls of a client with one priority among the requests that wait: see `Call.priority`. */
export function prioritized(client: Requester, priority: number): Requester {
  return {
    get clockAheadMs() {
      return client.clockAheadMs;
    },
    request: (call, ...also) => client.request({...call, priority: () => priority}, ...also),
  };
}
