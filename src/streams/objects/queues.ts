import schema from '../../../resources/schemas/queues.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Queues extends ListStream {
  readonly name = 'queues';
  readonly path = '/v1/routing/queues';
  override readonly isOptional = true;
  readonly roles = [[...readRoles('queue', 'permission'), ...readRoles('routing', 'permission', 'user')]];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      "A queue: a line of waiting work, such as billing. `conversations.queue` names the one that a conversation waits or waited in; the one with `system` is Kustomer's own.",
    documented: 'the list, its roles, and that it is paged (portal: api/queues-and-routing)',
    assumed:
      'its attributes, as another connector has them, and that a deleted queue may be missing from the list',
  };
}
