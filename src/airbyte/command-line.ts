import {parseArgs} from 'node:util';
import {InputError} from './input-error';

/** What the command line asks for. */
export type CommandLine =
  | {readonly command: 'spec' | 'help' | 'version'}
  | {readonly command: 'check' | 'discover'; readonly config: string}
  | {
      readonly command: 'read';
      readonly config: string;
      readonly catalog: string;
      readonly state: string | undefined;
    };

export const USAGE = `Usage: source-kustomer COMMAND
  spec                                               print what can be configured
  check    --config FILE                             try the configuration
  discover --config FILE                             print the streams and their schemas
  read     --config FILE --catalog FILE [--state FILE]  read the streams of a configured catalog
  --help, --version
`;

const FILE = {type: 'string'} as const;
const FLAG = {type: 'boolean'} as const;
const OPTIONS = {config: FILE, catalog: FILE, state: FILE, help: FLAG, version: FLAG} as const;

/**
 * Reads the arguments of a source (docs/airbyte-protocol.md, Commands). Options that a command does not need are ignored.
 * @param args without the program's own name
 * @throws InputError
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const {values, positionals} = parse(args);
  const [command, ...rest] = positionals;
  if (values.help) return {command: 'help'};
  if (values.version) return {command: 'version'};
  if (command === undefined) throw unusable('A command is missing');
  if (rest.length > 0) throw unusable(`"${command}" is followed by "${rest.join(' ')}"`);
  const needed = (option: 'config' | 'catalog'): string => {
    const value = values[option];
    if (value === undefined) throw unusable(`The command "${command}" needs --${option} FILE`);
    return value;
  };
  switch (command) {
    case 'spec':
      return {command};
    case 'check':
    case 'discover':
      return {command, config: needed('config')};
    case 'read':
      return {command, config: needed('config'), catalog: needed('catalog'), state: values.state};
    default:
      throw unusable(`There is no command "${command}"`);
  }
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
