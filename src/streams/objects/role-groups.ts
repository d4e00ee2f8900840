import schema from '../../../resources/schemas/role_groups.json';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class RoleGroups extends ListStream {
  readonly name = 'role_groups';
  readonly path = '/v1/role-groups';
  readonly roles = [];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'A permission set: a named bundle of roles. Users and teams have them (`users.role_groups`, `teams.role_groups`).',
    documented:
      'the list, its attributes, that system and custom ones come, and that no role is needed (portal: api/access-management)',
  };
}
