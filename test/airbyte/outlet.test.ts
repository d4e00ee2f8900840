import {Writable} from 'node:stream';
import fc from 'fast-check';
import type {Row} from '../../src/airbyte/messages';
import {oneLine} from '../../src/airbyte/json-line';
import {Outlet, writeTo} from '../../src/airbyte/outlet';
import {Capture} from '../support/capture';
import {SleeplessClock} from '../fakes/sleepless-clock';

/** What ends a line for one reader or another. */
const LINE_ENDS = [
  '\n',
  '\r',
  '\u000b',
  '\u000c',
  '\u001c',
  '\u001d',
  '\u001e',
  '\u0085',
  '\u2028',
  '\u2029',
];

function setUp(): {outlet: Outlet; capture: Capture; clock: SleeplessClock} {
  const capture = new Capture();
  const clock = new SleeplessClock();
  return {outlet: new Outlet(capture.write, clock), capture, clock};
}

function rowOf(data: unknown): Row {
  return {line: Buffer.from(oneLine(JSON.stringify(data))), changes: []};
}

describe('Outlet', () => {
  test('writes a record as the protocol has it', async () => {
    const {outlet, capture, clock} = setUp();
    const change = {field: 'a', change: 'NULLED', reason: 'SOURCE_SERIALIZATION_ERROR'} as const;
    await outlet.records('tags', [
      rowOf({id: '1', text: 'line\nend "quote" \u2028'}),
      {...rowOf({id: '2', a: null}), changes: [change]},
    ]);
    const record = {stream: 'tags', emitted_at: clock.now()};
    expect(capture.messages).toEqual([
      {type: 'RECORD', record: {...record, data: {id: '1', text: 'line\nend "quote" \u2028'}}},
      {type: 'RECORD', record: {...record, data: {id: '2', a: null}, meta: {changes: [change]}}},
    ]);
  });

  test('gives any data back unchanged, one message a line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.string(),
        async (rows, stream) => {
          const {outlet, capture} = setUp();
          await outlet.records(stream, rows.map(rowOf));
          const records = capture.messages.map(({record}) => record);
          expect(records.map((record) => record?.data)).toEqual(JSON.parse(JSON.stringify(rows)));
          expect(records.every((record) => record?.stream === stream)).toBe(true);
        },
      ),
    );
  });

  test('every message is one line, also for readers that end lines as Unicode does', async () => {
    const text = fc.string({unit: fc.constantFrom('a', '"', '\\', ...LINE_ENDS)});
    await fc.assert(
      fc.asyncProperty(text, text, async (key, value) => {
        const {outlet, capture} = setUp();
        await outlet.records('tags', [
          {...rowOf({[key]: value}), changes: [{field: key, change: 'NULLED', reason: value}]},
        ]);
        await outlet.state('tags', {[key]: value});
        outlet.log('INFO', value);
        const ends = [...capture.text].filter((letter) => LINE_ENDS.includes(letter));
        expect(ends).toEqual(['\n', '\n', '\n']);
        const [record, state, log] = capture.messages;
        expect(record?.record?.data).toEqual({[key]: value});
        expect(state?.state?.stream.stream_state).toEqual({[key]: value});
        expect(log?.log?.message).toBe(value);
      }),
    );
  });

  test('counts the records of each stream from one state to the next, so that the counts add up', async () => {
    const step = fc.record({
      stream: fc.constantFrom('tags', 'users', 'notes'),
      records: fc.nat(5),
      state: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step), async (steps) => {
        const {outlet, capture} = setUp();
        for (const {stream, records, state} of steps) {
          void outlet.records(
            stream,
            Array.from({length: records}, () => rowOf({})),
          );
          if (state) void outlet.state(stream, {});
        }
        for (const name of ['tags', 'users', 'notes']) await outlet.state(name, {last: true});
        const since = new Map<string, number>();
        for (const {record, state} of capture.messages) {
          if (record) since.set(record.stream, (since.get(record.stream) ?? 0) + 1);
          if (!state) continue;
          const {name} = state.stream.stream_descriptor;
          expect(state.sourceStats.recordCount).toBe(since.get(name) ?? 0);
          since.set(name, 0);
        }
        expect([...since.values()].every((count) => count === 0)).toBe(true);
      }),
    );
  });

  test('writes everything in the order of the calls, whoever waits for space', async () => {
    const written: string[] = [];
    const waiting: (() => void)[] = [];
    const outlet = new Outlet(
      (piece) =>
        new Promise((resolve) => {
          written.push(String(piece));
          waiting.push(resolve);
        }),
      new SleeplessClock(),
    );
    const all = [
      outlet.records('tags', [rowOf({id: '1'})]),
      outlet.state('tags', {at: 1}),
      outlet.records('tags', [rowOf({id: '2'})]),
      outlet.state('tags', {at: 2}),
    ];
    waiting.reverse().forEach((resolve) => resolve());
    await Promise.all(all);
    const types = written.map((text) => (JSON.parse(text) as {type: string}).type);
    expect(types).toEqual(['RECORD', 'STATE', 'RECORD', 'STATE']);
  });

  test('says when there is space for more than was written last', async () => {
    const made: (() => void)[] = [];
    const outlet = new Outlet(() => new Promise((resolve) => made.push(resolve)), new SleeplessClock());
    await outlet.drained();
    void outlet.records('tags', [rowOf({id: '1'})]);
    let hasSpace = false;
    const drained = outlet.drained().then(() => (hasSpace = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(hasSpace).toBe(false);
    made.forEach((make) => make());
    await drained;
    expect(hasSpace).toBe(true);
  });

  test('writes nothing for a page without records', async () => {
    const {outlet, capture} = setUp();
    await outlet.records('tags', []);
    expect(capture.text).toBe('');
  });
});

describe('a secret', () => {
  const SECRET = 'secret-token-5f2b';

  test('is in no message once it is hidden, but a record is left whole', async () => {
    const {outlet, capture} = setUp();
    outlet.hide(SECRET);
    outlet.log('INFO', `Bearer ${SECRET.slice(0, 12)}`);
    await outlet.message({type: 'TRACE', trace: {error: {message: SECRET, stack_trace: `at ${SECRET}`}}});
    await outlet.state('tags', {[SECRET]: [SECRET]});
    await outlet.message({type: 'CATALOG', catalog: {streams: [{name: `kobject_${SECRET}`}]}});
    expect(capture.text).not.toMatch(/secret-t|t-token-|ken-5f2b/);
    expect(capture.messages.map(({type}) => type)).toEqual(['LOG', 'TRACE', 'STATE', 'CATALOG']);
    await outlet.records('tags', [rowOf({id: SECRET})]);
    expect(capture.messages.at(-1)?.record?.data).toEqual({id: SECRET});
  });

  test('is hidden in a text before the text is cut', () => {
    const {outlet, capture} = setUp();
    outlet.hide(SECRET);
    outlet.log('INFO', `${'x'.repeat(19_995)}${SECRET}${'y'.repeat(100)}`);
    expect(capture.messages[0]?.log?.message).toBe(`${'x'.repeat(19_995)}***yy… (20098 characters)`);
  });
});

test('a long state or catalog is not cut', async () => {
  const {outlet, capture} = setUp();
  await outlet.state('tags', {long: 'x'.repeat(50_000)});
  expect(capture.messages[0]?.state?.stream.stream_state).toEqual({long: 'x'.repeat(50_000)});
});

describe('writeTo', () => {
  /** A reader that takes a text only when it is told to. */
  function slowReader(): {stream: Writable; taken: string[]; take(): Promise<void>} {
    const taken: string[] = [];
    let go = (): void => undefined;
    const stream = new Writable({
      highWaterMark: 4,
      decodeStrings: false,
      write(chunk: string, _, done) {
        taken.push(chunk);
        go = done;
      },
    });
    const take = async (): Promise<void> => {
      go();
      await new Promise((resolve) => setImmediate(resolve));
    };
    return {stream, taken, take};
  }

  test('waits for space where the reader is slow, and goes on when there is some', async () => {
    const {stream, taken, take} = slowReader();
    const write = writeTo(stream);
    await write('ab');
    let resolved = false;
    const second = write('cdef').then(() => void (resolved = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(resolved).toBe(false);
    await take();
    await take();
    await second;
    expect(taken).toEqual(['ab', 'cdef']);
    await write('gh');
    const third = write('ijkl');
    await take();
    await take();
    await third;
    expect(taken).toEqual(['ab', 'cdef', 'gh', 'ijkl']);
  });

  test('however many wait for space, they listen once', async () => {
    const {stream, taken, take} = slowReader();
    const write = writeTo(stream);
    const texts = Array.from({length: 30}, (_, at) => `text ${at}`);
    const all = texts.map(write);
    expect(stream.listenerCount('drain')).toBe(1);
    for (const text of texts) {
      expect(taken.at(-1)).toBe(text);
      await take();
    }
    await Promise.all(all);
    expect(taken).toEqual(texts);
    expect(stream.listenerCount('drain')).toBe(0);
  });
});
