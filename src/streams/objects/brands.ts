import schema from '../../../resources/schemas/brands.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

/**
 * The brands that conversations are held under.
 *
 * Known: the list (docs/kustomer-api.md, Lists). Assumed: that it is paged as the others are.
 */
export class Brands extends ListStream {
  readonly name = 'brands';
  readonly path = '/v1/brands';
  readonly schema: StreamSchema = schema;
}
