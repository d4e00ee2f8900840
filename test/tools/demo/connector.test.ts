import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {runConnector} from '../../../tools/demo/connector';
import type {Message} from '../../../tools/demo/messages';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'demo-'));
  mkdirSync(join(root, 'bin'));
});

afterEach(() => rmSync(root, {recursive: true}));

function program(text: string): void {
  writeFileSync(join(root, 'bin/source-kustomer'), `#!/usr/bin/env node\n${text}`, {mode: 0o755});
}

test('hands over each line, however it arrives, and how the command ended', async () => {
  program(`
    process.stdout.write('{"type":"a\\u2028é"}\\n{"ty');
    process.stderr.write(process.argv[2]);
    setTimeout(() => process.stdout.write('pe":"b"}'), 50);
    process.exitCode = 3;`);
  const messages: Message[] = [];
  const ending = await runConnector(root, ['spec'], (message) => messages.push(message));
  expect(messages).toEqual([{type: 'a\u2028é'}, {type: 'b'}]);
  expect(ending).toEqual({exitCode: 3, stderr: 'spec'});
});

test('a line that is no message is an error', async () => {
  program(`console.log('hello');`);
  await expect(runConnector(root, [], () => undefined)).rejects.toThrow('JSON');
});
