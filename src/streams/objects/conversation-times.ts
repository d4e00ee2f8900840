import schema from '../../../resources/schemas/conversation_times.json';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ChildStream} from '../child-stream';

export class ConversationTimes extends ChildStream {
  readonly name = 'conversation_times';
  readonly part = 'times';
  protected override readonly partsPage = 1000;
  override readonly roles = [readRoles('conversation', 'permission', 'user'), SEARCH_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      "A stretch of an agent's work on a conversation: the source of handle times. Not selected by default, since each conversation costs a request.",
    documented: 'the address, its roles and attributes, and that times are in seconds here (API description)',
    assumed: 'that work on a conversation changes its `updatedAt`',
    joins: {conversation_id: 'conversations', customer_id: 'customers'},
  };
}
