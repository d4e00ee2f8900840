import type {Requester} from '../http/call';
import {BadResponseError, type Endpoint} from '../http/errors';
import {DoubtfulResponseError, type Resource, recordOf} from './envelope';

/** A response without a record is asked for again as many times before it is final. */
const MAX_DOUBTS = 3;

/**
 * Reads an address that gives one record, not a list; 204 (No Content) is none.
 * @throws RefusedError, UnavailableError, StoppedError; BadResponseError where what comes is no record
 */
export function readSingle(client: Requester, endpoint: Endpoint): Promise<Resource | undefined> {
  let doubts = 0;
  return client.request({
    build: () => endpoint,
    decode: (body) => {
      if (body.status === 204) return undefined;
      const record = recordOf(body);
      if (record) return record;
      const what = 'the response has no record in "data"';
      doubts += 1;
      if (doubts > MAX_DOUBTS) throw new BadResponseError(endpoint, `${what}, in ${doubts} attempts`);
      throw new DoubtfulResponseError(what);
    },
  });
}
