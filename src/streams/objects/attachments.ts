import schema from '../../../resources/schemas/attachments.json';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ChildStream} from '../child-stream';

export class Attachments extends ChildStream {
  readonly name = 'attachments';
  readonly part = 'attachments';
  override readonly roles = [readRoles('attachment', 'permission', 'user'), SEARCH_ROLES];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'What is known of a file that came with a message: its name, type and size, not the file itself. Not selected by default, since each conversation costs a request.',
    documented: 'the address, its roles and the attributes (API description)',
    assumed:
      "that its `id` is what `links.self` ends in where it has none of its own, as in the published example, and that a new file changes its conversation's `updatedAt`, as a new message does",
    joins: {conversation_id: 'conversations', message_id: 'messages'},
  };
}
