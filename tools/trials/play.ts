import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {numericId} from '../../sandbox/api/records';
import {UNLIMITED} from '../../sandbox/api/settings';
import {type Sandbox, type ServerOptions, startServer} from '../../sandbox/server/listen';
import {OBJECT_NAMES} from '../../sandbox/world/objects';
import {type Message, messagesOf, runConnector} from './connector';
import {sayingOf, statusesOf, Table, wrongsOf} from './judge';
import type {Detour, Outcome, Run, Trial} from './trial';

/** Younger than what the archive holds, so that a trial is about one search unless it says otherwise. */
const HISTORY_DAYS = 600;
/** So that no trial waits for a quota that it is not about. */
const WORLD: Partial<ServerOptions> = {size: 0, historyDays: HISTORY_DAYS};
export const TOKEN = 'sandbox-token';

/** What all runs of one trial share. */
interface Stage {
  readonly root: string;
  readonly trial: Trial;
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly detour: Detour | undefined;
  readonly table: Table;
  /** The last state of each stream. */
  readonly states: Map<string, unknown>;
}

/** Plays one trial in a sandbox of its own. @param root the folder of the project @param catalog what discover answers */
export async function play(root: string, trial: Trial, catalog: Catalog): Promise<Outcome[]> {
  const {settings, ...world} = trial.world ?? {};
  const sandbox = await startServer({...WORLD, ...world, settings: {...UNLIMITED, ...settings}});
  const folder = mkdtempSync(join(tmpdir(), 'trial-'));
  const detour = await trial.detour?.(sandbox);
  const states = new Map<string, unknown>(
    Object.entries(trial.state ?? {}).map(([name, state]) => [name, stateOf(name, state)]),
  );
  const stage = {root, trial, folder, sandbox, detour, table: new Table(), states};
  writeFiles(stage, catalog);
  const outcomes: Outcome[] = [];
  try {
    for (const run of trial.runs) outcomes.push(await playRun(stage, run, outcomes.length + 1));
    return outcomes;
  } finally {
    await detour?.close();
    await sandbox.close();
    rmSync(folder, {recursive: true});
  }
}

/** The streams of a catalog. */
export type Catalog = NonNullable<NonNullable<Message['catalog']>['streams']>;

/** What discover answers in a sandbox where nothing is odd. */
export async function discover(root: string): Promise<Catalog> {
  const sandbox = await startServer({...WORLD, settings: UNLIMITED});
  const folder = mkdtempSync(join(tmpdir(), 'trial-'));
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({api_token: TOKEN, start_date: '2015-01-01', base_url: sandbox.url}));
  const args = ['discover', '--config', config];
  const {stdout} = await runConnector({root, args, env: {}, shell: undefined, stopAfterMs: undefined});
  await sandbox.close();
  rmSync(folder, {recursive: true});
  return messagesOf(stdout).find((message) => message.catalog)?.catalog?.streams ?? [];
}

function stateOf(name: string, state: object): object {
  return {type: 'STREAM', stream: {stream_descriptor: {name}, stream_state: state}};
}

function writeFiles({trial, folder, sandbox, detour}: Stage, catalog: Catalog): void {
  const base = {api_token: TOKEN, start_date: '2015-01-01', base_url: detour?.baseUrl ?? sandbox.url};
  writeFileSync(join(folder, 'config.json'), JSON.stringify({...base, ...trial.config}));
  const streams = catalog
    .filter(({name}) => trial.streams.includes(name))
    .map((stream) => ({stream, sync_mode: 'incremental', destination_sync_mode: 'append'}));
  if (streams.length !== trial.streams.length) throw new Error(`${trial.label} reads what is no stream`);
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify({streams}));
}

async function playRun(stage: Stage, run: Run, number: number): Promise<Outcome> {
  const {trial, sandbox, table, states} = stage;
  Object.assign(sandbox.settings, run.settings);
  sandbox.api.faults.set(run.faults ?? []);
  await run.before?.(sandbox);
  sandbox.api.stats.reset();
  const env = {...trial.env, ...stage.detour?.env};
  const {root} = stage;
  const args = argsOf(stage);
  const ending = await runConnector({
    ...{root, args, env},
    shell: trial.shell,
    stopAfterMs: trial.stopAfterMs,
  });
  const messages = messagesOf(ending.stdout);
  const rows = table.add(messages);
  for (const {state} of messages) {
    if (state) states.set(state.stream.stream_descriptor.name, state);
  }
  const {missing, stale} = trial.command === 'check' ? {missing: 0, stale: 0} : compare(stage);
  const requests = sandbox.api.stats.total;
  return {
    ...{trial, run: number, rows, missing, stale, requests},
    ...{exit: ending.exit, stopped: ending.stopped, seconds: ending.seconds},
    statuses: statusesOf(messages),
    says: sayingOf(messages, ending.stderr, run.expect.says),
    wrong: wrongsOf(run.expect, ending, {missing: missing + stale, requests, messages}),
  };
}

function argsOf({trial, folder, states}: Stage): string[] {
  const {command = 'read'} = trial;
  const args = [command, '--config', join(folder, 'config.json')];
  if (command === 'check') return args;
  args.push('--catalog', join(folder, 'catalog.json'));
  if (states.size === 0) return args;
  const file = join(folder, 'state.json');
  writeFileSync(file, JSON.stringify([...states.values()]));
  return [...args, '--state', file];
}

function compare({trial, sandbox, table}: Stage): {missing: number; stale: number} {
  const sum = {missing: 0, stale: 0};
  for (const object of OBJECT_NAMES.filter((name) => trial.streams.includes(name))) {
    const includeDeleted = trial.config?.['include_deleted'] !== false;
    const truth = sandbox.world.truth(object, {includeDeleted});
    const isNumbered = sandbox.settings.ids === 'number';
    const found = table.compare(
      object,
      isNumbered ? truth.map((row) => ({...row, id: String(numericId(row.id))})) : truth,
    );
    sum.missing += found.missing;
    sum.stale += trial.onlyIds ? 0 : found.stale;
  }
  return sum;
}
