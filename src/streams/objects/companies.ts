import schema from '../../../resources/schemas/companies.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Companies extends SearchStream {
  readonly name = 'companies';
  readonly context = 'company';
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A company that customers belong to.',
    documented:
      "the context, that the archive has it, and the archive's `company_updated_at` (API description)",
    assumed:
      'that search sorts by `company_updated_at` too, as another client relies on; `whatapps` and `extenal_id` are spelt so in the published list of attributes, and are there beside the right spelling',
    joins: {parent_id: 'companies', tags: 'tags'},
  };
}
