import schema from '../../../resources/schemas/schedules.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Schedules extends ListStream {
  readonly name = 'schedules';
  readonly path = '/v1/schedules';
  readonly roles = [readRoles('schedule', 'permission', 'user', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'Business hours, by which times are measured.',
    documented:
      'the list, its roles and attributes, that `hours` has a key per weekday, `0` for Sunday, and that a deleted one is only marked (API description)',
    assumed: 'that deleted ones may be missing from the list',
  };
}
