import schema from '../../../resources/schemas/spam_senders.json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class SpamSenders extends ListStream {
  readonly name = 'spam_senders';
  readonly path = '/v1/spam/senders';
  override readonly isOptional = true;
  readonly roles = [readRoles('spam', 'permission', 'admin')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about: 'A sender who is never (`whitelist`) or always (`blacklist`) taken for spam, by `list`.',
    documented: 'the list, its roles and attributes (API description)',
    assumed: 'that what is taken off the list is gone without a trace',
  };
}
