import type {Probe} from '../finding';
import {archive} from './archive';
import {attachments} from './attachments';
import {bodies} from './bodies';
import {bounds} from './bounds';
import {clocks} from './clocks';
import {contexts, furtherContexts} from './contexts';
import {conversationTimes} from './conversation-times';
import {deepLists} from './deep-lists';
import {deepSearches} from './deep-searches';
import {delay} from './delay';
import {deletedInLists, deletedInSearches} from './deleted';
import {encoding} from './encoding';
import {ids} from './ids';
import {key} from './key';
import {klasses} from './klasses';
import {listOrder, lists} from './lists';
import {masked} from './masked';
import {order} from './order';
import {pageSizes} from './page-sizes';
import {rateLimits} from './rate-limits';
import {roles} from './roles';
import {timestamps} from './timestamps';
import {totals} from './totals';

export {isHopeless} from './key';

/** What matters most first, since requests are few; last come those that only look at what was asked before. */
export const PROBES: readonly Probe[] = [
  ...[key, contexts, archive, lists, pageSizes, order, bodies, bounds, totals],
  ...[deletedInSearches, deletedInLists, delay, klasses, attachments],
  ...[deepSearches, deepLists, furtherContexts, conversationTimes],
  ...[timestamps, ids, listOrder, masked, encoding, clocks, rateLimits, roles],
];
