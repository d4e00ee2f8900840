import schema from '../../../resources/schemas/slas.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

/**
 * Service levels; what each promised at a time is in `sla_versions`.
 *
 * Known: the list, `currentVersion` and `createdAt` (docs/kustomer-api.md, Lists; resources/attributes/objects.json). No time of change is documented, so the
 * stream has no cursor, and is read whole each time.
 */
export class Slas extends ListStream {
  readonly name = 'slas';
  readonly path = '/v1/slas';
  override readonly cursorField = undefined;
  readonly schema: StreamSchema = schema;
}
