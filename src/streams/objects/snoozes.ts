import schema from '../../../resources/schemas/snoozes.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Snoozes extends ListStream {
  readonly name = 'snoozes';
  readonly path = '/v1/snoozes';
  override readonly isOptional = true;
  override readonly cursorField = undefined;
  readonly roles = [readRoles('snooze', 'permission')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A choice in the menu for snoozing, such as tomorrow: not what is snoozed. `value` is in ms where `type` is `relative`, an instant in epoch ms where it is `absolute`, else a rule.',
    documented:
      'the list, its role, `name`, `type`, `value` and `enabled` (portal: api/settings-and-configurations)',
    assumed: 'that it may have no time of change: all are read each time',
  };
}
