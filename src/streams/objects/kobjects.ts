import schema from '../../../resources/schemas/kobjects.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Kobjects extends SearchStream {
  readonly name: string = 'kobjects';
  readonly context = 'kobject';
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A custom object of any klass, such as an order. Each enabled klass has a stream of its own besides, `kobject_<klass>`, with the same columns and its own attributes typed under `custom`.',
    documented:
      'the context, that the archive has it, and that the type of a record names its klass (API description)',
    joins: {
      customer_id: 'customers',
      company_id: 'companies',
      klass_id: 'klasses.name',
      assigned_user: 'users',
      assigned_users: 'users',
      assigned_team: 'teams',
      assigned_teams: 'teams',
      tags: 'tags',
    },
  };
}
