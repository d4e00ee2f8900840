import schema from '../../../resources/schemas/kobjects.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Kobjects extends SearchStream {
  readonly name: string = 'kobjects';
  readonly context: string = 'kobject';
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A custom object of any klass, such as an order. Each klass that has objects, enabled or `existing_only`, has a stream of its own besides, `kobject_<klass>`, with the same columns and its own attributes typed under `custom`.',
    documented:
      'the context, one more for each klass (`kobject_<klass>`), that the archive has them, and that the type of a record names its klass (API description)',
    assumed:
      'what the updated_at of a klass is called in live search (both names are tried). Where no more than half of all klasses is selected, each is searched alone; else, and where that is refused, all objects are read for all of them',
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
