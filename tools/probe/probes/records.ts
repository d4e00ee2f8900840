import documented from '../../../resources/attributes/objects.json';
import {isObject, type JsonObject} from '../../../src/json';
import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import type {Row} from '../rows';
import {records} from '../words';

/** All records of the first pages of searches and lists. */
async function samples({searches, lists}: Subject): Promise<readonly Row[]> {
  const pages = [...(await searches.all()), ...(await lists.all())];
  return pages.flatMap(({rows = []}) => rows);
}

/** How often each form comes, most often first. */
function shares(forms: readonly string[]): readonly (readonly [form: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

function tell(forms: readonly (readonly [string, number])[]): string {
  return forms.map(([form, count]) => `${form}: ${count.toLocaleString('en-US')}`).join('; ');
}

export function idForm(id: unknown): string {
  if (typeof id === 'number') return 'a number';
  if (typeof id !== 'string' || id === '') return 'none';
  if (/^[0-9a-f]{24}$/.test(id)) return '24 hex digits';
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return 'a UUID';
  return 'another text';
}

/** What ids look like (docs/kustomer-api.md, Envelope). */
export const ids: Probe = {
  topic: 'ids',
  assumed: 'texts, mostly of 24 hex digits',
  async run(subject: Subject): Promise<Outcome> {
    const rows = await samples(subject);
    const forms = shares(rows.map(({id}) => idForm(id)));
    const isOdd = forms.some(([form]) => form === 'a number' || form === 'none');
    const repeated = await repeatedIds(subject);
    return {
      verdict: rows.length === 0 ? 'not shown' : isOdd || repeated > 0 ? 'differs' : 'as assumed',
      seen: [
        tell(forms) || 'no records',
        ...(repeated > 0 ? [`${records(repeated)} twice in a page`] : []),
      ].join('; '),
      does: 'takes any text, and numbers as texts; a record without an id fails its stream by name',
      ...(forms[0]?.[0] === 'a number' && {sandbox: {settings: {ids: 'number'}}}),
    };
  },
};

async function repeatedIds({searches, lists}: Subject): Promise<number> {
  const pages = [...(await searches.all()), ...(await lists.all())];
  return pages.reduce((sum, {rows = []}) => sum + rows.length - new Set(rows.map(({id}) => id)).size, 0);
}

export function timestampForm(value: unknown): string {
  if (value === undefined) return 'none';
  if (value === null) return 'null';
  if (typeof value === 'number') return 'a number';
  const [, fraction = '', zone] =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.exec(String(value)) ?? [];
  if (zone === undefined) return 'another text';
  const digits = Math.max(0, fraction.length - 1);
  const precision = digits === 0 ? 'seconds' : digits === 3 ? 'milliseconds' : `${digits} digits`;
  const isPadded = digits > 3 && /0{3}$/.test(fraction);
  return `${precision}${isPadded ? ', padded' : ''}${zone === 'Z' ? '' : zone === '+00:00' ? ', +00:00' : ', with an offset'}`;
}

const TIMESTAMPS: Readonly<Record<string, SandboxSettings>> = {
  seconds: {timestamps: 's'},
  '6 digits': {timestamps: 'us'},
  '6 digits, padded': {timestamps: 'us0'},
  'milliseconds, +00:00': {timestamps: 'offset'},
  'milliseconds, with an offset': {timestamps: 'shifted'},
  'a number': {timestamps: 'epoch'},
};

/** What `updatedAt` looks like (docs/kustomer-api.md, Envelope). */
export const timestamps: Probe = {
  topic: 'timestamps',
  assumed: 'updatedAt is UTC with milliseconds, in every searched record',
  async run({searches}: Subject): Promise<Outcome> {
    const rows = (await searches.all()).flatMap(({rows: some = []}) => some);
    const forms = shares(rows.map(({attributes}) => timestampForm(attributes['updatedAt'])));
    const without = forms.filter(([form]) => ['none', 'null', 'another text'].includes(form));
    const isUsual = forms.every(([form]) => form === 'milliseconds');
    const setting = TIMESTAMPS[forms[0]?.[0] ?? ''];
    return {
      verdict: rows.length === 0 ? 'not shown' : isUsual ? 'as assumed' : 'differs',
      seen: tell(forms) || 'no records',
      does: isUsual
        ? '-'
        : 'reads any RFC 3339 time; a record without one is delivered where it was found, and moves no state',
      sandbox: {
        settings: {
          ...setting,
          ...badTimes(without, rows.length),
          ...(rows.length > 0 &&
            rows.every(({attributes}) => attributes['createdAt'] === undefined) && {createdAts: false}),
        },
      },
    };
  },
};

function badTimes(without: readonly (readonly [string, number])[], all: number): SandboxSettings {
  const [form] = without[0] ?? [];
  if (form === undefined) return {};
  const badUpdatedAtAs = form === 'none' ? 'absent' : form === 'null' ? 'null' : 'text';
  const count = without.reduce((sum, [, some]) => sum + some, 0);
  return {badUpdatedAt: count / all, badUpdatedAtAs};
}

/** Attributes of Kustomer's own, whoever the customer is: only their names may be told. */
const STANDARD = new Set(
  Object.values(documented.objects).flatMap(({attributes}) => Object.keys(attributes)),
);

/** Values that the key may not see (docs/kustomer-api.md, Where and who). */
export const masked: Probe = {
  topic: 'masked values',
  assumed: '{"isMasked": true} instead of what only "Read Sensitive" may see',
  async run(subject: Subject): Promise<Outcome> {
    const rows = await samples(subject);
    const some = rows.filter(({attributes}) => hasMask(attributes));
    const names = rows.flatMap(({attributes}) =>
      Object.keys(attributes).filter((name) => isMask(attributes[name])),
    );
    const known = [...new Set(names)].filter((name) => STANDARD.has(name)).sort();
    return {
      verdict: some.length > 0 ? 'as assumed' : 'not shown',
      seen:
        some.length === 0
          ? `none in ${records(rows.length)}`
          : `in ${some.length} of ${records(rows.length)}${known.length > 0 ? `: ${known.join(', ')}` : ''}`,
      does: 'JSON in a column of text, null in any other; a key with "Read Sensitive" reads the values',
      ...(known.length > 0 && {sandbox: {settings: {masked: known}}}),
    };
  },
};

function isMask(value: unknown): boolean {
  return isObject(value) && value['isMasked'] === true;
}

/** Looks into objects, not into lists: `custom`, for one. */
function hasMask(attributes: JsonObject): boolean {
  return Object.values(attributes).some(
    (value) => isMask(value) || (isObject(value) && Object.values(value).some(isMask)),
  );
}
