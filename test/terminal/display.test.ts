import {Writable} from 'node:stream';
import type {SyncView} from '../../src/airbyte/sync-view';
import {displayOn, type Terminal} from '../../src/terminal/display';
import {VirtualClock} from '../fakes/virtual-clock';

class FakeTerminal extends Writable {
  readonly columns = 100;
  readonly rows = 10;
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const ESCAPE = '\u001b[';

test('draws over what it drew before, and leaves the last picture', async () => {
  const clock = new VirtualClock(0);
  const terminal = new FakeTerminal();
  let rows = 1;
  const look = (): SyncView => ({
    elapsedMs: 500,
    streams: [{name: 'tags', status: 'running', rows, expectedRows: undefined}],
    requests: 1,
    quota: undefined,
    heldUntilMs: undefined,
  });
  const close = displayOn(terminal as unknown as Terminal, clock)(look);
  expect(terminal.text).toBe('');
  await clock.run(clock.sleep(300));
  const first = terminal.text;
  expect(first).toContain('tags');
  expect(first.startsWith(`${ESCAPE}0J`)).toBe(true);
  rows = 2;
  await clock.run(clock.sleep(250));
  expect(terminal.text.slice(first.length)).toContain(`${ESCAPE}2A`);
  rows = 77;
  close();
  expect(terminal.text).toMatch(/77\n$/);
  const last = terminal.text;
  await clock.run(clock.sleep(1_000));
  expect(terminal.text).toBe(last);
});
