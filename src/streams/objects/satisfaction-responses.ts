import schema from '../../../resources/schemas/satisfaction_responses.json';
import {isObject} from '../../json';
import type {Resource} from '../../kustomer/envelope';
import {SEARCH_ROLES} from '../../kustomer/roles';
import type {StreamSchema} from '../../records/shape';
import type {StreamDocumentation} from '../documentation';
import {ChildStream} from '../child-stream';

/** Few conversations have one, so a sample looks for it among as many. */
const SAMPLED_CONVERSATIONS = 100;

export class SatisfactionResponses extends ChildStream {
  readonly name = 'satisfaction_responses';
  override readonly cursorField = 'conversation_updated_at';
  readonly children = {
    parent: 'conversation',
    address: '/v1/satisfaction-responses/{id}',
    page: 'one',
    idOf: responseIdOf,
  } as const;
  protected override readonly sampled = SAMPLED_CONVERSATIONS;
  override readonly roles = [
    [
      'org.permission.satisfaction_response.read',
      'org.permission.satisfaction.read',
      'org.user.satisfaction.read',
    ],
    SEARCH_ROLES,
  ];
  readonly schema: StreamSchema = schema;
  readonly documentation: StreamDocumentation = {
    about:
      "A survey that was sent to a customer about a conversation, with its rating and answers. Not selected by default, since each costs a request; the rating and the first answer are in the conversation's `satisfaction_level` too.",
    documented:
      'the address, its roles, and that a response has how the survey was delivered, the rating and the comments (portal: api/core-resources/get-satisfaction-response)',
    assumed:
      "that its id is the conversation's `satisfactionLevel.formResponse`, that an answer changes the conversation's `updatedAt`, and that its attributes are named as in `satisfactionLevel`",
    joins: {conversation_id: 'conversations', customer_id: 'customers'},
  };
}

/** The response that a conversation names, once its survey was sent. */
function responseIdOf({attributes}: Resource): string | undefined {
  const level = attributes?.['satisfactionLevel'];
  const id = isObject(level) ? level['formResponse'] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
