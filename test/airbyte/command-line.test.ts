import {readCommandLine} from '../../src/airbyte/command-line';
import {InputError} from '../../src/airbyte/input-error';

describe('readCommandLine', () => {
  test.each<[string, object]>([
    ['spec', {command: 'spec'}],
    ['spec --config c', {command: 'spec'}],
    ['check --config c', {command: 'check', config: 'c'}],
    ['check --config=c', {command: 'check', config: 'c'}],
    ['--config c check', {command: 'check', config: 'c'}],
    ['discover --config c --catalog unused', {command: 'discover', config: 'c', configured: undefined}],
    ['discover --config c --configured a,b', {command: 'discover', config: 'c', configured: ['a', 'b']}],
    ['read --config c --catalog k', {command: 'read', config: 'c', catalog: 'k', state: undefined}],
    ['read --state s --catalog k --config c', {command: 'read', config: 'c', catalog: 'k', state: 's'}],
    ['--help', {command: 'help', of: undefined}],
    ['read --help', {command: 'help', of: 'read'}],
    ['sing --help', {command: 'help', of: undefined}],
    ['--version', {command: 'version'}],
  ])('%s', (line, expected) => expect(readCommandLine(line.split(' '))).toEqual(expected));

  test.each([
    ['', /^A command is missing: the commands are spec, check, discover and read; see --help\.$/],
    ['sing', /^There is no command "sing": /],
    ['spec now', /^"spec" is followed by "now": /],
    ['check', /^The command "check" needs --config FILE: /],
    ['read --config c', /^The command "read" needs --catalog FILE \("discover .* prints one\): /],
    ['discover --config c --configured a,', /^--configured takes names of streams/],
    ['check --config', /--config.* argument missing: the commands/],
    ['check --config c --loud', /^Unknown option '--loud': the commands/],
    ['spec --help=5', /--help.*does not take an argument: the commands/],
  ])('%j is refused in a sentence', (line, sentence) => {
    const args = line.split(' ').filter(Boolean);
    expect(() => readCommandLine(args)).toThrow(InputError);
    expect(() => readCommandLine(args)).toThrow(sentence);
  });
});
