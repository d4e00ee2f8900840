import {readFileSync} from 'node:fs';
import {AuditLog} from '../../src/kustomer/audit-log';
import {PageSize} from '../../src/kustomer/page-size';
import {clientOf} from '../fakes/client';
import {type Query, server} from '../fakes/list-server';

const AT = Date.UTC(2024, 4, 1);

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly attributes: {readonly createdAt: string};
}

function entries(count: number): Entry[] {
  return Array.from({length: count}, (_, at) => ({
    id: `e-${String(count - at).padStart(3, '0')}`,
    type: 'audit_log',
    attributes: {createdAt: new Date(AT + (count - at) * 1000).toISOString()},
  }));
}

async function read(answer: (query: Query) => object): Promise<string[]> {
  const web = server(answer);
  const {client} = clientOf(web.url);
  const ids: string[] = [];
  for await (const page of new AuditLog(client, new PageSize(1000)).read([AT, AT + 10_000_000])) {
    ids.push(...page.map(({id}) => id));
  }
  return ids;
}

/** A page of the entries behind one of them. */
function after(all: readonly Entry[], {before}: Query, count: number, shift = 1): object {
  const from = before === undefined ? 0 : all.findIndex(({id}) => id === before) + shift;
  return {meta: {}, data: all.slice(from, from + count)};
}

test('a log that gives the entry itself that is asked before is read whole', async () => {
  const all = entries(95);
  expect(await read((query) => after(all, query, 10, 0))).toEqual(all.map(({id}) => id));
});

test('a log that takes no notice of `before`, or gives the oldest first, fails instead of ending early', async () => {
  const all = entries(95);
  await expect(read(() => ({meta: {}, data: all.slice(0, 10)}))).rejects.toThrow(/the same entries/);
  const ascending = [...all].reverse();
  await expect(
    read(({before}) => {
      const older = before === undefined ? ascending : ascending.filter(({id}) => id < before);
      return {meta: {}, data: older.slice(0, 10)};
    }),
  ).rejects.toThrow(/the same entries/);
});

test('what links.next asks before comes first', async () => {
  const all = entries(30);
  const asked: (string | undefined)[] = [];
  const ids = await read(({before}) => {
    asked.push(before);
    if (before === undefined) {
      return {data: all.slice(0, 10), links: {next: '/v1/audit-logs?count=1&before=mark'}};
    }
    return {data: before === 'mark' ? all.slice(10) : [], links: {next: null}};
  });
  expect([ids.length, asked[1]]).toEqual([30, 'mark']);
});

test('the official answer is read: its entry, whose user is null', async () => {
  const text = readFileSync('test/fixtures/kustomer/audit_log-1.json', 'utf8');
  const official = JSON.parse(text) as {data: {id: string; attributes: object}[]};
  const [entry] = official.data;
  const moved = {...entry, attributes: {...entry?.attributes, createdAt: new Date(AT + 1).toISOString()}};
  const ids = await read(({before}) => ({...official, data: before === undefined ? [moved] : []}));
  expect(ids).toEqual([entry?.id]);
});
