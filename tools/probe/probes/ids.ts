import type {Outcome, Probe, Subject} from '../finding';
import {samples, shares, tell} from '../samples';
import {records} from '../words';

/** How an id looks, in words. */
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
