import schema from '../../../resources/schemas/attachments.json';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import {isObject} from '../../json';
import type {Resource} from '../../kustomer/envelope';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ChildStream} from '../child-stream';

export class Attachments extends ChildStream {
  readonly name = 'attachments';
  override readonly cursorField = 'conversation_updated_at';
  readonly children = {parent: 'conversation', address: '/v1/conversations/{id}/attachments'} as const;
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

  /** `links.related` is the file itself to whoever has the address, for ten minutes (docs/kustomer-api.md, Further objects). */
  protected override cleared(resource: Resource): Resource {
    const {links} = resource;
    if (!isObject(links)) return resource;
    return {
      ...resource,
      links: Object.fromEntries(Object.entries(links).filter(([name]) => name !== 'related')),
    };
  }
}
