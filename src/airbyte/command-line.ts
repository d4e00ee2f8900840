import {parseArgs} from 'node:util';
import {InputError} from './input-error';

/** What the command line asks for. */
export type CommandLine =
  | {readonly command: 'help'; readonly of: Command | undefined}
  | {readonly command: 'spec' | 'version'}
  | {readonly command: 'check'; readonly config: string}
  | {
      readonly command: 'discover';
      readonly config: string;
      /** Streams of which a configured catalog is wanted instead of the messages; undefined where none is. */
      readonly configured: readonly string[] | undefined;
    }
  | {
      readonly command: 'read';
      readonly config: string;
      readonly catalog: string;
      readonly state: string | undefined;
    };

type Command = 'spec' | 'check' | 'discover' | 'read';

export const USAGE = `Usage: source-kustomer COMMAND
  spec                                               print what can be configured
  check    --config FILE                             try the configuration
  discover --config FILE [--configured NAMES]           print the streams and their schemas
  read     --config FILE --catalog FILE [--state FILE]  read the streams of a configured catalog
  COMMAND --help                                     tell more of a command, with examples
  --version
`;

/** What is told of each command where it is asked for. */
const HELP: Readonly<Record<Command, string>> = {
  spec: `Usage: source-kustomer spec
Prints a SPEC message: the JSON Schema of the configuration file, with a description of each key.

  source-kustomer spec
`,
  check: `Usage: source-kustomer check --config FILE
Asks for one record of each stream, and prints a CONNECTION_STATUS message. It says which streams the API key may not read, and
which role would let it.

  echo '{"api_token": "…", "region": "us", "start_date": "2024-01-01"}' > config.json
  source-kustomer check --config config.json
`,
  discover: `Usage: source-kustomer discover --config FILE [--configured NAMES]
Prints a CATALOG message: all streams, those of your own klasses too, with the columns of your custom attributes.
With --configured it prints instead what "read --catalog" takes: these streams (separated by commas, or "all"), incremental where
that is possible. Messages go to stderr then.

  source-kustomer discover --config config.json
  source-kustomer discover --config config.json --configured conversations,messages > catalog.json
`,
  read: `Usage: source-kustomer read --config FILE --catalog FILE [--state FILE]
Writes the streams of a configured catalog as RECORD and STATE messages. The state file holds a list of STATE messages, the last of
each stream: the next read goes on from there. Where stderr is a terminal and stdout is none, the progress is shown there.

  source-kustomer discover --config config.json --configured conversations,users > catalog.json
  source-kustomer read --config config.json --catalog catalog.json > messages.jsonl
  grep '"type":"STATE"' messages.jsonl | jq -s 'group_by(.state.stream.stream_descriptor.name) | map(last)' > state.json
  source-kustomer read --config config.json --catalog catalog.json --state state.json > more.jsonl
`,
};

/** The text that `--help` prints: of one command, or of the program. */
export function helpOf(command: Command | undefined): string {
  return command === undefined ? USAGE : HELP[command];
}

/** Where a file comes from that is missing. */
const HOW_TO_MAKE = {
  config: '',
  catalog: ' ("discover --config FILE --configured NAMES" prints one)',
} as const;

const FILE = {type: 'string'} as const;
const FLAG = {type: 'boolean'} as const;
const OPTIONS = {
  ...{config: FILE, catalog: FILE, state: FILE, configured: FILE},
  ...{help: FLAG, version: FLAG},
} as const;

/**
 * Reads the arguments of a source (docs/airbyte-protocol.md, Commands). Options that a command does not need are ignored.
 * @param args without the program's own name
 * @throws InputError
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const {values, positionals} = parse(args);
  const [command, ...rest] = positionals;
  if (values.help) return {command: 'help', of: isCommand(command) ? command : undefined};
  if (values.version) return {command: 'version'};
  if (command === undefined) throw unusable('A command is missing');
  if (rest.length > 0) throw unusable(`"${command}" is followed by "${rest.join(' ')}"`);
  const needed = (option: 'config' | 'catalog'): string => {
    const value = values[option];
    if (value === undefined) {
      throw unusable(`The command "${command}" needs --${option} FILE${HOW_TO_MAKE[option]}`);
    }
    return value;
  };
  switch (command) {
    case 'spec':
      return {command};
    case 'check':
      return {command, config: needed('config')};
    case 'discover':
      return {command, config: needed('config'), configured: namesOf(values.configured)};
    case 'read':
      return {command, config: needed('config'), catalog: needed('catalog'), state: values.state};
    default:
      throw unusable(`There is no command "${command}"`);
  }
}

function isCommand(word: string | undefined): word is Command {
  return word !== undefined && Object.hasOwn(HELP, word);
}

/** `a, b` -> `['a', 'b']` @throws InputError */
function namesOf(list: string | undefined): readonly string[] | undefined {
  const names = list?.split(',').map((name) => name.trim());
  if (names?.includes('')) {
    throw unusable('--configured takes names of streams, separated by commas, or "all"');
  }
  return names;
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{options: typeof OPTIONS; allowPositionals: true}>> {
  try {
    return parseArgs({args: [...args], options: OPTIONS, allowPositionals: true});
  } catch (error) {
    throw unusable((error as Error).message.replace(/\.? To specify .*$/s, '').replace(/\.$/, ''));
  }
}

function unusable(problem: string): InputError {
  return new InputError(`${problem}: the commands are spec, check, discover and read; see --help.`);
}
