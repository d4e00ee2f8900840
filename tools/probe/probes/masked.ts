import documented from '../../../resources/attributes/objects.json';
import {isObject, type JsonObject} from '../../../src/json';
import type {Outcome, Probe, Subject} from '../finding';
import {samples} from '../samples';
import {records} from '../words';

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
