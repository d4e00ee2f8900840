/** Why an answer is doubted. */
export type DoubtKind = 'short' | 'uncounted' | 'repeating' | 'shrunk' | 'empty' | 'blank' | 'unsorted';

/** After this many answers of one kind that proved right, the kind says nothing about this server any more. */
const MAX_FALSE_ALARMS = 3;

/** What relies on a count saves some records of a page each time, and costs a page where it fails: it pays where most go well. */
const AGREED_PER_MISS = 100;

/** Records of so many seconds that came in order did not do so by chance. */
const SECONDS_TO_TRUST = 5;

/**
 * What one source was seen to do in its own way, learned while it is read: which bounds of a filter it leaves out, how exact
 * its times are, and which of its counts are not to be trusted. Costs no request where all is as documented.
 */
export class Quirks {
  /** A bound of a filter is not part of what it gives: questions are widened by 1 ms. */
  exclusive = false;
  /** An answer has shown that the lower bound is part of what a filter gives. */
  inclusive = false;
  /** It cuts or sorts times to the second. */
  coarse = false;
  /** Pages have shown that it sorts within the second. */
  fine = false;
  /** Seconds of which several records came in order: epoch ms. */
  private readonly sortedSeconds = new Set<number>();
  /** Records by which a count may fall from one answer to the next because records have moved on. */
  private movedRecords = 0;
  private readonly counts = {agreed: 0, differed: 0};
  private readonly falseAlarms = new Map<DoubtKind, number>();

  /** @param report called once for each quirk that is found, with a sentence for the log */
  constructor(private readonly report: (message: string) => void = () => undefined) {}

  /** Whether it is known what its filters do with their bounds. */
  get knowsBounds(): boolean {
    return this.inclusive || this.exclusive;
  }

  /** Each count was what the one before it promised, but for a few. */
  get countsAgree(): boolean {
    const {agreed, differed} = this.counts;
    return (differed - MAX_FALSE_ALARMS) * AGREED_PER_MISS <= agreed;
  }

  /** Called when an answer counts what an earlier one promised, or something else. */
  counted(isAsPromised: boolean): void {
    if (isAsPromised) this.counts.agreed += 1;
    else this.counts.differed += 1;
  }

  foundExclusive(): void {
    if (this.exclusive) return;
    this.exclusive = true;
    this.report('its filters leave out their bounds, so questions reach 1 ms further');
  }

  /** Called with the beginnings of the seconds of which a page shows three records or more, in order: epoch ms. */
  sawSorted(seconds: readonly number[]): void {
    if (this.fine || this.coarse) return;
    for (const second of seconds) this.sortedSeconds.add(second);
    this.fine = this.sortedSeconds.size >= SECONDS_TO_TRUST;
  }

  foundCoarse(): void {
    this.fine = false;
    if (this.coarse) return;
    this.coarse = true;
    this.report('its times are exact to the second only, so the last second is asked for again each time');
  }

  /** Whether an answer that is wrong in this way is worth asking again. @param records by which it is off */
  isDoubtful(kind: DoubtKind, records: number): boolean {
    if (kind === 'empty' || kind === 'blank' || kind === 'unsorted') return true;
    if (kind === 'shrunk') return records > this.movedRecords;
    return (this.falseAlarms.get(kind) ?? 0) < MAX_FALSE_ALARMS;
  }

  /** Called when a doubted answer came again: it is believed, and the next one of its kind is doubted less. */
  falseAlarm(kind: DoubtKind, records: number): void {
    if (kind === 'shrunk') this.movedRecords = Math.max(2 * this.movedRecords, records);
    const count = (this.falseAlarms.get(kind) ?? 0) + 1;
    this.falseAlarms.set(kind, count);
    if (count === MAX_FALSE_ALARMS && kind === 'short') {
      this.report('it counts more records than it shows, again and again: its counts are not used any more');
    }
  }
}
