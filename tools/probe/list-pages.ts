import type {Ask} from './ask';
import {askLargest, type SizedReply} from './page-size';
import {isServed} from './reply';
import {type Row, rowsOf} from './rows';

/** A list that the connector reads a stream from. */
export interface KnownList {
  /** Under `/v1/`. */
  readonly name: string;
  /** Records to ask for: more than the documented maximum where we want to know what happens then (docs/kustomer-api.md, Lists). */
  readonly wish: number;
  readonly filter?: Readonly<Record<string, string>>;
}

/** The first page of a list. */
export interface ListPage extends SizedReply {
  readonly name: string;
  /** Undefined where the list is refused, or answers no list. */
  readonly rows: readonly Row[] | undefined;
}

/** The documented maximum of most lists is 100, of users and teams 500. */
export const LISTS: readonly KnownList[] = [
  {name: 'tags', wish: 500},
  {name: 'users', wish: 1000},
  {name: 'teams', wish: 500},
  {name: 'klasses', wish: 100, filter: {status: 'enabled'}},
  {name: 'shortcuts', wish: 100},
  {name: 'brands', wish: 100},
  {name: 'schedules', wish: 100},
  {name: 'slas', wish: 100},
  {name: 'role-groups', wish: 100},
];
/** What users and teams have a larger maximum than. */
const LARGER = new Set(['users', 'teams']);
const LIST_PAGE = 100;

/** First pages of lists, each asked once. */
export class ListPages {
  private readonly pages = new Map<string, Promise<ListPage>>();
  /** What most lists were seen to take: records. */
  private most = LIST_PAGE;

  constructor(private readonly ask: Ask) {}

  /** Records that any list takes at once, as far as is known. */
  get size(): number {
    return this.most;
  }

  /** @param name one of LISTS @throws as Ask */
  first(name: string): Promise<ListPage> {
    const known = this.pages.get(name);
    if (known) return known;
    const page = this.askFirst(name);
    this.pages.set(name, page);
    return page;
  }

  /** The first pages of all lists, one after the other. */
  async all(): Promise<readonly ListPage[]> {
    const pages: ListPage[] = [];
    for (const {name} of LISTS) pages.push(await this.first(name));
    return pages;
  }

  private async askFirst(name: string): Promise<ListPage> {
    const {wish = LIST_PAGE, filter} = LISTS.find((list) => list.name === name) ?? {};
    const size = LARGER.has(name) || this.most === LIST_PAGE ? wish : this.most;
    const sized = await askLargest(this.ask, size, (pageSize) => ({
      method: 'GET',
      path: `/v1/${name}`,
      params: {...filter, page: 1, pageSize},
    }));
    if (isServed(sized.reply) && !LARGER.has(name)) this.most = Math.min(this.most, sized.asked);
    return {...sized, name, rows: rowsOf(sized.reply)};
  }
}
