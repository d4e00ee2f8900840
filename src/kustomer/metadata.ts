import {UnusableResponseError} from '../http/body/response-body';
import type {HttpRequest, Requester} from '../http/call';
import {RefusedError} from '../http/errors';
import {isObject} from '../json';
import type {Lists} from './list';

/** A custom attribute as an organization has defined it (docs/kustomer-api.md, Custom attributes). */
export interface Attribute {
  /** As records spell it: `orderNumberStr`. */
  readonly name: string;
  readonly type: string | undefined;
  readonly displayName: string | undefined;
  /** It holds a list. */
  readonly multi: boolean;
  /** The values that it may have, in no order; none where it may have any. */
  readonly choices: readonly string[];
}

/** What `GET /v1/metadata/{resource}` is documented for, besides `kobject.<klass>`. */
export const METADATA_RESOURCES: ReadonlySet<string> = new Set([
  'company',
  'conversation',
  'customer',
  'message',
]);

/**
 * Asks for the custom attributes of one resource, in no order; removed ones are left out.
 * @param resource `customer`, …, or `kobject.<klass>`
 * @throws RefusedError where the role is missing; UnavailableError, StoppedError
 */
export async function readAttributes(client: Requester, resource: string): Promise<readonly Attribute[]> {
  const properties = await readProperties(client, resource);
  return Object.entries(properties).flatMap(([name, property]) => readAttribute(name, property));
}

/**
 * The same as Kustomer sends it, with all that it says of each: by name, removed ones as well.
 * @throws as {@link readAttributes}
 */
export function readProperties(client: Requester, resource: string): Promise<Record<string, unknown>> {
  const request: HttpRequest = {method: 'GET', path: `/v1/metadata/${encodeURIComponent(resource)}`};
  return client.request({
    build: () => request,
    decode(answer) {
      const json = answer.json();
      const data = isObject(json) ? json['data'] : undefined;
      const attributes = isObject(data) ? data['attributes'] : undefined;
      if (!isObject(attributes)) {
        throw new UnusableResponseError('the answer has no "data" with "attributes"');
      }
      const properties = attributes['properties'] ?? {};
      if (!isObject(properties)) throw new UnusableResponseError('"properties" is no object');
      return properties;
    },
  });
}

/** The statuses of klasses that have objects; `disabled` ones are switched off (docs/kustomer-api.md, Lists). */
type KlassStatus = 'enabled' | 'existing_only';

/**
 * Asks for the names of the organization's klasses that have objects, sorted: enabled ones, and those that keep what they have.
 * Each of the two questions is asked once for a whole read, whoever needs the names.
 * @param warn called when some have no name, so that nothing can be asked of them, or when only enabled ones can be had
 * @throws what Lists.readOnce throws of enabled ones
 */
export async function readKlasses(
  client: Requester,
  lists: Lists,
  warn: (message: string) => void,
): Promise<readonly string[]> {
  const names = new Set<string>();
  const nameless = new Set<string>();
  const readThose = async (wanted: KlassStatus): Promise<void> => {
    const klasses = await lists.readOnce(client, {path: '/v1/klasses', filter: {status: wanted}});
    for (const {id, attributes} of klasses) {
      const name = attributes?.['name'];
      // A server that takes no notice of the filter gives all klasses.
      if ((attributes?.['status'] ?? wanted) !== wanted) continue;
      if (typeof name === 'string' && name !== '') names.add(name);
      else nameless.add(id);
    }
  };
  await readThose('enabled');
  try {
    await readThose('existing_only');
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    warn(
      `the klasses of custom objects that are not enabled but keep their objects cannot be had (${error.message}), so they have no stream of their own`,
    );
  }
  if (nameless.size > 0) {
    warn(
      `${nameless.size} of ${nameless.size + names.size} klasses of custom objects have no name, so they have no stream of their own`,
    );
  }
  return [...names].sort();
}

function readAttribute(name: string, property: unknown): Attribute[] {
  const {type, displayName, multi, enumeration, deletedAt, deleted} = isObject(property) ? property : {};
  if (name === '__proto__' || Boolean(deletedAt) || deleted === true) return [];
  const choices = Array.isArray(enumeration)
    ? enumeration.filter((choice) => typeof choice === 'string' && choice !== '')
    : [];
  return [
    {
      name,
      type: typeof type === 'string' ? type : undefined,
      displayName: typeof displayName === 'string' && displayName !== '' ? displayName : undefined,
      multi: multi === true || type === 'array',
      choices: [...new Set<string>(choices)],
    },
  ];
}
