import schema from '../../../resources/schemas/conversation_events.json';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ChildStream} from '../child-stream';

export class ConversationEvents extends ChildStream {
  readonly name = 'conversation_events';
  override readonly cursorField = 'conversation_updated_at';
  readonly children = {parent: 'conversation', address: '/v1/conversations/{id}/events'} as const;
  override readonly roles = [readRoles('event', 'permission', 'user'), SEARCH_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'What has happened to a conversation: `changes` has what was before and after, of attributes and relationships. Not selected by default, since each conversation costs a request.',
    documented: 'the address, its roles and the attributes (API description)',
    assumed: "that what makes an event changes the conversation's `updatedAt`",
    joins: {conversation_id: 'conversations', customer_id: 'customers', created_by_id: 'users'},
  };
}
