import schema from '../../../resources/schemas/klasses.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class Klasses extends ListStream {
  readonly name = 'klasses';
  readonly path = '/v1/klasses';
  readonly roles = [readRoles('klass', 'permission', 'user', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'An enabled kind of custom object ("klass").',
    documented:
      'the list, its roles and attributes, and that it gives enabled ones unless another `status` is asked for (API description)',
  };
}
