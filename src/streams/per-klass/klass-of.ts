import {isObject} from '../../json';
import type {Resource} from '../../kustomer/envelope';

/** The klass of a custom object: in its type, `kobject.<klass>`, and in `relationships.klass` (docs/kustomer-api.md, Envelope). */
export function klassOf({type, relationships}: Resource): string | undefined {
  const [, named] = /^kobject\.(.+)$/s.exec(type) ?? [];
  if (named !== undefined) return named;
  const klass = relationships?.['klass'];
  const data = isObject(klass) ? klass['data'] : undefined;
  const id = isObject(data) ? data['id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}
