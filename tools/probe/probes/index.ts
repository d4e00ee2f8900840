import type {Probe} from '../finding';
import {bodies} from './bodies';
import {bounds} from './bounds';
import {archive, contexts, furtherContexts} from './contexts';
import {delay} from './delay';
import {deletedInLists, deletedInSearches} from './deleted';
import {deepLists, deepSearches} from './depth';
import {key} from './key';
import {klasses} from './klasses';
import {listOrder, lists} from './lists';
import {order} from './order';
import {pageSizes} from './page-sizes';
import {attachments, times} from './parts';
import {rateLimits} from './rate-limits';
import {ids, masked, timestamps} from './records';
import {roles} from './roles';
import {totals} from './totals';
import {clocks, encoding} from './wire';

export {isHopeless} from './key';

/** What matters most first, since requests are few; last come those that only look at what was asked before. */
export const PROBES: readonly Probe[] = [
  ...[key, contexts, archive, lists, pageSizes, order, bodies, bounds, totals],
  ...[
    deletedInSearches,
    deletedInLists,
    delay,
    klasses,
    attachments,
    deepSearches,
    deepLists,
    furtherContexts,
    times,
  ],
  ...[timestamps, ids, listOrder, masked, encoding, clocks, rateLimits, roles],
];
