import schema from '../../../resources/schemas/messages.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Messages extends SearchStream {
  readonly name = 'messages';
  readonly context = 'message';
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A message of a conversation, in or out.',
    documented: 'the context, and that the archive has it (API description)',
    joins: {
      conversation_id: 'conversations',
      customer_id: 'customers',
      assigned_users: 'users',
      assigned_teams: 'teams',
      shortcuts: 'shortcuts',
      attachments: 'attachments',
    },
  };
}
