import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {InputError} from '../../src/airbyte/input-error';
import {readJsonFile} from '../../src/airbyte/json-file';

const folder = mkdtempSync(join(tmpdir(), 'json-file-'));

afterAll(() => rmSync(folder, {recursive: true}));

function fileOf(text: string): string {
  const file = join(folder, 'given.json');
  writeFileSync(file, text);
  return file;
}

describe('readJsonFile', () => {
  test('reads any JSON', () => {
    expect(readJsonFile(fileOf('{"a": [1, null]}'), 'state')).toEqual({a: [1, null]});
    expect(readJsonFile(fileOf('null'), 'state')).toBeNull();
  });

  test('reads what an editor has put a byte order mark before', () => {
    expect(readJsonFile(fileOf('\uFEFF{"a": 1}'), 'state')).toEqual({a: 1});
  });

  test.each([
    [
      'missing',
      join(folder, 'nowhere.json'),
      /The state file .*nowhere\.json cannot be read \(ENOENT\): check the path/,
    ],
    ['a folder', folder, /The state file .* cannot be read \(EISDIR\)/],
  ])('says that a file is %s', (_, file, sentence) => {
    expect(() => readJsonFile(file, 'state')).toThrow(InputError);
    expect(() => readJsonFile(file, 'state')).toThrow(sentence);
  });

  test.each(['', '{', '{"api_token": "secret-token-5f2b"', "{'a': 1}", 'secret-token-5f2b'])(
    'does not repeat what it cannot parse: %j',
    (text) => {
      const file = fileOf(text);
      expect(() => readJsonFile(file, 'configuration')).toThrow(
        new InputError(`The configuration file ${file} is not valid JSON.`),
      );
    },
  );
});
