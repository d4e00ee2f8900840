import type {NewRow} from '../../../sandbox/world/world';
import {createWorld, worldOf} from '../../../sandbox/world/world';
import {NOW, connectionOf} from '../../fakes/connection';
import {lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame, foundOf} from '../../support/truth';

const DAY = 86_400_000;

/** Three years of companies, so that the archive is needed. */
function office(config: Record<string, unknown> = {}) {
  const world = createWorld({seed: 5, now: NOW, sizes: {companies: 900, users: 5, tags: 5}});
  return connectionOf({world, config: {page_size: 50, start_date: '2015-01-01', ...config}});
}

function truth({world}: ReturnType<typeof office>, from = 0): string[] {
  return world
    .truth('companies', {from})
    .map(({id, updatedAt}) => `${id} ${new Date(updatedAt).toISOString()}`)
    .sort();
}

test('all companies come, the archived and the deleted among them', async () => {
  const some = office();
  const messages = await readStream(some, 'companies', 'full_refresh');
  expectSame(foundOf(messages, 'companies'), truth(some), 'companies');
  expect(truth(some).length).toBe(900);
  const rows = rowsOf(messages, 'companies');
  expect(rows.some(({deleted}) => deleted === true)).toBe(true);
  expect(rows.some((row) => Date.parse(String(row['updated_at'])) < NOW - 740 * DAY)).toBe(true);
  const {schema, ...stream} = streamOf(some, 'companies');
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(messages);
  expect(logsOf(messages, 'WARN')).toEqual([]);
  expect(rows.some(({emails}) => JSON.stringify(emails).includes('"email":"office@company'))).toBe(true);
});

test('later only those that changed', async () => {
  const some = office({lookback_minutes: 0});
  const [state] = lastStates(await readStream(some, 'companies'));
  const at = NOW + 5 * DAY;
  some.world.update('companies', some.world.truth('companies', {includeDeleted: false})[0]?.id ?? '', {at});
  await some.clock.sleep(10 * DAY);
  const messages = await readStream(some, 'companies', 'incremental', state?.stream.stream_state);
  expectSame(foundOf(messages, 'companies'), truth(some, at), 'companies');
  expect(rowsOf(messages, 'companies')).toHaveLength(1);
});

test('a Kustomer that does not sort companies fails the stream, and skips nothing in silence', async () => {
  const rows = Array.from({length: 60}, (_, at): NewRow => {
    const updatedAt = NOW - DAY - at * 1000;
    return {object: 'companies', id: `company-${at}`, createdAt: updatedAt, updatedAt};
  });
  const some = connectionOf({world: worldOf(rows), config: {page_size: 25}});
  some.api.faults.add({kind: 'outOfOrder', match: {context: 'company'}, times: -1});
  const messages = await readStream(some, 'companies');
  expect(outcomeOf(messages, 'companies')).toBe('INCOMPLETE');
});
