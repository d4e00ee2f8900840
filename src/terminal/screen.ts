import type {StreamView, SyncView} from '../airbyte/sync-view';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

const BAR_WIDTH = 20;
const NUMBERS = new Intl.NumberFormat('en-US');

/**
 * What a read is doing, as lines of text for a terminal: a line about all of it, and one for each stream. Where the terminal is not
 * high enough, streams that are done go first, then those that are furthest; their number is told.
 *
 * @param now epoch ms
 * @returns at most `rows - 1` lines of at most `columns` characters
 */
export function screenOf(view: SyncView, size: ScreenSize, now: number): readonly string[] {
  const room = Math.max(1, size.rows - 2);
  const shown = pick(view.streams, room);
  const left = view.streams.length - shown.length;
  const width = Math.max(0, ...shown.map(({name}) => name.length));
  const lines = [
    headOf(view, now),
    ...shown.map((stream) => lineOf(stream, width)),
    ...(left > 0 ? [`and ${left} more streams`] : []),
  ];
  return lines.map((line) => line.slice(0, size.columns));
}

function headOf({elapsedMs, streams, requests, quota, heldUntilMs}: SyncView, now: number): string {
  const rows = streams.reduce((sum, stream) => sum + stream.rows, 0);
  const seconds = elapsedMs / 1000;
  const rate = seconds >= 1 ? ` (${NUMBERS.format(Math.round(rows / seconds))}/s)` : '';
  const done = streams.filter(({status}) => status !== 'running').length;
  const parts = [
    `${duration(seconds)}: ${NUMBERS.format(rows)} rows${rate}`,
    `${done} of ${streams.length} streams done`,
    `${NUMBERS.format(requests)} requests`,
  ];
  if (quota) {
    parts.push(`${NUMBERS.format(quota.limit - quota.remaining)} of ${NUMBERS.format(quota.limit)} used`);
  }
  if (heldUntilMs !== undefined && heldUntilMs > now) {
    parts.push(`waiting ${duration((heldUntilMs - now) / 1000)} for the rate limit`);
  }
  return parts.join(', ');
}

function lineOf({name, status, rows, expectedRows}: StreamView, width: number): string {
  const share = shareOf({status, rows, expectedRows});
  const filled = Math.round((share ?? 0) * BAR_WIDTH);
  const bar = share === undefined ? ' '.repeat(BAR_WIDTH) : '█'.repeat(filled).padEnd(BAR_WIDTH, '░');
  const of =
    status === 'running' && (expectedRows ?? 0) > rows ? ` of ~${NUMBERS.format(expectedRows ?? 0)}` : '';
  const end = status === 'running' ? '' : ` ${status}`;
  return `${name.padEnd(width)} ${bar} ${NUMBERS.format(rows)}${of}${end}`;
}

/** Undefined where it cannot be told. */
function shareOf({status, rows, expectedRows}: Omit<StreamView, 'name'>): number | undefined {
  if (status === 'complete') return 1;
  if (expectedRows === undefined || expectedRows === 0) return undefined;
  return Math.min(1, rows / expectedRows);
}

/** Those that there is room for, in their own order. */
function pick(streams: readonly StreamView[], room: number): readonly StreamView[] {
  if (streams.length <= room) return streams;
  const rank = {failed: 0, running: 1, complete: 2};
  const wanted = [...streams].sort(
    (a, b) => rank[a.status] - rank[b.status] || (shareOf(a) ?? 0) - (shareOf(b) ?? 0),
  );
  const chosen = new Set(wanted.slice(0, room - 1));
  return streams.filter((stream) => chosen.has(stream));
}

/** `5 s`, `3 min 20 s`, `2 h 05 min` */
function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}
