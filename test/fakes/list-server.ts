import {type ListRequest, Lists} from '../../src/kustomer/list';
import {PageSizes} from '../../src/kustomer/page-size';
import {clientOf} from './client';
import {type Answer, type Script, json, serveScript} from './msw';

export type Query = Readonly<Record<string, string | undefined>>;

export function idsOf(count: number): string[] {
  return Array.from({length: count}, (_, at) => `tag-${String(at).padStart(4, '0')}`);
}

function queryOf(url: string): Query {
  return Object.fromEntries(new URL(url, 'http://localhost').searchParams);
}

/** A server of its own ways: what it says to a query. */
export function server(answer: (query: Query, requests: number) => object | Answer): Script {
  let requests = 0;
  return serveScript((seen) => {
    const said = answer(queryOf(seen.url), ++requests);
    return (typeof said === 'function' ? (said as Answer) : json(said))(seen);
  });
}

/** The part of a list that a page has, in the form that JSON:API gives to records. */
export function part(ids: readonly string[], from: number, size: number): {id: string}[] {
  return ids.slice(from, from + size).map((id) => ({id}));
}

export interface Outcome {
  readonly ids: string[];
  readonly error?: Error;
  readonly warned: string[];
  readonly requests: number;
}

export async function read(web: Script, request: Partial<ListRequest> = {}, lists?: Lists): Promise<Outcome> {
  const {client} = clientOf(web.url);
  const ids: string[] = [];
  const warned: string[] = [];
  const before = web.seen.length;
  const warn = (message: string): void => void warned.push(message);
  try {
    const all = lists ?? new Lists(new PageSizes(500), web.url);
    for await (const page of all.read(client, {path: '/v1/tags', warn, ...request})) {
      ids.push(...page.map(({id}) => id));
    }
    return {ids, warned, requests: web.seen.length - before};
  } catch (error) {
    return {ids, error: error as Error, warned, requests: web.seen.length - before};
  }
}

/** Links that tell which page is the first. */
export const FIRST = {first: '/v1/tags?page=1'};
