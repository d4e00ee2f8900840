import schema from '../../../resources/schemas/notes.json';
import type {Resource} from '../../kustomer/envelope';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {SearchStream} from '../search-stream';

export class Notes extends SearchStream {
  readonly name = 'notes';
  readonly context = 'note';
  override readonly archived = false;
  override readonly oldOnes = {
    parent: 'conversation',
    address: '/v1/conversations/{id}/notes',
    idOf: ({id, attributes}: Resource) => (attributes?.['noteCount'] === 0 ? undefined : id),
    time: 'updatedAt',
  } as const;
  readonly schema: StreamSchema = schema;
  override readonly roles = [SEARCH_ROLES, readRoles('note', 'permission', 'user')];
  readonly documentation: StreamDocumentation = {
    about:
      'An internal note on a conversation. Those that have not changed for two years cost a request per conversation, once; "Include Archived Records" switches them off, and without the role for notes they are missing.',
    documented:
      'the context, that the archive does not have it, and the notes of one conversation, with their roles (API description)',
    assumed:
      "that these hold notes of any age; that a note is not newer than its conversation's last change, and not older than the conversation, so that old ones are found with the conversations that have changed since the start date and were begun more than two years ago; and that a `noteCount` of 0 is true",
    joins: {
      conversation_id: 'conversations',
      customer_id: 'customers',
      user_mentions: 'users',
      team_mentions: 'teams',
    },
  };
}
