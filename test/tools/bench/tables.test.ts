import {barTable} from '../../../tools/bench/bars';
import {dataSetOf, RECORD_PATH} from '../../../tools/bench/data-sets';
import {RowCount} from '../../../tools/bench/row-count';
import {markdownOf} from '../../../tools/bench/table';

test('bars of several runs stand side by side, and show which are not met', () => {
  const bar = (value: number) => ({what: 'RSS MB', value, limit: 200, atLeast: false, digits: 0});
  const used = (value: number) => ({what: '% used', value, limit: 95, atLeast: true, digits: 1});
  const table = barTable('Bars', [
    [bar(163), used(94.9)],
    [bar(201), used(95)],
  ]);
  expect(markdownOf(table).split('\n')).toEqual([
    '**Bars**',
    '',
    '|        | bar    | run 1  | run 2 |',
    '| ------ | ------ | ------ | ----- |',
    '| RSS MB | <= 200 | 163    | 201 ! |',
    '| % used | >= 95  | 94.9 ! | 95.0  |',
  ]);
});

test('every data set of the record path is found by its name', () => {
  for (const {dataSet} of RECORD_PATH) expect(dataSetOf(dataSet.name)).toBe(dataSet);
  expect(() => dataSetOf('x')).toThrow('there is no data set x');
});

test('rows of Airbyte and of Singer are counted alike, however they arrive', () => {
  const row = {id: 'a', name: 'é', tags: ['x', null, 'y'], sla: {met: false}};
  const airbyte = JSON.stringify({type: 'RECORD', record: {stream: 'tags', data: row}});
  const singer = JSON.stringify({type: 'RECORD', stream: 'tags', record: row});
  for (const line of [airbyte, singer]) {
    const rows = new RowCount();
    const bytes = Buffer.from(`{"type":"STATE","value":{}}\n${line}\n${line}\n`);
    for (const byte of bytes) rows.take(Buffer.from([byte]));
    expect([rows.rows, rows.distinct, rows.values]).toEqual([2, 1, 5]);
  }
});
