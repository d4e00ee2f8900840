import {type ChildProcess, execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, constants, openSync, writeFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {type Sandbox, startServer} from '../../sandbox/server/listen';
import {Connector, type ReadOptions, TOKEN, allIn, catalogOf} from '../support/connector';
import {outcomeOf, statesOf} from '../support/messages';
import {expectProtocol} from '../support/protocol';

const PROGRAM = 'bin/source-kustomer';
/** A process that is told to stop may take this long: ms. */
const MAX_STOP_MS = 5_000;
const STREAMS = allIn('incremental');

let sandbox: Sandbox;
let connector: Connector;

beforeAll(async () => {
  sandbox = await startServer({size: 2000, settings: {requestsPerMinute: 1_000_000}});
  connector = new Connector(sandbox.url);
});

afterAll(async () => {
  connector.close();
  await sandbox.close();
});

afterEach(() => void (sandbox.api.faults.hook = undefined));

function readArgs(): string[] {
  return [
    'read',
    ...['--config', connector.file(connector.config())],
    ...['--catalog', connector.file(catalogOf(STREAMS))],
  ];
}

/** What a process says on stderr, and how it ends. */
async function endOf(
  child: ChildProcess,
): Promise<{code: number | null; signal: string | null; stderr: string}> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return {code, signal, stderr};
}

/** Resolves when the program asks for the first time. */
function firstRequest(): Promise<void> {
  return new Promise((resolve) => {
    sandbox.api.faults.hook = () => {
      resolve();
      return undefined;
    };
  });
}

type OnMessage = NonNullable<ReadOptions['onMessage']>;

/** Does something once a record has come, and no second time. */
function atFirstRecord(
  act: (kill: Parameters<OnMessage>[1], hangUp: Parameters<OnMessage>[2]) => void,
): OnMessage {
  let isDone = false;
  return ({record}, kill, hangUp) => {
    if (!record || isDone) return;
    isDone = true;
    act(kill, hangUp);
  };
}

/** A pipe that is full, and that nobody reads. */
function fullPipe(): number {
  const path = join(connector.file(''), '..', 'pipe');
  execFileSync('mkfifo', [path]);
  const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  try {
    for (;;) writeSync(pipe, Buffer.alloc(1024));
  } catch {
    return pipe;
  }
}

describe('a stdout that cannot be written ends a read with 1, and a line on stderr', () => {
  test('on a full disk', async () => {
    const disk = openSync('/dev/full', 'w');
    const child = spawn(PROGRAM, readArgs(), {stdio: ['ignore', disk, 'pipe']});
    closeSync(disk);
    expect(await endOf(child)).toEqual({
      code: 1,
      signal: null,
      stderr: 'source-kustomer: stdout cannot be written (ENOSPC): no space is left on the device\n',
    });
  });

  test('when its reader goes away', async () => {
    const {code, stderr} = await connector.read({
      streams: STREAMS,
      onMessage: atFirstRecord((_, hangUp) => hangUp()),
    });
    expect(code).toBe(1);
    expect(stderr).toBe(
      'source-kustomer: stdout cannot be written (EPIPE): whoever reads it has gone away\n',
    );
  });

  test('when it was closed from the beginning', async () => {
    const child = spawn('sh', ['-c', 'exec "$0" "$@" >&-', PROGRAM, ...readArgs()], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(await endOf(child)).toEqual({
      code: 1,
      signal: null,
      stderr: 'source-kustomer: stdout is closed: what is read would be lost\n',
    });
  });

  test('but not when it is sent nowhere on purpose', async () => {
    const child = spawn('sh', ['-c', 'exec "$0" "$@" >/dev/null', PROGRAM, ...readArgs()], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(await endOf(child)).toEqual({code: 0, signal: null, stderr: ''});
  });
});

describe.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s', (signal) => {
  test('ends a read with what is left to say', async () => {
    const streams = {messages: 'incremental'} as const;
    const {code, messages, stderr} = await connector.read({
      streams,
      config: {page_size: 25},
      onMessage: atFirstRecord((kill) => kill(signal)),
    });
    expect([code, stderr]).toEqual([1, '']);
    expectProtocol(messages, ['messages']);
    expect(outcomeOf(messages, 'messages')).toBe('INCOMPLETE');
    expect(statesOf(messages).length).toBeGreaterThan(0);
  });
});

test('a reader that does not read holds nobody up who is told to stop', async () => {
  const pipe = fullPipe();
  const asked = firstRequest();
  const child = spawn(PROGRAM, readArgs(), {stdio: ['ignore', pipe, 'pipe']});
  const ended = endOf(child);
  await asked;
  const told = performance.now();
  child.kill('SIGTERM');
  expect(await ended).toEqual({code: 1, signal: null, stderr: ''});
  expect(performance.now() - told).toBeLessThan(MAX_STOP_MS);
  closeSync(pipe);
});

test('an error that nobody caught ends it with 1, a message, and a line on stderr, without the token', async () => {
  const hook = `${connector.file('')}.cjs`;
  writeFileSync(
    hook,
    `process.once('SIGUSR2', () => { throw new Error('boom\\nBearer ${TOKEN}-${TOKEN}'); });`,
  );
  const {code, messages, stderr} = await connector.run(
    readArgs(),
    atFirstRecord((kill) => kill('SIGUSR2')),
    {NODE_OPTIONS: `--require ${hook}`},
  );
  expect([code, stderr]).toEqual([1, 'source-kustomer: Error: boom Bearer ***-***\n']);
  expect(messages.at(-1)?.trace?.error).toMatchObject({failure_type: 'system_error'});
});
