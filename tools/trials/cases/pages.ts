import type {ServerSettings} from '../../../sandbox/server/listen';
import {conversations, LOUD, trial, WHOLE} from './common';

const TO_100 = {search: 100, lists: 100, users: 100, teams: 100, times: 100};
const TO_10 = {search: 10, lists: 10, users: 10, teams: 10, times: 10};

function lists(count: number, settings: Partial<ServerSettings>): object {
  return {sizes: {tags: count, users: count, teams: 3, shortcuts: 5}, settings};
}

/** Page sizes, and lists. */
export const PAGES = [
  trial('F10 l2', 'lists give 10 a page and no links.next', {
    streams: ['tags', 'users'],
    world: lists(95, {pageSizes: TO_10, listNext: 'never'}),
    runs: [{expect: WHOLE}],
  }),
  trial('F10 l2b', 'the same, and totals are told', {
    streams: ['tags', 'users'],
    world: lists(95, {pageSizes: TO_10, listNext: 'never', listTotals: 'all'}),
    runs: [{expect: WHOLE}],
  }),
  trial('F10 l5', 'lists ignore the page', {
    streams: ['tags', 'users'],
    world: lists(950, {listPages: 'ignored'}),
    runs: [{expect: {...LOUD, says: /./}}],
  }),
  ...(['cursor', 'absolute', 'otherHost'] as const).map((nextForm) =>
    trial(`F10 l7-${nextForm}`, `links.next of lists: ${nextForm}`, {
      streams: ['tags', 'users'],
      world: lists(950, {nextForm, pageSizes: TO_100}),
      runs: [{expect: nextForm === 'otherHost' ? LOUD : WHOLE}],
    }),
  ),
  trial('F11 a1', 'pages over 100 are refused with 400, which names the maximum', {
    world: conversations(2_000, {pageSizes: TO_100, largerPages: 'refused'}),
    runs: [{expect: {exit: 0, mostRequests: 30}}],
  }),
  trial('F11 a2', 'the same, which names nothing', {
    world: conversations(2_000, {pageSizes: TO_100, largerPages: 'refused', largerPagesText: 'plain'}),
    runs: [{expect: {exit: 0, mostRequests: 30}}],
  }),
  ...[422, 413, 500].map((largerPagesStatus) =>
    trial(`F11 a-${largerPagesStatus}`, `the same with ${largerPagesStatus}`, {
      world: conversations(2_000, {pageSizes: TO_100, largerPages: 'refused', largerPagesStatus}),
      runs: [{expect: WHOLE}],
    }),
  ),
  trial('F11 lists', 'lists refuse pages over 100', {
    streams: ['users'],
    world: lists(950, {pageSizes: TO_100, largerPages: 'refused', largerPagesText: 'plain'}),
    runs: [{expect: WHOLE}],
  }),
  trial('F18 busy', 'a record of a list changes after each of its answers', {
    streams: ['tags'],
    world: lists(300, {busyLists: 4}),
    runs: [{expect: {exit: 1, missing: Infinity, says: /^transient_error.*quieter/}}],
  }),
];
