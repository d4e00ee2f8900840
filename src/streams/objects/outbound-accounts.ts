import schema from '../../../resources/schemas/outbound_accounts.json';
import {isObject} from '../../json';
import {readRoles} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ListStream} from '../list-stream';

export class OutboundAccounts extends ListStream {
  readonly name = 'outbound_accounts';
  readonly path = '/v1/outboundAccounts';
  override readonly isOptional = true;
  override readonly cursorField = undefined;
  readonly roles = [readRoles('apps', 'permission', 'user')];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      'An address, number or page that messages go out from. Kustomer gives it no id: `id` is its channel and its account, such as `email:help@example.com`.',
    documented: 'the list, its roles, and the attributes, without an id (API description)',
    assumed: 'that no two of a channel share an account: of such only the first would come',
    columns: {id: 'added: `<channel>:<account>`'},
  };

  protected override readonly identify = ({
    attributes,
  }: Readonly<Record<string, unknown>>): string | undefined => {
    const {channel, account} = isObject(attributes) ? attributes : {};
    const isKnown = typeof channel === 'string' && typeof account === 'string';
    return isKnown ? `${channel}:${account}` : undefined;
  };
}
