import {readFileSync} from 'node:fs';
import {Maker} from '../../../sandbox/world/bodies/maker';
import {holidays} from '../../../sandbox/world/bodies/setup';
import {createWorld} from '../../../sandbox/world/world';
import {readIncluded} from '../../../src/kustomer/envelope';
import {ResponseBody} from '../../../src/http/body/response-body';
import {type TestConnection, NOW, connectionOf} from '../../fakes/connection';
import {errorsOf, lastStates, logsOf, outcomeOf, rowsOf} from '../../support/messages';
import {SchemaCheck} from '../../support/protocol';
import {readStream, streamOf} from '../../support/read-stream';
import {expectSame} from '../../support/truth';

const ENDPOINT = {method: 'GET', path: '/v1/schedules/1'} as const;

function office(options: Parameters<typeof connectionOf>[0] = {}): TestConnection {
  const world = createWorld({seed: 3, now: NOW, sizes: {schedules: 5, users: 3}, historyDays: 300});
  return connectionOf({world, ...options});
}

/** `schedule holiday` of each holiday that there is. */
function truth({world}: TestConnection): string[] {
  return [...world.table('schedules').rows()].flatMap((row) =>
    holidays(new Maker(world, 'schedules', row)).map(({id}) => `${row.id} ${String(id)}`),
  );
}

function found(messages: Awaited<ReturnType<typeof readStream>>): string[] {
  return rowsOf(messages, 'holidays').map(
    ({id, schedule}) => `${(schedule as {id: string}).id} ${String(id)}`,
  );
}

function bodyOf(json: unknown): ResponseBody {
  return new ResponseBody(Buffer.from(JSON.stringify(json)), () => Promise.resolve());
}

test('all holidays of all schedules come, each with its own, and again with each read', async () => {
  const some = office();
  const first = await readStream(some, 'holidays', 'full_refresh');
  expectSame(found(first).sort(), truth(some).sort(), 'holidays');
  const {schema, ...stream} = streamOf(some, 'holidays');
  new SchemaCheck([{...stream, json_schema: schema} as never]).expectValid(first);
  expect(logsOf(first, 'WARN')).toEqual([]);
  expect(some.api.stats.requests).toMatchObject({
    'GET /v1/schedules': 1,
    'GET /v1/schedules/{id}': 5,
  });
  expect(lastStates(first)[0]?.stream.stream_state).toMatchObject({__ab_full_refresh_sync_complete: true});
  const again = await readStream(some, 'holidays', 'full_refresh');
  expectSame(found(again).sort(), truth(some).sort(), 'again');
});

test('a schedule that goes while the others are read costs its holidays only, and is named', async () => {
  const some = office();
  const [gone] = some.world.table('schedules').listed;
  const id = gone?.id ?? '';
  const due = truth(some).filter((line) => !line.startsWith(id));
  some.api.faults.hook = ({path}) => {
    if (path === `/v1/schedules/${id}`) some.world.remove('schedules', id);
    return undefined;
  };
  const messages = await readStream(some, 'holidays', 'full_refresh');
  expectSame(found(messages).sort(), due.sort(), 'the others');
  expect(logsOf(messages, 'WARN')).toEqual([expect.stringContaining(`schedule ${id} was listed`)]);
});

test('a refusal fails the stream, with the role that is missing', async () => {
  for (const refusal of [
    {of: 'lists', names: ['schedules'], status: 403},
    {of: 'parts', names: ['holidays'], status: 403},
  ] as const) {
    const some = office({settings: {refusals: [{...refusal, names: [...refusal.names]}]}});
    const messages = await readStream(some, 'holidays', 'full_refresh');
    expect(outcomeOf(messages, 'holidays')).toBe('INCOMPLETE');
    expect(errorsOf(messages)[0]?.message).toContain('org.permission.schedule.read');
  }
});

test('a sample is one schedule and its holidays: two requests', async () => {
  const some = office();
  expect((await streamOf(some, 'holidays').sample(1)).map(({type}) => type)).toContain('holiday');
  expect(some.api.stats.total).toBe(2);
});

test('the official answer is read: its holiday, with its schedule', () => {
  const json = JSON.parse(readFileSync('test/fixtures/kustomer/schedule-2.json', 'utf8')) as unknown;
  const [holiday, ...others] = readIncluded(ENDPOINT, bodyOf(json));
  expect(others).toEqual([]);
  expect(holiday).toMatchObject({type: 'holiday', id: '5e21f60193bd0a005118426f'});
});

test('no record, or something without an id beside it, is not taken for no holidays', () => {
  for (const json of [{}, {data: []}, {errors: []}, null]) {
    expect(() => readIncluded(ENDPOINT, bodyOf(json))).toThrow(/no record in "data"/);
  }
  const without = {data: {id: '1'}, included: [{type: 'holiday', attributes: {}}]};
  expect(() => readIncluded(ENDPOINT, bodyOf(without))).toThrow(/included record 1 has no id/);
  expect(readIncluded(ENDPOINT, bodyOf({data: {id: '1'}}))).toEqual([]);
});
