import type {Envelope} from '../../src/kustomer/envelope';
import {type ListEnd, isCut, isUnpaged} from '../../src/kustomer/list-end';

const TOLD = {meta: {page: 1, pageSize: 100}, links: {next: null}};
const SILENT = {meta: {}, links: {}};

function page(records: number, around: Partial<Envelope<unknown>>): Envelope<unknown> {
  return {data: Array(records).fill(0), included: [], meta: {}, links: {}, next: undefined, ...around};
}

function end(records: number, asked = 100, changes: Partial<ListEnd> = {}): ListEnd {
  return {asked, seen: records, largest: records, ...changes};
}

describe('a page without a next may have been cut', () => {
  test.each([
    ['as long as was asked for', page(100, TOLD), end(100), true],
    ['as long as it says that pages are', page(40, {meta: {pageSize: 40}}), end(40), true],
    ['longer than was asked for', page(120, TOLD), end(120), true],
    ['of one page, as documented', page(99, TOLD), end(99), false],
    ['empty', page(0, SILENT), end(0), false],
    ['of a length that servers cut pages to', page(50, TOLD), end(50), true],
    ['of a round length that they do not', page(40, TOLD), end(40), false],
    ['shorter than any maximum', page(9, SILENT), end(9), false],
    ['of a server that says nothing', page(37, SILENT), end(37), true],
    ['shorter than another that was served', page(50, SILENT), end(50, 100, {largest: 60}), false],
    ['of fewer records than are counted', page(7, {meta: {total: 95}}), end(7), true],
    ['of all records that are counted', page(50, {meta: {total: 150}}), end(150), false],
    ['of more records than are counted', page(50, {meta: {total: 3}}), end(150, 100, {largest: 50}), true],
    ['full, though no more are counted', page(100, {meta: {total: 100}}), end(100), true],
  ])('%s', (_, response, where, expected) => expect(isCut(response, where)).toBe(expected));
});

describe('a second page that repeats the first hides records, perhaps', () => {
  test.each([
    ['a full one', page(100, TOLD), end(100), true],
    ['as long as it says that pages are', page(40, {meta: {pageSize: 40}}), end(40), true],
    ['a short one: the server gives the last page for those behind it', page(40, TOLD), end(40), false],
    ['all there are, by its count', page(100, {meta: {total: 100}}), end(100), false],
    ['longer than was asked for: the server has no pages', page(120, TOLD), end(120), false],
    ['as long as pages are that nobody asked a size of', page(100, TOLD), end(100, 25), true],
    [
      'one that links on: that comes to an end elsewhere',
      page(100, {next: '/v1/tags?page=3'}),
      end(100),
      false,
    ],
  ])('%s', (_, response, where, expected) => expect(isUnpaged(response, where)).toBe(expected));
});
