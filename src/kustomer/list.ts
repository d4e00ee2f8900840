import type {Requester} from '../http/call';
import {type Envelope, readEnvelope, type Resource, whole} from './envelope';
import {BadResponseError, type Endpoint, OutOfReachError} from '../http/errors';
import type {PageSize, RequestedSize} from './page-size';

/** The most records that Kustomer documents for a page of most lists (docs/kustomer-api.md, Lists). */
export const LIST_PAGE = 100;
/** So often a list of several pages is read again when it changed meanwhile. */
const PASSES = 5;
/** So many pages in a row that only repeat earlier ones: the server does not look at the number. */
const REPEATS = 3;

/**
 * Reads a page-numbered list whole, each id once. Where it takes several pages it is read until two passes see the same ids:
 * page numbers over a list that shrinks meanwhile would hide a record (docs/kustomer-api.md, Lists: no promised order).
 * @param path such as `/v1/teams`; @param filter further query parameters; @param take the records of an answer that are wanted
 * @throws RefusedError, UnavailableError, StoppedError; OutOfReachError for a list that does not come to rest; BadAnswerError
 * for one that has no end
 */
export async function* readList(
  client: Requester,
  path: string,
  size: PageSize,
  filter: Readonly<Record<string, string>> = {},
  take: (answer: Envelope<Resource>) => readonly Resource[] = ({data}) => data,
): AsyncGenerator<readonly Resource[]> {
  const endpoint: Endpoint = {method: 'GET', path};
  const known = new Set<string>();
  let before: ReadonlySet<string> | undefined;
  for (let pass = 1; pass <= PASSES; pass++) {
    const ids = new Set<string>();
    let pages = 0;
    for await (const answer of readPass(client, endpoint, size.request(), filter)) {
      const page = take(answer);
      pages += 1;
      for (const {id} of page) ids.add(id);
      const fresh = page.filter(({id}) => !known.has(id) && known.add(id));
      if (fresh.length > 0) yield fresh;
    }
    if (pages <= 1 || (before && [...ids].every((id) => before?.has(id)) && before.size === ids.size)) return;
    before = ids;
  }
  throw new OutOfReachError(endpoint, 'the list keeps changing while it is read');
}

async function* readPass(
  client: Requester,
  endpoint: Endpoint,
  requested: RequestedSize,
  filter: Readonly<Record<string, string>>,
): AsyncGenerator<Envelope<Resource>> {
  const seen = new Set<string>();
  let repeats = 0;
  for (let page = 1; ; page++) {
    let asked = 0;
    const answer = await client.request({
      build: () => {
        // A page number means something else once the size has changed: what was read is read again, never skipped.
        const size = requested.next();
        if (asked > size) {
          page = 1;
          seen.clear();
        }
        asked = size;
        return {...endpoint, params: {...filter, page, pageSize: asked}};
      },
      decode: (body) => readEnvelope(endpoint, body, whole),
      adapt: (failure, tries) => requested.failed(failure, tries),
    });
    const {data, next} = answer;
    requested.came(data.length);
    if (data.length > 0) yield answer;
    const mayBeCut = data.length === asked || data.length >= LIST_PAGE;
    const before = seen.size;
    for (const {id} of data) seen.add(id);
    repeats = seen.size === before ? repeats + 1 : 0;
    if (data.length === 0 || (next === undefined && (!mayBeCut || repeats > 0))) return;
    if (repeats >= REPEATS)
      throw new BadResponseError(endpoint, 'it gives the same records for every page number');
  }
}
