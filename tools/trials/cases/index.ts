import type {Trial} from '../trial';
import {ANSWERS} from './answers';
import {LIMITS} from './limits';
import {NETWORK} from './network';
import {PAGES} from './pages';
import {PROCESS} from './process';
import {RECORDS} from './records';
import {REFUSALS} from './refusals';
import {HOLES, ORDERS} from './search';

/** All trials; the slow ones first. */
export const CASES: readonly Trial[] = [
  ...LIMITS,
  ...NETWORK,
  ...ANSWERS,
  ...REFUSALS,
  ...HOLES,
  ...ORDERS,
  ...PAGES,
  ...RECORDS,
  ...PROCESS,
];
