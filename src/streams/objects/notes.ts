import schema from '../../../resources/schemas/notes.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Notes extends SearchStream {
  readonly name = 'notes';
  readonly context = 'note';
  override readonly archived = false;
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'An internal note on a conversation. Notes that have not changed for two years cannot be read.',
    documented: 'the context, and that the archive does not have it (API description)',
    joins: {
      conversation_id: 'conversations',
      customer_id: 'customers',
      user_mentions: 'users',
      team_mentions: 'teams',
    },
  };
}
