import schema from '../../../resources/schemas/role_groups.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

/**
 * Permission sets: named bundles of roles that users and teams have (`users.role_groups`, `teams.role_groups`).
 *
 * Documented: the list, which needs no role, and that system and custom ones come (developer.kustomer.com, Get All Role Groups).
 * Assumed: that it is paged as the others are.
 */
export class RoleGroups extends ListStream {
  readonly name = 'role_groups';
  readonly path = '/v1/role-groups';
  override readonly needsNoRole = true;
  readonly schema: StreamSchema = schema;
}
