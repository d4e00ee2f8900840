import schema from '../../../resources/schemas/brands.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Brands extends ListStream {
  readonly name = 'brands';
  readonly path = '/v1/brands';
  readonly roles = [readRoles('brand', 'permission', 'user', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A brand that conversations are held under.',
    documented: 'the list, its roles and attributes (API description)',
    assumed: 'that deleted ones may be missing from it',
  };
}
