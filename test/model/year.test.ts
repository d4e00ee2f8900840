import {errorsOf} from './harness';
import {DAY} from './history';
import {Year} from './year';

const isFull = process.env['FULL_TESTS'] === 'yes';
const SYNCS = isFull ? 400 : 60;
/** So that the syncs of either length cover about a year. */
const LONGEST_GAP_MS = (2 * 365 * DAY) / SYNCS;

jest.setTimeout(300_000);

test.each(isFull ? [0, 1, 2, 3] : [0])(
  'a year of syncs that are killed, refused and disturbed misses nothing, is stale in nothing and makes nothing up (%#)',
  async () => {
    const seed = Number(process.env['YEAR_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const year = new Year(seed);
    for (let sync = 0; sync < SYNCS; sync++) await year.live(LONGEST_GAP_MS);
    const last = await year.rest();
    const {missing, stale, madeUp} = year.verdict();
    const numbers = {...year.counts, missing: missing.length, stale: stale.length, madeUp: madeUp.length};
    const told = Object.entries(numbers).map(([name, count]) => `${count} ${name}`);
    console.log(`A year (YEAR_SEED=${seed}): ${told.join(', ')}`);
    expect(errorsOf(last)).toEqual([]);
    expect({missing, stale, madeUp}).toEqual({missing: [], stale: [], madeUp: []});
  },
);
