import {setMaxListeners} from 'node:events';
import fc from 'fast-check';
import {createApi} from '../../sandbox/api/api';
import {UNLIMITED} from '../../sandbox/api/settings';
import {createWorld} from '../../sandbox/world/world';
import {Outlet} from '../../src/airbyte/outlet';
import {Sync} from '../../src/airbyte/sync';
import {readConfig} from '../../src/config';
import {connect} from '../../src/connection';
import {explain} from '../../src/error-messages';
import type {Transport} from '../../src/http/call';
import {VirtualClock} from '../fakes/virtual-clock';
import {VirtualNetwork} from '../fakes/virtual-network';
import {useRealTimers, useVirtualTimers} from '../fakes/virtual-timers';
import {type AirbyteMessage, Capture} from '../support/capture';
import {errorsOf, logsOf, messagesOf, outcomeOf, rowsOf} from '../support/messages';
import {expectProtocol} from '../support/protocol';
import {DAY, NOW} from './history';
import {type Spoil, TOKEN, spoils, spoilt, versionsIn} from './spoil';

/** Each takes a fifth of a second and spoils some twenty answers: several thousand in all there is. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? (process.env['FULL_TESTS'] === 'yes' ? 300 : 8));
jest.setTimeout(600_000);
afterEach(useRealTimers);

const SIZES = {conversations: 9, customers: 9, kobjects: 7, messages: 9, notes: 5, companies: 5};
const LISTS = {shortcuts: 4, tags: 9, teams: 4, users: 9, brands: 2, slas: 3, schedules: 2, role_groups: 2};
const world = createWorld({seed: 3, now: NOW - DAY, sizes: {...SIZES, ...LISTS}, historyDays: 900});
/** Requests of an unspoilt read are fewer. */
const MAX_REQUESTS = 5000;
/**
 * What is asked of one conversation or klass may be gone when it is asked for: a 404 is no failure there. And versions and holidays
 * come beside other records, as `included`, where nothing counts them.
 */
const LEFT_OUT = [
  ...['attachments', 'conversation_events', 'conversation_times', 'customer_merges'],
  ...['custom_attributes', 'holidays', 'satisfaction_responses', 'sla_versions'],
];

interface Fuzzed {
  readonly messages: readonly AirbyteMessage[];
  readonly streams: readonly string[];
  readonly requests: number;
  readonly spoilt: number;
  /** Ids of the records whose own id or time was spoilt: they may be missing. */
  readonly own: ReadonlySet<string>;
  /** Streams whose archive or deleted records were refused, which a warning tells: they end without these. */
  readonly warned: ReadonlySet<string>;
}

/** What the connector says where a search is refused and it goes on without it. */
const REFUSALS = /the archive is refused|refuses to include deleted records/;

/** Reads all streams as `read` does, while some answers are spoilt. */
async function readSpoilt(plan: readonly Spoil[]): Promise<Fuzzed> {
  const clock = new VirtualClock(NOW);
  useVirtualTimers(clock);
  const {signal: stop} = new AbortController();
  setMaxListeners(0, stop);
  const network = new VirtualNetwork(
    createApi(world, {...UNLIMITED, maxPageSize: 4, totals: 'exact'}),
    clock,
    {
      latency: () => 20,
      before: () => undefined,
      behind: 0,
      stop,
    },
  );
  const own = new Set<string>();
  const refused = new Set<string>();
  let count = 0;
  const transport: Transport = {
    async send(request) {
      const at = network.requests;
      if (at > MAX_REQUESTS) throw new Error('the read does not end');
      const answer = await network.send(request);
      const one = plan.find((spoil) => at >= spoil.at && at < spoil.at + spoil.times);
      if (!one) return answer;
      count += 1;
      const bad = spoilt(answer, one);
      const isRefusal = bad.status < 200 || bad.status > 299;
      if (request.context !== undefined && isRefusal) refused.add(request.context);
      noteOwn(own, answer.body, bad.body);
      return bad;
    },
  };
  const capture = new Capture();
  const outlet = new Outlet(capture.write, clock);
  outlet.hide(TOKEN);
  const {streams} = connect({
    config: readConfig({api_token: TOKEN, start_date: '2020-01-01', page_size: 4}),
    runtime: {
      ...{clock, stop, transport, version: 'test', random: () => 0.5},
      log: outlet.log,
      backpressure: () => Promise.resolve(),
    },
    budgetMs: 600_000,
  });
  const sync = new Sync({outlet, clock, explain, quota: () => undefined});
  await clock.run(sync.run(streams.map((stream) => ({stream, mode: 'full_refresh', state: undefined}))));
  useRealTimers();
  expect(clock.now() - NOW).toBeLessThan(2 * DAY);
  const isSaid = logsOf(capture.messages, 'WARN').some((message) => REFUSALS.test(message));
  const warned = streams.filter((one) => refused.has((one as {context?: string}).context ?? '') && isSaid);
  return {
    warned: new Set(warned.map(({name}) => name)),
    messages: capture.messages,
    streams: streams.map(({name}) => name),
    requests: network.requests,
    spoilt: count,
    own,
  };
}

/** A list that is no list, or shorter, is the answer's fault; the same place in it with another id or time is the record's. */
function noteOwn(own: Set<string>, good: Buffer, bad: Buffer): void {
  const [before, after] = [versionsIn(good), versionsIn(bad)];
  // A list that is empty, counts nothing and has no next page cannot be told from one that is: its records may be missing.
  const isWhollyEmpty = /"data":(\[\]|null)/.test(bad.toString()) && !/"total"|"next":"/.test(bad.toString());
  if (after.length < before.length && !isWhollyEmpty) return;
  before.forEach((version, at) => {
    if (version !== after[at]) own.add(version.split(' ')[0] as string);
  });
}

function idsOf(messages: readonly AirbyteMessage[], stream: string): Set<string> {
  return new Set(rowsOf(messages, stream).map((row) => String(row['id'])));
}

/** Nothing that people read is a bare stack, a defect of ours, or part of the token. */
function expectReadable(messages: readonly AirbyteMessage[]): void {
  for (const {message, failure_type: type} of errorsOf(messages)) {
    expect(message).toMatch(/^[A-Z"/a-z].*\.$/s);
    expect(message).not.toMatch(/A defect of this connector|\n\s+at /);
    expect(['config_error', 'transient_error', 'system_error']).toContain(type);
  }
  const parts = Array.from({length: TOKEN.length - 7}, (_, at) => TOKEN.slice(at, at + 8));
  const others = messages.filter(({type}) => type !== 'RECORD').map((message) => JSON.stringify(message));
  expect(others.filter((line) => parts.some((part) => line.includes(part)))).toEqual([]);
  expect(messages.filter(({log}) => /^\s*at \S+ \(|^\w*Error: .*\n\s+at /.test(log?.message ?? ''))).toEqual(
    [],
  );
}

test('whatever answers hold, a read ends in sentences, and never in a short success', async () => {
  const truth = await readSpoilt([]);
  expect(truth.streams.filter((stream) => outcomeOf(truth.messages, stream) !== 'COMPLETE')).toEqual([]);
  for (const [stream, size] of Object.entries({...SIZES, ...LISTS})) {
    expect([stream, idsOf(truth.messages, stream).size > 0, size > 0]).toEqual([stream, true, true]);
  }
  let answers = 0;
  await fc.assert(
    fc.asyncProperty(spoils(truth.requests), async (plan) => {
      const result = await readSpoilt(plan);
      answers += result.spoilt;
      expectProtocol(result.messages, result.streams);
      expectReadable(result.messages);
      for (const stream of result.streams) {
        if (
          LEFT_OUT.includes(stream) ||
          result.warned.has(stream) ||
          outcomeOf(result.messages, stream) !== 'COMPLETE'
        ) {
          continue;
        }
        const came = idsOf(messagesOf(result.messages, stream), stream);
        const missing = [...idsOf(truth.messages, stream)].filter(
          (id) => !came.has(id) && !result.own.has(id),
        );
        expect({stream, missing}).toEqual({stream, missing: []});
      }
    }),
    {
      numRuns: RUNS,
      seed: Number(process.env['FUZZ_SEED'] ?? 20_261_125),
      endOnFailure: process.env['MODEL_SHRINKS'] === 'no',
    },
  );
  process.stderr.write(`${answers} answers were spoilt; an unspoilt read makes ${truth.requests} requests\n`);
  expect(answers).toBeGreaterThan(10 * RUNS);
});
