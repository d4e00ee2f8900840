import type {HttpRequest, Requester} from '../http/call';
import {RefusedError} from '../http/errors';
import {type Envelope, type Identify, type Resource, readEnvelope, whole} from './envelope';
import {pageNumberOf} from './links';

/** The number that a server gives to the first page: 1 as documented (docs/kustomer-api.md, Lists), or 0. */
export type FirstPage = 0 | 1;

/**
 * Tells from the response to page 1 whether that is the first one. The documented links say so; without them page 0 is asked
 * for, since of a server that counts from 0 the first page would be missing in silence.
 * @param pageZero gives the records of page 0, none where there is no such page
 */
export async function firstPageOf(
  {data, links}: Pick<Envelope<Resource>, 'data' | 'links'>,
  pageZero: () => Promise<readonly Resource[]>,
): Promise<FirstPage> {
  const first = pageNumberOf(links['first']);
  if (first === 0 || pageNumberOf(links['prev']) === 0) return 0;
  if (first === 1 || links['prev'] === null) return 1;
  const records = await pageZero();
  const ids = new Set(data.map(({id}) => id));
  const repeated = records.filter(({id}) => ids.has(id)).length;
  // Some servers take page 0 for page 1, and the list may have changed by a few records in between.
  return repeated * 2 < records.length ? 0 : 1;
}

/** The records of page 0; none where the server answers anything but a list. @param request for that page */
export async function readPageZero(
  client: Requester,
  request: HttpRequest,
  identify: Identify = () => undefined,
): Promise<readonly Resource[]> {
  try {
    const {data} = await client.request({
      build: () => request,
      decode: (body) => readEnvelope(request, body, {keep: whole, page: 'page 0', identify}),
      adapt({kind, status = 0, text}) {
        // Also an answer that is worth another attempt elsewhere says enough here: there is no such page.
        if (kind === 'unreadable' || (kind === 'status' && status !== 429)) {
          throw new RefusedError(request, status, text);
        }
        return false;
      },
    });
    return data;
  } catch (error) {
    if (error instanceof RefusedError) return [];
    throw error;
  }
}
