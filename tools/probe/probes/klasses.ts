import type {ModelName} from '../../../sandbox/world/model';
import type {Outcome, Probe, Subject} from '../finding';
import {describeReply, isServed} from '../reply';
import {type Row, rowsOf} from '../rows';
import {searchRequest} from '../search-pages';
import {byOutcome} from '../words';

const SIZE = 25;

/** The kinds of custom objects ("klasses"): whether each can be searched alone, and its attributes be had. */
export const klasses: Probe = {
  topic: 'klasses',
  assumed:
    'the context kobject has the objects of all klasses, kobject_<klass> those of one; metadata/kobject.<klass> has the attributes of each',
  async run(subject: Subject): Promise<Outcome> {
    const {reply, rows} = await subject.lists.first('klasses');
    if (!rows) return {verdict: 'differs', seen: `klasses: ${describeReply(reply)}`, does: DOES};
    const names = namesOf(rows);
    const existing = await existingOnly(subject);
    const outcomes: [string, string][] = [
      [
        'enabled',
        `${rows.length}${names.length < rows.length ? `, ${rows.length - names.length} without a name` : ''}`,
      ],
      ['existing_only', existing ? String(existing.length) : 'refused'],
    ];
    const used = await mostUsed(subject, names);
    if (used !== undefined) outcomes.push(...(await klassOutcomes(subject, used, 'of an enabled one')));
    const [old] = namesOf(existing ?? []);
    if (old !== undefined) outcomes.push(...(await klassOutcomes(subject, old, 'of an existing_only one')));
    const asked = outcomes.filter(([what]) => what === 'metadata of an enabled one');
    const isAssumed =
      names.length === rows.length && asked.every(([, outcome]) => outcome.startsWith('answered'));
    return {
      verdict: asked.length === 0 ? 'not shown' : isAssumed ? 'as assumed' : 'differs',
      seen: byOutcome(outcomes),
      does: DOES,
      sandbox: {
        model: modelFor(rows.length),
        ...(rows.length > 0 && names.length === 0 && {settings: {klassNames: false}}),
      },
    };
  },
};

const DOES =
  'a stream for each enabled or existing_only klass: few of many are searched by kobject_<klass>, the others, and those for which that is refused or shows nothing, together through kobject';

async function existingOnly({ask, lists}: Subject): Promise<readonly Row[] | undefined> {
  const {asked} = await lists.first('klasses');
  const params = {status: 'existing_only', page: 1, pageSize: asked};
  return rowsOf(await ask({method: 'GET', path: '/v1/klasses', params}));
}

/** The klass that most of the custom objects on the first page are of: its context should find some. */
async function mostUsed({searches}: Subject, names: readonly string[]): Promise<string | undefined> {
  const {rows = []} = await searches.first('kobject');
  const uses = (name: string): number => rows.filter(({type}) => type === `kobject.${name}`).length;
  return [...names].sort((a, b) => uses(b) - uses(a))[0];
}

async function klassOutcomes(
  {ask, searches}: Subject,
  klass: string,
  whose: string,
): Promise<[string, string][]> {
  const context = `kobject_${klass}`;
  const withDeleted = !(await searches.first('kobject')).isDeletedRefused;
  const {range} = searches;
  const search = async (attribute: string): Promise<string> => {
    const reply = await ask(searchRequest({context, attribute, range, size: SIZE, withDeleted}));
    return describeReply(reply) + (isServed(reply) && rowsOf(reply)?.length === 0 ? ', without records' : '');
  };
  const common = await search('kobject_updated_at');
  const own = common.startsWith('answered') ? undefined : await search(`${context}_updated_at`);
  const metadata = await ask({method: 'GET', path: `/v1/metadata/${encodeURIComponent(`kobject.${klass}`)}`});
  return [
    [`context ${whose}`, common],
    ...(own === undefined ? [] : [[`the same by its own updated_at`, own] as [string, string]]),
    [`metadata ${whose}`, describeReply(metadata)],
  ];
}

function namesOf(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({attributes: {name}}) => (typeof name === 'string' && name !== '' ? [name] : []));
}

/** The sandbox's model whose number of enabled klasses comes nearest: 1, 4 or 40. */
function modelFor(klassCount: number): ModelName {
  return klassCount < 2 ? 'none' : klassCount < 20 ? 'published' : 'huge';
}
