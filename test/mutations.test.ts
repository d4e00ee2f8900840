import {spawnSync} from 'node:child_process';

test('each mutation still fits the code that it breaks', () => {
  const {status, stderr} = spawnSync(process.execPath, ['scripts/mutations.mjs', '--check'], {
    encoding: 'utf8',
  });
  expect({status, stderr}).toEqual({status: 0, stderr: ''});
});
