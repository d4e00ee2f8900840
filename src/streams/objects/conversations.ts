import schema from '../../../resources/schemas/conversations.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Conversations extends SearchStream {
  readonly name = 'conversations';
  readonly context = 'conversation';
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A conversation with a customer. It can run over several channels; the row has its state, times and counts, and the service level that it is under.',
    documented: 'the context, and that the archive has it (API description)',
    joins: {
      customer_id: 'customers',
      brand_id: 'brands',
      queue_id: 'queues',
      sla_id: 'slas',
      sla_version_id: 'sla_versions',
      assigned_users: 'users',
      assigned_teams: 'teams',
      tags: 'tags',
      queue: 'queues',
    },
  };
}
