import schema from '../../../resources/schemas/slas.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Slas extends ListStream {
  readonly name = 'slas';
  readonly path = '/v1/slas';
  override readonly cursorField = undefined;
  readonly roles = [readRoles('sla', 'permission', 'user')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A service level. What it promised at a time is in `sla_versions`.',
    documented: 'the roles, and one service level by its id, with its attributes (API description)',
    assumed:
      'that the list has all of them, as another client relies on; no time of change is documented, so all are read each time',
  };
}
