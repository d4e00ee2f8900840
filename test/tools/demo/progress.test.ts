import {Progress} from '../../../tools/demo/progress';
import {layOut} from '../../../tools/demo/table';
import {StreamTally} from '../../../tools/demo/tally';

const tally = (values: Partial<StreamTally>): StreamTally => Object.assign(new StreamTally(), values);

function show(
  isTTY: boolean,
  streams: ReadonlyMap<string, StreamTally>,
): {text: string[]; progress: Progress; pass(ms: number): void} {
  const text: string[] = [];
  let now = 0;
  const progress = new Progress(streams, {isTTY, write: (piece) => text.push(piece)}, () => now);
  return {text, progress, pass: (ms) => (now += ms)};
}

test('on a terminal, each stream has a bar that is drawn over the one before', () => {
  const streams = new Map([
    ['tags', tally({rows: 50, estimate: 100, statuses: ['RUNNING']})],
    ['teams', tally({rows: 3, statuses: ['RUNNING', 'COMPLETE'], started: 0, ended: 1500})],
  ]);
  const {text, progress, pass} = show(true, streams);
  progress.update();
  expect(text).toEqual([]);
  pass(100);
  progress.update();
  progress.finish();
  expect(text[0]).toContain(`tags          ${'█'.repeat(10)}${'░'.repeat(10)} 50 of about 100 rows\n`);
  expect(text[0]).toContain(`teams         ${'█'.repeat(20)} 3 rows, COMPLETE after 1.5 s\n`);
  expect(text[1]).toBe(`\x1b[2A${text[0]}`);
});

test('elsewhere, there is a line for each end and for each few seconds', () => {
  const tags = tally({rows: 50, estimate: 100, statuses: ['RUNNING']});
  const {text, progress, pass} = show(false, new Map([['tags', tags]]));
  progress.update();
  pass(5000);
  progress.update();
  tags.statuses.push('COMPLETE');
  progress.update();
  progress.finish();
  expect(text).toEqual([
    '  all streams   50 rows so far, of about 100\n',
    '  tags          50 rows, COMPLETE after 0 s\n',
  ]);
});

test('a table has its words to the left and its numbers to the right', () => {
  expect(
    layOut(
      ['name', 'n'],
      [
        ['a', 1],
        ['bcdef', 12345],
      ],
    ).split('\n'),
  ).toEqual(['name        n', '-----  ------', 'a           1', 'bcdef  12,345']);
});
