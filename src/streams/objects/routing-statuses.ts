import schema from '../../../resources/schemas/routing_statuses.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class RoutingStatuses extends ListStream {
  readonly name = 'routing_statuses';
  readonly path = '/v1/routing/statuses';
  override readonly isOptional = true;
  override readonly cursorField = undefined;
  readonly roles = [
    [...readRoles('routing_status', 'permission'), ...readRoles('routing', 'permission', 'user')],
  ];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A state that an agent can be in, such as lunch. `status_type` says whether routing gives work to agents in it.',
    documented: 'the list, its roles, `name`, `statusType` and `system` (portal: api/queues-and-routing)',
    assumed: 'that it may have no time of change: all are read each time',
  };
}
