import schema from '../../../resources/schemas/customers.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Customers extends SearchStream {
  readonly name = 'customers';
  readonly context = 'customer';
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A person who writes to the organization. The row has all addresses, and what is going on with that person.',
    documented:
      'the context, that the archive has it, and that `customer_updated_at` sorts (API description)',
    joins: {company_id: 'companies', sla_id: 'slas', sla_version_id: 'sla_versions', tags: 'tags'},
  };
}
