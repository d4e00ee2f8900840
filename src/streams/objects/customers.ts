import schema from '../../../resources/schemas/customers.json';
import type {StreamSchema} from '../../records/shape';
import {SearchStream} from '../search-stream';

export class Customers extends SearchStream {
  readonly name = 'customers';
  readonly context = 'customer';
  readonly schema: StreamSchema = schema;
}
