import {runConnector} from './connector';
import type {Message, Stream} from './messages';
import type {Output} from './output';
import type {Screen} from './progress';
import type {Sandbox} from './sandbox';
import {validatorOf} from './schemas';
import {layOut} from './table';
import type {Validate} from './tally';

/** The streams that are read. */
const STREAMS = [
  'conversations',
  'customers',
  'kobjects',
  'messages',
  'notes',
  'shortcuts',
  'tags',
  'teams',
  'users',
];

/** From when on everything is read. */
export const START_DATE = '2015-01-01';

/** What all steps of the demo work with. */
export interface Stage {
  /** The folder of the project. */
  readonly root: string;
  readonly sandbox: Sandbox;
  readonly output: Output;
  readonly screen: Screen;
  readonly say: (text: string) => void;
  /** All that was said. */
  readonly told: readonly string[];
}

/** What a read needs: two files, and what they say. */
export interface Setup {
  readonly config: string;
  readonly catalog: string;
  readonly streams: readonly Stream[];
  readonly validate: Validate;
}

/** spec and check. Returns the file with the configuration. */
export async function tryConnection(stage: Stage): Promise<string> {
  const {spec} = await ask(stage.root, 'spec');
  const {properties = {}, required = []} = spec?.connectionSpecification ?? {};
  stage.say(
    `\nspec: ${Object.keys(properties).length} settings, of which ${required.join(' and ')} are needed`,
  );
  const config = stage.output.json('config.json', {
    api_token: 'sandbox-token',
    start_date: START_DATE,
    base_url: stage.sandbox.url,
  });
  const {connectionStatus} = await ask(stage.root, 'check', '--config', config);
  const {status, message} = connectionStatus ?? {};
  stage.say(`check: ${status}${message === undefined ? '' : `, ${message}`}`);
  if (status !== 'SUCCEEDED') throw new Error('the check did not succeed');
  return config;
}

/** discover, and a configured catalog of the nine streams. */
export async function discover(stage: Stage, config: string): Promise<Setup> {
  const {catalog} = await ask(stage.root, 'discover', '--config', config);
  const found = catalog?.streams ?? [];
  stage.say(
    `discover: ${found.length} streams, of which the first ${STREAMS.length} are read\n\n${tableOf(found)}`,
  );
  const streams = found.filter(({name}) => STREAMS.includes(name));
  if (streams.length !== STREAMS.length) throw new Error(`discover must find ${STREAMS.join(', ')}`);
  const configured = streams.map((stream) => ({
    stream,
    sync_mode: 'incremental',
    destination_sync_mode: 'append',
  }));
  return {
    config,
    catalog: stage.output.json('catalog.json', {streams: configured}),
    streams,
    validate: validatorOf(streams),
  };
}

function tableOf(streams: readonly Stream[]): string {
  return layOut(
    ['stream', 'columns', 'sync modes', 'key', 'cursor'],
    streams.map((stream) => [
      stream.name,
      Object.keys(stream.json_schema.properties).length,
      stream.supported_sync_modes.join(', '),
      stream.source_defined_primary_key.join(', '),
      stream.default_cursor_field?.join('.') ?? '',
    ]),
  );
}

/** The one message that a command other than read writes. */
async function ask(root: string, ...args: string[]): Promise<Message> {
  const messages: Message[] = [];
  const {exitCode, stderr} = await runConnector(root, args, (message) => messages.push(message));
  const answer = messages.find(({type}) => type !== 'LOG');
  if (exitCode !== 0 || !answer) {
    throw new Error(`${args[0]} ended with ${exitCode}: ${stderr}${JSON.stringify(answer)}`);
  }
  return answer;
}
