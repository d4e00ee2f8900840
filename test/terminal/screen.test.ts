import fc from 'fast-check';
import type {StreamView, SyncView} from '../../src/airbyte/sync-view';
import {screenOf} from '../../src/terminal/screen';

const NOW = Date.UTC(2026, 0, 1);
const SIZE = {columns: 120, rows: 24};

function stream(name: string, more: Partial<StreamView> = {}): StreamView {
  return {name, status: 'running', rows: 0, expectedRows: undefined, ...more};
}

function view(streams: readonly StreamView[], more: Partial<SyncView> = {}): SyncView {
  return {elapsedMs: 200_000, streams, requests: 1234, quota: undefined, heldUntilMs: undefined, ...more};
}

test('shows rows, rate, requests and quota, and a bar for each stream', () => {
  const streams = [
    stream('conversations', {rows: 5_000, expectedRows: 10_000}),
    stream('tags', {rows: 95, status: 'complete'}),
    stream('notes'),
    stream('users', {rows: 3, expectedRows: 30, status: 'failed'}),
  ];
  const shown = screenOf(view(streams, {quota: {remaining: 900, limit: 1000}}), SIZE, NOW);
  expect(shown).toEqual([
    '3 min 20 s: 5,098 rows (25/s), 2 of 4 streams done, 1,234 requests, 100 of 1,000 used',
    'conversations ██████████░░░░░░░░░░ 5,000 of ~10,000',
    'tags          ████████████████████ 95 complete',
    'notes                              0',
    'users         ██░░░░░░░░░░░░░░░░░░ 3 failed',
  ]);
});

test('says that a rate limit holds it up, as long as it does', () => {
  const heldUntilMs = NOW + 61_000;
  const head = (now: number): string | undefined => screenOf(view([], {heldUntilMs}), SIZE, now)[0];
  expect(head(NOW)).toMatch(/, waiting 1 min 01 s for the rate limit$/);
  expect(head(heldUntilMs)).not.toMatch(/waiting/);
});

test('tells hours', () => {
  expect(screenOf(view([], {elapsedMs: 7_500_000}), SIZE, NOW)[0]).toMatch(/^2 h 05 min: /);
});

test('on a low terminal, failed and slow streams are shown, and how many are not', () => {
  const streams = [
    stream('a', {status: 'complete'}),
    stream('b', {rows: 9, expectedRows: 10}),
    stream('c', {rows: 1, expectedRows: 10}),
    stream('d', {status: 'failed'}),
    stream('e', {status: 'complete'}),
  ];
  const [, ...lines] = screenOf(view(streams), {columns: 80, rows: 5}, NOW);
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['c', 'd', 'and']);
  expect(lines.at(-1)).toBe('and 3 more streams');
});

test('never more lines or columns than there is room for', () => {
  const anyStream = fc.record({
    name: fc.string({maxLength: 60}),
    status: fc.constantFrom('running', 'complete', 'failed'),
    rows: fc.nat(1e9),
    expectedRows: fc.option(fc.nat(1e9), {nil: undefined}),
  });
  fc.assert(
    fc.property(
      fc.array(anyStream, {maxLength: 60}),
      fc.integer({min: 3, max: 60}),
      fc.integer({min: 1, max: 200}),
      (streams, rows, columns) => {
        const lines = screenOf(view(streams as StreamView[]), {columns, rows}, NOW);
        expect(lines.length).toBeLessThan(rows + 1);
        expect(lines.length).toBeGreaterThan(0);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns);
      },
    ),
  );
});
