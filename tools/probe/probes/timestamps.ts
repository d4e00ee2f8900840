import type {Outcome, Probe, SandboxSettings, Subject} from '../finding';
import {shares, tell} from '../samples';

/** How a time is written, in words. */
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
