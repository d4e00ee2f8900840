import schema from '../../../resources/schemas/teams.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Teams extends ListStream {
  readonly name = 'teams';
  readonly path = '/v1/teams';
  protected override readonly page = 500;
  readonly roles = [readRoles('team', 'permission')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A team, with its members.',
    documented: 'the list and its role (portal: api/access-management)',
    assumed: 'that deleted ones may be missing from it',
    joins: {members: 'users', role_groups: 'role_groups'},
  };
}
