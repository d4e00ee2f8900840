import schema from '../../../resources/schemas/users.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Users extends ListStream {
  readonly name = 'users';
  readonly path = '/v1/users';
  protected override readonly page = 500;
  protected override readonly takesDeleted = 'documented';
  readonly roles = [readRoles('user', 'permission')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'An agent, or a machine user; deleted ones too. `roles` and `role_groups` say what each may do.',
    documented:
      'the list, its role, and that `deleted=true` gives deactivated users only (portal: api/access-management; API description)',
    assumed:
      'that the list without `deleted` may lack deactivated users: both are read, and a user who is in both comes once',
    joins: {role_groups: 'role_groups'},
  };
}
