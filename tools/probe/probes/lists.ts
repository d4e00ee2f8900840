import type {ServerSettings} from '../../../sandbox/server/options';
import type {ObjectName} from '../../../sandbox/world/objects';
import {isObject} from '../../../src/json';
import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import type {ListPage} from '../list-pages';
import {refusalRules} from '../refusals';
import {describeReply, isRoleRefusal, isServed, nextOf, partOf} from '../reply';
import type {Row} from '../rows';
import {byOutcome} from '../words';

/** Which lists answer, and what their answers have around the records. */
export const lists: Probe = {
  topic: 'lists',
  assumed: 'each answers with numbered pages, meta.pageSize and links.next (a path); no total',
  async run(subject: Subject): Promise<Outcome> {
    const pages = await subject.lists.all();
    const served = pages.filter(({rows}) => rows !== undefined);
    const outcomes = pages.map((page) => [page.name, describeList(page)] as const);
    const isAssumed = outcomes.every(([, outcome]) => outcome === 'answered');
    return {
      verdict: isAssumed ? 'as assumed' : 'differs',
      seen: byOutcome(outcomes),
      does: 'follows links.next on the same host; without it, asks for the page behind one that may be cut; reads until two passes agree',
      sandbox: {
        refusals: refusalRules(
          'lists',
          pages.flatMap(({name, reply}) => (isRoleRefusal(reply) ? [] : [[name, reply] as const])),
        ),
        settings: settingsOf(served),
        sizes: Object.fromEntries(served.map((page) => [objectOf(page.name), sizeOf(page)])),
      },
    };
  },
};

/** In which order lists come. */
export const listOrder: Probe = {
  topic: 'order of lists',
  assumed: 'none',
  async run(subject: Subject): Promise<Outcome> {
    const pages = (await subject.lists.all()).filter(({rows = []}) => rows.length > 1);
    const orders = pages.map(({name, rows = []}) => [name, orderOfList(rows)] as const);
    return {
      verdict: orders.length === 0 ? 'not shown' : 'as assumed',
      seen: byOutcome(orders) || 'no list has two records',
      does: 'relies on no order',
    };
  },
};

function describeList({reply, rows}: ListPage): string {
  if (!isServed(reply)) return describeReply(reply);
  if (rows === undefined) return 'answers no list';
  const {total, pageSize} = partOf(reply, 'meta');
  const next = nextOf(reply);
  const oddities = [
    ...(total === undefined ? [] : ['with a total']),
    ...(pageSize === undefined ? ['no meta.pageSize'] : []),
    ...(countsFromZero(reply) ? ['pages are counted from 0'] : []),
    ...(emptyForm(reply) === 'array' ? [] : ['no list where there are no records']),
    ...(next === undefined || next.startsWith('/v1') ? [] : ['links.next is no path']),
  ];
  return ['answered', ...oddities].join(', ');
}

/** Whether the first page has the number 0, as `links.first` tells. */
function countsFromZero(reply: ListPage['reply']): boolean {
  return /[?&]page=0\b/.test(String(partOf(reply, 'links')['first']));
}

/** What an answer has instead of an empty list; `array` where it is one. */
function emptyForm({status, json}: ListPage['reply']): ServerSettings['emptyLists'] {
  if (status === 204) return 'noContent';
  const data = isObject(json) ? json['data'] : undefined;
  return data === undefined ? 'object' : data === null ? 'null' : 'array';
}

/** By what the records are sorted, as far as these can tell. */
export function orderOfList(rows: readonly Row[]): string {
  const by: readonly (readonly [string, (row: Row) => string | number])[] = [
    ['id', ({id}) => (typeof id === 'number' ? id : String(id))],
    ['createdAt', ({createdAtMs = NaN}) => createdAtMs],
    ['updatedAt', ({updatedAtMs = NaN}) => updatedAtMs],
    ['name', ({attributes: {name}}) => (typeof name === 'string' ? name.toLowerCase() : NaN)],
  ];
  for (const [name, key] of by) {
    const keys = rows.map(key);
    const isSorted = (compare: (a: string | number, b: string | number) => boolean): boolean =>
      keys.every((one, at) => at === 0 || compare(keys[at - 1] as string | number, one));
    if (isSorted((a, b) => a <= b)) return `by ${name}`;
    if (isSorted((a, b) => a >= b)) return `by ${name}, descending`;
  }
  return 'in no order that shows';
}

function settingsOf(served: readonly ListPage[]): SandboxSettings {
  const has = (test: (page: ListPage) => boolean): boolean => served.length > 0 && served.every(test);
  const nexts = served.flatMap(({reply}) => nextOf(reply) ?? []);
  const odd = served.map(({reply}) => emptyForm(reply)).find((form) => form !== 'array');
  return {
    ...(odd && {emptyLists: odd}),
    ...(has(({reply}) => countsFromZero(reply)) && {listFirstPage: 0 as const}),
    ...(has(({reply}) => partOf(reply, 'meta')['total'] !== undefined) && {listTotals: 'all'}),
    ...(has(({reply}) => partOf(reply, 'meta')['pageSize'] === undefined) && {listMeta: false}),
    ...(has(({reply}) => Object.keys(partOf(reply, 'links')).length === 0) && {listLinks: false}),
    ...(has(({reply}) => partOf(reply, 'links')['next'] !== null) && {nextLinks: 'absent'}),
    ...(nexts.some((next) => /^https?:/.test(next)) && {nextForm: 'absolute'}),
    ...(nexts.some((next) => /\bcursor=/.test(next)) && {nextForm: 'cursor'}),
  };
}

/** Records that came, and one more where others follow. */
function sizeOf({reply, rows = []}: ListPage): number {
  return rows.length + (nextOf(reply) === undefined ? 0 : 1);
}

function objectOf(name: string): ObjectName {
  return name.replace('-', '_') as ObjectName;
}
