import type {PageKind} from '../../sandbox/api/differences';
import type {RefusalRule} from '../../sandbox/api/refusals';
import type {Token} from '../../sandbox/api/settings';
import type {ServerSettings} from '../../sandbox/server/options';
import type {ModelName} from '../../sandbox/world/model';
import type {ObjectName} from '../../sandbox/world/objects';
import type {Ask} from './ask';
import type {ListPages} from './list-pages';
import type {Exchange} from './reply';
import type {SearchPages} from './search-pages';

/** How what was seen compares with what is assumed; `not shown` where the account has nothing that would show it. */
export type Verdict = 'as assumed' | 'differs' | 'not shown' | 'failed' | 'not asked';

/** Settings of a sandbox that one finding may tell by itself; the others are put together of several. */
export type SandboxSettings = Partial<Omit<ServerSettings, 'tokens' | 'refusals' | 'pageSizes'>>;

/** What a sandbox is told so that it behaves as the account does. Each finding tells its part. */
export interface SandboxPart {
  readonly settings?: SandboxSettings;
  /** Of the one key that it knows. */
  readonly key?: Partial<Omit<Token, 'token'>>;
  readonly refusals?: readonly RefusalRule[];
  readonly pageSizes?: Partial<Record<PageKind, number>>;
  /** Records per object, as far as they were counted. */
  readonly sizes?: Partial<Record<ObjectName, number>>;
  readonly model?: ModelName;
}

/** What a probe has found out: sentences without anything that a record says, only counts, sizes, times and names of the API. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly seen: string;
  /** What the connector does about it. */
  readonly does: string;
  readonly sandbox?: SandboxPart;
}

export interface Finding extends Outcome {
  readonly topic: string;
  readonly assumed: string;
}

/** What a probe may ask, and what was asked before. */
export interface Subject {
  readonly ask: Ask;
  /** The first page of each search context, asked once. */
  readonly searches: SearchPages;
  /** The first page of each list, asked once. */
  readonly lists: ListPages;
  /** All that was asked so far. */
  readonly exchanges: readonly Exchange[];
  /** When the probe began: epoch ms. */
  readonly startedAtMs: number;
  /** What each incremental read asks for again: ms. */
  readonly lookbackMs: number;
}

/** One thing that the connector assumes, and how to find out about it. */
export interface Probe {
  readonly topic: string;
  readonly assumed: string;
  /** Makes as few requests as it can. @throws SpentError where no more may be made, and whatever makes it fail */
  run(subject: Subject): Promise<Outcome>;
}
