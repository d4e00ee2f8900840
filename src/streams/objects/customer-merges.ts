import schema from '../../../resources/schemas/customer_merges.json';
import {SEARCH_ROLES, readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ChildStream} from '../child-stream';

export class CustomerMerges extends ChildStream {
  readonly name = 'customer_merges';
  override readonly cursorField = 'customer_updated_at';
  readonly children = {parent: 'customer', address: '/v1/customers/{id}/merges'} as const;
  override readonly roles = [
    [...readRoles('customer_merge', 'permission'), 'org.user.customer.read', 'org.admin.customer.merge.read'],
    SEARCH_ROLES,
  ];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'That one customer was merged into another: `source`, which is gone then, into `target`. Not selected by default, since each customer costs a request.',
    documented: 'the address, its roles and the attributes (API description)',
    assumed: "that a merge changes the target's `updatedAt`",
    joins: {customer_id: 'customers', target_id: 'customers', created_by_id: 'users'},
  };
}
