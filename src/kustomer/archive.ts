/** When search forgets a record and the archive has it (docs/kustomer-api.md, Two-year horizon). */
const HORIZON_YEARS = 2;
/** When a record moves there is not documented, so both are asked for so long: ms. */
export const ARCHIVE_OVERLAP_MS = 7 * 24 * 60 * 60_000;

/** Nothing that was last updated before this instant is promised to be found by search: epoch ms. */
export function searchHorizon(now: number): number {
  const horizon = new Date(now);
  horizon.setUTCFullYear(horizon.getUTCFullYear() - HORIZON_YEARS);
  return horizon.getTime();
}

/** The last instant that the archive is asked for: epoch ms. */
export function archiveEnd(now: number): number {
  return searchHorizon(now) + ARCHIVE_OVERLAP_MS;
}
