import schema from '../../../resources/schemas/klasses.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

/**
 * The kinds of custom objects ("klasses") that the organisation has; those that are switched off do not come.
 *
 * Known: the list, and that it gives only enabled ones unless another `status` is asked for (docs/kustomer-api.md, Lists). Which other
 * statuses there are is not documented, so they are not asked for.
 */
export class Klasses extends ListStream {
  readonly name = 'klasses';
  readonly path = '/v1/klasses';
  readonly schema: StreamSchema = schema;
}
