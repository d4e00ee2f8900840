import {UnsettledError} from '../http/errors';
import type {Requester} from '../http/call';
import {type Pass, readUntilProved} from '../keyset/passes';
import type {Envelope, Identify, Resource} from './envelope';
import {type ListKind, ListPass} from './list-pass';
import type {PageSizes} from './page-size';

/** The most records that Kustomer documents for a page of most lists (docs/kustomer-api.md, Lists). */
export const LIST_PAGE = 100;
/** A list of several pages that changes while it is read is read again, up to as many times altogether. */
const PASSES = 5;

export interface ListRequest {
  /** Such as `/v1/teams`. */
  readonly path: string;
  /** One name for all lists that a server treats alike, where it is not the path: `/v1/conversations/{id}/times`. */
  readonly kind?: string;
  /** The most records that are documented for a page of it; {@link LIST_PAGE} unless given. */
  readonly page?: number;
  /** Further query parameters. */
  readonly filter?: Readonly<Record<string, string>>;
  /** The records of a response that are wanted; its `data` unless given. */
  readonly take?: (response: Envelope<Resource>) => readonly Resource[];
  /** Makes the ids of records that have none of their own. */
  readonly identify?: Identify;
  /** Called with what there is to say of a list that was read. */
  readonly warn?: (message: string) => void;
}

/** The lists of one connection. What is learnt of one kind of list is known for the whole read. */
export class Lists {
  private readonly kinds = new Map<string, ListKind>();
  private readonly shared = new Map<string, Promise<readonly Resource[]>>();

  /** @param baseUrl where links may lead: without `/v1` and without a slash at the end */
  constructor(
    private readonly sizes: PageSizes,
    private readonly baseUrl: string,
  ) {}

  /**
   * Reads a list whole, each id once. One of several pages is read until two passes see the same ids, since no order of lists
   * is promised (docs/kustomer-api.md, Lists), and page numbers over a list that shrinks meanwhile would hide a record.
   * @throws RefusedError, UnavailableError, StoppedError; UnsettledError for a list that keeps changing; BadResponseError for
   * one that has no end, leads to another host, or holds what is no record
   */
  async *read(client: Requester, list: ListRequest): AsyncGenerator<readonly Resource[]> {
    const {path, filter = {}, identify, take = ({data}) => data, warn = () => undefined} = list;
    const endpoint = {method: 'GET', path} as const;
    const source = {client, endpoint, filter, identify, baseUrl: this.baseUrl, kind: this.kindOf(list)};
    const known = new Set<string>();
    let missing: string | undefined;
    const readPass = async function* (): AsyncGenerator<readonly Resource[], Pass & {pages: number}> {
      const pass = new ListPass(source);
      const ids = new Set<string>();
      let pages = 0;
      for await (const response of pass.read()) {
        const records = take(response);
        pages += 1;
        for (const {id} of records) ids.add(id);
        const fresh = records.filter(({id}) => !known.has(id) && known.add(id));
        if (fresh.length > 0) yield fresh;
      }
      missing = pass.missing;
      return {ids, pages};
    };
    const isWhole = yield* readUntilProved(
      readPass,
      ({pages}, {isRepeated}) => pages <= 1 || isRepeated,
      PASSES,
    );
    if (!isWhole) throw new UnsettledError(endpoint, `each of ${PASSES} readings saw other records`);
    if (missing !== undefined) warn(missing);
  }

  /** Reads a list whole, in one piece. @throws as `read` */
  async readAll(client: Requester, list: ListRequest): Promise<readonly Resource[]> {
    const all: Resource[] = [];
    for await (const page of this.read(client, list)) all.push(...page);
    return all;
  }

  /**
   * Reads a list that several need, whole and once for all of them: the client of the first is charged.
   * @throws as `read`, each time
   */
  readOnce(
    client: Requester,
    {path, filter = {}}: Pick<ListRequest, 'path' | 'filter'>,
  ): Promise<readonly Resource[]> {
    const key = `${path}?${new URLSearchParams(filter).toString()}`;
    const known = this.shared.get(key) ?? this.readAll(client, {path, filter});
    this.shared.set(key, known);
    return known;
  }

  private kindOf({path, kind = path, page = LIST_PAGE}: ListRequest): ListKind {
    const known = this.kinds.get(kind) ?? {
      size: this.sizes.of(kind, page),
      firstPage: undefined,
      emptyEnds: 0,
    };
    this.kinds.set(kind, known);
    return known;
  }
}
