import {Course} from '../../../tools/demo/course';
import {pageOf, type ReadPart, type Report} from '../../../tools/demo/report/page';
import {perSecond, questionsOf} from '../../../tools/demo/report/requests';
import type {LoggedRequest} from '../../../tools/demo/sandbox';
import {StreamTally} from '../../../tools/demo/tally';
import {xmlProblem} from '../../support/xml';

const BEGAN = Date.parse('2026-01-01T00:00:00Z');

function search(second: number, context: string, from: string, to: string, path = 'search'): LoggedRequest {
  const at = BEGAN + second * 1000;
  const field = `${context}_updated_at`;
  const body = JSON.stringify({queryContext: context, and: [{[field]: {gte: from}}, {[field]: {lte: to}}]});
  return {at, url: `/v1/customers/${path}?page=1`, body, status: 200};
}

const requests: readonly LoggedRequest[] = [
  {at: BEGAN, url: '/v1/tags?page=1', body: '', status: 200},
  search(0.5, 'message', '2025-01-01', '2025-06-01'),
  search(1.5, 'message', '2025-02-01', '2025-06-01'),
  {...search(2.5, 'note', '2023-01-01', '2023-06-01', 'archive/search'), status: 429},
];

const read: ReadPart = {
  title: 'First read of <everything>',
  about: 'Not counted: notes & more.',
  began: BEGAN,
  startDate: Date.parse('2015-01-01'),
  requests,
  samples: [0, 1, 2].map((second) => ({
    at: BEGAN + second * 1000,
    rows: new Map([
      ['messages', second * 1000],
      ['notes', 0],
    ]),
  })),
  comparisons: [
    {
      stream: 'messages',
      read: 2000,
      due: 2001,
      missing: 1,
      duplicate: 0,
      untrue: 0,
      requests: 2,
      seconds: 1.5,
    },
    {stream: 'notes', read: 30, due: 30, missing: 0, duplicate: 0, untrue: 0, requests: 1, seconds: 2.25},
  ],
};

const report: Report = {reads: [read], requestsPerMinute: 2000, compared: ['Rows fit.'], problems: []};

test('the report is one file: no script, and nothing from anywhere else', async () => {
  const page = await pageOf(report);
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\b(?:src|href)=|@import|url\(/);
  const addresses = [...page.matchAll(/https?:\/\/[^"\s]+/g)].map(([address]) => address);
  expect(new Set(addresses)).toEqual(new Set(['http://www.w3.org/2000/svg']));
});

test('it has three pictures of each read, without a number that is none', async () => {
  const pictures = (await pageOf(report)).match(/<svg .*?<\/svg>/gs) ?? [];
  expect(pictures).toHaveLength(3);
  for (const picture of pictures) expect(xmlProblem(picture)).toBeUndefined();
  expect(pictures.join()).not.toMatch(/NaN|undefined/);
  expect(pictures[0]).toContain('messages  2,000 rows');
  expect(pictures[2]).toContain('2,000 a minute');
});

test('its table is the comparison, its last line the sum, and what may not be stands out', async () => {
  const page = await pageOf(report);
  const lines = [...page.matchAll(/<tr>(<td.*?)<\/tr>/g)].map(([, cells = '']) =>
    [...cells.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell),
  );
  expect(lines).toEqual([
    ['messages', '2,000', '2,001', '1', '0', '0', '2', '1.5'],
    ['notes', '30', '30', '0', '0', '0', '1', '2.3'],
    ['all', '2,030', '2,031', '1', '0', '0', '3', '2.3'],
  ]);
  expect(page.match(/<td class="bad">1<\/td>/g)).toHaveLength(2);
});

test('what is text stays text', async () => {
  const page = await pageOf({...report, problems: ['tags: <b> & such are missing']});
  expect(page).toContain('First read of &lt;everything&gt;');
  expect(page).toContain('<li>tags: &lt;b&gt; &amp; such are missing</li>');
  expect(page).not.toContain('All is well');
});

test('a read without a request has a report too', async () => {
  const empty = {...read, requests: [], samples: [], comparisons: []};
  expect(await pageOf({...report, reads: [empty]})).toContain('0 requests, 0 of them refused');
});

test('a search is a question: of which object, from where, and to the end of which window', () => {
  expect(questionsOf(requests)).toEqual([
    {
      at: BEGAN + 500,
      object: 'messages',
      kind: 'search',
      from: Date.parse('2025-01-01'),
      to: Date.parse('2025-06-01'),
    },
    {
      at: BEGAN + 1500,
      object: 'messages',
      kind: 'search',
      from: Date.parse('2025-02-01'),
      to: Date.parse('2025-06-01'),
    },
    {
      at: BEGAN + 2500,
      object: 'notes',
      kind: 'archive',
      from: Date.parse('2023-01-01'),
      to: Date.parse('2023-06-01'),
    },
  ]);
});

test('a search without both bounds is none', () => {
  const [, one] = requests;
  expect(one && questionsOf([{...one, body: '{"queryContext":"message","and":[]}'}])).toEqual([]);
});

test('requests are counted by the second and by kind', () => {
  expect(perSecond(requests, BEGAN)).toEqual([
    {second: 0, kind: 'list', count: 1},
    {second: 0, kind: 'search', count: 1},
    {second: 1, kind: 'search', count: 1},
    {second: 2, kind: 'archive', count: 1},
  ]);
});

test('the course of a read is sampled now and then, and at its end', () => {
  let now = 0;
  const tags = new StreamTally();
  const course = new Course(new Map([['tags', tags]]), () => now);
  for (now = 50; now <= 450; now += 50) {
    tags.rows += 1;
    course.update();
  }
  course.finish();
  expect(course.samples.map(({at, rows}) => [at, rows.get('tags')])).toEqual([
    [0, 0],
    [200, 4],
    [400, 8],
    [500, 9],
  ]);
});
