import schema from '../../../resources/schemas/companies.json';
import type {StreamSchema} from '../../records/shape';
import {SearchStream} from '../search-stream';

/**
 * Companies that customers belong to.
 *
 * Known: the query context `company`, and that the archive has it (docs/kustomer-api.md, Search and Archive search). Assumed: that
 * `company_updated_at` sorts, as that of the other contexts does; a page out of order fails the stream.
 */
export class Companies extends SearchStream {
  readonly name = 'companies';
  readonly context = 'company';
  readonly schema: StreamSchema = schema;
}
