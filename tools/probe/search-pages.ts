import type {HttpRequest} from '../../src/http/call';
import {searchHorizon} from '../../src/kustomer/archive';
import {formatInstant, type Interval} from '../../src/time';
import type {Ask} from './ask';
import {isServed} from './reply';
import {type Row, rowsOf} from './rows';
import {askLargest, type SizedReply} from './page-size';

/** The contexts that the connector reads streams from. */
export const CONTEXTS = ['customer', 'conversation', 'message', 'note', 'kobject', 'company'] as const;
/** The most that Kustomer documents for one request (docs/kustomer-api.md, Search). */
export const SEARCH_PAGE = 500;
const BAD_QUESTIONS = new Set([400, 422]);

export interface SearchQuestion {
  readonly context: string;
  /** What is filtered and sorted by; `<context>_updated_at` unless given. */
  readonly attribute?: string;
  /** Epoch ms. */
  readonly range: Interval;
  readonly page?: number;
  readonly size: number;
  readonly direction?: 'asc' | 'desc';
  readonly withDeleted?: boolean;
  readonly isArchive?: boolean;
}

/** The first page of a context, in the connector's own question: what changed within two years, ascending. */
export interface SearchPage extends SizedReply {
  readonly context: string;
  readonly range: Interval;
  /** Undefined where the context is refused, or answers no list. */
  readonly rows: readonly Row[] | undefined;
  /** With deleted records the question was refused, and without them it was answered. */
  readonly isDeletedRefused: boolean;
}

/** One search as the connector would ask it. */
export function searchRequest(question: SearchQuestion): HttpRequest {
  const {context, range, size, page = 1, direction = 'asc', withDeleted = true} = question;
  const {attribute = `${context}_updated_at`} = question;
  const [from, to] = range.map(formatInstant);
  return {
    method: 'POST',
    path: `/v1/customers/${question.isArchive ? 'archive/' : ''}search`,
    context,
    params: {page, pageSize: size},
    body: {
      and: [{[attribute]: {gte: from}}, {[attribute]: {lte: to}}],
      sort: [{[attribute]: direction}],
      queryContext: context,
      ...(withDeleted && {includeDeleted: true}),
    },
  };
}

/** First pages of contexts, each asked once: most probes look at the same ones. */
export class SearchPages {
  /** What was last changed within two years: epoch ms. */
  readonly range: Interval;
  private readonly pages = new Map<string, Promise<SearchPage>>();
  private size = SEARCH_PAGE;
  /** Another size need not be tried any more. */
  private isSizeKnown = false;

  /** @param now epoch ms */
  constructor(
    private readonly ask: Ask,
    now: number,
  ) {
    this.range = [searchHorizon(now), now];
  }

  /** @throws as Ask */
  first(context: string): Promise<SearchPage> {
    const known = this.pages.get(context);
    if (known) return known;
    const page = this.askFirst(context);
    this.pages.set(context, page);
    return page;
  }

  /** The first pages of all contexts that the connector reads, one after the other. */
  async all(): Promise<readonly SearchPage[]> {
    const pages: SearchPage[] = [];
    for (const context of CONTEXTS) pages.push(await this.first(context));
    return pages;
  }

  private async askFirst(context: string): Promise<SearchPage> {
    const {range} = this;
    const build = (withDeleted: boolean) => (size: number) =>
      searchRequest({context, range, size, withDeleted});
    const asked = await this.sized(build(true));
    if (!BAD_QUESTIONS.has(asked.reply.status)) return this.found(context, asked, false);
    const without = await this.sized(build(false));
    const helps = isServed(without.reply);
    return this.found(context, helps ? without : asked, helps);
  }

  private async sized(build: (size: number) => HttpRequest): Promise<SizedReply> {
    if (!this.isSizeKnown) return askLargest(this.ask, this.size, build);
    return {
      reply: await this.ask(build(this.size)),
      asked: this.size,
      refusedWith: undefined,
      isNamed: false,
    };
  }

  private found(context: string, sized: SizedReply, isDeletedRefused: boolean): SearchPage {
    const {reply, asked} = sized;
    if (isServed(reply) && !this.isSizeKnown) this.size = asked;
    if (isServed(reply) || BAD_QUESTIONS.has(reply.status)) this.isSizeKnown = true;
    return {...sized, context, range: this.range, rows: rowsOf(reply), isDeletedRefused};
  }
}
