import schema from '../../../resources/schemas/users.json';
import type {StreamSchema} from '../../records/shape';
import {ListStream} from '../list-stream';

export class Users extends ListStream {
  readonly name = 'users';
  readonly path = '/v1/users';
  protected override readonly page = 500;
  readonly schema: StreamSchema = schema;

  /** Deleted users are a listing of their own (kustomer-api.md, Lists). */
  protected override listings(): readonly Readonly<Record<string, string>>[] {
    return this.deps.includeDeleted ? [{}, {deleted: 'true'}] : [{}];
  }
}
