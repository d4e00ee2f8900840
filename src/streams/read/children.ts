import type {Log} from '../../airbyte/outlet';
import type {Requester} from '../../http/call';
import {RefusedError} from '../../http/errors';
import {prioritized} from '../../http/prioritized';
import {isObject, type JsonObject} from '../../json';
import type {Resource} from '../../kustomer/envelope';
import {LIST_PAGE, type Lists} from '../../kustomer/list';
import {readSingle} from '../../kustomer/single';

/** Behind all other requests that wait: these are the most by far, and lists and metadata would wait for minutes. */
const LAST = 9;
/** When of this many parents Kustomer knows none, it is the address that it does not know. */
const MIN_404S = 20;
/**
 * Parents of one stream that are asked for side by side: as many as the largest plan's limit has under way with 3 s an answer. Those
 * under way when a read breaks off are asked again by the next.
 */
export const PARENTS_UNDER_WAY = 100;
/** What stands for an id in an address. */
const ID = '{id}';

/** Where what hangs on one parent is read from: an address that is asked once for each. */
export interface ChildSource {
  /** The parent's type, and the search context that finds it. */
  readonly parent: 'conversation' | 'customer';
  /** `/v1/conversations/{id}/notes` */
  readonly address: string;
  /** The most records that are documented for one page ({@link LIST_PAGE} unless given), or `one` where the address is a single record's. */
  readonly page?: number | 'one';
  /** What stands for `{id}`: the parent's own id unless given; undefined for a parent that has nothing, which costs no request. */
  readonly idOf?: (parent: Resource) => string | undefined;
}

/** What is kept of a parent until it is asked. */
export interface Parent {
  readonly id: string;
  /** As it was sent. */
  readonly updatedAt: unknown;
  /** Where to ask; undefined where there is nothing to ask for. */
  readonly path: string | undefined;
}

/** What hangs on a parent. */
export interface Child {
  readonly parent: Parent;
  /** Its relationship to the parent has `data`, whether it was sent so or not. */
  readonly resource: Resource;
}

export interface ChildrenDeps {
  /** The name of the stream, for messages. */
  readonly stream: string;
  readonly client: Requester;
  readonly lists: Lists;
  readonly log: Log;
}

/** Reads what hangs on parents, one request or more for each. Parents that are gone meanwhile have nothing, but not all of them. */
export class Children {
  private known = 0;
  private unknown = 0;
  private readonly client: Requester;

  constructor(
    private readonly source: ChildSource,
    private readonly deps: ChildrenDeps,
  ) {
    this.client = prioritized(deps.client, LAST);
  }

  /** What is needed of a parent. */
  parentOf(resource: Resource): Parent {
    const {address, idOf = ({id}: Resource) => id} = this.source;
    const id = idOf(resource);
    return {
      id: resource.id,
      updatedAt: resource.attributes?.['updatedAt'],
      path: id === undefined ? undefined : address.replace(ID, encodeURIComponent(id)),
    };
  }

  /** What hangs on one parent, which must be there. @throws what the requests throw */
  async ask(parent: Parent): Promise<readonly Child[]> {
    const resources = parent.path === undefined ? [] : await this.request(parent.path);
    return resources.map((resource) => ({parent, resource: this.withParent(resource, parent)}));
  }

  /**
   * Asks all of these parents side by side. Those that are gone meanwhile have nothing.
   * @throws what the requests throw; RefusedError where Kustomer knows none of the first parents
   */
  async read(parents: readonly Parent[]): Promise<readonly Child[]> {
    const asked = parents.filter(({path}) => path !== undefined);
    return (await Promise.all(asked.map((parent) => this.readKnown(parent)))).flat();
  }

  /** Whether an error says that this key may read none of them: it is a refusal, and nothing was ever given. */
  isRefusal(error: unknown): boolean {
    if (this.known > 0 || !(error instanceof RefusedError)) return false;
    const [start = '', end = ''] = this.source.address.split(ID);
    const path = error.endpoint?.path ?? '';
    return path.startsWith(start) && path.endsWith(end);
  }

  private async readKnown(parent: Parent): Promise<readonly Child[]> {
    try {
      const children = await this.ask(parent);
      this.known += 1;
      return children;
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 404) throw error;
      this.unknown += 1;
      if (this.known === 0 && this.unknown >= MIN_404S) throw error;
      this.deps.log(
        'WARN',
        `${this.deps.stream}: ${this.source.parent} ${parent.id} was found, but Kustomer knows it no more (404); what hung on it is left out`,
      );
      return [];
    }
  }

  private async request(path: string): Promise<readonly Resource[]> {
    const {client} = this;
    const {lists} = this.deps;
    const {address, page = LIST_PAGE} = this.source;
    if (page === 'one') {
      const single = await readSingle(client, {method: 'GET', path});
      return single ? [single] : [];
    }
    return lists.readAll(client, {path, kind: address, page});
  }

  private withParent(resource: Resource, {id}: Parent): Resource {
    const {parent} = this.source;
    const own: JsonObject | undefined = relationshipOf(resource, parent);
    if (own?.['data']) return resource;
    const link = {...own, data: {type: parent, id}};
    return {...resource, relationships: {...resource.relationships, [parent]: link}};
  }
}

function relationshipOf({relationships}: Resource, name: string): JsonObject | undefined {
  const own = relationships?.[name];
  return isObject(own) ? own : undefined;
}
